"""Read the day of publication as sources write it."""

from __future__ import annotations

import re
from itertools import islice

from kg.model import PartialDate

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = "(?P<month>" + "|".join(f"{month}[a-z]*" for month in _MONTHS) + r")\.?"
_WORDS = (
    # March 25, 2021; 25 March 2021 or 25-Mar-2021; March 2021
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b{_MONTH},? (?P<year>\d{{4}})\b", re.I),
)


_HEAD_LINES, _HEAD_CHARACTERS = 5, 1000
_BEFORE_DAY = re.compile(
    r"(?:(?:published|posted)(?: on)?:? )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?", re.I
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_day_line(text: str) -> PartialDate | None:
    """Find the day of a text that nothing else dates: one of its first lines, if that is a day and nothing else."""
    lines = (" ".join(line.split()) for line in text[:_HEAD_CHARACTERS].splitlines())
    for line in islice(filter(None, lines), _HEAD_LINES):
        day = _BEFORE_DAY.sub("", line, count=1).rstrip(".")
        if any(form.fullmatch(day) for form in (_ISO_DAY, *_WORDS[:2])):
            return parse_published(day)
    return None


def parse_published(text: str) -> PartialDate | None:
    """Read a date, as precise as it is written and certain; None if it is none.

    ``03/04/2021`` may be in March or in April: only its year is taken.
    """
    text = " ".join(text.split())[:100]
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _make_date(*match.groups())
    if match := _NUMERIC.search(text):
        first, second, year = match.groups()
        return _read_numeric(int(first), int(second), year)
    for pattern in _WORDS:
        if match := pattern.search(text):
            found = match.groupdict()
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            return _make_date(found["year"], f"{month:02}", found["day"].zfill(2) if "day" in found else None)
    return None


def _read_numeric(first: int, second: int, year: str) -> PartialDate | None:
    if first > 12 >= second or first == second:
        return _make_date(year, f"{second:02}", f"{first:02}")
    if second > 12 >= first:
        return _make_date(year, f"{first:02}", f"{second:02}")
    return _make_date(year)


def _make_date(year: str, month: str | None = None, day: str | None = None) -> PartialDate | None:
    try:
        return PartialDate("-".join(part for part in (year, month, day) if part))
    except ValueError:
        return None
