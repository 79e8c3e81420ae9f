"""How long something has gone on: "for more than a year", "an 18-month probe" tell the year in which it began."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from kg.model import PartialDate
from kg.normalize.dates import DateMention

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNT = r"\d{1,2}|" + "|".join(sorted(_COUNTS, key=len, reverse=True))
_ABOUT = r"(?:(?:more than|over|nearly|almost|about|around|at least|the (?:past|last)) )?"
_SPAN = re.compile(
    rf"(?<!\w)for {_ABOUT}(?P<count>{_COUNT}) (?P<unit>month|year)s?(?! (?:in|imprison|behind|sentence|from|after))\b"
    rf"|(?<!\w)for the (?:past|last) (?P<unit2>year)(?!\w)"
    rf"|(?<![\w-])(?:(?P<count3>{_COUNT})-)?(?P<unit3>month|year)"
    r"(?:-long|(?=[ -](?:investigation|probe|inquiry|battle|dispute)))",
    re.IGNORECASE,
)


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
        count = (match["count"] or match["count3"] or "1").lower()
        unit = match["unit"] or match["unit2"] or match["unit3"]
        months = (_COUNTS[count] if count in _COUNTS else int(count)) * (12 if unit.lower() == "year" else 1)
        year = (day.year * 12 + day.month - 1 - months) // 12
        yield DateMention(match.start(), match.end(), PartialDate(f"{year:04}"))
