"""igraph behind the API of networkx: where it is installed it does the heavy measures, else networkx does."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from typing import Any, TypeVar

from kg.errors import QueryError

ENGINES = ("igraph", "networkx")
_Result = TypeVar("_Result")


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

    nodes = list(graph)
    number = {node: index for index, node in enumerate(nodes)}
    if weight is None:
        edges = [(number[source], number[target]) for source, target in graph.edges()]
        return igraph.Graph(n=len(nodes), edges=edges, directed=graph.is_directed()), nodes
    edges, weights = [], []
    for source, target, value in graph.edges(data=weight, default=1):
        edges.append((number[source], number[target]))
        weights.append(value)
    made = igraph.Graph(n=len(nodes), edges=edges, directed=graph.is_directed())
    made.es["weight"] = weights
    return made, nodes


def run_seeded(seed: int, act: Callable[[], _Result]) -> _Result:
    """Run a function of igraph that draws lots: the same seed draws the same."""
    import igraph

    # igraph keeps one generator for the whole process: give it ours for the time of the call.
    igraph.set_random_number_generator(random.Random(seed))
    try:
        return act()
    finally:
        igraph.set_random_number_generator(random)
