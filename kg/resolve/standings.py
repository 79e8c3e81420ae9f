"""How a case stands: the standing that its actions leave behind, one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Action, PartialDate
from kg.model.case import STAGES

_RANKS = {stage: rank for rank, stage in enumerate(STAGES)}
_LEAVES = {
    "inquiry": "open",
    "proceedings": "open",
    "charging": "open",
    "decision": "decided",
    "appeal": "appealed",
    "upholding": "upheld",
    "reduction": "reduced",
    "annulment": "annulled",
    "settlement": "settled",
    "payment": "paid",
    "lifting": "lifted",
    "dropping": "dropped",
}
_UNENDED = frozenset({None, "open"})  # the standings that an opening act does not disturb


def sort_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Put actions into the order of a case's life: by date (told, else reported), then by stage, then by id.

    A year or a month stands at its end, and an action of which no document gives any date behind all others.
    """
    return tuple(sorted(actions, key=_make_rank))


def find_standing(actions: Iterable[Action]) -> str:
    """Find how a case stands after its actions.

    Only actual actions count, in the order of `sort_actions`. Each that marks a stage leaves its standing behind: an
    inquiry, a charge or a suit leaves the case open, unless it was decided before; a decision leaves it decided, an
    appeal appealed, and so on; to lift what was never decided is to drop it. Without any such action the case is
    ``announced`` if a step is planned, else ``voiced``: there are words only.
    """
    ordered = sort_actions(actions)
    standing: str | None = None
    for action in ordered:
        if action.status != "actual" or action.stage is None:
            continue
        left = _LEAVES[action.stage]
        if left == "open" and standing not in _UNENDED:
            continue
        standing = "dropped" if left == "lifted" and standing in _UNENDED else left
    if standing is not None:
        return standing
    planned = any(action.status == "planned" and action.stage is not None for action in ordered)
    return "announced" if planned else "voiced"


def find_time(action: Action) -> PartialDate | None:
    """Find when an action was: as best told, else when it was first reported."""
    return action.dates[0] if action.dates else action.reported


def _make_rank(action: Action) -> tuple[str, int, str]:
    time = find_time(action)
    # "~" follows all digits: the year 2022 stands behind the days of 2022.
    return (f"{time.iso}~" if time else "~", _RANKS.get(action.stage or "", len(_RANKS)), action.id)
