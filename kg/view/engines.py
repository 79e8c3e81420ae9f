"""The two libraries that find communities and place nodes: igraph, and networkx where there is no igraph."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from kg.view.packing import Places

Weights = Mapping[tuple[int, int], float]
_Result = TypeVar("_Result")

_EXACT = 40  # up to so many nodes Kamada-Kawai, which is slow, draws better than Fruchterman-Reingold
_GRID = 1000  # above so many nodes igraph's Fruchterman-Reingold takes its faster way
_STEPS = 16  # of Fruchterman-Reingold, from a rough picture: fewer crossings than 60 from places at random
_PIVOTS = 16  # from so many nodes the others' distances are taken for it


class Engine(Protocol):
    """Nodes are numbered from 0; edges are pairs with a weight, by which they hold together or pull."""

    def find_communities(self, count: int, weights: Weights, rng: random.Random) -> list[int]:
        """Return the number of each node's community."""

    def place(self, count: int, pulls: Weights, rng: random.Random) -> Places:
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


def _read_places(points: Sequence[Sequence[float]]) -> Places:
    columns = np.array(points, dtype=float).reshape(-1, 2)
    places: Places = columns[:, 0] + 1j * columns[:, 1]
    return places


class IgraphEngine:
    """Leiden communities; Kamada-Kawai for small graphs, Fruchterman-Reingold for others."""

    def find_communities(self, count: int, weights: Weights, rng: random.Random) -> list[int]:
        """Return the number of each node's community."""
        return _run_igraph(rng, count, weights, self._find_communities)

    def place(self, count: int, pulls: Weights, rng: random.Random) -> Places:
        """Return a position for each node, in any unit."""
        return _run_igraph(rng, count, pulls, lambda graph: self._place(graph, rng))

    @staticmethod
    def _find_communities(graph: Any) -> list[int]:
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=2)
        return list(found.membership)

    @staticmethod
    def _place(graph: Any, rng: random.Random) -> Places:
        count = graph.vcount()
        if count <= _EXACT:
            layout = graph.layout_kamada_kawai(weights=[weight**-0.5 for weight in graph.es["weight"]])
        else:
            layout = graph.layout_fruchterman_reingold(
                weights="weight",
                niter=_STEPS,
                grid="grid" if count > _GRID else "nogrid",
                seed=_place_roughly(graph, rng),
                start_temp=math.sqrt(count) / 7,
            )
        return _read_places(layout.coords)


def _place_roughly(graph: Any, rng: random.Random) -> list[list[float]]:
    """Place nodes by how many edges they are from a few others (Brandes and Pich, Pivot MDS, 2006)."""
    count = graph.vcount()
    far = np.array(graph.distances(source=sorted(rng.sample(range(count), min(_PIVOTS, count)))), dtype=float).T
    far[np.isinf(far)] = count
    far *= far
    far += far.mean() - far.mean(axis=0) - far.mean(axis=1, keepdims=True)
    # Not "@", whose sums may differ in the last bit with the number of processors.
    places = np.einsum("np,pd->nd", far, np.linalg.eigh(np.einsum("np,nq->pq", far, far)).eigenvectors[:, -2:])
    # As wide as Fruchterman and Reingold's picture will be; where all are as far from one another, there is no telling.
    places *= 0.35 * count / (np.linalg.norm(places) or 1.0)
    rough: list[list[float]] = places.tolist()
    return rough


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

    def place(self, count: int, pulls: Weights, rng: random.Random) -> Places:
        """Return a position for each node, in any unit."""
        import networkx as nx

        points = nx.spring_layout(self._build_graph(count, pulls), seed=rng.randrange(2**32), iterations=100)
        return _read_places([points[node] for node in range(count)])

    @staticmethod
    def _build_graph(count: int, weights: Weights) -> Any:
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_weighted_edges_from((source, target, weight) for (source, target), weight in weights.items())
        return graph


ENGINES: dict[str, Engine] = {"igraph": IgraphEngine(), "networkx": NetworkxEngine()}
