"""Read and write what a claim should say: the parts that a reviewer may correct."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.errors import DataError
from kg.kb import KnowledgeBase
from kg.model import AgentRef, Correction, Money, PartialDate
from kg.model.ids import make_agent_id
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, STATUSES

PARTS = ("action", "actor", "target", "status", "amount", "currency", "date")
_AGENT_PARTS = ("id", "name", "type", "country")


def decode_correction(record: object, kb: KnowledgeBase) -> Correction:
    """Read a correction: the parts that change, with null for an amount or a date that the claim should not have.

    Raises
    ------
    DataError
        If a part is not known, or its value is not one that it takes.
    """
    if not isinstance(record, Mapping) or not record:
        raise DataError(f"correction {record!r}: want a JSON object with any of {', '.join(PARTS)}")
    for name in record:
        if name not in PARTS:
            raise DataError(f"correction: {name!r} is not known: there are {', '.join(PARTS)}")
    removed = tuple(name for name in ("amount", "date") if name in record and record[name] is None)
    return Correction(
        action=_read_word(record, "action", sorted(ACTIONS)),
        actor=decode_party(record["actor"], kb) if "actor" in record else None,
        target=decode_party(record["target"], kb) if "target" in record else None,
        status=_read_word(record, "status", STATUSES),
        money=_read_money(record),
        date=_read_date(record),
        removed=removed,
    )


def encode_correction(correction: Correction) -> dict[str, Any]:
    """Write a correction; `decode_correction` is the way back."""
    record: dict[str, Any] = dict.fromkeys(correction.removed)
    if correction.action:
        record["action"] = correction.action
    for name, party in (("actor", correction.actor), ("target", correction.target)):
        if party:
            record[name] = {key: getattr(party, key) for key in _AGENT_PARTS if getattr(party, key) is not None}
    if correction.status:
        record["status"] = correction.status
    if correction.money:
        record |= {"amount": format(correction.money.amount, "f"), "currency": correction.money.currency}
    if correction.date:
        record["date"] = correction.date.iso
    return {name: record[name] for name in PARTS if name in record}


def decode_party(record: object, kb: KnowledgeBase) -> AgentRef:
    """Read an agent: the id or a name of one that the knowledge base has, or an object with name and type.

    Raises
    ------
    DataError
        If no agent, or more than one, has the name, or the type is not one of those there are.
    """
    if isinstance(record, str):
        return _find_party(record, kb)
    if not isinstance(record, Mapping) or not isinstance(record.get("name"), str) or not record["name"].strip():
        raise DataError(f"agent {record!r}: want an id, a name, or an object with name and type")
    for name, value in record.items():
        if name not in _AGENT_PARTS or not isinstance(value, str):
            raise DataError(f"agent: {name!r} {value!r}: want strings for {', '.join(_AGENT_PARTS)}")
    if record.get("id") in kb.agents:
        return kb.refer_to(record["id"])
    if record.get("type") not in AGENT_TYPES:
        raise DataError(f"agent type {record.get('type')!r}: want one of {', '.join(sorted(AGENT_TYPES))}")
    identifier = record.get("id") or make_agent_id(record["name"], record["type"])
    return AgentRef(identifier, record["name"], record["type"], record.get("country"))


def _find_party(name: str, kb: KnowledgeBase) -> AgentRef:
    if name in kb.agents:
        return kb.refer_to(name)
    bearers = kb.aliases.get(name, ())
    if len(bearers) == 1:
        return kb.refer_to(bearers[0])
    if bearers:
        raise DataError(f"agent {name!r}: it may be {', '.join(bearers)}: want one of these ids")
    raise DataError(f"agent {name!r}: the knowledge base has none; want an object such as {{'name': …, 'type': …}}")


def _read_word(record: Mapping[str, Any], name: str, allowed: Any) -> str | None:
    if name not in record:
        return None
    if record[name] not in allowed:
        raise DataError(f"{name} {record[name]!r}: want one of {', '.join(allowed)}")
    return str(record[name])


def _read_money(record: Mapping[str, Any]) -> Money | None:
    amount, currency = record.get("amount"), record.get("currency")
    if amount is None and currency is None:
        return None
    if amount is None or not isinstance(currency, str) or isinstance(amount, bool):
        raise DataError(f"amount {amount!r} and currency {currency!r}: want both, as in '5100000' and 'EUR'")
    try:
        return Money(Decimal(str(amount)), currency)
    except (InvalidOperation, ValueError) as error:
        why = "want a number" if isinstance(error, InvalidOperation) else error
        raise DataError(f"amount {amount!r} {currency}: {why}") from None


def _read_date(record: Mapping[str, Any]) -> PartialDate | None:
    if record.get("date") is None:
        return None
    try:
        return PartialDate(str(record["date"]))
    except ValueError as error:
        raise DataError(str(error)) from None
