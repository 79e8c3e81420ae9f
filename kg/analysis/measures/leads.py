"""Who moves first and who follows, over all waves."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kg.analysis.measure import Measure, Options
from kg.analysis.measures.waves import Wave, find_waves
from kg.analysis.records import GraphData
from kg.query.table import Value


def count_leads(waves: list[Wave]) -> dict[tuple[str, str], list[int]]:
    """Gather for each ordered pair of countries the days by which the first acted before the second, a wave each.

    Acting on the same day leads nobody. To come first is not to be the cause: what both react to may be the same news.
    """
    lags: dict[tuple[str, str], list[int]] = defaultdict(list)
    for wave in waves:
        for (one, early), (other, late) in combinations(wave.movers, 2):
            if early < late:
                lags[one, other].append((late - early).days)
    return dict(lags)


def list_leads(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the pairs, those that lead most often first."""
    lags = count_leads(find_waves(data, min_jurisdictions=options.min_jurisdictions))
    for (leader, follower), days in sorted(lags.items(), key=lambda item: (-len(item[1]), item[0])):
        back = len(lags.get((follower, leader), ()))
        yield data.get_name(leader), data.get_name(follower), len(days), back, round(statistics.median(days), 1)


MEASURE = Measure(
    name="leads",
    title="Which country moves before which?",
    source="order of first actions within the waves; own rule",
    columns={
        "leader": "a country or union",
        "follower": "another",
        "waves": "waves in which the first acted before the second",
        "reverse": "waves in which it was the other way round",
        "median_days": "days from the one to the other",
    },
    run=list_leads,
)
