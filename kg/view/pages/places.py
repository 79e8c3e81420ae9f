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


def find_ticks(dates: Sequence[str], most: int = 10) -> list[tuple[float, str]]:
    """Find what to write below the line: the first and the last date, and years between where there is room."""
    first, last = min(dates, key=_count_days), max(dates, key=_count_days)
    if _count_days(first) == _count_days(last):
        return [(0.5, first)]
    years = [str(year) for year in range(int(first[:4]) + 1, int(last[:4]) + 1)]
    years = years[:: max(1, -(-len(years) // most))]
    places = place_in_time([first, *years, last])[1:-1]
    room = 1 / most
    between = [(place, year) for place, year in zip(places, years, strict=True) if room < place < 1 - room]
    return [(0.0, first), *between, (1.0, last)]


def _count_days(date: str) -> float:
    found = _DATE.match(date)
    if found is None:
        return 0.0
    year, month, day = (int(part or 1) for part in found.groups())
    return year * 365.25 + (month - 1) * 30.44 + day
