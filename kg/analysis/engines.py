"""igraph behind the API of networkx: where it is installed it does the heavy measures, else networkx does."""

from __future__ import annotations

import importlib.util
import itertools
import random
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.errors import QueryError

ENGINES = ("igraph", "networkx")
_Result = TypeVar("_Result")
_Numbers: TypeAlias = NDArray[np.int64]


def choose_engine(name: str | None = None) -> str:
    """Choose the library that computes: the one named, else igraph where it is installed.

    Raises
    ------
    QueryError
        If there is none of that name, or it is not installed.
    """
    if name is None:
        return "igraph" if importlib.util.find_spec("igraph") else "networkx"
    if name not in ENGINES:
        raise QueryError(f"engine {name!r}: want one of {', '.join(ENGINES)}")
    if importlib.util.find_spec(name) is None:
        raise QueryError(f"engine {name!r} is not installed")
    return name


def convert_graph(graph: Any, weight: str | None = "weight") -> tuple[Any, list[Any]]:
    """Make an igraph graph of one of networkx.

    Parameters
    ----------
    graph
        A graph or digraph without parallel edges.
    weight
        The attribute that becomes igraph's ``weight``, 1 where an edge has none; None takes no weights.

    Returns
    -------
    tuple
        The graph, whose vertices are numbered, and the nodes by their numbers.
    """
    import igraph

    nodes, source, target, weights = list_links(graph, weight)
    pairs = list(zip(source.tolist(), target.tolist(), strict=True))  # which igraph reads faster than an array
    made = igraph.Graph(n=len(nodes), edges=pairs, directed=graph.is_directed())
    if weight is not None:
        made.es["weight"] = weights.tolist()
    return made, nodes


def list_links(graph: Any, weight: str | None = "weight") -> tuple[list[Any], _Numbers, _Numbers, NDArray[np.float64]]:
    """List the edges of a graph of networkx as columns, in its own order.

    Parameters
    ----------
    graph
        A graph or digraph without parallel edges.
    weight
        The attribute to list, 1 where an edge has none; with None all are 1.

    Returns
    -------
    tuple
        The nodes, and for each edge the numbers of its ends and its weight.
    """
    nodes = list(graph)
    number = {node: index for index, node in enumerate(nodes)}
    neighbours = [ends for _, ends in graph.adjacency()]
    lengths = np.fromiter(map(len, neighbours), np.int64, len(nodes))
    count = int(lengths.sum())
    source: NDArray[np.int64] = np.repeat(np.arange(len(nodes)), lengths)
    target: NDArray[np.int64] = np.fromiter(
        map(number.__getitem__, itertools.chain.from_iterable(neighbours)), np.int64, count
    )
    if weight is None:
        weights: NDArray[np.float64] = np.ones(count)
    else:
        found = [about.get(weight, 1) for ends in neighbours for about in ends.values()]
        weights = np.array(found, dtype=float)
    if not graph.is_directed():
        # Each edge stands with both of its ends.
        once = source <= target
        source, target, weights = source[once], target[once], weights[once]
    return nodes, source, target, weights


def run_seeded(seed: int, act: Callable[[], _Result]) -> _Result:
    """Run a function of igraph that draws lots: the same seed draws the same."""
    import igraph

    # igraph keeps one generator for the whole process: give it ours for the time of the call.
    igraph.set_random_number_generator(random.Random(seed))
    try:
        return act()
    finally:
        igraph.set_random_number_generator(random)
