from __future__ import annotations

from pathlib import Path

from kg.analysis import MEASURES, PROJECTIONS
from kg.analysis.tables import LAYOUTS


def test_docs_name_all_measures_projections_and_columns(tree: Path) -> None:
    """docs/analyses.md has a row for each measure, projection and column of a table, as the code says it."""
    page = (tree / "docs" / "analyses.md").read_text(encoding="utf-8")
    rows = [f"| `{one.name}` | {one.title} | {one.source} |" for one in MEASURES.values()]
    rows += [f"| `{name}` |" for name in PROJECTIONS]
    for layout in LAYOUTS.values():
        rows.append(f"### `{layout.name}()`")
        rows += [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in layout.columns]
    assert [row for row in rows if row not in page] == []
