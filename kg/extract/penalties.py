"""How much: the amount of money that belongs to an action, and to no other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.kb import read_table
from kg.model import AgentRef, Money
from kg.model.mention import Mention
from kg.normalize.currencies import load_currencies
from kg.normalize.money import MoneyMention, find_money
from kg.resources import find_data

# What roles of an amount may belong to an action. "free": no noun says what the amount is ("fined Meta €200m").
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
_PAYING = frozenset({"pay", "owe", "fork", "hand", "cough", "shell", "face", "cost", "total", "forfeit", "refund", "reimburse", "repay", "return", "surrender"})
_IMPOSING = frozenset({"fine", "penalize", "penalise", "sanction", "punish", "levy", "impose", "slap", "hit", "issue", "hand", "settle", "order", "dole", "confirm", "uphold", "affirm"})
_CLAIMING = frozenset({"seek", "demand", "claim", "ask"})
_PROMISES = frozenset({"offer", "deal", "agreement", "proposal", "bill"})  # "a $20m settlement offer"
_SPENDING = frozenset("buy acquire raise invest earn spend lose sell generate value report donate make steal borrow shave cut trim reduce save".split())
_SUMS = frozenset({"total", "sum", "amount", "record", "maximum", "minimum", "rest", "half", "part", "combined", "tune"})
_CEILING = re.compile(
    r"(?:up to|as (?:much|high) as|(?:a )?maximum(?: \w+)? (?:of|is|at)|maximum|at most|more than \d+% or|cap(?:ped)? (?:of|at)|reach|exceed)"
    r"(?: an?)?(?: (?:estimated|further|additional|whopping|total of))?\s*$",
    re.I,
)
_SHARE_OF_TURNOVER = re.compile(r"(?:\d\s?%|per ?cent)[^.;]{0,60}\bor\s*$", re.I)
_PER_TIME = re.compile(r"^\s?(?:a|per|each|every|/)\s?(?:day|hour|week|month|year|user|violation|breach|infringement|subscriber|person|share)\b", re.I)
_BRACKET = re.compile(r"^\s?[(\[/]\s?(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|over|or|equal to|equivalent to|i\.e\.|=|~|≈|US)?\s?$", re.I)
_BESIDE = re.compile(r"^(?:\s?[;,/]\s?|,? (?:or|equivalent to|equal to|that is)(?: about| around| approximately| roughly| some| nearly)? |,? or )$", re.I)
_SUPERSEDED = re.compile(r"\b(?:original|initial|initially|originally)\b", re.I)
_CUT = re.compile(r"^[^.]{0,60}\b(?:reduced|lowered|decreased)\b[^.]{0,40}\bto(?: only| just)?\s*$|\breduced from[^.]{0,30}$", re.I)
_REBATE = re.compile(r"\b(?:voluntary|immediate|prompt|early) payment|\b(?:acknowledg|admi(?:ssion|tt)|waiver)\w*|\bresponsibility\b", re.I)
_REVIEWED = re.compile(r"\b(?:court|appeal|tribunal|judge)", re.I)
_PARTS = re.compile(r"\b(?:consist(?:s|ed|ing)? of|(?:made|make) up of|composed|comprised?|divided|broken down|breakdown|of which)\b", re.I)


@lru_cache(maxsize=1)
def _load_roles() -> dict[str, str]:
    file = find_data() / "kb" / "lexicon" / "money_roles.csv"
    return {
        row["lemma"]: row.require_one_of("role", ("penalty", "claim", "bail", "seizure", "other"))
        for row in read_table(file, ("lemma", "role"))
    }


def _role_of(noun: Token) -> str | None:
    """Look a noun up by its lemma, else by its form: the lemmatiser makes *taxis* of *taxes*."""
    roles, form = _load_roles(), noun.lower_
    return roles.get(noun.lemma_.lower()) or roles.get(form.removesuffix("s")) or roles.get(form.removesuffix("es"))


@dataclass(slots=True)
class _Amount:
    """One sum as the text gives it, with what it is given as in other currencies."""

    token: Token
    mention: MoneyMention
    role: str
    noun: Token | None
    ceiling: bool
    also: list[MoneyMention] = field(default_factory=list)


class Amounts:
    """The amounts of money in one text."""

    def __init__(self, doc: Doc, mentions: dict[int, Mention] | None = None) -> None:
        self._doc = doc
        self._mentions = mentions or {}
        self._amounts = self._find(doc)
        self._rebates = self._find_rebates()

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

        A maximum, a revenue, the price of a deal or what a plaintiff asks for is no fine. Of a sum told in several currencies
        the one of the actor's country counts, else the first: the reader's own stands in brackets behind it.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        action, status
            The action's type and status.
        actor, target
            Who acts, for the currency, and the mention of the party acted on, which tells apart two fines in one sentence.
        """
        wanted = _WANTED.get(action)
        if wanted is None or not self._amounts:
            return None
        sentence = trigger.sent
        anchor = light_verb if light_verb is not None else trigger
        here = [
            amount
            for amount in self._amounts
            if self._stands_in(amount, sentence) and amount.role in wanted and not self._is_barred(amount, action)
        ]
        here = [amount for amount in here if amount.role != "free" or _is_imposed(amount, trigger, anchor)]
        if action not in _FROM_AFAR or status != "actual":
            here = [amount for amount in here if _is_tied(trigger, anchor, amount, action)]
        if here:
            return self._choose_currency(min(here, key=lambda amount: self._rank(amount, trigger, anchor, target)), actor)
        if action in _FROM_AFAR and status == "actual":
            return self._find_elsewhere(trigger, action, actor, target)
        return None

    # -- reading the amounts -------------------------------------------------------------------------------------------

    def _find(self, doc: Doc) -> list[_Amount]:
        found: list[_Amount] = []
        last: MoneyMention | None = None
        for mention in find_money(doc.text):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            if found and last is not None and self._is_same_sum(last, mention):
                found[-1].also.append(mention)
            else:
                noun = _find_measured(span.root) or _find_named(span)
                if noun is not None and _role_of(noun) is None:
                    noun = _find_named(span) or noun
                before = doc.text[max(0, mention.start - 90) : mention.start]
                found.append(_Amount(span.root, mention, _read_role(span.root, noun), noun, _is_ceiling(before)))
            last = mention
        return found

    def _find_rebates(self) -> dict[Money, Money]:
        """Read "the original fine of A was reduced to B for prompt payment": the authority's own fine is B.

        What a court cuts later stays the fine that it was; the cut is an action of the court.
        """
        rebates: dict[Money, Money] = {}
        for first, second in zip(self._amounts, self._amounts[1:]):  # noqa: B905 (neighbours)
            if first.token.sent.start != second.token.sent.start:
                continue
            start, text = first.mention.end, self._doc.text
            between, sentence = text[start : second.mention.start], first.token.sent.text
            before = text[max(0, first.mention.start - 60) : first.mention.start]
            if not (_CUT.search(between) or _CUT.search(before)) or _REVIEWED.search(sentence):
                continue
            if first.mention.money.amount > second.mention.money.amount and (_REBATE.search(sentence) or _SUPERSEDED.search(before)):
                rebates[first.mention.money] = second.mention.money
        return rebates

    def _stands_in(self, amount: _Amount, sentence: Span) -> bool:
        """Whether an amount is the sentence's, or opens the next one, where "Example S.r.l. EUR 20,000" was cut in two."""
        if sentence.start <= amount.token.i < sentence.end:
            return True
        return amount.token.i == sentence.end and amount.token.dep_ == "ROOT" and amount.token.pos_ not in {"VERB", "AUX"}

    def _is_same_sum(self, first: MoneyMention, second: MoneyMention) -> bool:
        gap = self._doc.text[first.end : second.start]
        if len(gap) > 24 or first.money.currency == second.money.currency:
            return False
        return bool(_BRACKET.match(gap) or _BESIDE.match(gap))

    def _is_barred(self, amount: _Amount, action: str) -> bool:
        before = self._doc.text[max(amount.token.sent.start_char, amount.mention.start - 120) : amount.mention.start]
        if _PARTS.search(before):
            return True
        if _PER_TIME.match(self._doc.text[amount.mention.end : amount.mention.end + 16]):
            return True
        # What an order to pay "up to €13bn" names is what is to be paid.
        return amount.ceiling and action not in {"order", "settle", "search"}

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _rank(self, amount: _Amount, trigger: Token, anchor: Token, target: Mention | None) -> tuple[bool, bool, bool, int]:
        """The less the better: governed by the trigger, named a penalty, near to the trigger and to its target."""
        token = amount.token
        distance = abs(token.i - trigger.i)
        if target is not None and trigger.sent.start <= target.head < trigger.sent.end:
            # "fines Apple €500m and Meta €200m": the sum that follows the target is its own.
            follows = 0 < token.i - target.head <= 3
            distance = 0 if follows else distance + abs(token.i - target.head)
        superseded = amount.noun is not None and any(_SUPERSEDED.fullmatch(child.text) for child in amount.noun.children)
        tied = (amount.noun is not None and amount.noun.i == trigger.i) or _governs(trigger, token) or _governs(anchor, token) or _governs(token, trigger)
        return (superseded, not tied, amount.role == "free" and amount.token.head.i != anchor.i, distance)

    def _find_elsewhere(self, trigger: Token, action: str, actor: AgentRef | None, target: Mention | None) -> Money | None:
        """Take the text's only fine or settlement, or the only one told of this target."""
        nouns = {"settlement"} if action == "settle" else {"fine", "penalty", "sanction"}
        known = [a for a in self._amounts if not a.ceiling and not self._is_barred(a, action) and self._tells(a, action, nouns)]
        if target is not None and target.agent is not None:
            own = [a for a in known if self._names(a.token, target.agent.id)]
            known = own or ([] if any(self._names_rival(a.token, target.agent) for a in known) else known)
        final = [a for a in known if not self._is_superseded(a)]
        sums = {self._choose_currency(a, actor) for a in final or known}
        return next(iter(sums)) if len(sums) == 1 else None

    def _tells(self, amount: _Amount, action: str, nouns: set[str]) -> bool:
        if amount.noun is not None and amount.noun.lemma_.lower() in nouns:
            return True
        verb = amount.token.head
        return amount.role == "free" and action == "fine" and verb.lower_ in {"fine", "fines", "fined", "fining"}

    def _is_superseded(self, amount: _Amount) -> bool:
        before = self._doc.text[max(0, amount.mention.start - 60) : amount.mention.start]
        return bool(_SUPERSEDED.search(before))

    def _names(self, token: Token, agent_id: str) -> bool:
        return any(m.agent is not None and m.agent.id == agent_id for m in self._mentions_of(token))

    def _names_rival(self, token: Token, agent: AgentRef) -> bool:
        kinds = {"Platform", "Company"} if agent.type in {"Platform", "Company"} else {agent.type}
        return any(m.agent is not None and m.agent.id != agent.id and m.type in kinds for m in self._mentions_of(token))

    def _mentions_of(self, token: Token) -> list[Mention]:
        sentence = token.sent
        return [m for i in range(sentence.start, sentence.end) if (m := self._mentions.get(i)) is not None]

    def _choose_currency(self, amount: _Amount, actor: AgentRef | None) -> Money:
        told = (amount.mention, *amount.also)
        if told[0].money in self._rebates:
            return self._rebates[told[0].money]
        home = load_currencies().by_country.get(actor.country or "") if actor is not None else None
        if home is None:
            return told[0].money
        for mention in told:
            if mention.money.currency == home:
                return mention.money
        for other in self._amounts:  # "a $1.2bn fine" in the headline, "€997 million ($1.2bn)" below
            sums = [mention.money for mention in (other.mention, *other.also)]
            if len(sums) > 1 and any(_is_about(told[0].money, money) for money in sums):
                own = next((money for money in sums if money.currency == home), None)
                if own is not None:
                    return own
        if home in told[0].others and len(told) == 1 and not self._tells_dollars_apart():
            return Money(told[0].money.amount, home)
        return told[0].money

    def _tells_dollars_apart(self) -> bool:
        """Whether the text writes some dollars with their country, so that a bare sign means the United States'."""
        found = [m for a in self._amounts for m in (a.mention, *a.also)]
        return any(not m.others and m.money.currency.endswith("D") for m in found) or any(a.also for a in self._amounts)


