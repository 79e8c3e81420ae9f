"""What a reviewer decided: that two agents are one or not, that a claim is right, wrong, or to be corrected."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.claim import AgentRef, Claim
from kg.model.document import Document
from kg.model.ids import make_digest
from kg.model.values import Money, PartialDate

FILE_NAME = "judgements.jsonl"
"""The file in a store's folder that a build reads by default."""

AGENT_VERDICTS: tuple[str, ...] = ("same", "different", "undecided")
CLAIM_VERDICTS: tuple[str, ...] = ("accepted", "rejected", "corrected", "undecided")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who decided, when (an ISO 8601 day or UTC time) and why."""

    by: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class AgentJudgement:
    """Whether two agents are one.

    ``agents`` are their ids in order, ``names`` what they were called then, in the same order.
    """

    agents: tuple[str, str]
    names: tuple[str, str]
    verdict: str
    origin: Origin

    @property
    def id(self) -> str:
        """Identify the judgement by its content."""
        origin = self.origin
        return make_digest("agents", *self.agents, *self.names, self.verdict, origin.by, origin.when, origin.why)


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """Which claim is meant, by what it was read from rather than by an id that a new reading may change.

    ``text`` is the digest of the document's text; ``at`` is where the trigger starts in the quote, and ``start`` where
    it starts in the text; ``actor_words`` and ``target_words`` are the words that name the parties.
    """

    document: str
    text: str
    quote: str
    trigger: str
    at: int
    start: int
    action: str
    actor: str
    target: str
    status: str
    actor_words: str
    target_words: str

    @classmethod
    def from_claim(cls, claim: Claim, document: Document) -> ClaimKey:
        """Name a claim as it was read from a document."""
        evidence = claim.evidence
        return cls(
            document=document.id,
            text=make_digest(document.text),
            quote=evidence.quote,
            trigger=evidence.trigger.text,
            at=evidence.trigger.start - evidence.start,
            start=evidence.trigger.start,
            action=claim.action,
            actor=claim.actor.id,
            target=claim.target.id,
            status=claim.status,
            actor_words=evidence.actor_chain[-1].text if evidence.actor_chain else "",
            target_words=evidence.target_chain[-1].text if evidence.target_chain else "",
        )

    @property
    def subject(self) -> tuple[str, ...]:
        """What two judgements of one claim have in common, though the text around it has moved between them."""
        parts = (self.document, self.quote, self.trigger, str(self.at))
        return (*parts, self.action, self.actor, self.target, self.status)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a claim should say; None leaves a part as it was read, and ``removed`` names those it should not have."""

    action: str | None = None
    actor: AgentRef | None = None
    target: AgentRef | None = None
    status: str | None = None
    money: Money | None = None
    date: PartialDate | None = None
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = {
            "action": self.action,
            "actor": self.actor and self.actor.id,
            "target": self.target and self.target.id,
            "status": self.status,
            "amount": self.money and f"{self.money.currency} {self.money.amount}",
            "date": self.date and self.date.iso,
        }
        said = [f"{name}: {value}" for name, value in parts.items() if value]
        return "; ".join([*said, *(f"no {name}" for name in self.removed)])


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """Whether a claim says what its document says, and what it should say if not."""

    key: ClaimKey
    verdict: str
    origin: Origin
    correction: Correction = field(default_factory=Correction)

    @property
    def id(self) -> str:
        """Identify the judgement by its content."""
        origin = self.origin
        place = (self.key.text, str(self.key.start))
        agents = [
            f"{agent.name} {agent.type} {agent.country}" if agent else ""
            for agent in (self.correction.actor, self.correction.target)
        ]
        said = (self.verdict, str(self.correction), *agents, origin.by, origin.when, origin.why)
        return make_digest("claim", *self.key.subject, *place, *said)


Judgement = AgentJudgement | ClaimJudgement
