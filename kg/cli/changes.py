"""Tell what became of actions when documents came or went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import ActionChange


def count_changes(changes: Sequence[ActionChange]) -> str:
    """Say in one line how many actions came, went, and have more or fewer sources; nothing if none did."""
    new = sum(change.before == 0 for change in changes)
    gone = sum(change.after == 0 for change in changes)
    more = sum(0 < change.before < change.after for change in changes)
    fewer = sum(0 < change.after < change.before for change in changes)
    parts = ((new, "new"), (gone, "gone"), (more, "with more sources"), (fewer, "with fewer sources"))
    told = ", ".join(f"{count:,} {what}" for count, what in parts if count)
    return f"actions: {told}" if told else ""


def list_changes(changes: Sequence[ActionChange], shown: int) -> Iterator[str]:
    """Write a line for each of the first actions that went or have fewer sources, and the number of the rest."""
    for number, change in enumerate(sorted(changes, key=lambda change: (change.after > 0, change.label, change.id))):
        if number == shown:
            yield f"… and {len(changes) - shown:,} more (--json lists all)"
            return
        if change.after == 0:
            yield f"gone: {change.label}"
        elif change.before == 0:
            yield f"new: {change.label}"
        else:
            yield f"{change.before:,} → {change.after:,} sources: {change.label}"
