"""One annotated text as the finders of facts look at it: who stands where, and which country is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extract.facts.proposal import FoundFact, Proposal
from kg.kb import KnowledgeBase
from kg.model import AgentRef, Span
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

    def __init__(
        self,
        doc: Doc,
        mentions: dict[int, Mention],
        kb: KnowledgeBase,
        countries: dict[str, AgentRef],
        is_title: Callable[[Token], object],
    ) -> None:
        self.doc = doc
        self._is_title = is_title
        self.kb = kb
        self._countries = countries
        self._referring = {i: m for i, m in mentions.items() if m.agent is not None and m.kind != "group"}
        self.named = [m for m in self._referring.values() if m.kind in _NAMING]
        self.at = {index: m for m in self.named for index in range(m.first, m.last)}
        self.people = [p for m in self.named if (p := self._as_person(m)) is not None and not _is_bad_name(doc, p)]
        self.inner: set[int] = set()
        self.states = [*(m for m in self.named if type_of(m) == "Government"), *self._find_inner_states()]

    def _as_person(self, mention: Mention) -> Mention | None:
        """A named person; an unknown name that a title stands beside is one, whatever the recogniser took it for."""
        if mention.kind != "name" or mention.type == "Person":
            return mention if mention.kind == "name" else None
        words = self.doc[mention.first : mention.last]
        if (
            self.is_known(agent_of(mention))
            or mention.type not in {"Company", "Place", "Platform"}
            or not 2 <= len(words) <= 4
        ):
            return None
        if not all(token.pos_ == "PROPN" and token.text.istitle() for token in words) or mention.first == 0:
            return None
        before, head = self.doc[mention.first - 1], self.doc[mention.head]
        titled = self._is_title(before) or before.text == "," and head.dep_ == "appos" and self._is_title(head.head)
        if not titled:
            return None
        agent = AgentRef(make_agent_id(mention.span.text, "Person"), agent_of(mention).name, "Person", None)
        person = replace(mention, type="Person", agent=agent)
        self.at.update(dict.fromkeys(range(mention.first, mention.last), person))
        return person

    def _find_inner_states(self) -> Iterator[Mention]:
        """States inside a longer name of many: "US" in "US tech giants"."""
        for mention in self.named:
            if (
                mention.last - mention.first < 2
                or type_of(mention) not in {"Group", "Company"}
                or mention.kind != "name"
            ):
                continue
            text = self.doc[mention.first].text
            ids = self.kb.adjectives.get(text) or self.kb.aliases.get(text) or ()
            if len(ids) == 1 and self.kb.agents[ids[0]].type == "Government":
                start = self.doc[mention.first].idx
                span = Span(start, start + len(text), text)
                self.inner |= set(range(mention.first, mention.last))
                yield Mention(
                    span,
                    mention.first,
                    mention.first + 1,
                    mention.first,
                    "adjective",
                    "Government",
                    self.kb.refer_to(ids[0]),
                )

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

    def name_in_text(self, agent: AgentRef) -> AgentRef:
        """An agent under its usual name if the text uses that, else under the fullest name that the text gives it."""
        forms = self._forms.get(agent.id)
        if agent.type == "Person" and not self.is_known(agent) and (longer := self._longer_names.get(agent.id)):
            return AgentRef(agent.id, longer, agent.type, agent.country)
        if not forms or agent.type == "Government":
            return agent
        name = max(forms, key=lambda form: (len(form), form))
        usual, written = _fold(agent.name), _fold(name)
        if usual <= written or written <= usual:
            return agent
        return AgentRef(agent.id, name, agent.type, agent.country)

    def word(self, proposal: Proposal, confidence: float) -> FoundFact:
        """Make a fact of a proposal, in the names that the text uses."""
        subject, object_ = self.name_in_text(proposal.subject), proposal.object
        named = self.name_in_text(object_) if object_ is not None else None
        return FoundFact(proposal.relation, subject, named, proposal.value, proposal.tokens, confidence)

    @cached_property
    def _longer_names(self) -> dict[str, str]:
        """Names of unknown people with the capitalised words that the recogniser left off at either end."""
        names: dict[str, str] = {}
        for person in self.people:
            first, last = person.first, person.last
            while first > 0 and self._is_name_word(first - 1) and self.doc[first - 1].dep_ == "compound":
                first -= 1
            while last < len(self.doc) and self._is_name_word(last) and self.doc[last - 1].dep_ == "compound":
                last += 1
            if (first, last) != (person.first, person.last):
                names.setdefault(agent_of(person).id, self.doc[first:last].text)
        return names

    def _is_name_word(self, index: int) -> bool:
        token = self.doc[index]
        return token.pos_ == "PROPN" and token.text.istitle() and index not in self.at and not self._is_title(token)

    @cached_property
    def _forms(self) -> dict[str, set[str]]:
        forms: dict[str, set[str]] = {}
        for mention in self.named:
            if mention.kind == "name":
                forms.setdefault(agent_of(mention).id, set()).add(" ".join(mention.span.text.split()))
        return forms

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


def _fold(name: str) -> set[str]:
    return set(name.casefold().split())


def _is_bad_name(doc: Doc, mention: Mention) -> bool:
    """A recogniser's person with a verb or a line break inside is a piece of a sentence."""
    return any(
        doc[i].is_space
        or doc[i].pos_ in {"VERB", "AUX", "ADP"}
        and doc[i].text.istitle()
        and mention.last - mention.first > 3
        for i in range(mention.first, mention.last)
    )
