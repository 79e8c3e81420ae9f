from __future__ import annotations

import subprocess
import sys
from typing import Any

import networkx as nx
import pytest

from kg.analysis import find_measure
from kg.analysis.engines import choose_engine
from kg.analysis.measures.betweenness import compute_betweenness
from kg.analysis.measures.communities import compute_modularity, find_communities
from kg.analysis.measures.hits import compute_hits
from kg.analysis.measures.pagerank import compute_pagerank
from kg.analysis.measures.reciprocity import compute_reciprocity
from kg.analysis.measures.strength import compute_strength
from kg.analysis.projections import project_actions
from kg.errors import QueryError
from tests.analysis.samples import make_action, make_data


def make_random(seed: int, count: int = 120, links: int = 600) -> Any:
    """Draw a digraph with weights, dangling nodes and parts that don't hang together."""
    graph = nx.gnm_random_graph(count, links, seed=seed, directed=True)
    graph.add_nodes_from(["alone", "apart"])
    graph.add_edge("alone", "apart")
    for number, (source, target) in enumerate(graph.edges()):
        graph[source][target]["weight"] = 1 + number % 4
    return graph


def assert_close(one: dict[Any, float], other: dict[Any, float]) -> None:
    """Hold two sets of scores together, to 1e-6."""
    assert one.keys() == other.keys()
    assert max(abs(one[node] - other[node]) for node in one) < 1e-6


def test_pagerank_of_three_by_hand() -> None:
    """Where a and b point to c, which points to nobody, c has (1 + 1.7) times the rank of a, of sum 1."""
    graph = nx.DiGraph([("a", "c"), ("b", "c")])
    for engine in ("igraph", "networkx"):
        scores = compute_pagerank(graph, engine=engine)
        # r_a = r_b = x ; r_c = x + 2 * 0.85 x ; the sum of all is 1
        x = 1 / (1 + 1 + 2.7)
        assert_close(scores, {"a": x, "b": x, "c": 2.7 * x})


@pytest.mark.parametrize("seed", range(3))
def test_pagerank_of_igraph_is_that_of_networkx(seed: int) -> None:
    """With weights, dangling nodes and several parts, both engines agree to 1e-6."""
    graph = make_random(seed)
    assert_close(compute_pagerank(graph, engine="igraph"), compute_pagerank(graph, engine="networkx"))


def test_betweenness_of_a_chain_by_hand() -> None:
    """In a > b > c > d the middle two lie on two of the six ordered pairs of others each."""
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d")])
    for engine in ("igraph", "networkx"):
        assert_close(compute_betweenness(graph, engine=engine), {"a": 0, "b": 2 / 6, "c": 2 / 6, "d": 0})


@pytest.mark.parametrize("seed", range(3))
def test_betweenness_of_igraph_is_that_of_networkx(seed: int) -> None:
    """Directed and undirected, both engines agree to 1e-6."""
    graph = make_random(seed)
    for form in (graph, graph.to_undirected()):
        assert_close(compute_betweenness(form, engine="igraph"), compute_betweenness(form, engine="networkx"))


def test_hits_of_a_star_by_hand() -> None:
    """Where a points to b and c, and d to c: with hubs h_a = (1 + g) h_d and so on, g the golden ratio."""
    hubs, targets = compute_hits(nx.DiGraph([("a", "b"), ("a", "c"), ("d", "c")]))
    golden = (1 + 5**0.5) / 2
    assert_close(hubs, {"a": golden / (1 + golden), "b": 0, "c": 0, "d": 1 / (1 + golden)})
    assert_close(targets, {"a": 0, "b": 1 / (1 + golden), "c": golden / (1 + golden), "d": 0})


@pytest.mark.parametrize("seed", range(3))
def test_hits_is_that_of_networkx(seed: int) -> None:
    """On connected graphs the scores are those of networkx to 1e-6."""
    graph = make_random(seed)
    for mine, theirs in zip(compute_hits(graph), nx.hits(graph, tol=1e-12), strict=True):
        assert_close(mine, theirs)


