"""Lead an offset of an edited text back to the text that it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``old[start:end]``; an empty replacement deletes."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class _Layer:
    # One round of edits: where each stands in the new text and in the old one, in order.
    new_starts: tuple[int, ...]
    new_ends: tuple[int, ...]
    old_starts: tuple[int, ...]
    old_ends: tuple[int, ...]

    def find_old(self, offset: int) -> int:
        index = bisect_right(self.new_starts, offset) - 1
        if index < 0:
            return offset
        if offset < self.new_ends[index]:
            return self.old_starts[index]
        return offset - self.new_ends[index] + self.old_ends[index]

    def find_old_end(self, end: int) -> int:
        # The old end of the last character before ``end``, so that what was deleted behind it stays outside.
        last = end - 1
        index = bisect_right(self.new_starts, last) - 1
        if index >= 0 and last < self.new_ends[index]:
            return self.old_ends[index]
        return self.find_old(last) + 1


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From offsets of a normalised text to offsets of its original (both in code points).

    A map without layers is the identity. Inside a replacement every offset leads to where the replaced text began,
    and a span that ends inside of one is widened to the end of what was replaced: a span never loses a character.
    """

    layers: tuple[_Layer, ...] = ()

    def to_original(self, offset: int) -> int:
        """Find where the character at ``offset`` came from."""
        for layer in reversed(self.layers):
            offset = layer.find_old(offset)
        return offset

    def to_original_span(self, start: int, end: int) -> tuple[int, int]:
        """Find the half-open span of the original that ``[start, end)`` came from.

        What was deleted inside of the span lies in the result, what was deleted at its borders does not.
        """
        for layer in reversed(self.layers):
            old_start = layer.find_old(start)
            start, end = old_start, layer.find_old_end(end) if end > start else old_start
        return start, end

    def then(self, later: OffsetMap) -> OffsetMap:
        """Chain the map of an edit that followed this one."""
        return OffsetMap(self.layers + later.layers)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Apply edits that do not overlap, in order of their starts.

    Raises
    ------
    ValueError
        If the edits overlap or stand out of order.
    """
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    old_starts: list[int] = []
    old_ends: list[int] = []
    position = length = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps the one before it, which ends at {position}")
        parts.append(text[position : edit.start])
        length += edit.start - position
        parts.append(edit.replacement)
        new_starts.append(length)
        length += len(edit.replacement)
        new_ends.append(length)
        old_starts.append(edit.start)
        old_ends.append(edit.end)
        position = edit.end
    if not new_starts:
        return text, OffsetMap()
    parts.append(text[position:])
    layer = _Layer(tuple(new_starts), tuple(new_ends), tuple(old_starts), tuple(old_ends))
    return "".join(parts), OffsetMap((layer,))
