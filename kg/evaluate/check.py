"""Check a gold document against the annotation guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model.vocabulary import ACTIONS, AGENT_TYPES, CHARGES, RELATIONS, STATUSES

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def check_gold(doc: object) -> list[str]:
    """List what a gold document (its JSON, decoded) breaks of the guidelines; empty where it is well formed.

    Examples
    --------
    >>> check_gold({"entities": [], "events": [], "facts": [{"relation": "wrote", "subject": None, "object": None}]})
    ["relation 'wrote'"]
    """
    if not isinstance(doc, Mapping):
        return [f"a {type(doc).__name__} in place of an object with id, entities, events and facts"]
    lists = {key: doc.get(key) for key in ("entities", "events", "facts")}
    missing = [f"{key} is no list of objects" for key, rows in lists.items() if not _is_table(rows)]
    if missing:
        return missing
    entities, events, facts = (lists[key] or [] for key in ("entities", "events", "facts"))
    names = {entity["name"] for entity in entities if isinstance(entity.get("name"), str)}
    problems = [problem for entity in entities for problem in _check_entity(entity)]
    problems += [problem for event in events for problem in _check_event(event, names)]
    problems += [problem for fact in facts for problem in _check_fact(fact, names)]
    return problems


def _is_table(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)


def _is_word(value: object, allowed: frozenset[str] | tuple[str, ...]) -> bool:
    return isinstance(value, str) and value in allowed


def _check_entity(entity: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(entity.get("name"), str):
        yield f"entity {entity.get('name')!r} has no name"
    if not _is_word(entity.get("type"), AGENT_TYPES):
        yield f"type {entity.get('type')!r}"


def _check_event(event: Mapping[str, Any], names: set[str]) -> Iterator[str]:
    action = event.get("action")
    if not _is_word(action, ACTIONS):
        yield f"action {action!r}"
    if not _is_word(event.get("status"), STATUSES):
        yield f"status {event.get('status')!r}"
    charges = event.get("charges", [])
    if not isinstance(charges, list):
        yield f"{action}: charges {charges!r} is no list"
    else:
        yield from (f"charge {charge!r}" for charge in charges if not _is_word(charge, CHARGES))
    parties = [event.get("actor"), event.get("target")]
    if not all(isinstance(party, list) for party in parties):
        yield f"{action}: actor and target are lists of names"
    else:
        for party in parties:
            yield from (f"no entity {name!r}" for name in party or [] if not isinstance(name, str) or name not in names)
        if not all(parties) and not event.get("optional"):
            yield f"{action} lacks an actor or a target, and is not optional"
    if (event.get("amount") is None) != (event.get("currency") is None):
        yield f"{action}: amount and currency go together"
    date = event.get("date")
    if date and not (isinstance(date, str) and _DATE.fullmatch(date)):
        yield f"date {date!r}"


def _check_fact(fact: Mapping[str, Any], names: set[str]) -> Iterator[str]:
    if not _is_word(fact.get("relation"), RELATIONS):
        yield f"relation {fact.get('relation')!r}"
    for key in ("subject", "object"):
        if key not in fact:
            yield f"a fact without its {key}"
        elif fact[key] and not (isinstance(fact[key], str) and fact[key] in names):
            yield f"no entity {fact[key]!r} in fact"
