"""Who is acted against by those who are themselves much acted against, or act much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from kg.analysis.engines import choose_engine, list_links
from kg.analysis.measure import Measure, Options, rank_agents, round_score
from kg.analysis.projections import project_against
from kg.analysis.records import GraphData
from kg.query.table import Value

DAMPING = 0.85
_STEPS = 1000
_TOLERANCE = 1e-12


def compute_pagerank(graph: Any, *, engine: str | None = None) -> dict[Any, float]:
    """Compute PageRank, the share of time that a walk along the arrows spends at each agent.

    The walk goes from an agent to one that it acts against, by the number of actions, and starts anew at any agent with
    chance 0.15, or where an agent acts against nobody. So rank gathers where pressure ends up: not only with those
    who are acted against by many, but by many that are pressed themselves (a state presses a company, the company its
    users).

    Parameters
    ----------
    graph
        Who acts against whom; ``weight`` counts.
    engine
        ``networkx``, or ``igraph`` (as the fast engine is called): here numpy, which is through with the iteration
        before a graph of igraph would be made; their results agree to 1e-6.

    References
    ----------
    S. Brin, L. Page (1998), The anatomy of a large-scale hypertextual web search engine, Computer Networks 30.
    """
    if not graph:
        return {}
    if choose_engine(engine) == "igraph":
        return _walk(graph)
    scores: dict[Any, float] = nx.pagerank(graph, alpha=DAMPING, tol=1e-13, max_iter=1000)
    return scores


def _walk(graph: Any) -> dict[Any, float]:
    """Iterate as the paper does; each step is two passes over columns."""
    nodes, source, target, weight = list_links(graph)
    count = len(nodes)
    given = np.bincount(source, weight, count)
    share = DAMPING * weight / given[source]
    is_end = given == 0
    ranks = np.full(count, 1 / count)
    for _ in range(_STEPS):
        # What those who act against nobody have goes to all alike, and so does the chance to start anew.
        spread = (1 - DAMPING + DAMPING * ranks[is_end].sum()) / count
        former, ranks = ranks, np.bincount(target, share * ranks[source], count) + spread
        if np.abs(ranks - former).sum() < _TOLERANCE:
            break
    return dict(zip(nodes, (ranks / ranks.sum()).tolist(), strict=True))


def list_pagerank(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the agents, the highest rank first."""
    graph = project_against(data)
    scores = compute_pagerank(graph, engine=options.engine)
    for agent in rank_agents(scores):
        yield (
            data.get_name(agent),
            data.agents[agent].type,
            round_score(scores[agent]),
            graph.in_degree(agent, weight="weight"),
        )


MEASURE = Measure(
    name="pagerank",
    title="Where does the pressure end up?",
    source="PageRank (Brin & Page 1998), damping 0.85, on who acts against whom",
    columns={
        "agent": "its name",
        "type": "what kind of agent it is",
        "pagerank": "its share of all rank; the ranks of all agents sum to 1",
        "actions": "actions against it",
    },
    run=list_pagerank,
    ranks=("agent", "pagerank"),
)
