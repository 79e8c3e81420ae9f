"""How long before or after something dated: "lifted the ban on Tuesday, 39 days after he had imposed it"."""

from __future__ import annotations

import datetime
import re

from dateutil.relativedelta import relativedelta
from spacy.tokens import Token

from kg.extract.clauses import find_governor
from kg.kb.lexicon import load_lexicon, load_words
from kg.model import PartialDate

_NUMBERS = dict(zip("a one two three four five six seven eight nine ten".split(), (1, *range(1, 11)), strict=True))
_SPAN = re.compile(
    rf"\b(?P<count>\d{{1,3}}|an|{'|'.join(_NUMBERS)}) (?P<unit>day|week|month|year)s?\s*$", re.IGNORECASE
)
_PRECISIONS = {"day": 10, "week": 10, "month": 7, "year": 4}
_SIDES = {"after": -1, "before": 1}
_REACH = 4  # words
_FULL = 10


def find_clause_beside(trigger: Token) -> tuple[Token, str] | None:
    """Find the verb that the clause of a trigger stands before or after, and the word that says so.

    Returns
    -------
    (verb, "after" or "before"), or None
        None where the trigger's clause is no such adverbial.
    """
    clause: Token | None = trigger if trigger.pos_ in {"VERB", "AUX"} else find_governor(trigger)
    for _ in range(2):
        if clause is None:
            return None
        if clause.dep_ == "advcl":
            side = next((c.lower_ for c in clause.children if c.dep_ == "mark" and c.lower_ in _SIDES), None)
            return (clause.head, side) if side is not None else None
        if clause.dep_ == "pcomp" and clause.head.lower_ in _SIDES:
            governor = find_governor(clause.head)
            return (governor, clause.head.lower_) if governor is not None else None
        clause = clause.head if clause.dep_ in {"conj", "xcomp"} else None
    return None


def find_when(trigger: Token) -> Token | None:
    """Find the *when* that opens the clause of a verb."""
    clause = trigger if trigger.pos_ in {"VERB", "AUX"} else find_governor(trigger)
    while clause is not None and clause.dep_ == "conj" and clause.head.pos_ in {"VERB", "AUX"}:
        clause = clause.head
    return next((c for c in clause.children if c.lower_ == "when" and c.i < clause.i), None) if clause else None


def find_undoing(deed: Token) -> Token | None:
    """Find the verb that ends what an action noun tells ("lifted the ban", "blocks the law")."""
    governor = deed.head
    if deed.pos_ != "NOUN" or deed.dep_ not in {"dobj", "nsubjpass"} or governor.pos_ != "VERB":
        return None
    frames = load_lexicon().verbs.get(governor.lemma_.lower(), ())
    undoes = governor.lemma_.lower() in load_words("undoing") or any(frame.action == "release" for frame in frames)
    return governor if undoes else None


def shift(date: PartialDate, trigger: Token, side: str) -> PartialDate | None:
    """Tell the date of a clause by how long before or after another date it says to be; None if it does not say."""
    words = [token for token in trigger.sent if token.lower_ == side and token.i < trigger.i]
    if not words or len(date.iso) != _FULL:
        return None
    before = trigger.doc[max(trigger.sent.start, words[-1].i - _REACH) : words[-1].i]
    match = _SPAN.search(before.text)
    if match is None:
        return None
    count = _NUMBERS.get(match["count"].lower()) or (1 if match["count"].lower() == "an" else int(match["count"]))
    unit = match["unit"].lower()
    moved = datetime.date.fromisoformat(date.iso) + _SIDES[side] * relativedelta(**{f"{unit}s": count})
    return PartialDate(moved.isoformat()[: _PRECISIONS[unit]])
