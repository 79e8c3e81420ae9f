"""Which agents have more to do with one another than with the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.analysis.engines import choose_engine, convert_graph, run_seeded
from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.projections import project_against
from kg.analysis.records import GraphData
from kg.query.table import Value


def find_communities(graph: Any, *, engine: str | None = None, seed: int = 0) -> list[list[Any]]:
    """Part the agents so that as many actions as can be stay within a part: the parts of highest modularity found.

    Directions are dropped, actions there and back summed. igraph runs Leiden, networkx Louvain. Both draw lots, with a
    fixed seed, and search: another seed or engine may part a graph otherwise, about as well.

    Returns
    -------
    list of list
        The parts, the largest first, each in the order of the graph's nodes.

    References
    ----------
    V. D. Blondel et al. (2008), Fast unfolding of communities in large networks, J. Stat. Mech. P10008 (Louvain);
    V. A. Traag, L. Waltman, N. J. van Eck (2019), From Louvain to Leiden, Scientific Reports 9:5233.
    """
    nodes = list(graph)
    if not graph.number_of_edges():
        return [[node] for node in nodes]
    plain = number_nodes(graph)
    if choose_engine(engine) == "igraph":
        converted, _ = convert_graph(plain)
        found = run_seeded(seed, lambda: converted.community_leiden("modularity", weights="weight", n_iterations=-1))
        parts = [list(part) for part in found]
    else:
        parts = [sorted(part) for part in nx.community.louvain_communities(plain, seed=seed)]
    parts.sort(key=lambda part: (-len(part), min(part)))
    return [[nodes[index] for index in sorted(part)] for part in parts]


def compute_modularity(graph: Any, parts: list[list[Any]]) -> float:
    """How many more of the actions stay within the parts than if they fell at random, from below 0 to 1.

    References
    ----------
    M. E. J. Newman (2006), Modularity and community structure in networks, PNAS 103(23).
    """
    number = {node: index for index, node in enumerate(graph)}
    if not graph.number_of_edges():
        return 0.0
    return float(nx.community.modularity(number_nodes(graph), [{number[node] for node in part} for part in parts]))


def number_nodes(graph: Any) -> Any:
    """Drop the directions, and number the nodes: sets of numbers keep an order that sets of names have not."""
    number = {node: index for index, node in enumerate(graph)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(number)))
    weights: dict[tuple[int, int], float] = {}
    for source, target, weight in graph.edges(data="weight", default=1):
        one, other = sorted((number[source], number[target]))
        weights[one, other] = weights.get((one, other), 0) + weight
    plain.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    return plain


def list_communities(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the agents by community, in each the busiest first."""
    graph = project_against(data)
    parts = find_communities(graph, engine=options.engine, seed=options.seed)
    modularity = round_score(compute_modularity(graph, parts))
    for number, part in enumerate(parts, start=1):
        for agent in sorted(part, key=lambda agent: (-graph.degree(agent, weight="weight"), agent)):
            name, kind = data.get_name(agent), data.agents[agent].type
            yield number, len(part), name, kind, graph.degree(agent, weight="weight"), modularity


MEASURE = Measure(
    name="communities",
    title="Which agents have more to do with one another than with the rest?",
    source="Leiden (Traag et al. 2019), or Louvain (Blondel et al. 2008) without igraph; seeded",
    columns={
        "community": "its number; 1 is the largest",
        "size": "how many agents it has",
        "agent": "a member",
        "type": "what kind of agent it is",
        "actions": "actions that it took or suffered",
        "modularity": "of the whole partition: 0 is as at random, above 0.3 the parts are distinct",
    },
    run=list_communities,
)
