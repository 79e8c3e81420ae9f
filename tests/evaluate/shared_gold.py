"""The shared gold and its scripts, where they are there; tests that need them skip with a reason elsewhere."""

from __future__ import annotations

import importlib.util
import json
import runpy
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "gold"
NEEDS_SHARED = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no shared gold at {SHARED}")


@cache
def load_scorer() -> ModuleType:
    """Load the shared score.py as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with patch.object(sys, "dont_write_bytecode", True):
        spec.loader.exec_module(module)
    return module


def run_shared_checker(path: Path) -> bool:
    """Run the shared check.py on a file; whether it finds the file well formed (a crash is no)."""
    try:
        with patch.object(sys, "argv", ["check.py", str(path)]):
            runpy.run_path(str(SHARED / "check.py"), run_name="__main__")
    except SystemExit as stop:
        return not stop.code
    except Exception:
        return False
    return True


def read_shared_docs(*names: str) -> list[dict[str, Any]]:
    """Read gold documents as JSON from folders or jsonl files of the shared gold."""
    docs: list[dict[str, Any]] = []
    for name in names:
        path = SHARED / name
        if path.is_dir():
            docs += [json.loads(file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.json"))]
        else:
            docs += [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return docs
