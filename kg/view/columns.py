"""Put rows into columns of numbers, their strings into one table: what repeats is written once."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

# A tag, the values, and where all of them are the same and only one is written, how many there are.
Column: TypeAlias = tuple[str, list[Any]] | tuple[str, list[Any], int]


class StringTable:
    """Number strings in the order in which they come; 0 is no string."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str | None, int] = defaultdict(itertools.count(1).__next__, {None: 0, "": 0})

    @property
    def strings(self) -> list[str]:
        """All strings, by number."""
        return [text for text in self._numbers if text is not None]

    def encode_strings(self, values: Iterable[str | None]) -> Column:
        """Write a string a row."""
        return _shorten("s", list(map(self._numbers.__getitem__, values)))

    def encode_lists(self, values: Iterable[Sequence[str]]) -> Column:
        """Write a list of strings a row; 0 is an empty one, the number of a string a list of that one."""
        return _shorten("S", [self._encode_list(value) if value else 0 for value in values])

    def _encode_list(self, items: Sequence[str]) -> list[int] | int:
        numbers = self._numbers
        return (len(items) == 1 and numbers[items[0]]) or [numbers[item] for item in items]


def encode_numbers(values: Iterable[float | None]) -> Column:
    """Write a number a row; what is missing is null."""
    return _shorten("n", list(values))


def encode_references(values: Iterable[int | None]) -> Column:
    """Write the position of another table's row a row; -1 is none."""
    return _shorten("r", [-1 if value is None else value for value in values])


def encode_number_lists(values: Iterable[Sequence[int]]) -> Column:
    """Write a list of numbers a row; 0 is an empty one."""
    return _shorten("N", [list(value) if value else 0 for value in values])


def _shorten(tag: str, values: list[Any]) -> Column:
    # Much is left open by all rows of a graph: an owner, a stage, a charge.
    if len(values) > 1 and values[0] == values[-1] and values.count(values[0]) == len(values):
        return tag, values[:1], len(values)
    return tag, values
