"""Which claims tell of one action: same action, actor, target and status, with compatible amount and date."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Action, Claim, Money, PartialDate
from kg.model.ids import make_digest
from kg.resolve.belief import combine_confidences
from kg.resolve.cases import make_case_id
from kg.resolve.stages import find_stage

_SAME_NEWS_DAYS = 7  # reports of one event follow it by days, and many are dated by their own publication


def resolve_claims(claims: Iterable[Claim], groups: Mapping[str, str] | None = None) -> tuple[Action, ...]:
    """Merge the claims of all documents into actions.

    Parameters
    ----------
    claims
        The claims, in any order: the result depends on the set alone.
    groups
        Document id -> group of copies; a document that is not in it is a source of its own.

    Returns
    -------
    tuple of Action
        Sorted by id.
    """
    groups = groups or {}
    told: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        told.setdefault((claim.action, claim.actor.id, claim.target.id, claim.status), []).append(claim)
    actions: dict[str, Action] = {}
    for key in sorted(told):
        for cluster in _cluster(told[key]):
            action = _make_action(key, cluster, groups)
            if action.id in actions:
                raise AssertionError(f"two actions have the id {action.id}")
            actions[action.id] = action
    return tuple(actions[action_id] for action_id in sorted(actions))


def _cluster(claims: list[Claim]) -> list[list[Claim]]:
    """Let the most precise claims found the clusters; the others join the first that they do not contradict."""
    ordered = sorted(claims, key=lambda claim: (-_precision(claim), _describe(claim), claim.id))
    clusters: list[list[Claim]] = []
    for claim in ordered:
        for cluster in clusters:
            if all(_is_compatible(claim, other) for other in cluster):
                cluster.append(claim)
                break
        else:
            clusters.append([claim])
    return clusters


def _precision(claim: Claim) -> int:
    return (20 if claim.money else 0) + (len(claim.date.iso) if claim.date else 0)


def _describe(claim: Claim) -> tuple[str, str]:
    return (claim.date.iso if claim.date else "", f"{claim.money.currency}{claim.money.amount}" if claim.money else "")


def _is_compatible(one: Claim, other: Claim) -> bool:
    if (
        one.money
        and other.money
        and one.money.currency == other.money.currency
        and one.money.amount != other.money.amount
    ):
        return False
    if one.date is None or other.date is None or one.date.is_compatible(other.date):
        return True
    if len(one.date.iso) == len(other.date.iso) == 10:
        days = datetime.date.fromisoformat(one.date.iso) - datetime.date.fromisoformat(other.date.iso)
        return abs(days.days) <= _SAME_NEWS_DAYS
    return False


def _make_action(key: tuple[str, str, str, str], cluster: list[Claim], groups: Mapping[str, str]) -> Action:
    type_, actor_id, target_id, status = key
    by_source: dict[str, list[float]] = {}
    for claim in cluster:
        by_source.setdefault(groups.get(claim.document_id, claim.document_id), []).append(claim.confidence)
    first = min(cluster, key=lambda claim: claim.id)
    amounts = _rank(claim.money for claim in cluster)
    dates = _rank(claim.date for claim in cluster)
    return Action(
        id=make_digest(type_, actor_id, target_id, status, first.id),
        type=type_,
        actor=first.actor,
        target=first.target,
        status=status,
        claim_ids=tuple(sorted(claim.id for claim in cluster)),
        source_count=len(by_source),
        confidence=combine_confidences(max(values) for _, values in sorted(by_source.items())),
        case_id=make_case_id(first.actor, first.target),
        charges=tuple(sorted({charge for claim in cluster for charge in claim.charges})),
        laws=tuple(sorted({law for claim in cluster for law in claim.laws})),
        amounts=tuple(amounts),
        dates=tuple(dates),
        stage=find_stage(type_, first.actor, first.target, (claim.evidence.trigger.text for claim in cluster)),
        reported=min((claim.published for claim in cluster if claim.published), default=None),
    )


def _rank(values: Iterable[Money | PartialDate | None]) -> list:  # type: ignore[type-arg]
    counts = Counter(value for value in values if value is not None)
    return [value for value, _ in sorted(counts.items(), key=lambda item: (-item[1], -len(str(item[0])), str(item[0])))]
