"""Time what goes through a whole graph: loading it, and finding ways between actors.

    python benchmarks/bulk.py                          # 50,000 quads, seconds: what `make bench` runs
    python benchmarks/bulk.py --quads 1000000 --save   # the figures of docs/performance.md

Loading: an N-Quads file into a folder store by `kg.rdf.StoreWriter` (``load``, and with ``publish``, which measures the
content that names the version), against pyoxigraph's own ``bulk_load`` into a folder, in turns, each in a process of
its own. Ways: the shortest of at most three actions from one agent to another, for pairs that a fixed seed draws, in
SPARQL and in the projection that `kg.analysis` makes of the same store, which must agree. Times are those of the
processor.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
from query import make_quads
from results import Table

from kg.analysis import read_graph_data
from kg.analysis.projections import PROJECTIONS
from kg.rdf import LocalStore, StoreWriter, open_store, write_nquads

MOST_STEPS = 3
STEP = "?action{0} plr:actor {1} ; plr:target {2} ."


def load_bare(path: Path, folder: Path) -> None:
    """Load as pyoxigraph does."""
    store = ox.Store(str(folder))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    store.flush()


def load_only(path: Path, folder: Path) -> None:
    """Load as a build does, without the end."""
    with StoreWriter(folder) as writer:
        writer.load(path)
        writer.store.oxigraph.flush()


def load_and_publish(path: Path, folder: Path) -> None:
    """Load, measure the content, and make it the current version."""
    with StoreWriter(folder) as writer:
        writer.load(path)
        writer.publish()


LOADERS: dict[str, Callable[[Path, Path], None]] = {
    "pyoxigraph bulk_load": load_bare,
    "kg, load": load_only,
    "kg, load and publish": load_and_publish,
}


def time_load(name: str, path: Path, folder: Path) -> tuple[float, float]:
    """Load in this process, and give the seconds of the processor and on the wall."""
    start, wall = time.process_time(), time.monotonic()
    LOADERS[name](path, folder)
    return time.process_time() - start, time.monotonic() - wall


def compare_loads(path: Path, quads: int, rounds: int, work: Path, *, save: bool) -> None:
    """Load the same file in each way, in turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in LOADERS}
    processes = multiprocessing.get_context("spawn")
    for turn in range(rounds):
        names = list(LOADERS)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            with processes.Pool(1) as pool, tempfile.TemporaryDirectory(dir=work) as folder:
                taken[name].append(pool.apply(time_load, (name, path, Path(folder) / "store")))
    table = Table("loading", ("way", "processor", "wall", "quads a second of processor", "speed against bulk_load"), save=save)  # noqa: E501
    for name, times in taken.items():
        processor, wall = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(bare[0] / one[0] for bare, one in zip(taken["pyoxigraph bulk_load"], times, strict=True))  # noqa: E501
        table.add(name, f"{processor:.1f} s", f"{wall:.1f} s", f"{quads / processor:,.0f}", f"{ratio:.2f}")
    table.close(f"{quads:,} quads, medians of {rounds} rounds in turns.")


def find_steps(store: LocalStore, start: str, end: str) -> int | None:
    """Find by SPARQL how many actions lead from one agent to another, up to the most that are looked for."""
    for steps in range(1, MOST_STEPS + 1):
        nodes = [f"<{start}>", *(f"?agent{number}" for number in range(1, steps)), f"<{end}>"]
        pattern = " ".join(STEP.format(number, *nodes[number : number + 2]) for number in range(steps))
        if store.query(f"PREFIX plr: <https://w3id.org/platform-regulation#> ASK {{ {pattern} }}"):
            return steps
    return None


def compare_ways(path: Path, pairs: int, *, save: bool) -> None:
    """Find the same ways in the store and in its projection."""
    store = open_store("memory:")
    assert isinstance(store, LocalStore)
    store.load(path)
    base = f"{store.base}agent/"
    start = time.process_time()
    graph = nx.DiGraph(PROJECTIONS["actions"](read_graph_data(store)))
    projecting = time.process_time() - start
    chance = random.Random(20_261_122)
    agents = sorted(graph)
    drawn = [tuple(chance.sample(agents, 2)) for _ in range(pairs)]
    start = time.process_time()
    walked = [_walk(graph, *pair) for pair in drawn]
    walking = time.process_time() - start
    start = time.process_time()
    asked = [find_steps(store, base + one, base + other) for one, other in drawn]
    asking = time.process_time() - start
    if walked != asked:
        sys.exit(f"the ways differ: {[(pair, one, two) for pair, one, two in zip(drawn, walked, asked) if one != two][:3]}")  # noqa: B905, E501
    table = Table("ways-between", ("", "processor", "a pair", "SPARQL / this"), save=save)
    table.add("SPARQL, in memory", f"{asking:.2f} s", f"{1000 * asking / pairs:.2f} ms", "1")
    table.add("projection, made first", f"{projecting + walking:.2f} s", f"{1000 * (projecting + walking) / pairs:.2f} ms", f"{asking / (projecting + walking):,.1f}")  # noqa: E501
    table.add("projection, there already", f"{walking:.3f} s", f"{1000 * walking / pairs:.2f} ms", f"{asking / max(walking, 1e-3):,.0f}")  # noqa: E501
    reached = sum(one is not None for one in walked)
    table.close(f"{pairs:,} pairs of {len(agents):,} agents, {reached:,} of them with a way of at most {MOST_STEPS} actions.")  # noqa: E501


def _walk(graph: nx.DiGraph, start: str, end: str) -> int | None:
    try:
        steps = nx.shortest_path_length(graph, start, end)
    except nx.NetworkXNoPath:
        return None
    return steps if steps <= MOST_STEPS else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=200, help="pairs of agents; 0 leaves the ways out")
    parser.add_argument("--save", action="store_true", help="keep the tables for docs/performance.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "graph.nq"
        with path.open("wb") as file:
            write_nquads(make_quads(options.quads), file)
        with path.open("rb") as file:
            quads = sum(1 for _ in file)
        compare_loads(path, quads, options.rounds, Path(work), save=options.save)
        if options.pairs:
            compare_ways(path, options.pairs, save=options.save)
    return 0


if __name__ == "__main__":
    sys.exit(main())
