"""Take the values that a mapping asks for out of a row, and know in which part of which cell each stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import SourceError
from kg.trackers.mapping import CellTest, Condition, Value


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the part of the mapping that gave it, and the part of the cell (half-open; None: the whole line)."""

    text: str
    source: Value
    column: str | None
    part: tuple[int, int] | None


def hold_conditions(condition: Condition, cells: Mapping[str, str]) -> bool:
    """Tell whether a row fulfils all of a condition; case does not count."""
    return all(_pass_test(test, cells.get(column, "")) for column, test in condition.items())


def _pass_test(test: CellTest, cell: str) -> bool:
    known = cell.casefold()
    if test.is_ and known not in {text.casefold() for text in test.is_}:
        return False
    if test.not_ and known in {text.casefold() for text in test.not_}:
        return False
    if test.matches is not None and not re.search(test.matches, cell, re.IGNORECASE):
        return False
    return test.empty is None or test.empty == (not cell)


def find_values(source: Value, cells: Mapping[str, str]) -> list[Found]:
    """Find the values of a row: of ``first_of`` those of the first source that has any, of ``all_of`` all.

    Raises
    ------
    SourceError
        If a text is not in a ``map`` that has no default: the mapping does not know what it means.
    """
    if not hold_conditions(source.when, cells):
        return []
    if source.first_of:
        return next((found for part in source.first_of if (found := find_values(part, cells))), [])
    if source.all_of:
        return [found for part in source.all_of for found in find_values(part, cells)]
    return list(_find_own(source, cells))


def _find_own(source: Value, cells: Mapping[str, str]) -> Iterator[Found]:
    if source.value:
        if source.column is None or cells.get(source.column):
            yield from (Found(text, source, source.column, None) for text in source.value)
        return
    assert source.column is not None
    cell = cells.get(source.column, "")
    nothing = {text.casefold() for text in source.none}
    for start, end in _split(cell, source.split):
        start, end = _strip(cell, start, end, source.strip)
        text = cell[start:end]
        if text and text.casefold() not in nothing and (source.like is None or re.search(source.like, text)):
            yield from (Found(value, source, source.column, (start, end)) for value in _translate(source, text))


def _split(cell: str, separator: str | None) -> Iterator[tuple[int, int]]:
    position = 0
    for match in re.finditer(separator, cell, re.IGNORECASE) if separator else ():
        if match.end() > match.start():
            yield position, match.start()
            position = match.end()
    yield position, len(cell)


def _strip(cell: str, start: int, end: int, pattern: str | None) -> tuple[int, int]:
    """Take what matches away from both ends of a part, and spaces and quotation marks with it."""
    former = None
    while former != (start, end):
        former = (start, end)
        while start < end and cell[start] in ' "“”':
            start += 1
        while start < end and cell[end - 1] in ' "“”':
            end -= 1
        for match in re.finditer(pattern, cell[start:end], re.IGNORECASE) if pattern else ():
            if match.start() == 0 and match.end() > 0:
                start += match.end()
                break
            if match.end() == end - start and match.end() > match.start():
                end = start + match.start()
                break
    return start, end


def _translate(source: Value, text: str) -> tuple[str, ...]:
    for known, values in source.map.items():
        if known.casefold() == text.casefold():
            return values
    found = [value for rule in source.patterns if re.search(rule.matches, text, re.IGNORECASE) for value in rule.gives]
    if found:
        return tuple(dict.fromkeys(found))
    if source.keep:
        return (text,)
    if source.default is not None:
        return source.default
    if source.map:
        raise SourceError(f"{source.column}: the mapping does not know {text[:80]!r}")
    return () if source.patterns else (text,)
