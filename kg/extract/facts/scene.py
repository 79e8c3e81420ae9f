"""One annotated text as the finders of facts look at it: who stands where, and which country is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extract.facts.agents import ORGANISATIONS, agent_of, type_of
from kg.extract.facts.mending import find_inner_state, find_person
from kg.kb import KnowledgeBase
from kg.model import AgentRef
from kg.model.mention import Mention

_NAMING = frozenset({"name", "adjective", "metonym"})


class Scene:
    """The mentions of a text by their tokens, without the nameless groups."""

    def __init__(
        self,
        doc: Doc,
        mentions: dict[int, Mention],
        kb: KnowledgeBase,
        countries: dict[str, AgentRef],
        is_title: Callable[[Token], object],
    ) -> None:
        self.doc = doc
        self.is_title = is_title
        self.kb = kb
        self._countries = countries
        self._referring = {i: m for i, m in mentions.items() if m.agent is not None and m.kind != "group"}
        self.named = [m for m in self._referring.values() if m.kind in _NAMING]
        self.at = {index: m for m in self.named for index in range(m.first, m.last)}
        self.people = [person for m in self.named if (person := find_person(doc, m, kb, is_title)) is not None]
        for person in self.people:
            self.at.update(dict.fromkeys(range(person.first, person.last), person))
        inner = {m.first: state for m in self.named if (state := find_inner_state(doc, m, kb)) is not None}
        self.inner = {index for first in inner for index in range(first, self.at[first].last)}
        self.states = [*(m for m in self.named if type_of(m) == "Government"), *inner.values()]

    def mention_of(self, token: Token | int) -> Mention | None:
        """The mention that a token names or, through coreference, refers to."""
        index = token if isinstance(token, int) else token.i
        return self.at.get(index) or self._referring.get(index)

    def organisation_of(self, token: Token | int, kinds: frozenset[str] = ORGANISATIONS) -> Mention | None:
        """The organisation of one of these types that a token names or refers to."""
        mention = self.mention_of(token)
        return mention if mention is not None and type_of(mention) in kinds else None

    def name_of(self, token: Token | int, kinds: frozenset[str] = ORGANISATIONS) -> Mention | None:
        """The organisation of one of these types that a token names."""
        mention = self.at.get(token if isinstance(token, int) else token.i)
        return mention if mention is not None and type_of(mention) in kinds else None

    def names_between(self, first: int, last: int, kinds: frozenset[str] = ORGANISATIONS) -> Iterator[Mention]:
        """Yield the named organisations from one token to another, left to right."""
        seen = None
        for index in range(max(0, first), min(last, len(self.doc))):
            mention = self.at.get(index)
            if mention is not None and mention is not seen and type_of(mention) in kinds:
                seen = mention
                yield mention

    def find_country(self, code: str | None) -> AgentRef | None:
        """The government of a country by its code."""
        return self._countries.get(code or "")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each agent is named."""
        counts: dict[str, int] = {}
        for mention in self.named:
            if mention.agent is not None and mention.kind == "name":
                counts[mention.agent.id] = counts.get(mention.agent.id, 0) + 1
        return counts

    @cached_property
    def main_state(self) -> Mention | None:
        """The first mention of the state that the text names most."""
        states = [m for m in self.named if type_of(m) == "Government"]
        counts: dict[str, int] = {}
        for mention in states:
            counts[agent_of(mention).id] = counts.get(agent_of(mention).id, 0) + 1
        return max(states, key=lambda m: counts[agent_of(m).id], default=None)

    def is_known(self, agent: AgentRef) -> bool:
        """Tell whether the knowledge base holds this agent."""
        return agent.id in self.kb.agents

    def is_country(self, agent: AgentRef) -> bool:
        """Tell whether an agent is a country (a region is none)."""
        country = self._countries.get(agent.country or "")
        return country is not None and country.id == agent.id

    def names_state(self, index: int) -> bool:
        """Tell whether a word by itself names a country or a region, or is its adjective."""
        text = self.doc[index].text
        ids = self.kb.adjectives.get(text) or self.kb.aliases.get(text) or ()
        return any(self.kb.agents[i].type == "Government" for i in ids)

    def owners_of(self, agent: AgentRef) -> Iterator[str]:
        """The ids of those who, by the knowledge base, own or run an agent, directly or not."""
        known = self.kb.agents.get(agent.id)
        for _ in range(4):
            if known is None:
                return
            found = [i for i in (known.owner, known.operator) if i]
            yield from found
            known = self.kb.agents.get(known.owner or known.operator or "")

    def wholes_of(self, agent: AgentRef) -> Iterator[str]:
        """The ids of what an agent is a part of by the knowledge base, directly or not."""
        known = self.kb.agents.get(agent.id)
        for _ in range(4):
            if known is None or known.part_of is None:
                return
            yield known.part_of
            known = self.kb.agents.get(known.part_of)


def index_countries(kb: KnowledgeBase) -> dict[str, AgentRef]:
    """Country code -> the government that acts for it."""
    countries: dict[str, AgentRef] = {}
    for agent in kb.agents.values():
        if agent.type == "Government" and agent.country and "iso-3166" in agent.source:
            countries.setdefault(agent.country, kb.refer_to(agent.id))
    return countries
