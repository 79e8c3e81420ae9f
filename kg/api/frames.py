"""Tables as frames of pandas, or tables of Arrow; both libraries are loaded only here, when asked for."""

from __future__ import annotations

import importlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.analysis.tables import Layout
    from kg.query import Table
    from kg.rdf import Store


def load_library(name: str, extra: str) -> Any:
    """Load a library that an extra brings.

    Raises
    ------
    KgError
        If it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise KgError(f"{name} is not installed: pip install 'platform-regulation-kg[{extra}]'") from error


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


def make_arrow(layout: Layout, store: Store) -> Any:
    """Read a table as a ``pyarrow.Table``; the metadata of each field has its ``meaning``."""
    arrow = load_library("pyarrow", "arrow")
    types = {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "number": arrow.float64(),
        "count": arrow.int64(),
        "flag": arrow.bool_(),
        "day": arrow.date32(),
    }
    fields = [
        arrow.field(column.name, types[column.type], metadata={"meaning": column.meaning}) for column in layout.columns
    ]
    return arrow.table(layout.read_columns(store), schema=arrow.schema(fields))


def frame_table(table: Table, meanings: dict[str, str] | None = None) -> Any:
    """Make a ``pandas.DataFrame`` of a table of plain values; decimals become floats."""
    pandas = load_library("pandas", "tables")
    rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
    frame = pandas.DataFrame(rows, columns=list(table.columns))
    frame.attrs["meanings"] = meanings or {}
    return frame
