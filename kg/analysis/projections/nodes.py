"""What every projection says of an agent."""

from __future__ import annotations

from typing import Any

from kg.analysis.records import GraphData


def describe_node(data: GraphData, agent: str) -> dict[str, Any]:
    """The attributes of a node: ``name``, ``type``, ``jurisdiction`` (the name of its country or union, or "")."""
    found = data.agents.get(agent)
    return {
        "name": found.name if found else agent,
        "type": found.type if found else "Group",
        "jurisdiction": (data.get_name(found.jurisdiction) or "") if found else "",
    }


def add_parties(graph: Any, data: GraphData, parties: list[str] | tuple[str, ...]) -> None:
    """Add agents as nodes, in the order given."""
    graph.add_nodes_from((party, describe_node(data, party)) for party in parties)
