"""Pack a text for the page: short, and harmless inside HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def format_json(payload: Any) -> bytes:
    """Write JSON as UTF-8, whatever its strings hold."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A lone surrogate can't be written as UTF-8, but may stand escaped.
        return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text).encode()


def pack_text(text: bytes, level: int = 2) -> str:
    """Deflate a text (RFC 1950) and write it in base64, none of whose characters means anything in HTML."""
    return base64.b64encode(zlib.compress(text, level)).decode("ascii")
