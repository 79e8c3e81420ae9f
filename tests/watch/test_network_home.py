"""Where the network lives."""

from __future__ import annotations

import ast
from pathlib import Path

_HOMES = ("watch", "rdf", "serve")


def test_only_few_parts_can_open_an_address(tree: Path) -> None:
    """``urllib.request`` is imported by what asks SPARQL endpoints alone; import-linter sees no deeper than urllib."""
    found = set()
    for path in sorted((tree / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(name == "urllib.request" or name.startswith("urllib.request.") for name in names):
                found.add(path.relative_to(tree / "kg").parts[0])
    assert found <= set(_HOMES)
