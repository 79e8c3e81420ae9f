"""Where dates stand on a line from the first to the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def place_in_time(dates: Sequence[str]) -> list[float]:
    """Place dates, the first of which is the least, from 0 to 1; a year alone stands at its beginning."""
    days = [_count_days(date) for date in dates]
    first, span = min(days), max(days) - min(days)
    return [(day - first) / span if span else 0.5 for day in days]


def _count_days(date: str) -> float:
    found = _DATE.match(date)
    if found is None:
        return 0.0
    year, month, day = (int(part or 1) for part in found.groups())
    return year * 365.25 + (month - 1) * 30.44 + day
