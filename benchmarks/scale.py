"""Measure how the build grows: with processes, on Spark, with the number of documents.

    python benchmarks/scale.py                                     # a minute or two: what `make bench` runs
    python benchmarks/scale.py --items 2000 --rounds 3 --save      # one process, two, and Spark local[2], in turns
    python benchmarks/scale.py --items 92912 --no-single --save    # two processes and Spark alone: half an hour
    python benchmarks/scale.py --sizes 1000,10000,92912 --save     # cost a document and memory; an hour or more

Documents are the one-line items beside the repository (../shared/corpus), else made-up sentences. Each build is the
command as a user types it, in a process of its own. Processor time and memory are those of the command and of all that
it starts, looked up once a second: the most that all held together at one time (what they share counts once).
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from incremental import read_items, write_items
from results import Table

WAYS = {
    "1 process": ("--processes", "1"),
    "2 processes": ("--processes", "2"),
    "Spark local[2]": ("--engine", "spark", "--master", "local[2]"),
}


@dataclass(frozen=True)
class Build:
    """What a build took: seconds on the wall and of processors, and MB at most."""

    wall: float
    processor: float
    memory: float
    version: str


def build(source: Path, store: Path, way: Sequence[str]) -> Build:
    """Run ``kg build``, and watch it and its children."""
    start, most = time.monotonic(), 0.0
    seconds: dict[tuple[int, float], float] = {}
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(store), "--fresh", "-q", *way]
    process = psutil.Popen(command)
    while process.poll() is None:
        memory = 0.0
        for member in [process, *_list_children(process)]:
            try:
                times = member.cpu_times()
                seconds[member.pid, member.create_time()] = times.user + times.system
                # Shared pages, as those of the forkserver and its workers, are divided among those who share them.
                memory += member.memory_full_info().pss
            except psutil.Error:
                continue
        most = max(most, memory)
        time.sleep(1)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: ended with {process.returncode}")
    version = (store / "CURRENT").read_text(encoding="ascii").strip()
    return Build(time.monotonic() - start, sum(seconds.values()), most / 1e6, version)


def _list_children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def compare_ways(count: int, rounds: int, ways: Sequence[str], folder: Path, *, save: bool) -> None:
    """Build the same documents in each way, in turns; the graphs must be the same."""
    items = write_items(folder / "items.jsonl", list(itertools.islice(read_items(), count)))
    taken: dict[str, list[Build]] = {way: [] for way in ways}
    for turn in range(rounds):
        # Each goes first as often as the others.
        names = list(ways)
        for way in names[turn % len(names) :] + names[: turn % len(names)]:
            taken[way].append(build(items, folder / "store", WAYS[way]))
    versions = {one.version for builds in taken.values() for one in builds}
    if len(versions) != 1:
        sys.exit(f"the ways differ: {sorted(versions)}")
    peers = [way for way in ("1 process", "2 processes") if way in taken]
    heads = ("wall", "processor", "memory", *(f"as fast as {peer}" for peer in peers), "processor of 2 processes")
    table = Table("ways" if len(peers) > 1 else "ways-all", ("way", *heads), save=save)
    for way, builds in taken.items():
        walls = [one.wall for one in builds]
        ratios = [
            statistics.median(other.wall / one.wall for one, other in zip(builds, taken[peer], strict=True))
            for peer in peers
        ]
        processor = statistics.median(one.processor for one in builds)
        memory = statistics.median(one.memory for one in builds)
        # Where other work takes the cores, the clock on the wall tells of that work; the processor's does not.
        ratios.append(processor / statistics.median(one.processor for one in taken["2 processes"]))
        cells = (f"{statistics.median(walls):,.0f} s", f"{processor:,.0f} s", f"{memory:,.0f} MB")
        table.add(way, *cells, *(f"{ratio:.2f}" for ratio in ratios))
    table.close(f"{count:,} items, medians of {rounds} rounds in turns; the graphs are the same, to the byte.")


def compare_sizes(sizes: Sequence[int], folder: Path, *, save: bool) -> None:
    """Build more and more documents by two processes."""
    table = Table("sizes", ("documents", "processor", "a document", "of it as at first", "memory", "as at first"), save=save)  # noqa: E501
    first: tuple[float, float] | None = None
    items = list(itertools.islice(read_items(), max(sizes)))
    # What it takes to start is no cost of a document.
    idle = build(write_items(folder / "one.jsonl", items[:1]), folder / "store", WAYS["2 processes"]).processor
    for size in sizes:
        built = build(write_items(folder / "items.jsonl", items[:size]), folder / "store", WAYS["2 processes"])
        each = (built.processor - idle) / size
        first = first or (each, built.memory)
        cells = (f"{built.processor:,.0f} s", f"{1000 * each:.1f} ms", f"{each / first[0]:.2f}")
        table.add(f"{min(size, len(items)):,}", *cells, f"{built.memory:,.0f} MB", f"{built.memory / first[1]:.2f}")
    table.close(f"Two processes; the {idle:.0f} s of processors that a build of one document takes are not counted to the documents.")  # noqa: E501


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=0, help="documents for the comparison of ways")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-single", action="store_true", help="leave the way of one process out")
    parser.add_argument("--sizes", default="", help="numbers of documents, with commas")
    parser.add_argument("--save", action="store_true", help="keep the tables for docs/performance.md")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",") if size]
    if not (options.items or sizes):
        options.items = 200
    with tempfile.TemporaryDirectory() as work:
        if options.items:
            ways = [way for way in WAYS if not (options.no_single and way == "1 process")]
            compare_ways(options.items, options.rounds, ways, Path(work), save=options.save)
        if sizes:
            compare_sizes(sizes, Path(work), save=options.save)
    return 0


if __name__ == "__main__":
    sys.exit(main())
