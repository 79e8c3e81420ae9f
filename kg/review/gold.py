"""Turn what reviewers decided into gold documents, as the annotation guidelines have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kg.judge import Judgements
from kg.model import AgentRef, Claim, Document, Reading, Span
from kg.rdf import Store, decode_documents, decode_readings


def export_gold(
    store: Store, judgements: Judgements, laws: Mapping[str, str]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Make the gold of each document of which a claim was judged, and the document itself, both as JSON objects.

    What was accepted or corrected is required, what was rejected is not there, and what nobody has judged is optional:
    a scorer counts it neither as missed nor as wrong.

    Parameters
    ----------
    store
        The store that the claims were judged in.
    judgements
        The judgements, built into the store or not.
    laws
        Names of laws by id; a law that is not among them is named as the claim names it.
    """
    for document, reading in zip(decode_documents(store), decode_readings(store), strict=True):
        if judgements.claims.is_about(document):
            yield make_gold(document, judgements.apply(document, reading), laws), _describe_document(document)


def make_gold(document: Document, reading: Reading, laws: Mapping[str, str]) -> dict[str, Any]:
    """Make the gold of one document, of a reading to which the judgements were applied."""
    names = _name_agents(reading.claims)
    return {
        "id": document.id,
        "url": document.url,
        "published": document.published.iso if document.published else None,
        "entities": _list_entities(reading.claims, names),
        "events": [_make_event(claim, names, laws) for claim in reading.claims],
        "facts": [],
    }


def _list_parties(claims: Iterable[Claim]) -> Iterator[tuple[AgentRef, tuple[Span, ...]]]:
    for claim in claims:
        yield claim.actor, claim.evidence.actor_chain
        yield claim.target, claim.evidence.target_chain


def _name_agents(claims: Iterable[Claim]) -> dict[str, str]:
    """Give each agent one name in the document; gold knows its entities by their names alone."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for agent, _ in _list_parties(claims):
        if agent.id not in names:
            # Two agents of one name, a person and the company named after it, must stay two.
            names[agent.id] = agent.name if agent.name not in taken else f"{agent.name} ({agent.type})"
            taken.add(names[agent.id])
    return names


def _list_entities(claims: Iterable[Claim], names: Mapping[str, str]) -> list[dict[str, Any]]:
    entities: dict[str, dict[str, Any]] = {}
    for agent, chain in _list_parties(claims):
        name = names[agent.id]
        entity = entities.setdefault(name, {"name": name, "type": agent.type, "aliases": []})
        # A pronoun refers to it here and to others elsewhere: what names or describes has a capital or several words.
        called = [span.text for span in chain if " " in span.text or not span.text.islower()]
        for alias in (agent.name, *called):
            if alias != name and alias not in entity["aliases"]:
                entity["aliases"].append(alias)
    return list(entities.values())


def _make_event(claim: Claim, names: Mapping[str, str], laws: Mapping[str, str]) -> dict[str, Any]:
    evidence, money = claim.evidence, claim.money
    return {
        "action": claim.action,
        "actor": [names[claim.actor.id]],
        "target": [names[claim.target.id]],
        "status": claim.status,
        "charges": list(claim.charges),
        "law": [laws.get(law, law) for law in claim.laws],
        "amount": _make_number(money.amount) if money else None,
        "currency": money.currency if money else None,
        "date": claim.date.iso if claim.date else None,
        "optional": claim.review is None,
        "trigger": evidence.trigger.text,
        "actor_mention": evidence.actor_chain[0].text if evidence.actor_chain else None,
        "target_mention": evidence.target_chain[0].text if evidence.target_chain else None,
    }


def _make_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _describe_document(document: Document) -> dict[str, Any]:
    published = document.published.iso if document.published else None
    return {
        "id": document.id,
        "text": document.text,
        "published": published,
        "url": document.url,
        "title": document.title,
    }
