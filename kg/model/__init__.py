"""The model: documents, claims with evidence, facts, actions, agents. Standard library only."""

from kg.model.action import Action
from kg.model.agent import Agent
from kg.model.claim import AgentRef, Claim, Evidence, Fact, Reading, Review, Span
from kg.model.document import Document, Refusal
from kg.model.judgement import AgentJudgement, ClaimJudgement, ClaimKey, Correction, Judgement, Origin
from kg.model.values import Money, PartialDate

__all__ = [
    "Action",
    "Agent",
    "AgentJudgement",
    "AgentRef",
    "Claim",
    "ClaimJudgement",
    "ClaimKey",
    "Correction",
    "Document",
    "Evidence",
    "Fact",
    "Judgement",
    "Money",
    "Origin",
    "PartialDate",
    "Reading",
    "Refusal",
    "Review",
    "Span",
]
