"""Link names to the knowledge base, or make the agents that it does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.annotate.entities import NameCandidate
from kg.annotate.gazetteer import Hit
from kg.annotate.name_types import TYPE_OF_LABEL
from kg.annotate.unseen import is_called
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon, load_words
from kg.model import Agent, AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

_BILLS = frozenset({"AB", "SB", "HB", "HR", "HF", "SF", "LD", "LB"})
_OF_COUNTRIES = frozenset({"Court", "Regulator", "Ministry", "Legislature", "LawEnforcement"})
_SHORTENED = frozenset({"Platform", "Company", "CivilSociety", "Media", "Group"})


@dataclass(slots=True)
class _Introduced:
    """Whom a text has named in full, by what it may call them from then on."""

    people: dict[str, AgentRef] = field(default_factory=dict)
    acronyms: dict[str, AgentRef] = field(default_factory=dict)
    organisations: dict[str, AgentRef] = field(default_factory=dict)

    def add(self, agent: AgentRef, words: Words, kind: str) -> None:
        """Take note of a name: a person's surname, an organisation's first word, and an acronym in brackets."""
        if agent.type == "Person":
            self.people.setdefault(agent.name.split()[-1], agent)
            return
        if kind == "name" and agent.type in _SHORTENED and " " in words.text:
            self.organisations.setdefault(words.text.split()[0], agent)
        doc, last = words.doc, words.end
        if agent.type in {"Government", "Place"}:
            return  # "the authority of Luxembourg (CNPD)": not Luxembourg's own
        if last < len(doc) and doc[last].is_upper and doc[last].is_alpha and words[-1].is_lower:
            self.acronyms[doc[last].text] = agent  # "the Dutch privacy watchdog AP"
        if last + 2 < len(doc) and doc[last].text == "(" and doc[last + 2].text == ")" and doc[last + 1].text.isupper():
            self.acronyms[doc[last + 1].text] = agent


class NameLinker:
    """Make the mentions of one text's names."""

    def __init__(self, kb: KnowledgeBase, word_types: Mapping[str, str]) -> None:
        self._kb = kb
        self._word_types = word_types
        self._person_nouns = frozenset(load_lexicon().noun_classes["person"]) | {"judge", "justice", "mr", "ms", "dr"}

    def link(self, doc: Doc, names: Iterable[NameCandidate], countries: Counter[str]) -> list[Mention]:
        """Make the mentions of names in the order of the text; names of laws are left out.

        Parameters
        ----------
        doc
            The text.
        names
            Its names, in order.
        countries
            How often it speaks of a country, to choose among the bearers of one name.
        """
        mentions: list[Mention] = []
        introduced = _Introduced()
        for name in names:
            words = doc[name.first : name.last]
            if words.text in introduced.acronyms:
                agent = introduced.acronyms[words.text]
            elif name.hit is not None:
                agent = self._choose(name.hit, doc, countries)
            else:
                agent = self._make_agent(words, name.label, introduced)
            if agent.type == "Law":
                introduced.add(agent, words, name.kind)
                continue
            span = Span(words.start_char, words.end_char, words.text)
            head = _find_head(doc, name.first, name.last)
            mentions.append(Mention(span, name.first, name.last, head.i, name.kind, agent.type, agent))
            introduced.add(agent, words, name.kind)
        return mentions

    def _choose(self, hit: Hit, doc: Doc, countries: Counter[str]) -> AgentRef:
        """Choose among the bearers of a name by the countries that the text speaks of."""
        if len(hit.ids) == 1 and not self._is_of_common_words(doc[hit.first : hit.last]):
            return self._kb.refer_to(hit.ids[0])
        owners = self._find_owners(hit, doc)
        near = {owner.country for owner in owners}
        kinds = {self._kb.agents[i].type for i in hit.ids}
        if owners and kinds <= _OF_COUNTRIES and not any(self._kb.agents[i].country in near for i in hit.ids):
            # "Kenya's Supreme Court", where only those of other countries are known by that name.
            name = f"{doc[hit.first : hit.last].text} of {owners[0].name}"
            type_ = min(kinds)
            return AgentRef(make_agent_id(name, type_), name, type_, owners[0].country)

        def rank(agent_id: str) -> tuple[bool, int, bool, bool, str]:
            agent: Agent = self._kb.agents[agent_id]
            country = agent.country or ""
            # "The Supreme Court" of a text that speaks of no country is, in English news, the American one.
            return (country not in near, -countries[country], agent.type == "Place", country != "us", agent_id)

        return self._kb.refer_to(min(hit.ids, key=rank))

    def _is_of_common_words(self, span: Words) -> bool:
        """Tell a body's name that another country's body may bear too ("Competition and Consumer … Commission")."""
        return len(span) > 2 and any(token.lower_ in self._word_types for token in span)

    def _find_owners(self, hit: Hit, doc: Doc) -> list[Agent]:
        """The countries of the adjective or the possessive right before a name."""
        before = hit.first - 1
        if before > 0 and doc[before].text in {"'s", "’s", "'", "’"}:
            ids = self._kb.aliases.get(doc[before - 1].text, ())
        else:
            ids = self._kb.adjectives.get(doc[before].text, ()) if before >= 0 else ()
        return [self._kb.agents[i] for i in ids if self._kb.agents[i].type == "Government"]

    def _make_agent(self, span: Words, label: str, introduced: _Introduced) -> AgentRef:
        words = [token for token in span if not (token.is_punct and token.text not in {"-", "&", ".", "'", "’"})]
        name, type_ = _clean_name(span), TYPE_OF_LABEL[label]
        if is_written(words, self._word_types, as_person=type_ == "Person"):
            return AgentRef(make_agent_id(name, "Law"), name, "Law", None)
        if type_ in {"Company", "Place", "Platform"} and self._is_titled_person(span):
            type_ = "Person"
        elif type_ == "Place" and is_called(span[0]):
            type_ = "Company"  # "the shop Verdano"
        if type_ == "Person":
            known = introduced.people.get(words[-1].text if words else name)
            if known is not None and (len(words) == 1 or known.name.split()[0] == words[0].text):
                return known
        elif type_ in {"Company", "Place"}:
            known = introduced.organisations.get(name)
            if known is not None:
                return known
            for token in reversed(words):
                if token.lower_ in self._word_types and token.text[:1].isupper():
                    type_ = self._word_types[token.lower_]
                    break
        return AgentRef(make_agent_id(name, type_), name, type_, None)

    def _is_titled_person(self, span: Words) -> bool:
        """Tell a person by the title before a name of two or three words, which the recogniser took for a body."""
        if not 2 <= len(span) <= 3 or span.start == 0 or not all(t.text[:1].isupper() and t.is_alpha for t in span):
            return False
        if any(token.lower_ in self._word_types for token in span):
            return False
        return span.doc[span.start - 1].lower_ in self._person_nouns


