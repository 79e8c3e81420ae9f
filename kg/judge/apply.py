"""Apply judgements to what a document says, before claims become actions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kg.judge.claims import ClaimJudgements
from kg.judge.correct import correct_claim
from kg.judge.encode import format_judgement
from kg.judge.files import Entry, load_judgements
from kg.judge.identity import Identity
from kg.kb import KnowledgeBase
from kg.model import Claim, Document, Fact, Judgement, Reading, Review


@dataclass(frozen=True)
class Judgements:
    """All judgements of a build, ready to apply.

    Raises
    ------
    DataError
        If they contradict one another; on creation.
    """

    entries: tuple[Entry, ...]
    kb: KnowledgeBase

    def __post_init__(self) -> None:
        # Contradictions are refused before anything is read, not after an hour of reading.
        assert self.identity is not None

    @cached_property
    def identity(self) -> Identity:
        """Which agents are one."""
        return Identity(self.entries, self.kb)

    @cached_property
    def claims(self) -> ClaimJudgements:
        """What was judged of claims."""
        return ClaimJudgements(self.entries, self.identity)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements in their order."""
        return tuple(entry.judgement for entry in self.entries)

    @cached_property
    def digest(self) -> str:
        """Tell whether another build applied the same judgements in the same order; '' where there are none."""
        lines = "".join(f"{format_judgement(judgement)}\n" for judgement in self.judgements)
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest() if lines else ""

    def apply(self, document: Document, reading: Reading) -> Reading:
        """Say what a document says by these judgements.

        A rejected claim is left out, an accepted one is certain, a corrected one says what it should; then each agent
        is replaced by the one that stands for it. What would thereby be said of an agent and itself is left out.

        Parameters
        ----------
        document
            The document.
        reading
            What was read from it, to which no judgement was applied before.
        """
        if not self.entries:
            return reading
        claims: tuple[Claim, ...] = reading.claims
        if self.claims.is_about(document):
            judged = (self._judge(claim, document) for claim in claims)
            claims = tuple(claim for claim in judged if claim is not None)
        if self.identity.canonical:
            claims = tuple(claim for claim in map(self._move_claim, claims) if claim is not None)
            facts = tuple(fact for fact in map(self._move_fact, reading.facts) if fact is not None)
            return Reading(reading.document_id, claims, facts)
        return replace(reading, claims=claims)

    def find_used(self, document: Document, reading: Reading) -> set[str]:
        """Find the ids of the judgements that hold for a claim of a reading, to which none was applied before."""
        found = (self.claims.find(claim, document) for claim in reading.claims)
        return {judgement.id for judgement in found if judgement is not None}

    def _judge(self, claim: Claim, document: Document) -> Claim | None:
        judgement = self.claims.find(claim, document)
        if judgement is None or judgement.verdict == "undecided":
            return claim
        if judgement.verdict == "rejected":
            return None
        if judgement.verdict == "accepted":
            return replace(claim, confidence=1.0, review=Review(judgement.id))
        corrected = correct_claim(claim, judgement, self.kb)
        return None if corrected.actor.id == corrected.target.id else corrected

    def _move_claim(self, claim: Claim) -> Claim | None:
        actor, target = self.identity.refer(claim.actor), self.identity.refer(claim.target)
        speaker = claim.speaker and self.identity.refer(claim.speaker)
        if (actor, target, speaker) == (claim.actor, claim.target, claim.speaker):
            return claim
        return None if actor.id == target.id else replace(claim, actor=actor, target=target, speaker=speaker)

    def _move_fact(self, fact: Fact) -> Fact | None:
        subject, other = self.identity.refer(fact.subject), fact.object and self.identity.refer(fact.object)
        if (subject, other) == (fact.subject, fact.object):
            return fact
        return None if other and subject.id == other.id else replace(fact, subject=subject, object=other)


def make_judgements(entries: Iterable[Entry], kb: KnowledgeBase) -> Judgements:
    """Make judgements ready to apply.

    Raises
    ------
    DataError
        If they contradict one another.
    """
    return Judgements(tuple(entries), kb)


def read_judgements(path: Path | None, kb: KnowledgeBase) -> Judgements:
    """Load a file of judgements, and make them ready to apply; none where there is no path.

    Raises
    ------
    DataError
        If the file can't be read, a line is no judgement, or judgements contradict one another.
    """
    return make_judgements(() if path is None else load_judgements(path, kb), kb)
