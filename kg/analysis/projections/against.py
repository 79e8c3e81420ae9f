"""The weighted digraph of who acts against whom."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from kg.analysis.projections.nodes import add_parties
from kg.analysis.records import GraphData


def project_against(data: GraphData) -> Any:
    """Project the actions that are directed against their targets, parallel ones as one edge.

    Left out is what serves the target or gives way to it (support, release, settle, comply, withdraw), and what
    somebody does to themselves.

    Returns
    -------
    networkx.DiGraph
        ``weight`` is the number of actions, ``confidence`` the sum of their confidences (how many of them to expect to
        be right), ``first`` and ``last`` the dates between which they fall ("" where none is known).
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sure: dict[tuple[str, str], float] = defaultdict(float)
    dates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for action in data.actions:
        if action.is_against and action.actor != action.target:
            pair = action.actor, action.target
            counts[pair] += 1
            sure[pair] += action.confidence
            if action.when:
                dates[pair].append(action.when)
    graph = nx.DiGraph()
    add_parties(graph, data, sorted({party for pair in counts for party in pair}))
    for actor, target in sorted(counts):
        told = dates[actor, target]
        graph.add_edge(
            actor,
            target,
            weight=counts[actor, target],
            confidence=round(sure[actor, target], 4),
            first=min(told, default=""),
            last=max(told, default=""),
        )
    return graph
