"""Leave persons out of what a document says: their claims and facts go, and their names are masked in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.errors import KgError
from kg.kb import KnowledgeBase
from kg.model import AgentJudgement, AgentRef, Claim, Document, Evidence, Fact, Judgement, Reading, Span
from kg.model.ids import make_digest
from kg.privacy.forgotten import Forgotten
from kg.privacy.masks import MASK, NameFinder, digest_name

PERSONS: tuple[str, ...] = ("all", "known")
"""Which persons a graph tells of: all, or those of the knowledge base and those whose office the document states."""


class Withheld:
    """Whom a graph leaves out.

    A person of the knowledge base is public, and so is, in a document, one of whom that document says which role at
    which body or firm he has. Any other person is private.

    Parameters
    ----------
    forgotten
        Who is left out whoever it is.
    persons
        Of `PERSONS`: whether private persons are left out too.
    kb
        The knowledge base.

    Raises
    ------
    KgError
        If ``persons`` is another word.
    """

    def __init__(self, forgotten: Forgotten, persons: str, kb: KnowledgeBase) -> None:
        if persons not in PERSONS:
            raise KgError(f"persons {persons!r}: want {' or '.join(PERSONS)}")
        self._forgotten = forgotten
        self.persons = persons
        self._kb = kb

    @property
    def digest(self) -> str:
        """The same for those who leave out the same; '' where nobody is left out."""
        if self.persons == PERSONS[0] and not self._forgotten.agents:
            return ""
        return make_digest(self.persons, self._forgotten.digest)

    def filter_knowledge(self) -> KnowledgeBase:
        """Give the knowledge base without those who are left out, and who then own and run nothing."""
        gone = {id for id in self._kb.agents if self._forgotten.has(id)}
        if not gone:
            return self._kb
        kept = {}
        for id, agent in self._kb.agents.items():
            if id not in gone:
                owner, operator, whole = (
                    None if other in gone else other for other in (agent.owner, agent.operator, agent.part_of)
                )
                kept[id] = replace(agent, owner=owner, operator=operator, part_of=whole)
        return KnowledgeBase(kept, self._kb.laws)

    def apply(self, document: Document, reading: Reading) -> tuple[Document, Reading]:
        """Leave them out of a document and of what was read from it; twice is as once."""
        if not self.digest:
            return document, reading
        private = self._find_private(reading)
        names = self._forgotten.names | {digest for name in private.values() for digest in name}
        finder = NameFinder(names, filter(None, (document.text, document.title, document.author)))
        text = finder.mask(document.text)
        claims = tuple(
            _mask_claim(claim, text)
            for claim in reading.claims
            if not any(self._is_left_out(party, private) for party in list_parties(claim))
        )
        facts = tuple(
            replace(fact, quote=text[fact.start : fact.end], value=fact.value and finder.mask(fact.value))
            for fact in reading.facts
            if not any(self._is_left_out(party, private) for party in list_parties(fact))
        )
        masked = replace(
            document,
            text=text,
            title=document.title and finder.mask(document.title),
            author=document.author and finder.mask(document.author),
            # An address that spells a name can't be masked and lead anywhere.
            url=None if document.url and finder.find(document.url) else document.url,
        )
        return masked, Reading(reading.document_id, claims, facts)

    def is_about_forgotten(self, judgement: Judgement) -> bool:
        """Tell whether a judgement names or quotes somebody who is forgotten, and so is not to be told itself."""
        if isinstance(judgement, AgentJudgement):
            return any(map(self._forgotten.has, judgement.agents))
        key = judgement.key
        return (
            any(map(self._forgotten.has, (key.actor, key.target)))
            or bool(NameFinder(self._forgotten.names, [key.quote]).find(key.quote))
            or any(
                party and self._forgotten.has(party.id)
                for party in (judgement.correction.actor, judgement.correction.target)
            )
        )

    def has_forgotten(self, agent: str) -> bool:
        """Tell whether the agent of an id is forgotten."""
        return self._forgotten.has(agent)

    def _is_left_out(self, party: AgentRef, private: dict[str, set[str]]) -> bool:
        # Where a text is read again whose names are masked already, the masks may be taken for a name.
        return party.id in private or MASK in party.name or self._forgotten.has(party.id)

    def _find_private(self, reading: Reading) -> dict[str, set[str]]:
        """Map the ids of private persons to the digests of the names that the document calls them by."""
        if self.persons == PERSONS[0]:
            return {}
        public = {fact.subject.id for fact in reading.facts if fact.relation == "role" and fact.object is not None}
        named: dict[str, set[str]] = {}
        for party in list_named(reading):
            if party.type == "Person" and party.id not in public and party.id not in self._kb.agents:
                named.setdefault(party.id, set()).update(filter(None, [digest_name(party.name)]))
        return named


def list_parties(said: Claim | Fact) -> Iterator[AgentRef]:
    """List the agents that a claim or a fact is about, and who says it."""
    parties = (said.actor, said.target, said.speaker) if isinstance(said, Claim) else (said.subject, said.object)
    return (party for party in parties if party is not None)


def list_named(reading: Reading) -> Iterator[AgentRef]:
    """List the agents that a reading names, as often as it does."""
    for claim in reading.claims:
        yield from list_parties(claim)
    for fact in reading.facts:
        yield from list_parties(fact)


def _mask_claim(claim: Claim, text: str) -> Claim:
    evidence = claim.evidence

    def cut(span: Span) -> Span:
        return replace(span, text=text[span.start : span.end])

    return replace(
        claim,
        evidence=Evidence(
            evidence.document_id,
            evidence.start,
            evidence.end,
            text[evidence.start : evidence.end],
            cut(evidence.trigger),
            tuple(map(cut, evidence.actor_chain)),
            tuple(map(cut, evidence.target_chain)),
        ),
    )