def test_hits_of_equal_parts_ties() -> None:
    """Two parts of one form tie: neither takes all, as an eigenvector picked at random would have it."""
    hubs, _ = compute_hits(nx.DiGraph([("a", "b"), ("c", "d")]))
    assert_close(hubs, {"a": 0.5, "b": 0, "c": 0.5, "d": 0})


def make_two_circles() -> Any:
    """Two groups of five, all at odds with all within, joined by one edge."""
    graph = nx.DiGraph()
    for group in ("left", "right"):
        graph.add_edges_from((f"{group}{i}", f"{group}{j}") for i in range(5) for j in range(5) if i != j)
    graph.add_edge("left0", "right0")
    return graph


@pytest.mark.parametrize("engine", ["igraph", "networkx"])
def test_communities_part_two_groups(engine: str) -> None:
    """Both engines part the groups at the bridge, and the modularity is that worked out by hand."""
    graph = make_two_circles()
    parts = find_communities(graph, engine=engine, seed=7)
    assert [sorted(part) for part in parts] == [[f"{g}{i}" for i in range(5)] for g in ("left", "right")]
    # 41 actions, 20 within each group: one group has the degrees 41, the other 41, of 82.
    assert compute_modularity(graph, parts) == pytest.approx(40 / 41 - 2 * (41 / 82) ** 2)


@pytest.mark.parametrize("engine", ["igraph", "networkx"])
def test_communities_are_the_same_each_time(engine: str) -> None:
    """One seed gives one partition, whatever the salt of Python's hashes."""
    script = (
        "import networkx as nx\nfrom kg.analysis.measures.communities import find_communities\n"
        "graph = nx.relabel_nodes(nx.gnm_random_graph(60, 150, seed=3), lambda n: f'agent {n}')\n"
        f"print(find_communities(graph, engine={engine!r}, seed=7))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": salt, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for salt in ("1", "2")
    }
    assert len(said) == 1


def test_communities_of_both_engines_are_about_as_good() -> None:
    """Leiden and Louvain find partitions whose modularity differs by less than 0.03."""
    graph = make_random(5)
    one, other = (compute_modularity(graph, find_communities(graph, engine=name)) for name in ("igraph", "networkx"))
    assert abs(one - other) < 0.03
    assert one > 0.2


def test_strength_counts_by_group() -> None:
    """Each action counts once for its actor and once for its target, in its group."""
    data = make_data(
        make_action("a", "france", "arrest", "durov"),
        make_action("b", "france", "accuse", "durov"),
        make_action("c", "durov", "deny", "france"),
    )
    counts = compute_strength(project_actions(data))
    assert {name: count for name, count in counts["france"].items() if count} == {
        "out": 2,
        "in": 1,
        "out_coercion": 1,
        "out_words": 1,
        "in_response": 1,
    }


def test_reciprocity_by_hand() -> None:
    """Of three links among three agents two are mutual; chance would have returned half of them."""
    figures = compute_reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    assert figures == {
        "links": 3,
        "mutual": 2,
        "reciprocity": pytest.approx(2 / 3),
        "density": 0.5,
        "excess": pytest.approx(1 / 3),
    }
    graph = make_random(1)
    assert compute_reciprocity(graph)["reciprocity"] == pytest.approx(nx.overall_reciprocity(graph))


def test_engines_are_refused_or_fall_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without igraph networkx computes, and asking for igraph is refused; so is an engine that nobody knows."""
    with pytest.raises(QueryError, match="'abacus'"):
        choose_engine("abacus")
    graph = make_random(2)
    before = compute_pagerank(graph)
    monkeypatch.setitem(sys.modules, "igraph", None)
    assert choose_engine() == "networkx"
    assert_close(compute_pagerank(graph), before)
    assert compute_betweenness(graph) and find_communities(graph)
    with pytest.raises(QueryError, match="not installed"):
        choose_engine("igraph")


@pytest.mark.parametrize("name", ["strength", "pagerank", "hits", "betweenness", "communities", "reciprocity", "dyads"])
def test_measures_of_an_empty_graph_are_empty(name: str) -> None:
    """A graph without actions is no error: what lists agents has no rows."""
    rows = find_measure(name).make_table(make_data()).rows
    assert rows == () or name == "reciprocity"
