"""The model: documents, claims with evidence, facts, actions, agents. Standard library only."""

from kg.model.action import Action
from kg.model.agent import Agent
from kg.model.claim import AgentRef, Claim, Evidence, Fact, Reading, Span
from kg.model.document import Document, Refusal
from kg.model.values import Money, PartialDate

__all__ = [
    "Action",
    "Agent",
    "AgentRef",
    "Claim",
    "Document",
    "Evidence",
    "Fact",
    "Money",
    "PartialDate",
    "Reading",
    "Refusal",
    "Span",
]
