"""Who answers whom, and how: the pairs of agents, first the action, then what came back."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis.measure import Measure, Options
from kg.analysis.records import ActionRecord, GraphData
from kg.analysis.selection import find_first_day, find_last_day
from kg.query.table import Value


@dataclass(frozen=True, slots=True)
class Dyad:
    """What one agent did against another, and what the other did towards it, none of it before."""

    actor: str
    target: str
    actions: tuple[ActionRecord, ...]
    answers: tuple[ActionRecord, ...]
    delays: tuple[int, ...]


def find_dyads(data: GraphData) -> list[Dyad]:
    """Pair the actions against an agent with that agent's own actions towards the actor.

    An answer is whatever the target does towards the actor (it denies, appeals, complies, sues back) on or after the
    day of the first action; where a date is unknown or too coarse to tell, it counts as an answer, but gives no
    delay. The delay of an answer is the number of days since the last action before it. Only what the target itself
    does counts: its owner's answer is a dyad of the owner's.

    References
    ----------
    The dyad as the unit of who does what to whom: E. E. Azar (1980), The Conflict and Peace Data Bank, Journal of
    Conflict Resolution 24(1); P. A. Schrodt (2012), Precedents, progress and prospects in political event data,
    International Interactions 38(4).
    """
    between: dict[tuple[str, str], list[ActionRecord]] = defaultdict(list)
    for action in data.actions:
        if action.actor != action.target:
            between[action.actor, action.target].append(action)
    dyads = []
    for (actor, target), done in sorted(between.items()):
        against = sort_by_time(action for action in done if action.is_against)
        if not against:
            continue
        begin = min((find_first_day(action.date) for action in against if action.date), default=None)
        told = [find_first_day(action.date) for action in against if action.date and len(action.date) == 10]
        answers, delays = [], []
        for answer in sort_by_time(between.get((target, actor), ())):
            # Left out only if it was surely before.
            if begin is not None and answer.date and find_last_day(answer.date) < begin:
                continue
            answers.append(answer)
            if answer.date and len(answer.date) == 10:
                day = find_first_day(answer.date)
                earlier = [one for one in told if one <= day]
                delays += [(day - max(earlier)).days] if earlier else []
        dyads.append(Dyad(actor, target, tuple(against), tuple(answers), tuple(delays)))
    return dyads


def sort_by_time(actions: Iterable[ActionRecord]) -> list[ActionRecord]:
    """Sort actions by their first possible day, those without a date last, and equals by id."""
    return sorted(actions, key=lambda action: (action.when is None, action.when or "", action.id))


def count_kinds(actions: tuple[ActionRecord, ...]) -> str:
    """Write how often each kind of action occurs, the most frequent first: ``deny 2, appeal``."""
    counts = Counter(action.type for action in actions)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(kind if count == 1 else f"{kind} {count}" for kind, count in ordered)


def list_dyads(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the pairs, those with most between them first."""
    dyads = find_dyads(data)
    for dyad in sorted(dyads, key=lambda one: (-len(one.actions) - len(one.answers), one.actor, one.target)):
        yield (
            data.get_name(dyad.actor),
            data.get_name(dyad.target),
            len(dyad.actions),
            count_kinds(dyad.actions),
            len(dyad.answers),
            count_kinds(dyad.answers),
            round(statistics.median(dyad.delays), 1) if dyad.delays else None,
        )


MEASURE = Measure(
    name="dyads",
    title="Who answers whom, and how?",
    source="dyads of event data (Azar 1980; Schrodt 2012); own rule for what is an answer",
    columns={
        "actor": "who acted",
        "target": "against whom",
        "actions": "how often",
        "kinds": "by which actions",
        "answers": "how often the target acted towards the actor, not before",
        "answered_by": "by which actions",
        "median_days": "days from an action to the answer after it, where both are dated to the day",
    },
    run=list_dyads,
)
