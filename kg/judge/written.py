"""Read one part of a correction as a person types it."""

from __future__ import annotations

import re
from typing import Any

from kg.errors import DataError
from kg.judge.corrections import decode_correction
from kg.kb import KnowledgeBase
from kg.model.vocabulary import AGENT_TYPES

_MONEY = re.compile(r"([A-Za-z]{3})\s*([\d.,\s]+)|([\d.,\s]+)\s*([A-Za-z]{3})")


def read_value(name: str, text: str, *, kb: KnowledgeBase) -> dict[str, Any]:
    """Read what somebody typed for a part of a claim, as a correction of that part.

    Parameters
    ----------
    name
        The part: action, actor, target, status, amount or date.
    text
        What was typed: for an agent an id or a name of the knowledge base, or a new name and its type after a bar
        (``Acme Ltd | Company``); for an amount a number with its currency (``EUR 5,100,000``); ``-`` takes an amount or
        a date away.
    kb
        The knowledge base.

    Raises
    ------
    DataError
        If it is no value of that part.
    """
    text = text.strip()
    if name in ("amount", "date") and text == "-":
        return {name: None}
    if name in ("actor", "target"):
        correction: dict[str, Any] = {name: _read_party(text)}
    elif name == "amount":
        correction = _read_amount(text)
    else:
        correction = {name: text}
    decode_correction(correction, kb)
    return correction


def _read_party(text: str) -> str | dict[str, str]:
    label, bar, kind = (part.strip() for part in text.partition("|"))
    if not bar:
        return label
    types = {known.casefold(): known for known in sorted(AGENT_TYPES)}
    if kind.casefold() not in types:
        raise DataError(f"agent type {kind!r}: want one of {', '.join(sorted(AGENT_TYPES))}")
    return {"name": label, "type": types[kind.casefold()]}


def _read_amount(text: str) -> dict[str, Any]:
    found = _MONEY.fullmatch(text)
    if found is None:
        raise DataError(f"amount {text!r}: want a number with its currency, such as EUR 5,100,000, or -")
    currency, number = (found[1], found[2]) if found[1] else (found[4], found[3])
    plain = re.sub(r"[\s,]", "", number)
    return {"amount": plain, "currency": currency.upper()}