def _find_measured(token: Token) -> Token | None:
    """Find the noun that an amount measures: "a $5m *fine*", "a *fine* of $5m", "$5m in *fines*"."""
    head = token.head
    if token.dep_ in {"compound", "nummod", "amod", "nmod", "quantmod", "poss"} and head.pos_ in {"NOUN", "PROPN"} and head.i > token.i:
        return head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "as", "of"} and child.i > token.i:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and (child.lower_ != "of" or noun.pos_ == "NOUN"):
                return noun
    if token.dep_ in {"pobj", "nummod", "npadvmod", "dobj"} and head.pos_ == "ADP":
        noun = head.head
        if noun.pos_ in {"NOUN", "PROPN"} and head.lower_ in {"of", "at", "worth", "for"}:
            if noun.lemma_.lower() in _SUMS and noun.head.pos_ == "ADP" and noun.head.head.pos_ == "NOUN":
                return noun.head.head  # "a fine in the amount of"
            return noun
        if noun.lower_ in {"totaling", "totalling", "worth", "amounting", "valued"}:
            return noun.head if noun.head.pos_ in {"NOUN", "PROPN"} else None
    if head.lower_ in {"totaling", "totalling", "worth", "amounting", "valued", "exceeding"} and head.head.pos_ in {"NOUN", "PROPN"}:
        return head.head
    if token.dep_ == "appos" and _role_of(head) not in {None, "other"}:
        return head
    return None


