"""Time the TriG export against rdflib's own serializer, on one synthetic graph of documents, claims and actions.

    python benchmarks/export.py                      # 50,000 quads: what `make bench` runs
    python benchmarks/export.py --quads 100000       # the figures of docs/performance.md
    python benchmarks/export.py --store build/demo   # a store of yours

Both write the same quads, and both must be read back the same (rdflib writes 1.0 for the decimal 1). In memory: our
store and rdflib's hold them, and only the writing is timed. In a folder: we read and write the store; rdflib reads the
same store through oxrdflib, as somebody without `kg export` would. Seconds of the processor; ours is the least of some
runs, rdflib's of one or two.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from query import make_quads

from kg.rdf import LocalStore, Store, StoreWriter, dump_store, open_store

GOAL = 20.0
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def take(act: Callable[[], bytes], runs: int) -> tuple[float, bytes]:
    """The least processor time of some runs, and what was written."""
    times, written = [], b""
    for _ in range(runs):
        start = time.process_time()
        written = act()
        times.append(time.process_time() - start)
    return min(times), written


def write_ours(store: Store) -> bytes:
    """Write a store as `kg export -f trig` does."""
    out = io.BytesIO()
    dump_store(store, "trig", out)
    return out.getvalue()


def write_theirs(dataset: rdflib.Dataset) -> bytes:
    """Write a dataset by rdflib's serializer."""
    text: str = dataset.serialize(format="trig")
    return text.encode()


def read_back(written: bytes) -> set[tuple[str, ...]]:
    """Read what was written, decimals by their values."""
    quads = (quad for quad in ox.parse(written, format=ox.RdfFormat.TRIG) if isinstance(quad, ox.Quad))
    return {(str(q.subject), str(q.predicate), _name_value(q.object), str(q.graph_name)) for q in quads}


def _name_value(term: object) -> str:
    if isinstance(term, ox.Literal) and term.datatype == DECIMAL:
        return f"decimal {Decimal(term.value).normalize()}"
    return str(term)


def measure(name: str, store: Store, dataset: rdflib.Dataset, runs: int) -> float:
    """Print one row, and give the ratio.

    Raises
    ------
    SystemExit
        If what the two wrote is not the same.
    """
    ours, mine = take(lambda: write_ours(store), runs)
    theirs, their = take(lambda: write_theirs(dataset), 2 if runs > 2 else 1)
    if read_back(mine) != read_back(their):
        raise SystemExit(f"{name}: the two wrote different graphs")
    print(f"{name:12} kg {ours:7.3f} s   rdflib {theirs:7.2f} s   {theirs / ours:6.1f} times as fast", flush=True)
    return theirs / ours


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 1 where the goal is missed in memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--store", type=Path, help="the folder of a store, in place of a synthetic graph")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        folder = options.store or Path(work) / "store"
        if options.store is None:
            with StoreWriter(folder) as writer:
                writer.load(make_quads(options.quads))
                writer.publish()
        on_disk = open_store(folder)
        memory = open_store("memory:", base=on_disk.base)
        assert isinstance(memory, LocalStore) and isinstance(on_disk, LocalStore)
        memory.load(on_disk.quads())
        print(f"{len(memory.oxigraph):,} quads in {len(on_disk.graphs()):,} graphs, as TriG")
        dataset = rdflib.Dataset()
        out = io.BytesIO()
        dump_store(memory, "nquads", out)
        dataset.parse(data=out.getvalue(), format="nquads")
        ratio = measure("in memory", memory, dataset, options.runs)
        measure("in a folder", on_disk, rdflib.Dataset(store=OxigraphStore(store=on_disk.oxigraph)), options.runs)
        on_disk.close()
    print(f"goal: {GOAL:g} times as fast in memory: {'met' if ratio >= GOAL else 'missed'}")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
