"""When an action may have been, by a document that dates it or that only is dated itself."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.kb import read_table
from kg.model import PartialDate
from kg.model.vocabulary import ACTIONS
from kg.resources import find_data

SLACK_DAYS = 7  # reports follow an event by days, and many are dated by their own publication
_NEWS_DAYS = 2  # papers of one morning tell the same news, whatever words they find for it
_MONTH_DAYS = 31
_ANNOUNCED_DAYS = 45  # between a decision and the last document that takes its announcement for it
_FRESH_DAYS = 60  # a document that is not further from the day of an action is likely to tell of it as news


@dataclass(frozen=True, slots=True)
class Timing:
    """What one document tells of the time: the first and last day of the date told, and the day it was published.

    Days are ordinals; ``digits`` is the precision of the date told: 4, 7 or 10, and 0 for none.
    """

    first: int | None
    last: int | None
    digits: int
    published: int | None

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The days at which a paper may have converted a sum: that of the action and that of the report."""
        told = (self.first + self.last) // 2 if self.first is not None and self.last is not None else None
        ordinals = (day for day in (told, self.published) if day is not None)
        return tuple(datetime.date.fromordinal(day) for day in ordinals)


def make_timing(date: PartialDate | None, published: PartialDate | None) -> Timing:
    """Lay out what a document tells."""
    first, last = _bound(date) if date else (None, None)
    return Timing(first, last, len(date.iso) if date else 0, _bound(published)[1] if published else None)


def are_within_weeks(one: Timing, other: Timing) -> bool:
    """Tell whether two dates are weeks apart at most, as a decision is from its announcement and from its report."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    precise = min(one.digits, other.digits) >= 7
    return precise and max(one.first - other.last, other.first - one.last, 0) <= _ANNOUNCED_DAYS


def have_common_day(one: Timing, other: Timing) -> bool:
    """Tell whether both are dated, and some day is in both dates."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first <= other.last and other.first <= one.last


def compare_times(one: Timing, other: Timing, retelling: Retelling, *, anchored: bool = False) -> float | None:
    """Tell how well the times of two claims of one kind of action agree.

    Parameters
    ----------
    one, other
        What their documents tell.
    retelling
        How long such an action is told of without a date.
    anchored
        Whether a third document dates the action: two that tell of it without a date agree with that one, and need not
        be near to one another.

    Returns
    -------
    float or None
        2 if both tell a day or a month and these agree, 1 if they agree as far as is told, less if little is known;
        None if they do not agree.
    """
    if one.digits and other.digits:
        return _compare_dated(one, other, retelling)
    if one.digits or other.digits:
        dated, undated = (one, other) if one.digits else (other, one)
        return _compare_half_dated(dated, undated, retelling)
    if anchored:
        return 0.75
    if one.published is None or other.published is None:
        return 0.5 if retelling.is_rare else None
    apart = abs(one.published - other.published)
    if apart > retelling.apart:
        return None
    return 1.5 if apart <= _NEWS_DAYS else 1.0 if apart <= SLACK_DAYS else 0.75


def _compare_dated(one: Timing, other: Timing, retelling: Retelling) -> float | None:
    assert one.first is not None and one.last is not None and other.first is not None and other.last is not None
    apart = max(one.first - other.last, other.first - one.last, 0)
    precise = min(one.digits, other.digits) >= 7
    if apart == 0:
        # A month holds one fine, but many words.
        is_day = max(one.digits, other.digits) == 10
        return 2.0 if precise and (is_day or retelling.is_rare) else 1.0
    # "In 2022" is not said of what was in January 2023: only dates as precise as days and months have slack.
    return (1.5 if max(one.digits, other.digits) == 10 else None) if precise and apart <= SLACK_DAYS else None


def _compare_half_dated(dated: Timing, undated: Timing, retelling: Retelling) -> float | None:
    assert dated.first is not None and dated.last is not None
    if undated.published is None:
        return 0.5 if retelling.is_rare else None
    if undated.published < dated.first - SLACK_DAYS:
        return None  # it was told before it happened
    # Of a year or a month any day may be meant: count from its middle.
    since = undated.published - (dated.first + dated.last) // 2
    if since <= retelling.days:
        return 1.0 if since <= _FRESH_DAYS else 0.75
    # Papers that come back to an old matter at one time tell the same of it.
    if dated.published is not None and abs(dated.published - undated.published) <= retelling.apart:
        return 0.75
    return None


@dataclass(frozen=True, slots=True)
class Retelling:
    """How long an action is told of without a date.

    ``days`` is the time after it, ``apart`` that between two documents of which neither dates it.
    """

    days: int
    apart: int

    @property
    def is_rare(self) -> bool:
        """Whether there is seldom more than one such action between two agents in a month: not of words and answers."""
        return self.apart >= _MONTH_DAYS


@lru_cache(maxsize=1)
def load_retelling(file: Path | None = None) -> dict[str, Retelling]:
    """Load how long actions of each kind are told of without a date.

    Raises
    ------
    DataError
        If a row names an action that there is not, or no number of days, or if an action is missing.
    """
    file = file or find_data() / "kb" / "retelling.csv"
    found = {}
    for row in read_table(file, ("action", "days", "apart")):
        for column in ("days", "apart"):
            if not row[column].isdecimal():
                raise row.reject(f"{column} {row[column]!r}: want a whole number")
        found[row.require_one_of("action", ACTIONS)] = Retelling(int(row["days"]), int(row["apart"]))
    if missing := sorted(ACTIONS - found.keys()):
        raise DataError(f"{file}: the table lacks {', '.join(missing)}")
    return found


@lru_cache(maxsize=65536)
def _bound(date: PartialDate) -> tuple[int, int]:
    parts = [int(part) for part in date.iso.split("-")]
    year = max(parts[0], 1)
    first_month, last_month = (parts[1], parts[1]) if len(parts) > 1 else (1, 12)
    month_end = calendar.monthrange(year, last_month)[1]
    # Nothing keeps a partial date from naming a day that its month does not have.
    first_day, last_day = (min(parts[2], month_end),) * 2 if len(parts) > 2 else (1, month_end)
    return datetime.date(year, first_month, first_day).toordinal(), datetime.date(
        year, last_month, last_day
    ).toordinal()
