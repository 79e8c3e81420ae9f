"""Pack a text for the page: short, and harmless inside HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def format_json(payload: Any) -> str:
    """Write JSON that can be written as UTF-8 whatever its strings hold."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate can't be written as UTF-8, but may stand escaped.
        return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text


def pack_text(text: str, level: int = 3) -> str:
    """Deflate a text (RFC 1950) and write it in base64, none of whose characters means anything in HTML."""
    return base64.b64encode(zlib.compress(text.encode(), level)).decode()
