"""What a table is: its columns with their types and meanings, and what reads its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.rdf import Store

TYPES = ("text", "texts", "number", "count", "flag", "day")
"""A text, a list of texts, a number, a whole number, yes or no, a day. Texts, numbers and days may be missing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, one of `TYPES`, and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of the graph, a row a thing, sorted."""

    name: str
    title: str
    columns: tuple[Column, ...]
    read: Callable[[Store], Iterable[tuple[Any, ...]]]

    def read_columns(self, store: Store) -> dict[str, list[Any]]:
        """Read the whole table, by column."""
        rows = list(self.read(store))
        return {column.name: [row[place] for row in rows] for place, column in enumerate(self.columns)}
