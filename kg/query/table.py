"""Answers as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import Literal, QueryBoolean, QueryTriples

from kg.rdf.store import QueryResult

Value = str | int | float | Decimal | bool | None

_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values under the names of their columns; a cell without a value is None, an IRI is its text.

    ``pandas.DataFrame(table.rows, columns=table.columns)`` is the table as a frame.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def list_records(self) -> list[dict[str, Value]]:
        """List the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def read_table(result: QueryResult) -> Table:
    """Read the answer to any query: that of ASK is one cell, that of CONSTRUCT three columns in order."""
    if isinstance(result, QueryBoolean):
        return Table(("answer",), ((bool(result),),))
    if isinstance(result, QueryTriples):
        triples = sorted(result, key=str)
        rows = tuple((_read_term(one.subject), _read_term(one.predicate), _read_term(one.object)) for one in triples)
        return Table(("subject", "predicate", "object"), rows)
    columns = tuple(variable.value for variable in result.variables)
    return Table(columns, tuple(tuple(_read_term(row[name]) for name in columns) for row in result))


def _read_term(term: Any) -> Value:
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(getattr(term, "value", term))
    text, kind = term.value, term.datatype.value.removeprefix(_XSD)
    try:
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            return Decimal(text)
        if kind in ("double", "float"):
            return float(text)
    except (ValueError, InvalidOperation):
        # A literal need not be what its datatype says.
        return text
    return text == "true" if kind == "boolean" else text
