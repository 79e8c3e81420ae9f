"""Tables as frames of pandas, or tables of Arrow; both libraries are loaded only here, when asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.export.tables import load_library

if TYPE_CHECKING:
    from kg.analysis.tables import Layout
    from kg.query import Table
    from kg.rdf import Store


def make_frame(layout: Layout, store: Store) -> Any:
    """Read a table as a ``pandas.DataFrame``; ``frame.attrs["meanings"]`` says what each column means."""
    pandas = load_library("pandas", "tables")
    values = layout.read_columns(store)
    frame = pandas.DataFrame(
        {column.name: _make_series(pandas, column.type, values[column.name]) for column in layout.columns}
    )
    frame.attrs["meanings"] = {column.name: column.meaning for column in layout.columns}
    return frame


def _make_series(pandas: Any, kind: str, values: list[Any]) -> Any:
    if kind == "day":
        # Days before 1677 don't fit nanoseconds; none here should be, and a wrong one is no error.
        return pandas.Series(pandas.to_datetime(values, errors="coerce"), dtype="datetime64[ns]")
    dtypes = {"text": "string", "texts": "object", "number": "float64", "count": "int64", "flag": "bool"}
    return pandas.Series(values, dtype=dtypes[kind])


def frame_table(table: Table, meanings: dict[str, str] | None = None) -> Any:
    """Make a ``pandas.DataFrame`` of a table of plain values; decimals become floats."""
    pandas = load_library("pandas", "tables")
    rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
    frame = pandas.DataFrame(rows, columns=list(table.columns))
    frame.attrs["meanings"] = meanings or {}
    return frame
