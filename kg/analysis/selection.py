"""Choose the actions that an analysis counts: by time, status, confidence, number of sources, kind."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.analysis.records import ActionRecord, GraphData
from kg.errors import QueryError
from kg.model.vocabulary import ACTION_GROUPS, ACTIONS, STATUSES

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def find_first_day(date: str) -> datetime.date:
    """The first day that a date of a day, a month or a year may mean."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def find_last_day(date: str) -> datetime.date:
    """The last day that a date of a day, a month or a year may mean."""
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(parts[2], last) if len(parts) > 2 else last)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included; an end that is None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def holds(self, date: str | None) -> bool:
        """Whether all days that a date may mean lie in the window: "2024" lies in no window of half a year."""
        if date is None:
            return False
        return (self.first is None or self.first <= find_first_day(date)) and (
            self.last is None or find_last_day(date) <= self.last
        )

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


def parse_window(text: str) -> Window:
    """Read a window as people type it: ``2024``, ``2022..2024``, ``2024-03..``, ``..2023-12-31``.

    Raises
    ------
    QueryError
        If it is none of these, or ends before it begins.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        last = first
    for part in (first, last):
        if part and not _DATE.fullmatch(part):
            raise QueryError(f"window {text!r}: want such as 2024, 2022..2024, 2024-03.. or ..2023-12-31")
    if not (first or last) or first.startswith("0000") or last.startswith("0000"):
        raise QueryError(f"window {text!r}: want a date on one side at least, such as 2024-03..")
    window = Window(find_first_day(first) if first else None, find_last_day(last) if last else None)
    if window.first and window.last and window.last < window.first:
        raise QueryError(f"window {text!r}: it ends before it begins")
    return window


@dataclass(frozen=True, slots=True)
class Selection:
    """What counts; by default every action that happened.

    Parameters
    ----------
    window
        When: by the action's date, else that of its first report. What has neither is left out of any window.
    statuses
        Of which status: ``actual``, ``planned``, ``negated``.
    min_confidence
        From which confidence on.
    min_sources
        Told by how many independent sources; 2 leaves out what rests on one.
    kinds
        Which actions, or groups of actions; None is all.

    Raises
    ------
    QueryError
        If a status or kind is unknown, or a number out of range.
    """

    window: Window | None = None
    statuses: tuple[str, ...] = ("actual",)
    min_confidence: float = 0.0
    min_sources: int = 1
    kinds: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for status in self.statuses:
            if status not in STATUSES:
                raise QueryError(f"status {status!r}: want some of {', '.join(STATUSES)}")
        for kind in self.kinds or ():
            if kind not in ACTIONS and kind not in ACTION_GROUPS:
                raise QueryError(f"action {kind!r}: want one of {', '.join((*ACTION_GROUPS, *sorted(ACTIONS)))}")
        if not 0 <= self.min_confidence <= 1:
            raise QueryError(f"confidence {self.min_confidence}: want a number from 0 to 1")
        if self.min_sources < 1:
            raise QueryError(f"sources {self.min_sources}: want at least 1")

    def holds(self, action: ActionRecord) -> bool:
        """Whether an action counts."""
        return (
            action.status in self.statuses
            and action.confidence >= self.min_confidence
            and action.sources >= self.min_sources
            and (self.kinds is None or action.type in self.kinds or action.group in self.kinds)
            and (self.window is None or self.window.holds(action.when))
        )

    def describe(self) -> str:
        """Say in a line what counts."""
        return "; ".join(self._list_conditions())

    def _list_conditions(self) -> Iterator[str]:
        yield f"{' or '.join(self.statuses)} actions"
        if self.kinds is not None:
            yield f"of {', '.join(self.kinds)}"
        if self.window is not None:
            yield f"dated, or first reported, in {self.window}"
        if self.min_confidence > 0:
            yield f"of confidence {self.min_confidence:g} or more"
        if self.min_sources > 1:
            yield f"told by {self.min_sources} or more independent sources"


def select_actions(data: GraphData, selection: Selection) -> GraphData:
    """Keep the actions that count; agents and labels stay."""
    return replace(data, actions=tuple(action for action in data.actions if selection.holds(action)))
