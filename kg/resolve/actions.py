"""Make an action of the claims that tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Action, AgentRef, Claim, Money, PartialDate
from kg.model.ids import make_digest
from kg.resolve.belief import combine_confidences
from kg.resolve.relations import find_depth
from kg.resolve.stages import find_stage


def make_action(claims: Sequence[Claim], groups: Mapping[str, str]) -> Action:
    """Make the action that some claims tell of; its case is yet to be found.

    Parameters
    ----------
    claims
        The claims, one at least, in any order.
    groups
        Document id -> group of copies.

    Notes
    -----
    Where claims name the actor or the target more and less precisely, the action has the most precise organ (a person
    who speaks for an organ stands behind it), and the service rather than its parent, if as many claims name it. What
    was planned in one report and done in another is done.
    """
    claims = sorted(claims, key=lambda claim: claim.id)
    by_source: dict[str, list[float]] = {}
    for claim in claims:
        by_source.setdefault(groups.get(claim.document_id, claim.document_id), []).append(claim.confidence)
    statuses = {claim.status for claim in claims}
    status = "actual" if "actual" in statuses else min(statuses)
    actor, target = _choose_actor([claim.actor for claim in claims]), _choose_target([claim.target for claim in claims])
    type_ = claims[0].action
    triggers = [claim.evidence.trigger.text for claim in claims]
    return Action(
        id=make_digest(type_, actor.id, target.id, status, claims[0].id),
        type=type_,
        actor=actor,
        target=target,
        status=status,
        claim_ids=tuple(claim.id for claim in claims),
        source_count=len(by_source),
        confidence=combine_confidences(max(values) for _, values in sorted(by_source.items())),
        case_id="",
        charges=tuple(sorted({charge for claim in claims for charge in claim.charges})),
        laws=tuple(sorted({law for claim in claims for law in claim.laws})),
        amounts=tuple(rank_amounts(claim.money for claim in claims)),
        dates=tuple(rank_dates(claim.date for claim in claims)),
        stage=find_stage(type_, actor, target, triggers),
        reported=min((claim.published for claim in claims if claim.published), default=None),
    )


def _choose_actor(parties: list[AgentRef]) -> AgentRef:
    """The most precise organ, then the person, then the state; of equals the most frequent."""
    counts = Counter(parties)
    return min(counts, key=lambda ref: (_classify(ref), -find_depth(ref), -counts[ref], ref))


def _classify(party: AgentRef) -> int:
    """Rank organs before persons, and these before states."""
    if party.type == "Person":
        return 1
    is_state = party.type == "Government" or (party.type == "Supranational" and find_depth(party) == 0)
    return 2 if is_state else 0


def _choose_target(parties: list[AgentRef]) -> AgentRef:
    counts = Counter(parties)
    return min(counts, key=lambda ref: (-counts[ref], -find_depth(ref), ref))


def rank_amounts(amounts: Iterable[Money | None]) -> list[Money]:
    """List the sums told, that of most claims first; of equals the one that shows most digits."""
    counts = Counter(amount for amount in amounts if amount is not None)
    return sorted(counts, key=lambda money: (-counts[money], -len(money.amount.normalize().as_tuple().digits), money))


def rank_dates(dates: Iterable[PartialDate | None]) -> list[PartialDate]:
    """List the dates told, that of most claims first; of equals the more precise, then the earlier."""
    counts = Counter(date for date in dates if date is not None)
    return sorted(counts, key=lambda date: (-counts[date], -len(date.iso), date.iso))
