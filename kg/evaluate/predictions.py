"""Predictions: what an extraction says of each document, one JSON object a line, as ``kg extract`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class PredictedEvent:
    """An edge that the extraction read; the mentions and the quote are words of the text."""

    action: str | None
    actor: str | None
    target: str | None
    status: str | None
    charges: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    amount: float | None = None
    currency: str | None = None
    date: str | None = None
    actor_mention: str | None = None
    target_mention: str | None = None
    speaker: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PredictedFact:
    """A fact that the extraction read."""

    relation: str | None
    subject: str | None
    object: str | None = None
    value: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """All that the extraction read in one document."""

    id: str
    events: tuple[PredictedEvent, ...] = ()
    facts: tuple[PredictedFact, ...] = ()

    @property
    def edges(self) -> tuple[PredictedEvent, ...]:
        """The events that name an actor and a target; the others are passed over in scoring."""
        return tuple(event for event in self.events if event.actor and event.target)


_WORDS = ("actor_mention", "target_mention", "speaker", "quote")
_EVENT_STRINGS = ("action", "actor", "target", "status", "currency", "date", *_WORDS)
_EVENT_NUMBERS = ("amount", "start", "end", "confidence")
_FACT_STRINGS = ("relation", "subject", "object", "value", "quote")


def _require_types(row: object, keys: tuple[str, ...], kind: type | tuple[type, ...], what: str) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise ValueError(f"{row!r} in place of an object")
    for key in keys:
        if row.get(key) is not None and not isinstance(row[key], kind):
            raise ValueError(f"{key} {row[key]!r}: want {what} or null")
    return row


def _decode_event(row: object) -> PredictedEvent:
    event = _require_types(row, _EVENT_STRINGS, str, "a string")
    _require_types(event, _EVENT_NUMBERS, (int, float), "a number")
    _require_types(event, ("charges", "law"), list, "a list")
    return PredictedEvent(
        **{key: event.get(key) for key in _EVENT_STRINGS + _EVENT_NUMBERS},
        charges=tuple(map(str, event.get("charges") or ())),
        law=tuple(map(str, event.get("law") or ())),
    )


def _decode_fact(row: object) -> PredictedFact:
    fact = _require_types(row, _FACT_STRINGS, str, "a string")
    return PredictedFact(**{key: fact.get(key) for key in _FACT_STRINGS})


def decode_prediction(doc: object) -> Prediction:
    """Turn one decoded line into a :class:`Prediction`.

    Raises
    ------
    ValueError
        If it is no object with a string ``id`` and a list of ``events``, or a field has the wrong type.
    """
    found = _require_types(doc, ("id",), str, "a string")
    events, facts = found.get("events"), found.get("facts", [])
    if not found.get("id") or not isinstance(events, list) or not isinstance(facts, list):
        raise ValueError("want an object with id, a list of events and a list of facts")
    return Prediction(found["id"], tuple(map(_decode_event, events)), tuple(map(_decode_fact, facts)))


def read_predictions(path: str | Path) -> dict[str, Prediction]:
    """Read predictions by document id; of two lines with one id the last counts.

    Raises
    ------
    DataError
        If the file can't be read, or a line is no prediction; the message starts with ``file:line``.
    """
    predictions: dict[str, Prediction] = {}
    try:
        content = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            try:
                prediction = decode_prediction(json.loads(line))
            except ValueError as error:
                raise DataError(f"{path}:{number}: {error}") from error
            predictions[prediction.id] = prediction
    return predictions
