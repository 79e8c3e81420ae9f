"""How much: the amount of money that belongs to an action, and to no other."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from kg.extract.complements import owes_money
from kg.extract.money_roles import Amount, find_amounts, find_verb_role
from kg.extract.rebates import SUPERSEDED, find_rebates
from kg.model import AgentRef, Money
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES
from kg.normalize.currencies import load_currencies

# What an amount must be to belong to an action. "free": no noun says what it is ("fined Meta €200m").
_WANTED = {
    "fine": frozenset({"penalty", "free"}),
    "settle": frozenset({"penalty", "free"}),
    "order": frozenset({"penalty", "free"}),
    "convict": frozenset({"penalty", "free"}),
    "sue": frozenset({"claim"}),
    "restrict": frozenset({"bail"}),
    "release": frozenset({"bail"}),
    "search": frozenset({"seizure", "free"}),
}
_FROM_AFAR = frozenset({"fine", "settle"})  # actions whose amount may stand in another sentence of the text
_CAPPED = frozenset({"order", "settle", "search"})  # an order to pay "up to €13bn" names what is to be paid
_TOLD_BY = {"fine": frozenset({"fine", "penalty", "sanction"}), "settle": frozenset({"settlement"})}
_OPENING = 6  # tokens: how far into a sentence that goes on with the one before an amount may stand
_LISTED = re.compile(r"\s*(?:,|,? and|,? or|&)\s*")


class Amounts:
    """The amounts of money in one text."""

    def __init__(self, doc: Doc, mentions: dict[int, Mention] | None = None) -> None:
        self._text = doc.text
        self._mentions = mentions or {}
        self._amounts = list(find_amounts(doc))
        self._rebates = find_rebates(self._text, self._amounts)

    def amount_of(
        self,
        trigger: Token,
        action: str,
        light_verb: Token | None,
        *,
        status: str = "actual",
        actor: AgentRef | None = None,
        target: Mention | None = None,
    ) -> Money | None:
        """Return the amount of the action that a trigger tells, or None.

        A maximum, a revenue, the price of a deal or what a plaintiff asks for is no fine. Of a sum told in several
        currencies the one of the actor's country counts, else the first: the reader's own stands in brackets behind it.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        action, status
            The action's type and status.
        actor, target
            Who acts, for the currency, and the mention of whom it is done to, which tells two fines apart.
        """
        wanted = _WANTED.get(action)
        if wanted is None or not self._amounts:
            return None
        sentence = trigger.sent
        anchor = light_verb if light_verb is not None else trigger
        here = [
            amount
            for amount in self._amounts
            if _stands_in(amount, sentence)
            and amount.role in wanted
            and not amount.is_part
            and (not amount.is_ceiling or action in _CAPPED)
            and (amount.role != "free" or _is_imposed(amount, trigger, anchor))
        ]
        if action not in _FROM_AFAR or status != "actual":
            here = [amount for amount in here if _is_tied(trigger, anchor, amount, action)]
        if here:
            own = _find_share(here, trigger.doc, target)
            nearest = own or min(here, key=lambda amount: _rank(amount, trigger, anchor, target))
            return self._choose_currency(nearest, _find_authority(actor, target))
        if action in _FROM_AFAR and status == "actual":
            return self._find_elsewhere(action, _find_authority(actor, target), target)
        return None

    def _find_elsewhere(self, action: str, actor: AgentRef | None, target: Mention | None) -> Money | None:
        """Take the text's only fine or settlement, or the only one told of this target."""
        known = [a for a in self._amounts if not a.is_ceiling and not a.is_part and _tells(a, action)]
        if target is not None and target.agent is not None:
            own = [a for a in known if self._names(a, target.agent)]
            known = own or ([] if any(self._names_rival(a, target.agent) for a in known) else known)
        final = [a for a in known if not SUPERSEDED.search(self._text[max(0, a.mention.start - 60) : a.mention.start])]
        sums = {self._choose_currency(a, actor) for a in final or known}
        return next(iter(sums)) if len(sums) == 1 else None

    def _names(self, amount: Amount, agent: AgentRef) -> bool:
        return any(other.id == agent.id for other in self._agents_beside(amount))

    def _names_rival(self, amount: Amount, agent: AgentRef) -> bool:
        kinds = {"Platform", "Company"} if agent.type in {"Platform", "Company"} else {agent.type}
        return any(other.id != agent.id and other.type in kinds for other in self._agents_beside(amount))

    def _agents_beside(self, amount: Amount) -> list[AgentRef]:
        sentence = amount.token.sent
        found = (self._mentions.get(index) for index in range(sentence.start, sentence.end))
        return [mention.agent for mention in found if mention is not None and mention.agent is not None]

    def _choose_currency(self, amount: Amount, actor: AgentRef | None) -> Money:
        first = amount.mention
        if first.money in self._rebates:
            return self._rebates[first.money]
        home = load_currencies().by_country.get(actor.country or "") if actor is not None else None
        if home is None:
            return first.money
        for other in (amount, *self._amounts):
            # "a $1.2bn fine" in the headline, "€997 million ($1.2bn)" below
            if other is amount or any(_is_about(first.money, mention.money) for mention in other.told):
                own = next((mention.money for mention in other.told if mention.money.currency == home), None)
                if own is not None:
                    return own
        if home in first.others and not self._tells_currencies_apart():
            return Money(first.money.amount, home)
        return first.money

    def _tells_currencies_apart(self) -> bool:
        """Whether the text says of some amounts whose dollars they are, so that a bare sign means the usual ones."""
        return any(
            amount.also or (not amount.mention.others and amount.mention.money.currency.endswith("D"))
            for amount in self._amounts
        )


