"""How well two claims agree that they tell of one action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Claim
from kg.resolve.amounts import is_near_sum, is_same_sum
from kg.resolve.relations import Relation, relate_agents
from kg.resolve.times import (
    Retelling,
    Timing,
    are_within_weeks,
    compare_times,
    have_common_day,
    load_retelling,
    make_timing,
)

MUTUAL = frozenset({"settle"})  # A settles with B, and B with A
_SAME_SUM = 3.0
# What must agree beside the parties, the less alike these are: 1 is the time as far as it is told, 2 a day or a month,
# 3 a sum, and more a sum and a day.
_WANTED = {
    Relation.SAME: 0.0,
    Relation.ORGAN: 0.75,
    Relation.COURT: 1.0,
    Relation.COMPANY: 2.0,
    Relation.UNION: 3.0,
    Relation.PEER: 4.5,
}
_WANTED_OF_OTHER_TOPICS = {True: 1.0, False: 1.5}  # of measures, which are few, and of words and answers
_PLANS_APART = 14  # plans change: two undated tellings of one are near to one another
_PARTY_BONUS = 0.25  # for each party that is the very same
_TOPIC_BONUS = 0.2  # less than what decides between two actions: charges are told incompletely


@dataclass(frozen=True, slots=True)
class Report:
    """A claim, with what is compared laid out."""

    claim: Claim
    timing: Timing

    @property
    def strength(self) -> int:
        """How much the claim tells by itself: a sum most, then a date by its precision."""
        return (20 if self.claim.money else 0) + self.timing.digits


def make_report(claim: Claim) -> Report:
    """Lay out a claim."""
    return Report(claim, make_timing(claim.date, claim.published))


class Likeness(NamedTuple):
    """How well two claims agree: first by what they tell of time and sum, then by all else too."""

    evidence: float
    total: float


def compare_reports(one: Report, other: Report, *, anchored: bool = False) -> Likeness | None:
    """Tell how well two claims of one kind of action agree; None if they are not of one action.

    Parameters
    ----------
    one, other
        The claims.
    anchored
        As for `compare_times`.

    Notes
    -----
    Nothing that both tell may differ, sum or time; for sums that contradict see `is_contradiction`. Two claims of one
    document are two actions, unless they tell the same sum alike, planned or done: a reader tells an action once. The
    less alike the parties are, the more else must agree (``_WANTED``). Where neither charges nor laws meet, though both
    tell some, the time must agree better.
    """
    is_one_document = one.claim.document_id == other.claim.document_id
    if is_one_document and not (_compare_sums(one, other) and one.claim.status == other.claim.status):
        return None
    if are_listed_apart(one, other):
        return None
    actors, targets = _relate_parties(one.claim, other.claim)
    if not (actors and targets):
        return None
    evidence = _weigh(one, other, anchored=anchored)
    if evidence is None or evidence < max(_WANTED[actors], _WANTED[targets]):
        return None
    topic = _compare_topics(one.claim, other.claim)
    if topic is False and evidence < _WANTED_OF_OTHER_TOPICS[load_retelling()[one.claim.action].is_rare]:
        return None
    bonus = _PARTY_BONUS * ((actors == Relation.SAME) + (targets == Relation.SAME)) + (_TOPIC_BONUS if topic else 0.0)
    return Likeness(evidence, evidence + bonus)


def _relate_parties(one: Claim, other: Claim) -> tuple[Relation, Relation]:
    """Relate the actors and the targets; where the action is mutual, in the way in which they are more alike."""
    ways = [(relate_agents(one.actor, other.actor), relate_agents(one.target, other.target))]
    if one.action in MUTUAL:
        ways.append((relate_agents(one.actor, other.target), relate_agents(one.target, other.actor)))
    return max(ways, key=lambda way: (min(way), max(way)))


def _weigh(one: Report, other: Report, *, anchored: bool) -> float | None:
    """Weigh what two claims tell of sum, time and status; None if they differ in it."""
    sums = _compare_sums(one, other)
    if sums is False:
        return None
    retelling = load_retelling()[one.claim.action]
    if "planned" in (one.claim.status, other.claim.status):
        retelling = Retelling(retelling.days, min(retelling.apart, _PLANS_APART))
    time = compare_times(one.timing, other.timing, retelling, anchored=anchored)
    if time is None and not (sums and _may_be_one_sum(one, other)):
        return None
    if one.claim.status != other.claim.status and not (sums and _is_told_after(one, other)):
        return None
    return (_SAME_SUM if sums else 0.0) + (time or 0.0)


def _may_be_one_sum(one: Report, other: Report) -> bool:
    """Whether one sum may be told with two times that do not agree: of no date, or of days that are weeks apart."""
    if not (one.timing.digits and other.timing.digits):
        return True
    return not (is_listed(one.claim) or is_listed(other.claim)) and are_within_weeks(one.timing, other.timing)


def _compare_sums(one: Report, other: Report) -> bool | None:
    if one.claim.money is None or other.claim.money is None:
        return None
    return is_same_sum(one.claim.money, other.claim.money, (*one.timing.days, *other.timing.days))


def is_contradiction(one: Report, other: Report) -> bool:
    """Tell whether two claims are of one action although their sums differ: one is wrong, nobody here knows which.

    So it is where different documents tell the same of the same parties on the same day, and the sums are near.
    """
    if one.claim.money is None or other.claim.money is None or one.claim.document_id == other.claim.document_id:
        return False
    if are_listed_apart(one, other):
        return False
    if (one.claim.actor.id, one.claim.target.id) != (other.claim.actor.id, other.claim.target.id):
        return False
    is_one_day = one.timing.digits == other.timing.digits == 10 and one.timing.first == other.timing.first
    return is_one_day and one.claim.status == other.claim.status and is_near_sum(one.claim.money, other.claim.money)


def are_listed_apart(one: Report, other: Report) -> bool:
    """Whether both are rows of one tracker that it counts as two actions, alike as they may be.

    A tracker lists each decision with a sum once. Of measures without one it may have a row for each region or year;
    but it knows the days, and does not report late as news does: rows of two days are two measures, and so are those
    that its mapping holds apart, such as by the town, which ends the name of their rule.
    """
    tracker = one.claim.rule.partition("/")[0]
    if not is_listed(one.claim) or other.claim.rule.partition("/")[0] != tracker:
        return False
    if one.claim.rule != other.claim.rule or (is_counted(one.claim) and is_counted(other.claim)):
        return True
    return not have_common_day(one.timing, other.timing)


def is_listed(claim: Claim) -> bool:
    """Whether the claim is a row of a tracker."""
    return claim.rule.startswith("tracker:")


def is_counted(claim: Claim) -> bool:
    """Whether the claim is a row with a sum: no other row tells of the same decision."""
    return is_listed(claim) and claim.money is not None


def _is_told_after(one: Report, other: Report) -> bool:
    """Whether one claim tells as planned what the other tells as done, and was published no earlier than that."""
    planned, done = (one, other) if one.claim.status == "planned" else (other, one)
    if (planned.claim.status, done.claim.status) != ("planned", "actual"):
        return False
    begun = done.timing.first if done.timing.first is not None else done.timing.published
    return planned.timing.published is not None and begun is not None and planned.timing.published >= begun


def _compare_topics(one: Claim, other: Claim) -> bool | None:
    """Whether charges or laws meet; None where either tells none."""
    if set(one.charges) & set(other.charges) or set(one.laws) & set(other.laws):
        return True
    if (one.charges and other.charges) or (one.laws and other.laws):
        return False
    return None
