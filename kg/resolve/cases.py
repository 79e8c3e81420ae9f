"""Cases: the matters that actions are parts of, how each stands, and what of it is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from kg.model import Action, AgentRef
from kg.model.case import Case
from kg.model.ids import make_digest
from kg.resolve.amounts import is_same_sum
from kg.resolve.blocks import name_case_block
from kg.resolve.matters import split_matters
from kg.resolve.orientation import find_roles
from kg.resolve.relations import find_depth
from kg.resolve.standings import find_standing, find_time, sort_actions
from kg.resolve.times import make_timing


def assign_cases(actions: Iterable[Action], counted: Collection[str] = ()) -> Iterator[Action]:
    """Give each action the id of its case, which is made of the least id among the actions of the case.

    Parameters
    ----------
    actions
        The actions, whole case blocks.
    counted
        Ids of those that a tracker counts as decisions of their own.
    """
    blocks: dict[str, list[Action]] = {}
    for action in actions:
        blocks.setdefault(name_case_block(action), []).append(action)
    for name in sorted(blocks):
        for matter in split_matters(blocks[name], counted):
            case_id = make_digest("case", min(action.id for action in matter))
            for action in matter:
                yield replace(action, case_id=case_id)


def resolve_cases(actions: Iterable[Action]) -> tuple[Case, ...]:
    """Describe the cases that actions are parts of.

    Parameters
    ----------
    actions
        Actions as `resolve_claims` gives them, with their case ids; of a case, all of its actions.

    Returns
    -------
    tuple of Case
        Sorted by id. A case depends on its own actions alone, and so on one case block (see `kg.resolve.blocks`).
    """
    parts: dict[str, list[Action]] = {}
    for action in actions:
        parts.setdefault(action.case_id, []).append(action)
    return tuple(_describe_case(case_id, parts[case_id]) for case_id in sorted(parts))


def _describe_case(case_id: str, actions: list[Action]) -> Case:
    ordered = sort_actions(actions)
    # Those that move the case say best who pursues whom.
    leading = [action for action in ordered if action.stage and action.status == "actual"] or ordered
    roles = [find_roles(action) for action in leading]
    pursuer = _choose_party([pair.pursuer for pair in roles])
    subject = _choose_party([pair.subject for pair in roles])
    times = [time for action in ordered if (time := find_time(action))]
    year = f" ({times[0].year})" if times else ""
    return Case(
        id=case_id,
        name=f"{pursuer.name} — {subject.name}{year}",
        actor=pursuer,
        target=subject,
        standing=find_standing(ordered),
        action_ids=tuple(action.id for action in ordered),
        opened=times[0] if times else None,
        latest=times[-1] if times else None,
        disputed=tuple(_list_disputes(ordered)),
    )


def _choose_party(parties: list[AgentRef]) -> AgentRef:
    """The most frequent party, a person only if there is nobody else; of equals an organ rather than its state."""
    counts = Counter(parties)
    return min(counts, key=lambda ref: (ref.type == "Person", -counts[ref], -find_depth(ref), ref))


def _list_disputes(actions: Iterable[Action]) -> Iterator[str]:
    """Name what the reports of a case tell differently, in the order of `kg.model.case.DISPUTES`."""
    actions = list(actions)
    if any(_differ_in_amount(action) for action in actions):
        yield "amount"
    if any(not one.is_compatible(other) for action in actions for one, other in combinations(action.dates, 2)):
        yield "date"
    told = {(action.type, action.status) for action in actions}
    if any((type_, "negated") in told for type_, status in told if status == "actual"):
        yield "outcome"


def _differ_in_amount(action: Action) -> bool:
    days = make_timing(find_time(action), action.reported).days
    return any(not is_same_sum(one, other, days) for one, other in combinations(action.amounts, 2))
