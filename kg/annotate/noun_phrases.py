"""A noun that stands for an agent, with its article and its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention
from kg.syntax.phrases import find_phrase_end

DEFINITE = frozenset({"the", "this", "that", "these", "those", "said"})
INDEFINITE = frozenset({"a", "an", "another", "some", "several", "many", "any", "no", "every", "each"})
# Which class of a noun that has several counts, by its number.
_SINGULAR_ORDER = ("authority", "platform", "company", "person", "content", "group")
_PLURAL_ORDER = ("authority", "content", "group", "company", "platform", "person")
_BREAKS = frozenset({"/", "|", "(", ")"})
_OUTSIDE = frozenset({"det", "predet", "punct", "cc", "mark", "advmod", "prep", "neg"})
_BEYOND = frozenset({"relcl", "acl", "appos", "nsubj", "aux"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun of the lexicon's classes; ``first`` is the leftmost token of its phrase without the article."""

    token: Token
    class_: str
    type: str
    first: int
    determiner: str
    plural: bool

    def describe(self, agent: AgentRef | None, antecedent: Mention | None = None, type_: str | None = None) -> Mention:
        """Make the mention of a phrase that means a known agent."""
        return self._make("description", agent, antecedent, self.type if type_ is None else type_)

    def follow(self, antecedent: Mention, type_: str | None = None) -> Mention:
        """Make the mention of a phrase that means what another mention does."""
        return self.describe(antecedent.agent, antecedent, antecedent.type if type_ is None else type_)

    def stand_alone(self, agent_type: str) -> Mention:
        """Make the mention of a phrase that stands for nobody named: its own words name an agent of this type."""
        words = [_lower(token) for token in self.token.doc[self.first : self.token.i + 1]]
        text = " ".join(words).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
        agent = AgentRef(make_agent_id(text, agent_type), text, agent_type, None)
        return self._make("group", agent, None, self.type, find_phrase_end(self.token))

    def _make(
        self, kind: str, agent: AgentRef | None, antecedent: Mention | None, type_: str, end: int | None = None
    ) -> Mention:
        doc, last = self.token.doc, self.token.i + 1
        if last < len(doc) and doc[last].lower_ == "general" and self.token.head == doc[last]:
            last += 1  # "42 attorneys general"
        words = doc[self.first : max(end or last, last)]
        while words[-1].is_space:  # the empty line behind a paragraph is a token too, and no part of what it ends
            words = words[:-1]
        span = Span(words.start_char, words.end_char, words.text)
        return Mention(span, self.first, last, self.token.i, kind, type_, agent, antecedent, self.plural)


def read_noun_phrase(token: Token, classes: Mapping[str, Mapping[str, str]]) -> NounPhrase | None:
    """Read the phrase of a noun; None if the noun is of no class of the lexicon."""
    lemma = token.lemma_.lower()
    if token.lower_ == "media" and token.i and token.nbor(-1).lower_ == "social":
        lemma = "social media"
    plural = token.tag_ in {"NNS", "NNPS"}
    for name in _PLURAL_ORDER if plural else _SINGULAR_ORDER:
        type_ = classes[name].get(lemma)
        if type_ is not None:
            if name == "person" and plural:
                name, type_ = "group", "Group"
            determiner = next((child.lower_ for child in token.lefts if child.dep_ == "det"), "")
            return NounPhrase(token, name, type_, _find_first(token.doc, token), determiner, plural)
    return None


def _find_first(doc: Doc, token: Token) -> int:
    """The leftmost token of the noun's own phrase, without its article."""
    first = token.i
    for child in token.lefts:
        dep = child.dep_
        if dep in _OUTSIDE:
            continue
        if dep in _BEYOND:
            break
        edge = child.left_edge.i
        first = min(first, edge if child.i - edge < 5 else child.i)
    for index in range(token.i - 1, first - 1, -1):
        if doc[index].text in _BREAKS or "\n" in doc[index].text:
            first = index + 1  # what stands before a bracket or in a line of credits is no part of the phrase
            break
    while first < token.i and (doc[first].dep_ == "det" or doc[first].is_punct):
        first += 1
    return first


def _lower(token: Token) -> str:
    """The word in lower case, unless it is a name or has capitals inside."""
    text: str = token.text
    return text if token.pos_ == "PROPN" or text[1:].lower() != text[1:] else text.lower()
