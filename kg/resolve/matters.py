"""Which actions are of one matter: they are laid into matters one after the other, as the matters lived."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.model import Action, Money
from kg.resolve.amounts import is_same_sum
from kg.resolve.orientation import Roles, find_roles, is_one_pair
from kg.resolve.standings import find_standing, find_time, sort_actions
from kg.resolve.times import make_timing

_OPENING = frozenset({"inquiry", "proceedings", "charging"})
_ENDING = frozenset({"appeal", "upholding", "reduction", "annulment", "payment", "lifting", "dropping", "settlement"})
_UNDECIDED = frozenset({"voiced", "announced", "open"})
_OUTCOMES = frozenset({"upholding", "reduction", "annulment"})
_IN_COURT = frozenset({"appeal", "upholding", "reduction", "annulment", "lifting"})

# How many days may lie between an action and the nearest one before it in the matter. Inquiries take years, and appeals
# longer; without a charge or a law in common less is taken for granted.
_SAME_TOPIC_DAYS = {"opening": 1500, "decision": 2000, "ending": 3000, "words": 365}
_NO_TOPIC_DAYS = {"opening": 365, "decision": 730, "ending": 1500, "words": 120}
_OTHER_TOPIC_DAYS = 30
_ONE_DECISION_DAYS = 45  # a fine and the order that goes with it come within weeks


@dataclass(slots=True)
class _Matter:
    roles: Roles
    actions: list[Action] = field(default_factory=list)
    standing: str = "voiced"
    topics: set[str] = field(default_factory=set)
    amounts: list[Money] = field(default_factory=list)
    has_counted: bool = False

    def add(self, action: Action, *, is_counted: bool) -> None:
        self.actions.append(action)
        self.standing = find_standing(self.actions)
        self.topics.update(action.laws, action.charges)
        if action.status == "actual":
            self.amounts += action.amounts
            self.has_counted = self.has_counted or is_counted


def split_matters(actions: Iterable[Action], counted: Collection[str] = ()) -> list[list[Action]]:
    """Split the actions of one case block into matters.

    In the order of `sort_actions` each action joins the matter that it fits best, or begins one. It fits where the
    parties do (`kg.resolve.orientation`), where no more time lies between than such a step takes, and where the matter
    has come to where the step is possible: an inquiry or a charge joins what is not decided, a decision what is not
    decided or was decided within weeks, an appeal, a lifting and so on what was decided. Of several it joins that of
    the same sum, then of a common law or charge, then the latest. Actions of no stage (words, plans, denials) join the
    matter that is nearest in time, and begin one of words alone otherwise. Two decisions that a tracker counts
    (``counted``, by id) are never of one matter.
    """
    matters: list[_Matter] = []
    for action in sort_actions(actions):
        roles, is_counted = find_roles(action), action.id in counted and action.status == "actual"
        fits = []
        for number, matter in enumerate(matters):
            fit = None if is_counted and matter.has_counted else _fit(action, roles, matter)
            if fit is not None:
                fits.append((*fit, number))
        if fits:
            matters[max(fits)[-1]].add(action, is_counted=is_counted)
        else:
            matters.append(_Matter(roles))
            matters[-1].add(action, is_counted=is_counted)
    return [matter.actions for matter in matters]


def _fit(action: Action, roles: Roles, matter: _Matter) -> tuple[bool, int, int] | None:
    """How well the action fits the matter: same sum, topics in common, days since (negative); None if it does not."""
    if not is_one_pair(roles, matter.roles, in_court=action.stage in _IN_COURT):
        return None
    step = _classify(action)
    standing = matter.standing
    gap = min(_count_days(action, other) for other in matter.actions)
    if step == "opening" and standing not in _UNDECIDED:
        return None
    if step == "decision" and not (standing in _UNDECIDED or (standing == "decided" and gap <= _ONE_DECISION_DAYS)):
        return None
    if step == "ending" and action.stage != "dropping" and standing == "voiced":
        return None
    same_sum = _has_same_sum(action, matter)
    if step == "decision" and same_sum is False:
        return None
    topics = _count_topics(action, matter)
    # A pending appeal waits for its outcome, however long.
    is_awaited = standing == "appealed" and action.stage in _OUTCOMES
    limits = _NO_TOPIC_DAYS if topics is None and not is_awaited else _SAME_TOPIC_DAYS
    limit = _OTHER_TOPIC_DAYS if topics == 0 else limits[step]
    if gap > limit and not (same_sum and step == "ending"):
        return None
    return same_sum is True, topics or 0, -gap


def _classify(action: Action) -> str:
    if action.status != "actual" or action.stage is None:
        return "words"
    return "opening" if action.stage in _OPENING else "ending" if action.stage in _ENDING else "decision"


def _count_days(one: Action, other: Action) -> int:
    """The days between two actions, none where the time of either is not known."""
    first, second = make_timing(find_time(one), None), make_timing(find_time(other), None)
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return 0
    return max(first.first - second.last, second.first - first.last, 0)


def _has_same_sum(action: Action, matter: _Matter) -> bool | None:
    """Whether some sum of the action is one of the matter; None where either has none."""
    if not action.amounts or not matter.amounts:
        return None
    days: tuple[datetime.date, ...] = make_timing(find_time(action), action.reported).days
    return any(is_same_sum(one, other, days) for one in action.amounts for other in matter.amounts)


def _count_topics(action: Action, matter: _Matter) -> int | None:
    """How many laws and charges the action has in common with the matter; None where either tells none."""
    mine = {*action.laws, *action.charges}
    return len(mine & matter.topics) if mine and matter.topics else None
