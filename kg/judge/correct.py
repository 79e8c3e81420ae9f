"""What a claim says after a reviewer has corrected it."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.kb import KnowledgeBase
from kg.model import AgentRef, Claim, ClaimJudgement, Evidence, Review, Span
from kg.model.ids import make_digest


def correct_claim(claim: Claim, judgement: ClaimJudgement, kb: KnowledgeBase) -> Claim:
    """Make the claim that a reviewer says a document makes, with the same quote for its proof.

    Its id is one of its own, for it is not what was read; its review leads to that.

    Parameters
    ----------
    claim
        The claim as it was read.
    judgement
        How it is to be corrected.
    kb
        Knows by which names the quote may call a party that was corrected.
    """
    correction, evidence = judgement.correction, claim.evidence
    if correction.actor and correction.actor.id != claim.actor.id:
        evidence = replace(evidence, actor_chain=_find_chain(correction.actor, evidence, kb) or evidence.actor_chain)
    if correction.target and correction.target.id != claim.target.id:
        evidence = replace(evidence, target_chain=_find_chain(correction.target, evidence, kb) or evidence.target_chain)
    return replace(
        claim,
        id=make_digest("corrected", claim.id, judgement.id),
        action=correction.action or claim.action,
        actor=correction.actor or claim.actor,
        target=correction.target or claim.target,
        status=correction.status or claim.status,
        money=None if "amount" in correction.removed else correction.money or claim.money,
        date=None if "date" in correction.removed else correction.date or claim.date,
        evidence=evidence,
        confidence=1.0,
        review=Review(judgement.id, revision_of=claim.id),
    )


def _find_chain(agent: AgentRef, evidence: Evidence, kb: KnowledgeBase) -> tuple[Span, ...]:
    """Find where the quote names an agent; nowhere, if a reviewer knows it from elsewhere."""
    known = kb.agents.get(agent.id)
    names = {agent.name, *((known.name, *known.aliases, *known.metonyms, *known.adjectives) if known else ())}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", evidence.quote):
            start = evidence.start + found.start()
            return (Span(start, start + len(name), name),)
    return ()