def _find_named(span: Span) -> Token | None:
    """Find the noun behind an amount where the parse has none: past a conversion in brackets and a few adjectives."""
    doc, index = span.doc, span.end
    if index < len(doc) and doc[index].text in {"(", "["}:
        while index < min(len(doc), span.end + 8) and doc[index].text not in {")", "]"}:
            index += 1
        index += 1
    for token in doc[index : index + 4]:
        if (token.pos_ == "NOUN" or token.lower_ in {"fine", "fines"}) and _role_of(token) is not None:
            return token
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} and token.text != "-":
            return None
    return None


def _read_role(token: Token, noun: Token | None) -> str:
    if token.head.pos_ == "VERB" and token.head.lemma_.lower() in _CLAIMING:
        return "claim"
    if noun is not None:
        role = _role_of(noun)
        if noun.lemma_.lower() in _PROMISES or role is None:
            kinds = [_role_of(child) for child in noun.children if child.dep_ == "compound" and child.i != token.i]
            role = next((kind for kind in kinds if kind not in {None, "other"}), role)
        if role is not None:
            return role
        if noun.lemma_.lower() in _SUMS or noun.i < token.i:
            return "free"
        return "other" if noun.pos_ == "NOUN" and token.dep_ != "appos" else "free"
    verb = token.head
    if verb.pos_ == "VERB" and verb.lemma_.lower() in _SPENDING:
        return "other"
    return "free"


