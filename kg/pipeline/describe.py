"""Describe a reading as the JSON object that scorers and scripts read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.model import Action, Claim, Fact, Reading


def describe_reading(
    reading: Reading, laws: Mapping[str, str], action_of: Mapping[str, Action] | None = None
) -> dict[str, Any]:
    """Describe what one document says.

    Parameters
    ----------
    reading
        What it says.
    laws
        Names of laws by id; a law that is not among them is named as the claim names it.
    action_of
        The action that each claim tells of, by the id of the claim; without it, events name no action and no case.

    Notes
    -----
    An event is told once, however often a text comes back to it: of several claims of one action that which tells it
    best stands for all.
    """
    told = _list_told(reading.claims, action_of or {})
    return {
        "id": reading.document_id,
        "events": [_describe_claim(claim, laws, (action_of or {}).get(claim.id)) for claim in told],
        "facts": [_describe_fact(fact) for fact in reading.facts],
    }


def _list_told(claims: Sequence[Claim], action_of: Mapping[str, Action]) -> list[Claim]:
    best: dict[str, Claim] = {}
    for claim in claims:
        action = action_of.get(claim.id)
        key = action.id if action else claim.id
        if key not in best or (action and _rank(claim, action) > _rank(best[key], action)):
            best[key] = claim
    return [claim for claim in claims if claim in best.values()]


def _rank(claim: Claim, action: Action) -> tuple[bool, bool, bool, bool, float]:
    """How well a claim stands for its action: as it came to be, of the very organ, with sum and day, and surely."""
    is_exact = (claim.actor, claim.target) == (action.actor, action.target)
    told = (claim.money is not None, claim.date is not None)
    return (claim.status == action.status, is_exact, *told, claim.confidence)


def _describe_claim(claim: Claim, laws: Mapping[str, str], action: Action | None) -> dict[str, Any]:
    evidence = claim.evidence
    resolved = {"action_id": action.id, "case_id": action.case_id} if action else {}
    return {
        "action": claim.action,
        "actor": claim.actor.name,
        "target": claim.target.name,
        "actor_mention": evidence.actor_chain[-1].text if evidence.actor_chain else None,
        "target_mention": evidence.target_chain[-1].text if evidence.target_chain else None,
        "status": claim.status,
        "charges": list(claim.charges),
        "law": [laws.get(law, law) for law in claim.laws],
        "amount": _describe_number(claim.money.amount) if claim.money else None,
        "currency": claim.money.currency if claim.money else None,
        "date": claim.date.iso if claim.date else None,
        "speaker": claim.speaker.name if claim.speaker else None,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": round(claim.confidence, 4),
        **resolved,
    }


def _describe_fact(fact: Fact) -> dict[str, Any]:
    return {
        "relation": fact.relation,
        "subject": fact.subject.name,
        "object": fact.object.name if fact.object else None,
        "value": fact.value,
        "quote": fact.quote,
    }


def _describe_number(amount: Decimal) -> int | float:
    # JSON knows no decimals; whole amounts, the rule among fines, stay exact.
    return int(amount) if amount == amount.to_integral_value() else float(amount)
