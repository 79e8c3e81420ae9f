"""Where what is told of an action does not go together: two days, two sums, or that it happened and that it did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from kg.view.data import ViewAction, ViewAmount
from kg.view.wording import format_amount

_Value = TypeVar("_Value")


def find_conflicts(actions: Iterable[ViewAction]) -> dict[str, tuple[str, ...]]:
    """Say of each action that is told in ways that do not go together, by its id, in which.

    A year is no other date than a day in it. An action and its denial contradict one another only where their times, if
    both are known, may be the same.
    """
    listed = list(actions)
    sides: dict[tuple[str, str, str], dict[str, list[ViewAction]]] = {
        (action.actor, action.target, action.action): defaultdict(list)
        for action in listed
        if action.status == "negated"
    }
    if sides:
        for action in listed:
            if (side := sides.get((action.actor, action.target, action.action))) is not None:
                side[action.status].append(action)
    found = {}
    for action in listed:
        opposite = _find_opposite(action, sides) if sides else ()
        # Most are told once, of one day and one sum: nothing to compare.
        if not opposite and len(action.dates) < 2 and len(action.amounts) < 2 and len(action.claims) < 2:
            continue
        if conflicts := tuple(_list_conflicts(action, opposite)):
            found[action.id] = conflicts
    return found


def _find_opposite(
    action: ViewAction, sides: Mapping[tuple[str, str, str], Mapping[str, list[ViewAction]]]
) -> Sequence[ViewAction]:
    other = {"actual": "negated", "negated": "actual"}.get(action.status, "")
    return sides.get((action.actor, action.target, action.action), {}).get(other, ())


def _list_conflicts(action: ViewAction, opposite: Sequence[ViewAction]) -> Iterable[str]:
    if len(action.dates) > 1 and (dates := _find_apart(action.dates, _are_dates_apart)):
        yield f"told with different dates: {dates[0]} and {dates[1]}"
    if len(action.amounts) > 1 and (sums := _find_apart(action.amounts, _are_sums_apart)):
        yield f"told with different amounts: {format_amount(sums[0])} and {format_amount(sums[1])}"
    said = {claim.status or action.status for claim in action.claims} if len(action.claims) > 1 else ()
    if "negated" in said and len(said) > 1:
        yield "one source denies what another says"
    if any(_may_be_at_once(action, other) for other in opposite):
        told = "told that it did happen" if action.status == "negated" else "said that it did not happen"
        yield f"elsewhere it is {told}"


def _find_apart(values: Sequence[_Value], are_apart: Callable[[_Value, _Value], bool]) -> tuple[_Value, _Value] | None:
    return next((pair for pair in combinations(values, 2) if are_apart(*pair)), None)


def _are_dates_apart(one: str, other: str) -> bool:
    return not one.startswith(other) and not other.startswith(one)


def _are_sums_apart(one: ViewAmount, other: ViewAmount) -> bool:
    return one.currency == other.currency and one.value != other.value


def _may_be_at_once(one: ViewAction, other: ViewAction) -> bool:
    return not one.dates or not other.dates or not _are_dates_apart(one.dates[0], other.dates[0])
