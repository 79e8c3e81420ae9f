"""Which actions belong to one matter, and how each matter stands. First version: what passes between two agents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Action, AgentRef
from kg.model.case import Case
from kg.model.ids import make_digest
from kg.resolve.standings import find_standing, find_time, sort_actions


def make_case_id(actor: AgentRef, target: AgentRef) -> str:
    """Identify the matter between two agents: a fine and the appeal against it fall into one case."""
    return make_digest("case", *sorted((actor.id, target.id)))


def assign_cases(actions: Iterable[Action]) -> Iterator[Action]:
    """Give each action the id of its case."""
    for action in actions:
        yield replace(action, case_id=make_case_id(action.actor, action.target))


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
    lead = ordered[0]
    times = [time for action in ordered if (time := find_time(action))]
    return Case(
        id=case_id,
        name=f"{lead.actor.name} — {lead.target.name}",
        actor=lead.actor,
        target=lead.target,
        standing=find_standing(ordered),
        action_ids=tuple(action.id for action in ordered),
        opened=times[0] if times else None,
        latest=times[-1] if times else None,
    )
