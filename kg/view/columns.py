"""Put rows into columns of numbers, their strings into one table: what repeats is written once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Column = tuple[str, list[Any]]


class StringTable:
    """Number strings in the order in which they come; 0 is no string."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    @property
    def strings(self) -> list[str]:
        """All strings, by number."""
        return list(self._numbers)

    def number(self, text: str | None) -> int:
        """Return the number of a string."""
        return self._numbers.setdefault(text or "", len(self._numbers))

    def encode_strings(self, values: Iterable[str | None]) -> Column:
        """Write a string a row."""
        numbers = self._numbers
        return "s", [numbers.setdefault(value or "", len(numbers)) for value in values]

    def encode_lists(self, values: Iterable[Sequence[str]]) -> Column:
        """Write a list of strings a row; 0 is an empty one."""
        return "S", [[self.number(item) for item in value] if value else 0 for value in values]


def encode_numbers(values: Iterable[float | None]) -> Column:
    """Write a number a row; what is missing is null."""
    return "n", list(values)


def encode_references(values: Iterable[int | None]) -> Column:
    """Write the position of another table's row a row; -1 is none."""
    return "r", [-1 if value is None else value for value in values]


def encode_number_lists(values: Iterable[Sequence[int]]) -> Column:
    """Write a list of numbers a row; 0 is an empty one."""
    return "N", [list(value) if value else 0 for value in values]
