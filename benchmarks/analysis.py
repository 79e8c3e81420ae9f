"""Time the network measures: igraph behind the API of networkx, conversion included, against networkx itself.

    python benchmarks/analysis.py                                  # 1,000 agents, 10,000 links: what `make bench` runs
    python benchmarks/analysis.py --nodes 10000 --links 100000     # the figures of docs/performance.md; half an hour

The graph is drawn with a fixed seed: few agents draw most of the links, as in life. Both engines must agree to 1e-6,
save for communities, which each finds in its own way: there the modularity stands beside the time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from kg.analysis.measures.betweenness import compute_betweenness
from kg.analysis.measures.communities import compute_modularity, find_communities
from kg.analysis.measures.hits import compute_hits
from kg.analysis.measures.pagerank import compute_pagerank

AGREE = 1e-6


def make_graph(nodes: int, links: int) -> Any:
    """Draw a digraph of so many agents and links, each with the number of its actions."""
    chance = random.Random(20_261_122)
    graph = nx.DiGraph()
    graph.add_nodes_from(f"agent-{number:06}" for number in range(nodes))
    names = list(graph)
    count = 0  # networkx counts its edges anew each time that it is asked
    while count < links:
        # Actors are spread evenly, targets crowd at the front; a tenth of the links go anywhere.
        wide = chance.random() < 0.1
        source = names[chance.randrange(nodes)]
        target = names[chance.randrange(nodes) if wide else int(nodes * chance.random() ** 3)]
        if source != target:
            count += not graph.has_edge(source, target)
            graph.add_edge(source, target, weight=chance.choice((1, 1, 1, 2, 3, 8)))
    return graph


def take(act: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """The least processor time of some runs, and the result."""
    times, result = [], None
    for _ in range(runs):
        start = time.process_time()
        result = act()
        times.append(time.process_time() - start)
    return min(times), result


def compare_scores(one: dict[Any, float], other: dict[Any, float]) -> float:
    """The largest difference between two sets of scores."""
    return max(abs(one[node] - other[node]) for node in one)


def main() -> int:
    """Run the benchmark; exit code 1 where the engines don't agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=1_000)
    parser.add_argument("--links", type=int, default=10_000)
    options = parser.parse_args()
    graph = make_graph(options.nodes, options.links)
    print(f"{graph.number_of_nodes():,} agents, {graph.number_of_edges():,} links; seconds of one processor")
    rows: list[tuple[str, float, float, str]] = []
    agree = True

    for name, compute in (("pagerank", compute_pagerank), ("betweenness", compute_betweenness)):
        mine, ours = take(lambda compute=compute: compute(graph, engine="igraph"), 3)  # type: ignore[misc]
        theirs, known = take(lambda compute=compute: compute(graph, engine="networkx"), 1)  # type: ignore[misc]
        apart = compare_scores(ours, known)
        agree &= apart < AGREE
        rows.append((name, mine, theirs, f"differ by {apart:.0e} at most"))
        print(f"  {name}: {mine:.2f} s, networkx {theirs:.2f} s", flush=True)

    mine, (hubs, targets) = take(lambda: compute_hits(graph), 3)
    theirs, (their_hubs, their_targets) = take(lambda: nx.hits(graph, tol=1e-12), 1)
    apart = max(compare_scores(hubs, their_hubs), compare_scores(targets, their_targets))
    agree &= apart < AGREE
    rows.append(("hits (numpy)", mine, theirs, f"differ by {apart:.0e} at most"))

    mine, ours = take(lambda: find_communities(graph, engine="igraph", seed=1), 3)
    theirs, known = take(lambda: find_communities(graph, engine="networkx", seed=1), 1)
    quality = f"modularity {compute_modularity(graph, ours):.4f} and {compute_modularity(graph, known):.4f}"
    rows.append(("communities", mine, theirs, quality))

    print("| measure | here | networkx | ratio | |\n|---|--:|--:|--:|---|")
    for name, mine, theirs, remark in (*rows, ("suite", sum(r[1] for r in rows), sum(r[2] for r in rows), "")):
        print(f"| {name} | {mine:.2f} s | {theirs:.2f} s | {theirs / mine:,.1f} | {remark} |")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
