"""The agents of mentions, by their types."""

from __future__ import annotations

from kg.model import AgentRef
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

ORGANISATIONS = frozenset(
    [
        "Platform",
        "Company",
        "Government",
        "Regulator",
        "Court",
        "Ministry",
        "LawEnforcement",
        "Legislature",
        "Supranational",
        "CivilSociety",
        "Media",
        "ArmedGroup",
    ]
)
BUSINESSES = frozenset({"Platform", "Company"})
STATES = frozenset({"Government", "Place", "Supranational"})


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
