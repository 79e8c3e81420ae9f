"""Decisions of reviewers, added to a file of judgements one by one, whoever asks for them: a terminal or a page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.judge import (
    Entry,
    append_judgements,
    decode_correction,
    decode_time,
    load_judgements,
    make_judgements,
)
from kg.kb import KnowledgeBase
from kg.model import AgentJudgement, Claim, ClaimJudgement, Correction, Judgement, Origin
from kg.review.claims import ClaimQuestion
from kg.review.profiles import Profile


class DecisionFile:
    """The judgements of a file, to which more are added one by one; each is written at once.

    Parameters
    ----------
    file
        The file, which is made with the first decision.
    kb
        Knows the agents that a correction names.
    by, when, why
        Who decides, when (now if None) and for what reason.

    Raises
    ------
    DataError
        If the file holds what is no judgement, or judgements that contradict one another.
    """

    def __init__(self, file: Path, kb: KnowledgeBase, *, by: str, when: str | None = None, why: str = "") -> None:
        self.file = file
        self.kb = kb
        self._entries = load_judgements(file, kb) if file.exists() else ()
        self.judgements = make_judgements(self._entries, kb)
        self.written = 0
        self.why = why
        self._by = by
        self._when = decode_time(when) if when else None

    def sign(self, why: str = "", by: str | None = None) -> Origin:
        """Tell who decides, when and why."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Origin(by or self._by, self._when or now, why or self.why)

    def add(self, judgements: Sequence[Judgement]) -> None:
        """Write judgements, all or none.

        Raises
        ------
        DataError
            If they contradict one another, or what was judged before.
        """
        added = [Entry(judgement, "this answer") for judgement in judgements]
        entries = (*self._entries, *added)
        self.judgements = make_judgements(entries, self.kb)
        append_judgements(self.file, judgements)
        self._entries = entries
        self.written += len(judgements)


def judge_agents(first: Profile, second: Profile, verdict: str, origin: Origin) -> AgentJudgement:
    """Judge whether two agents are one."""
    one, other = sorted((first, second), key=lambda profile: profile.id)
    return AgentJudgement((one.id, other.id), (one.name, other.name), verdict, origin)


def judge_claim(
    question: ClaimQuestion, verdict: str, origin: Origin, correction: Mapping[str, Any], kb: KnowledgeBase
) -> ClaimJudgement:
    """Judge a claim; the correction is as a file of judgements has it.

    Raises
    ------
    DataError
        If the correction can't be read, or makes somebody act on himself.
    """
    decoded = decode_correction(correction, kb) if correction else Correction()
    actor, target = decoded.actor or question.claim.actor, decoded.target or question.claim.target
    if actor.id == target.id:
        raise DataError(f"actor and target are both {actor.id!r}: want two")
    return ClaimJudgement(question.key, verdict, origin, decoded)


def list_values(claim: Claim) -> dict[str, str]:
    """List what of a claim may be corrected, as a person would write it; ``-`` is none."""
    return {
        "action": claim.action,
        "actor": claim.actor.name,
        "target": claim.target.name,
        "status": claim.status,
        "amount": f"{claim.money.currency} {claim.money.amount:,f}" if claim.money else "-",
        "date": claim.date.iso if claim.date else "-",
    }
