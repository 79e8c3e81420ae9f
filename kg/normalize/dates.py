"""Find what a text says of dates, and resolve it against the day it was published.

dateparser reads as much, at a hundred times the cost of the rest of the reading; news writes dates in few forms.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import PartialDate
from kg.normalize.date_patterns import BEFORE_MONTH, BEFORE_RANGE, DATE, KINDS, MONTH
from kg.normalize.numbers import read_count

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text tells and where it stands (half-open offsets)."""

    start: int
    end: int
    date: PartialDate


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _make(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """Make a date; None where the calendar has no such day or the year lies outside of it."""
    try:
        date = datetime.date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return PartialDate(date[: 4 if month is None else 7 if day is None else 10])


def _shift_month(anchor: datetime.date, months: int) -> PartialDate | None:
    index = anchor.year * 12 + anchor.month - 1 + months
    return _make(index // 12, index % 12 + 1)


def _read_year(text: str | None, anchor: datetime.date | None) -> int | None:
    if text is None:
        return None
    if text.isdigit():
        return int(text)
    return anchor.year + {"this": 0, "last": -1, "next": 1}[text[:4]] if anchor is not None else None


def _resolve_day(day: int, month: int, year: int | None, anchor: datetime.date | None) -> PartialDate | None:
    """A day without its year is the latest that is not long after the anchor: news announces a few weeks ahead."""
    if year is None:
        if anchor is None:
            return None
        year = anchor.year
        found = _make(year, month, day)
        if found is None:
            return _make(year - 1, month, day)
        if (datetime.date.fromisoformat(found.iso) - anchor).days > 60:
            year -= 1
        elif (anchor - datetime.date.fromisoformat(found.iso)).days > 305 and month <= 2:
            year += 1
    return _make(year, month, day)


def _resolve_weekday(name: str, which: str | None, anchor: datetime.date) -> PartialDate:
    """The latest such day that is not after the anchor: news speaks of the week behind it."""
    back = (anchor.weekday() - _WEEKDAYS.index(name.lower())) % 7
    word = (which or "").lower()
    if word in {"next", "this coming"}:
        return PartialDate((anchor + datetime.timedelta(days=7 - back)).isoformat())
    if word == "last" and back == 0:
        back = 7
    return PartialDate((anchor - datetime.timedelta(days=back)).isoformat())


def _resolve_unit(relation: str, size: str, anchor: datetime.date) -> PartialDate | None:
    """A week has no name of its own, so that its month stands for it; a quarter and a season have their year."""
    step = {"this": 0, "last": -1, "next": 1}.get(relation.split()[-1].lower(), -1)
    if size == "week":
        day = anchor + datetime.timedelta(days=7 * step)
        return _make(day.year, day.month)
    if size == "month":
        return _shift_month(anchor, step)
    return _make(anchor.year + (step if size == "year" else 0))


def _resolve_ago(count: str, unit: str, anchor: datetime.date) -> PartialDate | None:
    number = read_count(count)
    if unit == "day":
        return PartialDate((anchor - datetime.timedelta(days=number)).isoformat())
    if unit == "week":
        day = anchor - datetime.timedelta(days=7 * number)
        return _make(day.year, day.month)
    return _shift_month(anchor, -number) if unit == "month" else _make(anchor.year - number)


def _resolve_month(month: int, when: str | None, anchor: datetime.date) -> PartialDate | None:
    year = anchor.year - (month > anchor.month)
    if (when or "").lower() == "next":
        year = anchor.year + (month <= anchor.month)
    elif (when or "").lower().startswith("this"):
        year = anchor.year
    elif (when or "").lower() == "last" and month == anchor.month:
        year -= 1
    return _make(year, month)


def _resolve_match(match: re.Match[str], anchor: datetime.date | None) -> PartialDate | None:
    words = match[0]
    kind = match.lastgroup if match.lastgroup in KINDS else next(name for name in KINDS if match[name] is not None)
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    if kind == "iso":
        return _make(numbers[0], numbers[1], numbers[2])
    if kind in {"dotted", "slashed"}:
        first, second, year = numbers
        if kind == "slashed" and (second > 12 or first <= 12) and first != second:
            # 05/13 is American; 05/06 may be either, so that only its year is sure.
            return _make(year, first, second) if second > 12 >= first else _make(year)
        return _make(year, second, first)
    if kind in {"dmy", "mdy"}:
        month = re.search(rf"\b{MONTH}", words)
        assert month is not None
        return _resolve_day(numbers[0], _month_number(month[0]), _read_year(match[f"{kind}_year"], anchor), anchor)
    if kind == "my":
        year_said = _read_year(match["my_year"], anchor)
        return _make(year_said, _month_number(words)) if year_said is not None else None
    if kind == "year":
        return _make(int(match["only"]))
    if anchor is None:
        return None
    if kind == "month":
        return _resolve_month(_month_number(match["bare"]), match["when"], anchor)
    if kind == "weekday":
        if match["back"] is not None:
            monday = anchor - datetime.timedelta(days=anchor.weekday() + 7)
            return PartialDate((monday + datetime.timedelta(days=_WEEKDAYS.index(match["name"].lower()))).isoformat())
        return _resolve_weekday(match["name"], match["which"], anchor)
    if kind == "day":
        shift = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words.split()[0].lower(), 0)
        return PartialDate((anchor + datetime.timedelta(days=shift)).isoformat())
    if kind == "unit":
        return _resolve_unit(match["rel"], match["size"], anchor)
    if kind == "about":  # weeks lie in or near the month, months in the year
        return _make(anchor.year, anchor.month if match["spell"] in {"days", "weeks"} else None)
    return _resolve_ago(match["count"], match["units"], anchor)


def _read_anchor(published: PartialDate | None) -> datetime.date | None:
    if published is None or len(published.iso) != 10:
        return None
    try:
        return datetime.date.fromisoformat(published.iso)
    except ValueError:
        return None


def find_dates(text: str, published: PartialDate | None) -> Iterator[DateMention]:
    """Yield the dates that a text tells, in order, each as precise as it is told.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    published
        What relative expressions count from; without a full day they are passed over.
    """
    anchor = _read_anchor(published)
    for match in DATE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if (
            match["month"] is not None
            and match["bare"] in {"May", "March"}
            and match["when"] is None
            and not BEFORE_MONTH.search(before)
        ):
            continue  # the verb, or a march
        if match["year"] is not None and BEFORE_RANGE.search(before):
            continue  # the end of 2007–2010
        try:
            date = _resolve_match(match, anchor)
        except OverflowError:  # a day before the first or after the last of the calendar
            continue
        if date is not None:
            yield DateMention(match.start(), match.end(), date)


@lru_cache(maxsize=4096)
def resolve_date(expression: str, published: PartialDate | None) -> PartialDate | None:
    """Resolve one date expression, at the precision that it has.

    Parameters
    ----------
    expression
        Words such as ``last month``, ``on Thursday``, ``15 September 2023``, ``2019``.
    published
        What relative expressions count from; without a full day they stay unresolved.

    Returns
    -------
    PartialDate or None
        None where the words name no date (a span of time, an age), or a relative one without an anchor.
    """
    found = list(find_dates(expression, published))
    if not found:
        return None
    return max(found, key=lambda mention: (len(mention.date.iso), -mention.start)).date
