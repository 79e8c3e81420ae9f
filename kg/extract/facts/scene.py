"""One annotated text as the finders of facts look at it: who stands where, and which country is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.kb import KnowledgeBase
from kg.model import AgentRef
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

ORGANISATIONS = frozenset(
    """Platform Company Government Regulator Court Ministry LawEnforcement Legislature Supranational CivilSociety Media
    ArmedGroup""".split()
)
BUSINESSES = frozenset({"Platform", "Company"})
STATES = frozenset({"Government", "Place", "Supranational"})
_NAMING = frozenset({"name", "adjective", "metonym"})


class Scene:
    """The mentions of a text by their tokens, without the nameless groups."""

    def __init__(self, doc: Doc, mentions: dict[int, Mention], kb: KnowledgeBase, countries: dict[str, AgentRef]) -> None:
        self.doc = doc
        self.kb = kb
        self._countries = countries
        self._referring = {i: m for i, m in mentions.items() if m.agent is not None and m.kind != "group"}
        self.named = [m for m in self._referring.values() if m.kind in _NAMING]
        self.at = {index: m for m in self.named for index in range(m.first, m.last)}
        self.people = [m for m in self.named if m.kind == "name" and m.type == "Person" and not _is_bad_name(doc, m)]

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


def agent_of(mention: Mention) -> AgentRef:
    """The agent of a mention that has one."""
    assert mention.agent is not None
    return mention.agent


def type_of(mention: Mention) -> str:
    """The type of the agent that a mention stands for."""
    return agent_of(mention).type


def as_place(mention: Mention) -> AgentRef:
    """A seat is the place as written: Dublin, not the Ireland that it stands for when it acts."""
    agent = agent_of(mention)
    if mention.kind != "metonym":
        return agent
    return AgentRef(make_agent_id(mention.span.text, "Place"), mention.span.text, "Place", agent.country)


def first_of(mentions: Iterable[Mention | None]) -> Mention | None:
    """The first that is one."""
    return next((mention for mention in mentions if mention is not None), None)


def _is_bad_name(doc: Doc, mention: Mention) -> bool:
    """A recogniser's person with a verb or a line break inside is a piece of a sentence."""
    return any(doc[i].is_space or doc[i].pos_ in {"VERB", "AUX", "ADP"} and doc[i].text.istitle() and mention.last - mention.first > 3 for i in range(mention.first, mention.last))
