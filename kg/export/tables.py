"""Write a table of the graph as CSV or Parquet."""

from __future__ import annotations

import importlib
from typing import IO, Any

from kg.analysis.tables import Layout
from kg.errors import KgError
from kg.export.cells import CsvWriter
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


def write_csv(layout: Layout, store: Store, out: IO[bytes]) -> None:
    """Write a table as CSV; lists are joined by ``; ``, and what a spreadsheet would run is defused."""
    writer = CsvWriter(out)
    writer.write_header(column.name for column in layout.columns)
    for row in layout.read(store):
        writer.write_row(row)


def write_parquet(layout: Layout, store: Store, out: IO[bytes]) -> None:
    """Write a table as Parquet, with its types; lists stay lists, and texts are as they are.

    Raises
    ------
    KgError
        If pyarrow is not installed.
    """
    arrow, parquet = load_library("pyarrow", "arrow"), load_library("pyarrow.parquet", "arrow")
    sink = arrow.BufferOutputStream()
    parquet.write_table(make_arrow(layout, store), sink, compression="zstd")
    out.write(sink.getvalue())
