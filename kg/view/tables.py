"""The tables beside the templates: colours and shapes, and what actions are called."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates")


@cache
def load_table(name: str) -> dict[str, Any]:
    """Load ``templates/{name}.json``: the palette, or the words for actions."""
    table: dict[str, Any] = json.loads((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))
    return table
