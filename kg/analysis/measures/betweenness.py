"""Who stands between others in the chains of who acts against whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.analysis.engines import choose_engine, convert_graph
from kg.analysis.measure import Measure, Options, rank_agents, round_score
from kg.analysis.projections import project_against
from kg.analysis.records import GraphData
from kg.query.table import Value


def compute_betweenness(graph: Any, *, engine: str | None = None) -> dict[Any, float]:
    """Compute the share of shortest directed paths between two others that lead through an agent.

    A path is a chain of acting against (a state against a platform, the platform against a group); its length is its
    number of steps, whatever the weights. High is who passes pressure on: it is pressed, and presses others.

    Parameters
    ----------
    graph
        Who acts against whom.
    engine
        ``igraph`` or ``networkx``; their results agree to 1e-6.

    Returns
    -------
    dict
        By agent, of the ordered pairs of others: from 0 to 1, as ``networkx.betweenness_centrality`` gives it.

    References
    ----------
    L. C. Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40(1); computed after
    U. Brandes (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2).
    """
    if choose_engine(engine) != "igraph":
        scores: dict[Any, float] = nx.betweenness_centrality(graph, normalized=True)
        return scores
    converted, nodes = convert_graph(graph, weight=None)
    pairs = (len(nodes) - 1) * (len(nodes) - 2)
    if pairs <= 0:
        return dict.fromkeys(nodes, 0.0)
    scale = (1 if graph.is_directed() else 2) / pairs
    found = converted.betweenness(directed=graph.is_directed())
    return {node: score * scale for node, score in zip(nodes, found, strict=True)}


def list_betweenness(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the agents, those most in between first."""
    graph = project_against(data)
    scores = compute_betweenness(graph, engine=options.engine)
    for agent in rank_agents(scores):
        yield (
            data.get_name(agent),
            data.agents[agent].type,
            round_score(scores[agent]),
            graph.in_degree(agent),
            graph.out_degree(agent),
        )


MEASURE = Measure(
    name="betweenness",
    title="Who passes pressure on?",
    source="betweenness (Freeman 1977; Brandes 2001), unweighted and directed, on who acts against whom",
    columns={
        "agent": "its name",
        "type": "what kind of agent it is",
        "betweenness": "share of the shortest chains between two others that lead through it",
        "from": "how many others act against it",
        "to": "how many others it acts against",
    },
    run=list_betweenness,
    ranks=("agent", "betweenness"),
)
