"""Graphs small enough to work out by hand."""

from __future__ import annotations

from decimal import Decimal

from kg.analysis import ActionRecord, AgentRecord, GraphData

AGENTS = {
    agent.id: agent
    for agent in (
        AgentRecord("france", "France", "Government", "france", "fr"),
        AgentRecord("germany", "Germany", "Government", "germany", "de"),
        AgentRecord("ireland", "Ireland", "Government", "ireland", "ie"),
        AgentRecord("cnil", "CNIL", "Regulator", "france", "fr"),
        AgentRecord("dpc", "DPC", "Regulator", "ireland", "ie"),
        AgentRecord("telegram", "Telegram", "Platform"),
        AgentRecord("tiktok", "TikTok", "Platform"),
        AgentRecord("durov", "Pavel Durov", "Person"),
        AgentRecord("users", "users", "Group"),
    )
}


def make_action(
    id: str, actor: str, type: str, target: str, date: str | None = None, *, money: str | None = None, **fields: object
) -> ActionRecord:
    """Make an action; ``money`` is such as ``EUR 5``."""
    if money:
        currency, amount = money.split()
        fields |= {"currency": currency, "amount": Decimal(amount)}
    return ActionRecord(id, type, actor, target, date=date, **fields)  # type: ignore[arg-type]


def make_data(*actions: ActionRecord, **agents: AgentRecord) -> GraphData:
    """Make a graph of these actions."""
    return GraphData(tuple(sorted(actions, key=lambda action: action.id)), AGENTS | agents)
