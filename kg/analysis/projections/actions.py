"""The directed multigraph of actions: an edge an action, from who acted to whom it was done."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.analysis.projections.nodes import add_parties
from kg.analysis.records import GraphData


def project_actions(data: GraphData) -> Any:
    """Project all actions, those against somebody and those in their favour.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are ids of agents (``name``, ``type``, ``jurisdiction``). The key of an edge is the id of its action; its
        attributes are ``action``, ``group``, ``status``, ``date``, ``confidence`` and ``sources``.
    """
    graph = nx.MultiDiGraph()
    add_parties(graph, data, data.parties)
    for action in data.actions:
        graph.add_edge(
            action.actor,
            action.target,
            key=action.id,
            action=action.type,
            group=action.group,
            status=action.status,
            date=action.when or "",
            confidence=action.confidence,
            sources=action.sources,
        )
    return graph
