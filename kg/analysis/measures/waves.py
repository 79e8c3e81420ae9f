"""Waves: bursts of action against one platform or company by the authorities of several countries."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.analysis.measure import Measure, Options
from kg.analysis.records import GraphData
from kg.analysis.selection import find_first_day
from kg.query.table import Value

_SCALE = 2.0  # Kleinberg's s: a burst is at least twice as dense as the whole
_COST = 1.0  # Kleinberg's gamma: what it costs to enter a burst
_LULL = 60  # days without an action that end a wave: against a platform that many block, a burst may last for years


@dataclass(frozen=True, slots=True)
class Wave:
    """A burst against one target; ``movers`` are the countries by the day of their first action in it."""

    target: str
    first: date
    last: date
    actions: int
    movers: tuple[tuple[str, date], ...]


def find_bursts(days: Sequence[int]) -> list[tuple[int, int]]:
    """Find where events come in bursts, by Kleinberg's automaton of two states.

    In the usual state events come at their mean rate over the whole period, in a burst at twice that rate; the gaps
    between them are exponential. Entering a burst costs the logarithm of the number of gaps, leaving it nothing. The
    cheapest sequence of states says where the bursts are.

    Parameters
    ----------
    days
        The day of each event as a number, ascending.

    Returns
    -------
    list of tuple
        For each burst the positions of its first and last event.

    References
    ----------
    J. Kleinberg (2002), Bursty and hierarchical structure in streams, KDD; with s = 2, gamma = 1, two states.
    """
    gaps = [after - before for before, after in zip(days, days[1:], strict=False)]
    if not gaps:
        return []
    rates = [len(gaps) / max(1, sum(gaps)) * scale for scale in (1.0, _SCALE)]
    enter = _COST * math.log(len(gaps)) if len(gaps) > 1 else _COST
    costs, came_from = [0.0, enter], []
    for gap in gaps:
        stay = [costs[0], costs[1]]
        # Into the usual state from either, at no cost; into the burst from itself, or from below at a cost.
        from_where = [0 if stay[0] <= stay[1] else 1, 1 if stay[1] <= stay[0] + enter else 0]
        costs = [min(stay) + rates[0] * gap - math.log(rates[0]), min(stay[1], stay[0] + enter)]
        costs[1] += rates[1] * gap - math.log(rates[1])
        came_from.append(from_where)
    state = 0 if costs[0] <= costs[1] else 1
    states = []
    for choice in reversed(came_from):
        states.append(state)
        state = choice[state]
    states.reverse()
    bursts, start = [], None
    for index, here in enumerate([*states, 0]):
        if here and start is None:
            start = index
        elif not here and start is not None:
            bursts.append((start, index))
            start = None
    return bursts


def cut_bursts(days: Sequence[int], bursts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut bursts where nothing happened for sixty days; what is left of one must have two events."""
    parts = []
    for start, end in bursts:
        begin = start
        for place in range(start, end + 1):
            if place == end or days[place + 1] - days[place] > _LULL:
                parts.append((begin, place))
                begin = place + 1
    return [(begin, last) for begin, last in parts if last > begin]


def find_waves(data: GraphData, *, min_jurisdictions: int = 3) -> list[Wave]:
    """Find the bursts of action against each platform or company in which several countries took part.

    A burst ends where nothing happens for sixty days. Counted is what authorities do beyond words (scrutiny and
    coercion), where the day is told: the day of a first report would make waves of articles that look back.

    Parameters
    ----------
    data
        The actions.
    min_jurisdictions
        From how many countries (or unions) on a burst is a wave.
    """
    events: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for action in data.actions:
        actor, target = data.agents.get(action.actor), data.agents.get(action.target)
        if not (actor and target and actor.is_authority and target.is_service and actor.jurisdiction):
            continue
        if action.date and len(action.date) == 10 and action.group in ("scrutiny", "coercion"):
            events[action.target].append((find_first_day(action.date), actor.jurisdiction))
    waves = []
    for platform, told in sorted(events.items()):
        told.sort()
        days = [day.toordinal() for day, _ in told]
        for start, end in cut_bursts(days, find_bursts(days)):
            burst = told[start : end + 1]
            movers: dict[str, date] = {}
            for moment, home in burst:
                movers.setdefault(home, moment)
            if len(movers) >= min_jurisdictions:
                waves.append(Wave(platform, burst[0][0], burst[-1][0], len(burst), tuple(movers.items())))
    return waves


def list_waves(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the waves, in order of time."""
    waves = find_waves(data, min_jurisdictions=options.min_jurisdictions)
    for wave in sorted(waves, key=lambda wave: (wave.first, wave.target)):
        yield (
            data.get_name(wave.target),
            wave.first.isoformat(),
            wave.last.isoformat(),
            (wave.last - wave.first).days,
            wave.actions,
            len(wave.movers),
            ", ".join(str(data.get_name(country)) for country, day in wave.movers if day == wave.first),
            " > ".join(f"{data.get_name(country)} {day}" for country, day in wave.movers),
        )


MEASURE = Measure(
    name="waves",
    title="When did several countries act against one platform at once, and who moved first?",
    source="bursts (Kleinberg 2002: two states, s = 2, gamma = 1; cut after 60 quiet days) of what authorities do",
    columns={
        "target": "the platform or company",
        "first": "first day",
        "last": "last day",
        "days": "days in between",
        "actions": "actions in the burst",
        "jurisdictions": "countries and unions that took part",
        "first_movers": "those that acted on the first day",
        "order": "all, by the day of their first action",
    },
    run=list_waves,
)
