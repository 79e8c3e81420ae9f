"""Read what a page of the viewer carries."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path


def read_page(path: Path) -> str:
    """Unpack the data of a page, which lies in it deflated and in base64."""
    packed = re.search(r'id="data">([^<]+)<', path.read_text(encoding="utf-8"))
    assert packed, f"{path} has no data"
    return zlib.decompress(base64.b64decode(packed[1])).decode("utf-8")
