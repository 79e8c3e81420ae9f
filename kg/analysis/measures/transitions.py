"""What follows what: how often an action on one rung of a ladder is followed by one on another, and after how long."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.measures.ladders import find_ladders, find_rung, list_steps, load_rungs
from kg.analysis.records import GraphData
from kg.query.table import Value


def count_transitions(data: GraphData) -> dict[tuple[int, int], list[int | None]]:
    """Gather the steps of all ladders by the rungs that they lead from and to; each is its days, None where unknown.

    Divided by the sum of its row this is the transition matrix of a Markov chain of first order: what comes next
    depends on where one is, not on how one came there. That is a summary of what was reported, no forecast.

    References
    ----------
    J. G. Kemeny, J. L. Snell (1960), Finite Markov chains; for event data: P. A. Schrodt (1990), Parallel event
    sequences in international crises, Political Behavior 12(2).
    """
    found: dict[tuple[int, int], list[int | None]] = defaultdict(list)
    for ladder in find_ladders(data).values():
        for step in list_steps(ladder):
            found[find_rung(step.before) or 0, find_rung(step.after) or 0].append(step.days)
    return dict(found)


def list_transitions(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the transitions that occur, from the lowest rung on."""
    names, _ = load_rungs()
    found = count_transitions(data)
    totals: Counter[int] = Counter()
    for (before, _), days in found.items():
        totals[before] += len(days)
    for (before, after), days in sorted(found.items()):
        known = [day for day in days if day is not None]
        yield (
            names[before],
            names[after],
            len(days),
            round_score(len(days) / totals[before]),
            round(statistics.median(known), 1) if known else None,
            len(known),
        )


MEASURE = Measure(
    name="transitions",
    title="What follows what, and after how many days?",
    source="transition matrix of first order (Kemeny & Snell 1960) over the ladders of all pairs",
    columns={
        "from": "rung of an action",
        "to": "rung of the next action of the same actor against the same target",
        "count": "how often",
        "share": "of all that follows that rung",
        "median_days": "days in between, where both are dated to the day",
        "dated": "how many are",
    },
    run=list_transitions,
)
