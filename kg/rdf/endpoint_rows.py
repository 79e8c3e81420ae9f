"""Whole answers from servers that cut them: more rows than a server gives at once are asked for in parts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from kg.errors import QueryError

_SKIPPED = r"(?:\s+|#[^\n]*(?:\n|$)|PREFIX\s+[^\s<]*\s*<[^>]*>|BASE\s*<[^>]*>)"
_PROLOGUE = re.compile(f"{_SKIPPED}*", re.IGNORECASE)
_FORM = re.compile(r"SELECT|ASK|CONSTRUCT|DESCRIBE", re.IGNORECASE)

_MOST_PARTS = 10_000
_MOST_BYTES = 1 << 28  # in all parts: as rows they take ten times the memory

Ask = Callable[[str], bytes]


def split_prologue(sparql: str) -> tuple[str, str]:
    """Split a query into its prefixes (with comments before them) and the rest."""
    found = _PROLOGUE.match(sparql)
    end = found.end() if found else 0
    return sparql[:end], sparql[end:]


def find_form(sparql: str) -> str | None:
    """Find what a query is: SELECT, ASK, CONSTRUCT or DESCRIBE; None where it does not parse."""
    found = _FORM.match(split_prologue(sparql)[1])
    return found.group().upper() if found else None


def read_in_parts(sparql: str, first: bytes, rows: int, ask: Ask) -> bytes:
    """Ask for all rows of a SELECT, so many at a time, and give the answer as if it had come at once.

    Parameters
    ----------
    sparql
        The query.
    first
        The answer that was cut, as JSON.
    rows
        How many rows the server gives.
    ask
        Answers a query in JSON.

    Raises
    ------
    QueryError
        If the parts are not the whole: the graph changed in between, or the server can't take the query as a part of
        another; or if they are too many.
    """
    prologue, body = split_prologue(sparql)
    answer = json.loads(first)
    # Comments may end the query: what follows stands on a line of its own.
    inner = f"{{ {{ {body}\n}} }}"
    counted = json.loads(ask(f"{prologue} SELECT (COUNT(*) AS ?rows) {inner}"))
    whole = int(counted["results"]["bindings"][0]["rows"]["value"])
    names = " ".join(f"?{name}" for name in answer["head"]["vars"])
    bindings: list[object] = []
    size = 0
    if rows < 1 or whole > rows * _MOST_PARTS:
        raise QueryError(f"query: {whole:,} rows, of which the server gives {rows:,} at once, are too many: use LIMIT")
    for start in range(0, whole, rows):
        part = ask(f"{prologue} SELECT {names} {inner} LIMIT {rows} OFFSET {start}")
        size += len(part)
        if size > _MOST_BYTES:
            raise QueryError(f"query: {whole:,} rows are more than {_MOST_BYTES:,} bytes: ask for fewer, by LIMIT")
        found = json.loads(part)["results"]["bindings"]
        bindings += found
        if not found:
            break
    if len(bindings) != whole:
        raise QueryError(
            f"query: {whole:,} rows, of which the server gives {rows:,} at once, came as {len(bindings):,}"
        )
    answer["results"]["bindings"] = bindings
    return json.dumps(answer).encode("utf-8")


def cut_lines(lines: Iterator[bytes], most: int | None, most_bytes: int = 1 << 20) -> Iterator[list[bytes]]:
    """Cut lines into lists that one request may have; None is no bound."""
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and most is not None and (len(part) == most or size + len(line) > most_bytes):
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield part
