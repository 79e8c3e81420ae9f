"""Agents that are acted against by the same others."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import networkx as nx

from kg.analysis.projections.nodes import add_parties
from kg.analysis.records import GraphData


def project_cotargets(data: GraphData) -> Any:
    """Join two agents that the same actor acted against.

    Returns
    -------
    networkx.Graph
        ``weight`` is the number of different actors that acted against both. Agents that share none are left out.

    Notes
    -----
    The one-mode projection of a two-mode network (Borgatti & Everett 1997, Social Networks 19), as co-citation joins
    papers that the same papers cite. An actor with n targets makes n(n-1)/2 pairs.
    """
    targets: dict[str, set[str]] = defaultdict(set)
    for action in data.actions:
        if action.is_against and action.actor != action.target:
            targets[action.actor].add(action.target)
    counts: Counter[tuple[str, str]] = Counter()
    for actor in sorted(targets):
        counts.update(combinations(sorted(targets[actor]), 2))
    graph = nx.Graph()
    add_parties(graph, data, sorted({party for pair in counts for party in pair}))
    graph.add_weighted_edges_from((*pair, counts[pair]) for pair in sorted(counts))
    return graph
