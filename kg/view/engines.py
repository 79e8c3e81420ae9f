"""The two libraries that find communities and place nodes: igraph, and networkx where there is no igraph."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from kg.view.packing import Point

Weights = Mapping[tuple[int, int], float]
_Result = TypeVar("_Result")

_EXACT = 40  # up to so many nodes Kamada-Kawai, which is slow, draws better than Fruchterman-Reingold
_GRID = 1000  # above so many nodes igraph's Fruchterman-Reingold takes its faster way
_STEPS = 60  # of Fruchterman-Reingold; more change little that the eye would see


class Engine(Protocol):
    """Nodes are numbered from 0; edges are pairs with a weight, by which they hold together or pull."""

    def find_communities(self, count: int, weights: Weights, rng: random.Random) -> list[int]:
        """Return the number of each node's community."""

    def place(self, count: int, pulls: Weights, rng: random.Random) -> list[Point]:
        """Return a position for each node, in any unit."""


def _run_igraph(rng: random.Random, count: int, weights: Weights, act: Callable[[Any], _Result]) -> _Result:
    import igraph

    # igraph keeps one generator for the whole process: give it ours for the time of the call.
    igraph.set_random_number_generator(rng)
    try:
        graph = igraph.Graph(n=count, edges=list(weights))
        graph.es["weight"] = list(weights.values())
        return act(graph)
    finally:
        igraph.set_random_number_generator(random)


class IgraphEngine:
    """Leiden communities; Kamada-Kawai for small graphs, Fruchterman-Reingold for others."""

    def find_communities(self, count: int, weights: Weights, rng: random.Random) -> list[int]:
        """Return the number of each node's community."""
        return _run_igraph(rng, count, weights, self._find_communities)

    def place(self, count: int, pulls: Weights, rng: random.Random) -> list[Point]:
        """Return a position for each node, in any unit."""
        return _run_igraph(rng, count, pulls, self._place)

    @staticmethod
    def _find_communities(graph: Any) -> list[int]:
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=5)
        return list(found.membership)

    @staticmethod
    def _place(graph: Any) -> list[Point]:
        count = graph.vcount()
        if count <= _EXACT:
            layout = graph.layout_kamada_kawai(weights=[weight**-0.5 for weight in graph.es["weight"]])
        else:
            grid = "grid" if count > _GRID else "nogrid"
            layout = graph.layout_fruchterman_reingold(weights="weight", niter=_STEPS, grid=grid)
        return [(float(x), float(y)) for x, y in layout.coords]


class NetworkxEngine:
    """Louvain communities and the spring layout."""

    def find_communities(self, count: int, weights: Weights, rng: random.Random) -> list[int]:
        """Return the number of each node's community."""
        import networkx as nx

        graph = self._build_graph(count, weights)
        communities = nx.community.louvain_communities(graph, seed=rng.randrange(2**32))
        membership = [0] * count
        for number, nodes in enumerate(sorted(communities, key=min)):
            for node in nodes:
                membership[node] = number
        return membership

    def place(self, count: int, pulls: Weights, rng: random.Random) -> list[Point]:
        """Return a position for each node, in any unit."""
        import networkx as nx

        points = nx.spring_layout(self._build_graph(count, pulls), seed=rng.randrange(2**32), iterations=100)
        return [(float(points[node][0]), float(points[node][1])) for node in range(count)]

    @staticmethod
    def _build_graph(count: int, weights: Weights) -> Any:
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_weighted_edges_from((source, target, weight) for (source, target), weight in weights.items())
        return graph


ENGINES: dict[str, Engine] = {"igraph": IgraphEngine(), "networkx": NetworkxEngine()}
