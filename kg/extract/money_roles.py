"""What an amount of money is in its text (a penalty, a claim, a price, a maximum), and in which currencies told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.kb import read_table
from kg.normalize.money import MoneyMention, find_money
from kg.resources import find_data

_NOUN_ROLES = ("penalty", "claim", "bail", "seizure", "other", "sum", "promise")
_VERB_ROLES = ("paying", "imposing", "claim", "other")
_MODIFIERS = frozenset({"compound", "nummod", "amod", "nmod", "quantmod", "poss"})
_TIMES = frozenset({"day", "week", "month", "quarter", "year"})
_TOTALLING = frozenset({"totaling", "totalling", "worth", "amounting", "valued", "exceeding"})
_EQUALLING = frozenset({"be", "total", "equal"})
_ABOUT = r"about|around|approximately|approx\.?|roughly|nearly|almost|some"
_CEILING = re.compile(
    r"(?:up to|as (?:much|high) as|maximum(?: \w+)? (?:of|is|at)|maximum|at most"
    r"|more than \d+% or|cap(?:ped)? (?:of|at)"
    r"|reach|exceed)(?: an?)?(?: (?:estimated|further|additional|whopping|total of))?\s*$",
    re.IGNORECASE,
)
_SHARE_OF_TURNOVER = re.compile(r"(?:\d\s?%|per ?cent)[^.;]{0,60}\bor\s*$", re.IGNORECASE)
_PER_TIME = re.compile(
    r"^\s?(?:a|per|each|every|/)\s?"
    r"(?:day|hour|week|month|year|user|violation|breach|infringement|subscriber|person|share)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:consist(?:s|ed|ing)? of|(?:made|make) up of|composed|comprised?|divided|broken down|breakdown)\b",
    re.IGNORECASE,
)
_CONVERTED = re.compile(
    rf"^\s?[(\[/]\s?(?:{_ABOUT}|or(?: (?:{_ABOUT}))?|over|equal to|equivalent to|i\.e\.|=|~|≈|US)?\s?$"
    rf"|^(?:\s?[;,/]\s?|,? (?:or|equivalent to|equal to|that is)(?: (?:{_ABOUT}))? )$",
    re.IGNORECASE,
)
_LONGEST_GAP = 24


@lru_cache(maxsize=1)
def _load_roles() -> dict[tuple[str, str], str]:
    file = find_data() / "kb" / "lexicon" / "money_roles.csv"
    rows = read_table(file, ("lemma", "pos", "role"))
    return {
        (row["lemma"], row.require_one_of("pos", ("noun", "verb"))): row.require_one_of(
            "role", _VERB_ROLES if row["pos"] == "verb" else _NOUN_ROLES
        )
        for row in rows
    }


def find_noun_role(noun: Token) -> str | None:
    """Look a noun up by its lemma, else by its form: the lemmatiser makes *taxis* of *taxes*."""
    roles, form = _load_roles(), noun.lower_
    for word in (noun.lemma_.lower(), form.removesuffix("s"), form.removesuffix("es")):
        if (word, "noun") in roles:
            return roles[word, "noun"]
    return None


def find_verb_role(verb: Token) -> str | None:
    """Tell whether a verb is one of paying, of imposing, of asking for money, or of another business with it.

    The lemmatiser errs on some (*fined* -> *fin*), so that the form without its ending counts too.
    """
    roles, form = _load_roles(), verb.lower_
    for word in (verb.lemma_.lower(), form.removesuffix("d"), form.removesuffix("ed"), form.removesuffix("s")):
        if (word, "verb") in roles:
            return roles[word, "verb"]
    return None


@dataclass(slots=True)
class Amount:
    """One sum as the text gives it, with what it is given as in other currencies.

    ``role`` is penalty, claim, bail, seizure or other, or ``free`` where no noun says what the sum is. A ceiling is a
    maximum; a part is a rate or a share of another sum: neither is what was imposed.
    """

    token: Token
    mention: MoneyMention
    role: str
    noun: Token | None
    is_ceiling: bool
    is_part: bool
    also: list[MoneyMention] = field(default_factory=list)

    @property
    def told(self) -> tuple[MoneyMention, ...]:
        """The sum in all the currencies that the text gives it in, the first one first."""
        return (self.mention, *self.also)


def find_amounts(doc: Doc) -> Iterator[Amount]:
    """Yield the sums of a text in order; what stands in brackets behind one in another currency is the same sum."""
    text = doc.text
    current: Amount | None = None
    for mention in find_money(text):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        if current is not None and _is_same_sum(text, current.told[-1], mention):
            current.also.append(mention)
            continue
        if current is not None:
            yield current
        current = _read_amount(text, span, mention)
    if current is not None:
        yield current


def _read_amount(text: str, span: Span, mention: MoneyMention) -> Amount:
    noun = _find_measured(span.root)
    if noun is not None and noun.lemma_.lower() in _TIMES:
        noun = None  # "hit with $5m last year"
    if noun is None or find_noun_role(noun) is None:
        named = _find_named(span)
        noun = named if named is not None and named.lemma_.lower() not in _TIMES else noun
    before = text[max(0, mention.start - 90) : mention.start]
    within = text[max(span.root.sent.start_char, mention.start - 120) : mention.start]
    is_ceiling = bool(_CEILING.search(before) or _SHARE_OF_TURNOVER.search(before))
    is_part = bool(_PARTS.search(within) or _PER_TIME.match(text[mention.end : mention.end + 16]))
    return Amount(span.root, mention, _read_role(span.root, noun), noun, is_ceiling, is_part)


def _is_same_sum(text: str, first: MoneyMention, second: MoneyMention) -> bool:
    gap = text[first.end : second.start]
    return len(gap) <= _LONGEST_GAP and first.money.currency != second.money.currency and bool(_CONVERTED.match(gap))


def _find_measured(token: Token) -> Token | None:
    """Find the noun that an amount measures: "a $5m *fine*", "a *fine* of $5m", "$5m in *fines*"."""
    head = token.head
    if token.dep_ in _MODIFIERS and head.pos_ in {"NOUN", "PROPN"} and head.i > token.i:
        return head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "as", "of"} and child.i > token.i:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and (child.lower_ != "of" or noun.pos_ == "NOUN"):
                return noun
    if token.dep_ in {"pobj", "nummod", "npadvmod", "dobj"} and head.pos_ == "ADP":
        noun = head.head
        if noun.pos_ in {"NOUN", "PROPN"} and head.lower_ in {"of", "at", "worth", "for"}:
            if find_noun_role(noun) == "sum" and noun.head.pos_ == "ADP" and noun.head.head.pos_ == "NOUN":
                return noun.head.head  # "a fine in the amount of"
            return noun
        if noun.lower_ in _TOTALLING:
            return noun.head if noun.head.pos_ in {"NOUN", "PROPN"} else None
    if head.lower_ in _TOTALLING and head.head.pos_ in {"NOUN", "PROPN"}:
        return head.head
    if token.dep_ == "appos" and find_noun_role(head) not in {None, "other"}:
        return head
    if token.dep_ in {"attr", "dobj"} and head.lemma_.lower() in _EQUALLING:  # "the fine was €5m"
        return next((child for child in head.children if child.dep_ == "nsubj" and child.pos_ == "NOUN"), None)
    return None


def _find_named(span: Span) -> Token | None:
    """Find the noun behind an amount where the parse has none: past a conversion in brackets and a few adjectives."""
    doc, index = span.doc, span.end
    if index < len(doc) and doc[index].text in {"(", "["}:
        while index < min(len(doc), span.end + 8) and doc[index].text not in {")", "]"}:
            index += 1
        index += 1
    for token in doc[index : index + 4]:
        if (token.pos_ == "NOUN" or token.lower_ in {"fine", "fines"}) and find_noun_role(token) is not None:
            return token
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} and token.text != "-":
            return None
    return None


def _read_role(token: Token, noun: Token | None) -> str:
    verb = token.head if token.head.pos_ == "VERB" else None
    if verb is not None and find_verb_role(verb) == "claim":
        return "claim"
    if noun is None:
        return "other" if verb is not None and find_verb_role(verb) == "other" else "free"
    role = find_noun_role(noun)
    if role in {None, "promise"}:
        kinds = [find_noun_role(child) for child in noun.children if child.dep_ == "compound" and child.i != token.i]
        special = next((kind for kind in kinds if kind not in {None, "other", "sum", "promise"}), None)
        if special is not None:
            return special
    if role == "promise":
        return "other"
    if role == "sum" or (role is None and (noun.i < token.i or noun.pos_ != "NOUN" or token.dep_ == "appos")):
        return "free"
    return role or "other"
