"""Resolve what a text says of a date against the day it was published."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

from kg.model import PartialDate

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEKDAY = re.compile(r"(?:on |last |this )?(" + "|".join(_WEEKDAYS) + r")(?: (?:morning|afternoon|evening|night))?", re.I)
_THIS_YEAR = re.compile(r"(?:earlier|later|early|late) (?:this|in the) year|this year", re.I)
_VAGUE_YEAR = re.compile(r"(?:early|mid|late|the (?:end|start|beginning|fall|spring|summer|winter|autumn) of)[ -]((?:19|20)\d\d)", re.I)
_NO_DATE = re.compile(r"^(?:the |a |an |\d+ |one |two |three |several |many )*(?:day|week|month|year|decade|hour|minute)s?(?: \w+)?$", re.I)


@lru_cache(maxsize=1)
def _get_parser_class() -> Any:
    from dateparser.date import DateDataParser  # a slow import, needed at the first date only

    return DateDataParser


@lru_cache(maxsize=16)
def _make_parser(anchor: str) -> Any:
    base = datetime.datetime.fromisoformat(anchor)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
    return _get_parser_class()(languages=["en"], settings=settings)


def _find_weekday(name: str, anchor: datetime.date) -> datetime.date:
    """The latest such day that is not after the anchor: news speaks of the week behind it."""
    return anchor - datetime.timedelta(days=(anchor.weekday() - _WEEKDAYS.index(name.lower())) % 7)


@lru_cache(maxsize=4096)
def resolve_date(expression: str, published: PartialDate | None) -> PartialDate | None:
    """Resolve a date expression, at the precision that it has.

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
    text = expression.strip().strip(",.").removeprefix("the ").strip()
    if match := _YEAR.fullmatch(text):
        return PartialDate(match[0])
    if match := _VAGUE_YEAR.fullmatch(expression.strip()):
        return PartialDate(match[1])
    has_month = any(part[:3] in _MONTHS for part in re.findall(r"[a-z]{3,}", text.lower()))
    full_anchor = published is not None and len(published.iso) == 10
    if not full_anchor and not (has_month and _YEAR.search(text)):
        return None
    if _NO_DATE.match(text) or re.search(r"[a-z]-(?:year|month|week|day)", text, re.I):
        return None
    anchor = published.iso if full_anchor and published else "2000-01-01"
    day = datetime.date.fromisoformat(anchor)
    if match := _WEEKDAY.fullmatch(text):
        return PartialDate(_find_weekday(match[1], day).isoformat())
    if _THIS_YEAR.fullmatch(text):
        return PartialDate(anchor[:4])
    text = re.sub(r"^(?:earlier|later|late|early) (?:on |in )?", "", text, flags=re.I)
    text = re.sub(r"^(?:" + "|".join(_WEEKDAYS) + r"),? (?=\w+\.? \d|\d)", "", text, flags=re.I)
    found = _make_parser(anchor).get_date_data(text)
    if found.date_obj is None:
        return None
    date = found.date_obj.date()
    if has_month and not _YEAR.search(text) and date > day:
        date = date.replace(year=date.year - 1) if not (date.month == 2 and date.day == 29) else date
    if has_month and not re.search(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)", text):
        return PartialDate(date.isoformat()[:7])
    if found.period == "day":
        return PartialDate(date.isoformat())
    if found.period in ("month", "year"):
        return PartialDate(date.isoformat()[: 7 if found.period == "month" else 4])
    return None