def _is_about(first: Money, second: Money) -> bool:
    """Whether two sums of one currency are the same but for rounding."""
    return first.currency == second.currency and abs(first.amount - second.amount) * 50 <= max(first.amount, second.amount)


def _is_ceiling(before: str) -> bool:
    return bool(_CEILING.search(before) or _SHARE_OF_TURNOVER.search(before))


def _governs(trigger: Token, token: Token) -> bool:
    return any(ancestor.i == trigger.i for ancestor in token.ancestors)


def _is_imposed(amount: _Amount, trigger: Token, anchor: Token) -> bool:
    """Whether an amount that no noun explains hangs on a word of imposing or paying, on the trigger, or on no verb at all."""
    if _governs(amount.token, trigger):
        return True
    for ancestor in amount.token.ancestors:
        if ancestor.i in {trigger.i, anchor.i}:
            return True
        if ancestor.pos_ == "VERB":
            return ancestor.lemma_.lower() in _IMPOSING | _PAYING
    return True


def _is_tied(trigger: Token, anchor: Token, amount: _Amount, action: str) -> bool:
    """Whether an amount is this action's: it measures its noun, or the verb governs it, directly or as what is to be paid."""
    if amount.noun is not None and amount.noun.i in {trigger.i, anchor.i}:
        return True
    if amount.noun is not None and amount.noun.i < amount.token.i and any(w.i == amount.noun.head.i for w in (trigger, anchor)):
        return True
    if action == "sue":
        return amount.noun is not None and (_governs(trigger, amount.noun) or _governs(anchor, amount.noun))
    for word in (trigger, anchor):
        if not _governs(word, amount.token):
            continue
        for ancestor in amount.token.ancestors:
            if ancestor.i == word.i:
                return action in {"search", "fine", "settle"} or word.lemma_.lower() in _PAYING | {"owe"} or amount.role != "free" or ancestor.i != amount.token.head.i
            if ancestor.pos_ == "VERB" and ancestor.lemma_.lower() not in _PAYING:
                break
    return False