def is_written(words: Sequence[Token], word_types: Mapping[str, str], *, as_person: bool) -> bool:
    """Tell a name of a law, a plan, a paper or a case from that of somebody who acts, by its last word."""
    if any(token.lower_ in {"v", "v.", "vs", "vs."} for token in words[1:-1]):
        return True  # "Huawei v. ZTE"
    spelt = [token.lower_ for token in words if token.is_alpha]
    numbered = len(words) > 1 and words[-1].is_digit  # "Bill 2333"
    if numbered and words[0].text.replace(".", "") in _BILLS:
        return True  # "AB 1076"
    if not spelt or not (words[-1].is_alpha or numbered) or (as_person and not numbered):
        return False  # "Buffalo Bill"
    if spelt[-1] in load_words("written") or word_types.get(spelt[-1]) == "Law":
        return True  # "Commission Press Release"
    if len(spelt) == 1:
        return spelt[0] in load_words("topic") | load_words("scheme") | load_words("company_suffix")
    bodies = load_words("body") | load_words("company_suffix")
    names_body = any(word in bodies or word_types.get(word, "Law") != "Law" for word in spelt)
    return spelt[-1] in load_words("scheme") and not names_body


def _clean_name(span: Words) -> str:
    text = " ".join(span.text.split())
    for article in ("the ", "The "):
        text = text.removeprefix(article)
    return text.removesuffix("'s").removesuffix("’s").strip(' ,.;:"“”') or text


def _find_head(doc: Doc, first: int, last: int) -> Token:
    """The token of the span whose head lies outside of it (the last such one, for flat names)."""
    for index in range(last - 1, first - 1, -1):
        token = doc[index]
        if not first <= token.head.i < last or token.head == token:
            return token
    return doc[last - 1]
