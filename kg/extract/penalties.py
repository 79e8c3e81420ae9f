"""How much: the amount of money that belongs to an action, and to no other."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model import Money
from kg.normalize.money import MoneyMention, find_money

_PAID = frozenset({"fine", "settle", "restrict", "convict", "order"})
_NEVER = frozenset("revenue turnover sale profit income earnings value worth market damages budget deal acquisition takeover purchase investment valuation cost loss share".split())
_CEILINGS = ("up to", "as much as", "maximum of", "a maximum", "at most", "or more")


class Amounts:
    """The amounts of money in one text."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._mentions: list[tuple[Token, MoneyMention]] = []
        for mention in find_money(doc.text):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                self._mentions.append((span.root, mention))

    def amount_of(self, trigger: Token, action: str, light_verb: Token | None) -> Money | None:
        """Return the amount of the action that a trigger tells, or None.

        A maximum, a revenue or a sum of damages that stands in the same sentence is none. Of an amount told in two currencies
        the first counts: news gives the authority's own first and the reader's in brackets.
        """
        if action not in _PAID:
            return None
        sentence = trigger.sent
        near = [(t, m) for t, m in self._mentions if sentence.start <= t.i < sentence.end and not self._is_other(t, m)]
        if not near:
            return None
        if action in {"convict", "order", "restrict"} and not any(self._governs(trigger, t) for t, _ in near):
            return None
        anchor = light_verb if light_verb is not None else trigger

        def rank(item: tuple[Token, MoneyMention]) -> tuple[bool, bool, int]:
            token, _ = item
            return (not self._governs(trigger, token), not self._governs(anchor, token), abs(token.i - trigger.i))

        return min(near, key=rank)[1].money

    def _governs(self, trigger: Token, token: Token) -> bool:
        return any(ancestor is trigger for ancestor in token.ancestors)

    def _is_other(self, token: Token, mention: MoneyMention) -> bool:
        before = self._doc.text[max(0, mention.start - 24) : mention.start].lower()
        if any(ceiling in before for ceiling in _CEILINGS):
            return True
        if before.rstrip().endswith("(") and self._doc.text[max(0, mention.start - 26) : mention.start].rstrip("( ")[-1:].isalnum():
            previous = [m for _, m in self._mentions if m.end <= mention.start and mention.start - m.end <= 3]
            if previous:
                return True  # the same amount in the reader's currency
        head = token.head
        if head.lemma_.lower() in _NEVER or (token.dep_ == "pobj" and head.head.lemma_.lower() in _NEVER):
            return True
        following = token.nbor(1).lemma_.lower() if token.i + 1 < len(self._doc) else ""
        return following in _NEVER
