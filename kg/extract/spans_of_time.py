"""Dates that are told by others: "for more than a year", "an 18-month probe", "in the same year"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from kg.model import PartialDate
from kg.normalize.dates import DateMention
from kg.normalize.numbers import NUMBERS, read_count

_COUNT = r"\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_ABOUT = r"(?:(?:more than|over|nearly|almost|about|around|at least|the (?:past|last)) )?"
_SPAN = re.compile(
    rf"(?<!\w)for {_ABOUT}(?P<count>{_COUNT}) (?P<unit>month|year)s?(?! (?:in|imprison|behind|sentence|from|after))\b"
    rf"|(?<!\w)for the (?:past|last) (?P<unit2>year)(?!\w)"
    rf"|(?<![\w-])(?:(?P<count3>{_COUNT})-)?(?P<unit3>month|year)"
    r"(?:-long|(?=[ -](?:investigation|probe|inquiry|battle|dispute)))",
    re.IGNORECASE,
)

# "In the same month": of the date that was told last; "that same day", but not "that day", which may be any.
_SAME = re.compile(r"(?<!\w)(?:the|that) same (?P<unit>day|month|year)(?!\w)", re.IGNORECASE)
_SIZES = {"day": len("2024-08-24"), "month": len("2024-08"), "year": len("2024")}


def find_same(text: str, told: Sequence[DateMention]) -> Iterator[DateMention]:
    """Yield what a text calls the same day, month or year, as that of the date told last before it.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    told
        The dates that it tells, in order.
    """
    for match in _SAME.finditer(text):
        size = _SIZES[match["unit"].lower()]
        before = [date for date in told if date.end <= match.start()]
        if before and len(before[-1].date.iso) >= size:
            yield DateMention(match.start(), match.end(), PartialDate(before[-1].date.iso[:size]))


def find_spans(text: str, published: PartialDate | None) -> Iterator[DateMention]:
    """Yield the spans of time that a text tells, each as the year in which it began, counted from the publication.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    published
        The day of publication; without a full day nothing is yielded.
    """
    if published is None or len(published.iso) != len("2024-08-24"):
        return
    day = datetime.date.fromisoformat(published.iso)
    for match in _SPAN.finditer(text):
        count = match["count"] or match["count3"] or "1"
        unit = match["unit"] or match["unit2"] or match["unit3"]
        months = read_count(count) * (12 if unit.lower() == "year" else 1)
        year = (day.year * 12 + day.month - 1 - months) // 12
        yield DateMention(match.start(), match.end(), PartialDate(f"{year:04}"))
