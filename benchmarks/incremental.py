"""Measure what it costs to add one document to a store, beside what it cost to build the store.

    python benchmarks/incremental.py                         # 100 and 1,000 documents: what `make bench` runs
    python benchmarks/incremental.py --sizes 100,1000,10000  # the figures of docs/performance.md; takes minutes
    python benchmarks/incremental.py --sizes 10000 --join 9  # documents as long as short articles; takes half an hour

Documents are the one-line items beside the repository (../shared/corpus), the dearest case: they are read in no time,
so that all else weighs. Where they are missing, sentences are made up. The command is run as a user runs it, start-up
and loading of the pipeline included; then once more what is left of it when the document has been read: finding what is
new, working out what rests on it, and writing. Time is that of the processor, with the children's, and on the wall.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from results import Table

ITEMS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "current-events-2002-2021.tsv.gz"
GOAL = 100  # times cheaper than building, at 10,000 documents
ADDED = 5


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor and on the wall."""

    processor: float
    wall: float


def read_items() -> Iterator[dict[str, str]]:
    """Read one-line items of news; without them, make sentences up."""
    if ITEMS.is_file():
        with gzip.open(ITEMS, "rt", encoding="utf-8") as file:
            names = file.readline().rstrip("\n").split("\t")
            for line in file:
                row = dict(zip(names, line.rstrip("\n").split("\t"), strict=True))
                yield {"id": row["id"], "text": row["text"], "date": row["date"]}
        return
    countries = ("Germany", "Russia", "Brazil", "India", "Turkey", "Texas", "Italy", "South Korea")
    platforms = ("Telegram", "TikTok", "Facebook", "YouTube", "WhatsApp", "Signal", "Instagram")
    deeds = ("fined {} {} million euros", "banned {} for {} days", "sued {} over {} videos", "warned {} of {} faults")
    for number in itertools.count():
        deed = deeds[number % len(deeds)].format(platforms[number % len(platforms)], number % 97 + 2)
        year = 2002 + number % 20
        yield {
            "id": f"made-{number:06}",
            "text": f"{countries[number % len(countries)]} {deed} in {year}, its office said in note {number}.",
            "date": f"{year}-06-01",
        }


def join_items(items: Iterator[dict[str, str]], number: int) -> Iterator[dict[str, str]]:
    """Make one document of each so many items, with the day of the last."""
    while taken := list(itertools.islice(items, number)):
        yield {**taken[-1], "text": "\n\n".join(item["text"] for item in taken)}


def write_items(path: Path, items: Sequence[dict[str, str]]) -> Path:
    """Write items as JSON lines."""
    path.write_text("".join(f"{json.dumps(item)}\n" for item in items), encoding="utf-8")
    return path


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start)


def run_build(source: Path, store: Path) -> Cost:
    """Run ``kg build`` as a user would, in one process."""
    return run([sys.executable, "-m", "kg", "build", str(source), "-o", str(store), "--processes", "1", "-q"])


def read_once(source: Path, path: Path) -> Path:
    """Read documents and keep what was read, for updates without reading."""
    from kg.pipeline.read import read_claims
    from kg.pipeline.runs import describe_run

    told = read_claims([str(source)], model=None, processes=1, columns=None, progress=None, refuse=None)
    run = describe_run()
    path.write_bytes(pickle.dumps([(document, reading, run) for document, reading in told]))
    return path


def update_once(path: Path, store: Path) -> None:
    """Put documents that were read into a store one after the other, and print what each update cost."""
    from kg.pipeline import build

    for told in pickle.loads(path.read_bytes()):
        start, wall = time.process_time(), time.monotonic()
        if build((), store, ready=[told]).added != (told[0].id,):
            sys.exit(f"{told[0].id} was in the store before")
        print(json.dumps([time.process_time() - start, time.monotonic() - wall]), flush=True)


def measure(size: int, items: Sequence[dict[str, str]], folder: Path, table: Table) -> None:
    """Build a store of so many documents, add a few one by one, and add a line to the table."""
    store = folder / f"store-{size}"
    built = run_build(write_items(folder / "built.jsonl", items[:size]), store)
    added = [run_build(write_items(folder / "added.jsonl", [item]), store) for item in items[size : size + ADDED]]
    others = write_items(folder / "others.jsonl", items[size + ADDED : size + 2 * ADDED])
    command = [sys.executable, __file__, "--update", str(read_once(others, folder / "told")), str(store)]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    updated = [Cost(*json.loads(line)) for line in lines]
    megabytes = sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6
    costs = [describe(added, built), describe(updated, built)]
    table.add(f"{size:,}", f"{built.processor:,.1f} s", *costs, f"{megabytes:,.0f} MB")


def describe(costs: Sequence[Cost], built: Cost) -> str:
    """Describe the median of some costs, and its ratio to that of building."""
    processor, wall = (statistics.median(getattr(cost, name) for cost in costs) for name in ("processor", "wall"))
    return f"{processor:.2f} s ({wall:.2f} s) | 1/{built.processor / processor:,.0f}"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="100,1000", help="documents in the store, such as 100,1000,10000")
    parser.add_argument("--join", type=int, default=1, help="items that make one document")
    parser.add_argument("--save", action="store_true", help="keep the table for docs/performance.md")
    parser.add_argument("--update", nargs=2, metavar=("TOLD", "STORE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.update:
        update_once(*map(Path, options.update))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    items = list(itertools.islice(join_items(read_items(), options.join), max(sizes) + 2 * ADDED))
    words = sum(len(item["text"].split()) for item in items) / len(items)
    heads = ("build", "add one: the whole command", "of it", "without start and reading", "of it", "store")
    table = Table("adding" if options.join == 1 else f"adding-{options.join}", ("documents", *heads), save=options.save)
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(size, items, Path(folder), table)
    source = ITEMS.name if ITEMS.is_file() else "made-up sentences"
    measured = f"{source}, {words:.0f} words a document; seconds of the processor, on the wall in brackets"
    table.close(f"{measured}; goal 1/{GOAL} at 10,000.")


if __name__ == "__main__":
    main()
