"""What one document says: claims and facts, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import EvidenceError
from kg.model.values import Money, PartialDate


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets into a document's text, with the words that stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of a claim: the quote, and for a party named elsewhere the mentions that lead to its name.

    ``actor_chain`` and ``target_chain`` start with the mention in the quote and end with the one that names the agent;
    a party that the text leaves implicit (a place that stands for its authorities, say) has the span it is read from.
    """

    document_id: str
    start: int
    end: int
    quote: str
    trigger: Span
    actor_chain: tuple[Span, ...]
    target_chain: tuple[Span, ...]

    def check(self, text: str) -> None:
        """Hold every span against the document's text.

        Raises
        ------
        EvidenceError
            If a span does not say what the text says there, or the quote lacks the trigger or the first mentions.
        """
        spans = (Span(self.start, self.end, self.quote), self.trigger, *self.actor_chain, *self.target_chain)
        for span in spans:
            if text[span.start : span.end] != span.text:
                raise EvidenceError(f"{self.document_id}: {span.text!r} does not stand at {span.start}:{span.end}")
        for chain in ((self.trigger,), self.actor_chain[:1], self.target_chain[:1]):
            for span in chain:
                if not (self.start <= span.start and span.end <= self.end):
                    raise EvidenceError(f"{self.document_id}: {span.text!r} lies outside of the quote")


@dataclass(frozen=True, slots=True, order=True)
class AgentRef:
    """An agent as one document's reading sees it: linked to the knowledge base, or new by name and type."""

    id: str
    name: str
    type: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """That a reviewer holds a claim for right: the judgement's id, and the claim as it was read if it was corrected."""

    judgement: str
    revision_of: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who acted against whom, as one document says it.

    ``date`` is the day of the action as far as the document tells it, ``published`` that of the document: news tells
    what is recent, so it says when an action may have been of which no date is told.
    """

    id: str
    action: str
    actor: AgentRef
    target: AgentRef
    status: str
    evidence: Evidence
    confidence: float
    rule: str
    charges: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    money: Money | None = None
    date: PartialDate | None = None
    speaker: AgentRef | None = None
    published: PartialDate | None = None
    review: Review | None = None

    @property
    def document_id(self) -> str:
        """The document that makes the claim."""
        return self.evidence.document_id


@dataclass(frozen=True, slots=True)
class Fact:
    """Who is what, as one document says it; ``object`` may be None for ``users``."""

    id: str
    relation: str
    subject: AgentRef
    object: AgentRef | None
    value: str | None
    document_id: str
    start: int
    end: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document says."""

    document_id: str
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
