"""The cases as the page names them: as the store has them, else by their parties and what last happened."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.view.data import ViewAction, ViewAgent, ViewCase
from kg.view.read import Thing, get_local_name
from kg.view.wording import say_deed

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def build_cases(
    things: Mapping[str, Thing],
    actions: Iterable[ViewAction],
    agents: Iterable[ViewAgent],
    published: Mapping[str, str | None],
) -> tuple[ViewCase, ...]:
    """Build the cases that actions are part of.

    Parameters
    ----------
    things
        What the store says of cases; it may say nothing.
    actions, agents
        What the page shows.
    published
        The dates of the documents, by id.
    """
    told = {thing.id: thing for thing in things.values()}
    name = {agent.id: agent.name or agent.id for agent in agents}
    members: dict[str, list[ViewAction]] = defaultdict(list)
    for action in actions:
        if action.case:
            members[action.case].append(action)
    return tuple(
        _build_case(told.get(case) or Thing(case, {}), case, _sort(members[case], published), name)
        for case in sorted(members)
    )


def _sort(actions: list[ViewAction], published: Mapping[str, str | None]) -> list[tuple[str, ViewAction]]:
    timed = [(_find_time(action, published), action) for action in actions]
    return sorted(timed, key=lambda pair: (pair[0] or "9999", pair[1].id))


def _find_time(action: ViewAction, published: Mapping[str, str | None]) -> str:
    told = [date for claim in action.claims if (date := published.get(claim.document))]
    return action.dates[0] if action.dates else min(told, default="")


def _build_case(thing: Thing, case: str, timed: list[tuple[str, ViewAction]], name: Mapping[str, str]) -> ViewCase:
    first_time, first = timed[0]
    ends = [name.get(agent) for kind in ("pursuedBy", "concerns") if (agent := thing.get_id(kind))]
    parties = [end for end in ends if end] if len(ends) == 2 else []
    parties = (
        parties if len(parties) == 2 else [name.get(first.actor, first.actor), name.get(first.target, first.target)]
    )
    opened = (thing.get("opened") or first_time)[:4]
    return ViewCase(
        id=case,
        label=thing.get("label") or f"{parties[0]} and {parties[1]}" + (f", from {opened}" if opened else ""),
        standing=_name_standing(thing.get("standing")) or _say_last(timed),
        disputed=tuple(thing.get_all("disputed")),
    )


def _name_standing(iri: str | None) -> str:
    # plr:openStanding is called open.
    words = _CAPITAL.sub(" ", get_local_name(iri or "")).replace("-", " ").replace("_", " ").lower()
    return words.removesuffix("standing").strip() or words


def _say_last(timed: list[tuple[str, ViewAction]]) -> str:
    done = [action for _, action in timed if action.status == "actual"]
    return f"last: {say_deed(done[-1])}" if done else "nothing is known to have happened"