def _find_authority(actor: AgentRef | None, target: Mention | None) -> AgentRef | None:
    """Find who sets the sum, in its own currency: of a settlement it may be the other party."""
    other = target.agent if target is not None else None
    if actor is not None and actor.type not in AUTHORITIES and other is not None and other.type in AUTHORITIES:
        return other
    return actor


def _stands_in(amount: Amount, sentence: Span) -> bool:
    """Whether an amount is the sentence's, or opens the next, where "Example S.r.l. EUR 20,000" was cut in two."""
    token = amount.token
    if sentence.start <= token.i < sentence.end:
        return True
    if token.i == sentence.end:
        return token.dep_ == "ROOT" and token.pos_ not in {"VERB", "AUX"}
    # "… S.A. in the amount of EUR 20,000": no sentence begins in lower case.
    return sentence.end < token.i <= sentence.end + _OPENING and token.doc[sentence.end].text[:1].islower()


def _find_share(amounts: list[Amount], doc: Doc, target: Mention | None) -> Amount | None:
    """Find a target's share where as many sums as targets are listed: "fined A and B £2m and £1m respectively"."""
    if target is None or len(amounts) < 2:
        return None
    sums = {amount.token.i for amount in amounts}  # the parser may take them for members of the list of targets
    fined = sorted({target.head, *(token.i for token in doc[target.head].conjuncts)} - sums)
    for index in range(len(amounts) - len(fined) + 1):
        listed = amounts[index : index + len(fined)]
        gaps = (doc.text[a.told[-1].end : b.mention.start] for a, b in zip(listed, listed[1:], strict=False))
        if len(fined) > 1 and all(_LISTED.fullmatch(gap) for gap in gaps):
            return listed[fined.index(target.head)]
    return None


def _rank(amount: Amount, trigger: Token, anchor: Token, target: Mention | None) -> tuple[bool, bool, bool, bool, int]:
    """The less the better: not superseded, its target's, governed by the trigger, named a penalty, near to both."""
    token, noun = amount.token, amount.noun
    distance, follows = abs(token.i - trigger.i), False
    if target is not None and trigger.sent.start <= target.head < trigger.sent.end:
        # "fines Apple €500m and Meta €200m": the sum that follows the target is its own.
        follows = 0 < token.i - target.head <= 3
        distance += abs(token.i - target.head)
    superseded = noun is not None and any(SUPERSEDED.fullmatch(child.text) for child in noun.children)
    tied = (noun is not None and noun.i == trigger.i) or any(
        _governs(first, second) for first, second in ((trigger, token), (anchor, token), (token, trigger))
    )
    return (superseded, not follows, not tied, amount.role == "free" and token.head.i != anchor.i, distance)


def _tells(amount: Amount, action: str) -> bool:
    """Whether an amount by itself tells how much was fined or settled for."""
    if amount.noun is not None and amount.noun.lemma_.lower() in _TOLD_BY[action]:
        return True
    head = amount.token.head
    if amount.token.dep_ == "nummod" and head.pos_ == "PROPN" and head.i < amount.token.i:
        head = head.head  # "fined Acme £5m": the parser takes the sum for a part of the name
    if amount.role != "free" or action != "fine":
        return False
    return head.lower_ in {"fine", "fines", "fined", "fining"} or (head.lemma_ == "pay" and owes_money(head))


def _is_about(first: Money, second: Money) -> bool:
    """Whether two sums of one currency are the same but for rounding."""
    difference = abs(first.amount - second.amount)
    return first.currency == second.currency and difference * 50 <= max(first.amount, second.amount)


def _governs(head: Token, token: Token) -> bool:
    return any(ancestor.i == head.i for ancestor in token.ancestors)


def _is_imposed(amount: Amount, trigger: Token, anchor: Token) -> bool:
    """Whether an amount that no noun explains hangs on the trigger, on a verb of imposing or paying, or on no verb."""
    if _governs(amount.token, trigger) or (trigger.dep_ == "amod" and amount.token.head.i == trigger.head.i):
        return True  # the latter where "the KFTC fined Acme £5m" is read as of a "fined Acme"
    for ancestor in amount.token.ancestors:
        if ancestor.i in {trigger.i, anchor.i}:
            return True
        if ancestor.pos_ == "VERB":
            role = find_verb_role(ancestor)
            if role is None and ancestor.dep_ in {"acl", "relcl"}:
                continue  # "fined a person running three shops €2,000"
            return role in {"imposing", "paying"}
    return True


def _is_tied(trigger: Token, anchor: Token, amount: Amount, action: str) -> bool:
    """Whether an amount is this action's: it measures its noun, or its verb governs it, or a verb of paying between."""
    noun, token = amount.noun, amount.token
    if noun is not None:
        if noun.i in {trigger.i, anchor.i} or (noun.i < token.i and noun.head.i in {trigger.i, anchor.i}):
            return True
        if action == "sue":
            return _governs(trigger, noun) or _governs(anchor, noun)
    for word in (trigger, anchor):
        for ancestor in token.ancestors:
            if ancestor.i == word.i:
                pays = action in {"search", "fine", "settle"} or find_verb_role(word) == "paying"
                return pays or amount.role != "free" or ancestor.i != token.head.i
            if ancestor.pos_ == "VERB" and find_verb_role(ancestor) != "paying":
                break
    return False
