"""Edges as arrays: summed, found to hang together, shared out; and columns whose rows share one value."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np

from kg.view.columns import StringTable, encode_numbers
from kg.view.edges import find_parts, gather_edges, split_edges
from kg.view.packing import spread_places


def test_edges_there_and_back_are_summed_and_loops_left_out() -> None:
    """What leads there and back is one edge with both weights, whatever the order; a loop is none."""
    weights = {(2, 1): 0.1, (1, 1): 5.0, (0, 2): 1.0, (1, 2): 0.2}
    edges = gather_edges(3, weights)
    assert edges.list_pairs() == [(0, 2), (1, 2)]
    assert edges.weight.tolist() == [1.0, 0.1 + 0.2]
    turned = gather_edges(3, dict(reversed(weights.items())))
    assert turned.weight.tolist() == edges.weight.tolist()


def test_parts_are_those_of_networkx() -> None:
    """Sparse random graphs and a long path numbered at random fall into the parts that networkx finds."""
    rng = random.Random(4)
    path = rng.sample(range(300), 300)
    graphs = [nx.gnm_random_graph(300, count, seed=count) for count in (0, 100, 200, 400)]
    graphs.append(nx.relabel_nodes(nx.path_graph(300), dict(enumerate(path))))
    for graph in graphs:
        found = find_parts(300, gather_edges(300, dict.fromkeys(graph.edges, 1.0)))
        expected = sorted(map(sorted, nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
        assert [part.tolist() for part in found] == expected


def test_groups_get_their_own_edges() -> None:
    """Each group's edges are numbered within it, a group without any has none, and what joins two groups is gone."""
    edges = gather_edges(5, {(0, 2): 1.0, (2, 4): 2.0, (1, 4): 3.0})
    inner = split_edges(5, edges, [np.array([0, 2, 4]), np.array([3]), np.array([1])])
    assert [one.list_pairs() for one in inner] == [[(0, 1), (1, 2)], [], []]
    assert inner[0].weight.tolist() == [1.0, 2.0]


def test_crowded_points_are_spread_until_they_hardly_overlap() -> None:
    """Of 400 discs thrown about a place where half would fit, no two overlap by a tenth in the end."""
    rng = random.Random(2)
    places = np.array([complex(rng.gauss(0, 150), rng.gauss(0, 150)) for _ in range(400)])
    spread = spread_places(places, np.full(400, 10.0)).tolist()
    assert min(abs(spread[a] - spread[b]) for a in range(400) for b in range(a)) > 18


def test_a_value_that_all_rows_share_is_written_once() -> None:
    """Such a column holds the value and a count; one row, or rows that differ, are written as they are."""
    assert encode_numbers([None, None, None]) == ("n", [None], 3)
    assert encode_numbers([7.0]) == ("n", [7.0])
    assert encode_numbers([7.0, 8.0, 7.0]) == ("n", [7.0, 8.0, 7.0])
    strings = StringTable()
    assert strings.encode_strings(["b", None, "a", "b", ""]) == ("s", [1, 0, 2, 1, 0])
    assert strings.encode_lists([("a",), (), ("a", "c"), ("",)]) == ("S", [2, 0, [2, 3], [0]])
    assert strings.strings == ["", "b", "a", "c"]
