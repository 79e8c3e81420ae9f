"""Write the answer to a query: as a table for people, or as CSV, JSON or Turtle for programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

import pyoxigraph as ox

from kg.cli.lines import clean_line

FORMATS = ("table", "csv", "json", "ttl")

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_DECIMALS = {f"{_XSD}{name}" for name in ("decimal", "double", "float")}
_CELL_GAP = "  "


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of RDF terms under the names of their variables; a cell without a value is None.

    ``triples`` are those of a CONSTRUCT or DESCRIBE query, else None; an ASK query has one row, ``answer``.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    triples: tuple[ox.Triple, ...] | None = None


def read_answer(result: Any) -> Answer:
    """Read the result of a store's query, whatever its form."""
    if isinstance(result, ox.QueryBoolean):
        return Answer(("answer",), ((ox.Literal(bool(result)),),))
    if isinstance(result, ox.QueryTriples):
        # What a graph holds has no order: sort, so that one answer has one form.
        triples = tuple(sorted(result, key=str))
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
        return Answer(("subject", "predicate", "object"), rows, triples)
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(row[name] for name in columns) for row in result))


def write_answer(
    answer: Answer, form: str, out: TextIO, *, prefixes: Mapping[str, str], width: int | None = None
) -> None:
    """Write an answer.

    Parameters
    ----------
    answer
        The answer.
    form
        One of `FORMATS`.
    out
        Where it goes.
    prefixes
        How tables and Turtle shorten IRIs.
    width
        How many characters a line of a table may have; None is as many as it needs.
    """
    writers: dict[str, Callable[[], Iterable[str]]] = {
        "table": lambda: _format_table(answer, prefixes, width),
        "json": lambda: [json.dumps([make_object(answer.columns, row) for row in answer.rows], ensure_ascii=False)],
        "ttl": lambda: _format_turtle(answer, prefixes),
    }
    if form == "csv":
        _write_csv(answer, out)
    else:
        out.writelines(f"{line}\n" for line in writers[form]())


def guard_cell(text: str) -> str:
    """Keep a spreadsheet from taking a name out of a document for a formula; numbers stay numbers."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text) else text


def _write_csv(answer: Answer, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([guard_cell(_get_text(term)) for term in row] for row in answer.rows)


def _get_text(term: Any) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def make_object(columns: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    """Make a JSON-ready object of a row: numbers and truth values as such, all else as text."""
    return {name: _make_value(term) for name, term in zip(columns, row, strict=True)}


def _make_value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return None if term is None else _get_text(term)
    kind = term.datatype.value
    if kind in _INTEGERS:
        return int(term.value)
    if kind in _DECIMALS and _NUMBER.fullmatch(term.value):
        return int(term.value) if term.value.isdigit() else float(term.value)
    return term.value == "true" if kind == f"{_XSD}boolean" else term.value


def _format_table(answer: Answer, prefixes: Mapping[str, str], width: int | None) -> Iterator[str]:
    cells = [answer.columns, *(tuple(clean_line(_shorten(term, prefixes)) for term in row) for row in answer.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(answer.columns))]
    if width is not None:
        widths = _fit_widths(widths, width)
    rule = tuple("-" * size for size in widths)
    for row in (cells[0], rule, *cells[1:]):
        yield _CELL_GAP.join(_cut(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
    if not answer.rows:
        yield "(nothing)"


def _fit_widths(widths: list[int], width: int) -> list[int]:
    """Take from the widest columns until the line fits, or each has little left."""
    fitted = list(widths)
    while fitted and sum(fitted) + len(_CELL_GAP) * (len(fitted) - 1) > width and max(fitted) > 8:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _cut(cell: str, size: int) -> str:
    return cell if len(cell) <= size else f"{cell[: size - 1]}…"


def _shorten(term: Any, prefixes: Mapping[str, str]) -> str:
    text = _get_text(term)
    if isinstance(term, ox.NamedNode):
        # The longest namespace that fits names it best.
        for namespace, prefix in sorted(((space, name) for name, space in prefixes.items()), key=lambda x: -len(x[0])):
            if text.startswith(namespace) and len(text) > len(namespace):
                return f"{prefix}:{text[len(namespace) :]}"
    return text


def _format_turtle(answer: Answer, prefixes: Mapping[str, str]) -> Iterator[str]:
    if answer.triples is not None:
        turtle = ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
        yield turtle.decode("utf-8").rstrip("\n")
        return
    # Rows are no graph: they go in the vocabulary that the W3C's SPARQL tests use for results.
    yield "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> ."
    yield "[] a rs:ResultSet ;"
    names = " , ".join(f'"{name}"' for name in answer.columns)
    yield f"  rs:resultVariable {names} {';' if answer.rows else '.'}"
    for number, row in enumerate(answer.rows, start=1):
        bound = [(name, term) for name, term in zip(answer.columns, row, strict=True) if term is not None]
        bindings = " , ".join(f'[ rs:variable "{name}" ; rs:value {term} ]' for name, term in bound)
        content = f"rs:binding {bindings} ; " if bindings else ""
        yield f"  rs:solution [ {content}rs:index {number} ] {';' if number < len(answer.rows) else '.'}"
