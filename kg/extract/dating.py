"""When: the date that belongs to an action."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.model import PartialDate
from kg.normalize.dates import resolve_date

_ITEM_TOKENS = 130  # a news item of one to three sentences tells what happened on its day
_PRESENT = frozenset({"VBZ", "VBP"})


class Dates:
    """The dates in one text, resolved against its day of publication."""

    def __init__(self, doc: Doc, published: PartialDate | None) -> None:
        self._published = published
        self._is_item = len(doc) <= _ITEM_TOKENS
        self._dates: list[tuple[Span, PartialDate]] = []
        for entity in doc.ents:
            if entity.label_ == "DATE":
                date = resolve_date(entity.text, published)
                if date is not None:
                    self._dates.append((entity, date))

    def date_of(self, trigger: Token, status: str, light_verb: Token | None) -> PartialDate | None:
        """Return when the action that a trigger tells took place, or None if the text does not say."""
        clause = light_verb or trigger
        while clause.pos_ not in {"VERB", "AUX"} and clause.head is not clause:
            clause = clause.head
        sentence = trigger.sent
        here = [(span, date) for span, date in self._dates if sentence.start <= span.start < sentence.end]
        own = [(span, date) for span, date in here if self._belongs(span, trigger) or self._belongs(span, clause)]
        if own:
            return min(own, key=lambda pair: abs(pair[0].start - trigger.i))[1]
        if self._is_item and self._published is not None and self._is_news(trigger, clause, status):
            return self._published
        return None

    def _belongs(self, span: Span, head: Token) -> bool:
        token = span.root
        for _ in range(4):
            if token.head is head:
                return True
            if token.head.pos_ in {"VERB", "AUX"} or token.head is token:
                return False
            token = token.head
        return False

    def _is_news(self, trigger: Token, clause: Token, status: str) -> bool:
        """A main clause in the present tense, or a passive without a date, tells the day's news."""
        if clause.dep_ == "ROOT" or (clause.dep_ == "conj" and clause.head.dep_ == "ROOT"):
            return clause.tag_ in _PRESENT or any(c.dep_ in {"aux", "auxpass"} and c.tag_ in _PRESENT for c in clause.children) or clause.dep_ == "conj"
        if clause.dep_ in {"ccomp", "xcomp"} and clause.head.dep_ == "ROOT":
            return clause.head.tag_ in _PRESENT
        if clause.dep_ == "advcl" and clause.tag_ == "VBG":
            return clause.head.dep_ == "ROOT" and clause.head.tag_ in _PRESENT
        return False
