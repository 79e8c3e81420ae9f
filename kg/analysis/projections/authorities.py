"""The bipartite graph of authorities and the platforms and companies that they act against."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx

from kg.analysis.projections.nodes import describe_node
from kg.analysis.records import GraphData


def project_authorities(data: GraphData) -> Any:
    """Project what authorities do against platforms and companies.

    Returns
    -------
    networkx.Graph
        Authorities have ``bipartite`` 0, platforms and companies 1; ``weight`` is the number of actions.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for action in data.actions:
        actor, target = data.agents.get(action.actor), data.agents.get(action.target)
        if action.is_against and actor and target and actor.is_authority and target.is_service:
            counts[action.actor, action.target] += 1
    graph = nx.Graph()
    for side in (0, 1):
        for party in sorted({pair[side] for pair in counts}):
            graph.add_node(party, bipartite=side, **describe_node(data, party))
    graph.add_weighted_edges_from((*pair, counts[pair]) for pair in sorted(counts))
    return graph
