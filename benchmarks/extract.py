"""Measure what the whole extraction costs beside the bare spaCy pipeline, and whether a build's memory stays flat.

    python benchmarks/extract.py                              # a minute or two: what `make bench` runs
    python benchmarks/extract.py --words 80000 --rounds 5     # the speed of docs/performance.md
    python benchmarks/extract.py --words 0 --items 1000,10000 # its memory

Texts are those beside the repository (../shared/corpus), else those of data/corpus. Both sides read the same texts with
the same pipeline, batches, threads and matrix product, in turns, after a round that is not counted. Time is that of the
processor: on shared cores the clock on the wall has shown an extraction faster than the parse that is a part of it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from threadpoolctl import ThreadpoolController

from kg.annotate import Annotator, load_pipeline
from kg.extract import ClaimReader
from kg.kb import load_knowledge_base
from kg.model import Document, PartialDate
from kg.resources import find_data
from kg.sources import read_documents

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
SPEED_GOAL = 0.7  # of the bare pipeline's words per second
MEMORY_GOAL = 100  # MB between a thousand items and ten thousand
BATCH = 8


def read_texts() -> Iterator[Document]:
    """Read the texts of the development and training sets, articles and items in turns; else the sample corpus."""
    files = [SHARED / name for name in ("dev/articles/docs.jsonl", "dev/items/docs.jsonl", "train/articles.jsonl", "train/items.jsonl")]  # noqa: E501
    if not all(file.is_file() for file in files):
        yield from (item for item in read_documents([str(find_data() / "corpus")]) if isinstance(item, Document))
        return
    rows = [[json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in files]
    for row in itertools.chain.from_iterable(itertools.zip_longest(*rows)):
        if row is not None:
            published = PartialDate(row["published"]) if row.get("published") else None
            yield Document(row["id"], row["text"], published=published)


def take_words(documents: Iterator[Document], words: int) -> list[Document]:
    """Take documents until they have so many words."""
    taken: list[Document] = []
    while words > 0 and (document := next(documents, None)) is not None:
        taken.append(document)
        words -= len(document.text.split())
    return taken


def measure_speed(words: int, rounds: int) -> float:
    """Compare the speeds, and return that of the whole extraction as a part of the bare pipeline's."""
    documents = take_words(read_texts(), words)
    count = sum(len(document.text.split()) for document in documents)
    kb, nlp = load_knowledge_base(), load_pipeline()
    annotator, reader = Annotator(nlp, kb), ClaimReader(kb)

    def parse() -> int:
        return sum(len(doc) for doc in nlp.pipe((document.text for document in documents), batch_size=BATCH))

    def extract() -> int:
        found = 0
        parsed = annotator.read_many((document.text for document in documents), batch_size=BATCH)
        for document, (doc, mentions) in zip(documents, parsed, strict=True):
            found += len(reader.read(document, doc, mentions).claims)
        return found

    seconds: dict[Callable[[], int], list[float]] = {parse: [], extract: []}
    with ThreadpoolController().limit(limits=1, user_api="blas"):
        parse()
        claims = extract()
        print(f"{len(documents)} documents, {count:,} words, {claims} claims; {rounds} rounds in turns")
        for turn in range(rounds):
            # Each goes first as often as the other.
            for run in (parse, extract) if turn % 2 == 0 else (extract, parse):
                start = time.process_time()
                run()
                seconds[run].append(time.process_time() - start)
    for run, name in ((parse, "bare spaCy pipeline"), (extract, "whole extraction")):
        print(f"{name:20} {count / statistics.median(seconds[run]):8,.0f} words a second of processor time")
    ratios = [bare / whole for bare, whole in zip(seconds[parse], seconds[extract], strict=True)]
    spread = f"from {min(ratios):.2f} to {max(ratios):.2f}"
    print(f"{'ratio':20} {statistics.median(ratios):8.2f} (goal: {SPEED_GOAL} or more; {spread})")
    if min(ratios) > 1:
        raise SystemExit("the whole took less than its part in every round: the measurement is wrong")
    return statistics.median(ratios)


def write_items(path: Path, count: int) -> int:
    """Write the first one-line items of the shared table, and return how many there were."""
    source = SHARED / "current-events-2002-2021.tsv.gz"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as table, path.open("w", encoding="utf-8") as file:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        written = 0
        for row in itertools.islice(rows, count):
            item = {"id": row["id"], "text": row["text"], "published": row["date"]}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
            written += 1
    return written


# The peak is read where the process itself ends: what its parent hears of it (ru_maxrss) begins with the parent's own.
_CHILD = """
import atexit, sys
from pathlib import Path

def tell():
    status = Path("/proc/self/status").read_text()
    Path(sys.argv[1]).write_text(status.split("VmHWM:")[1].split()[0])

atexit.register(tell)
from kg.cli import run
sys.exit(run(sys.argv[2:]))
"""


def measure_build(items: Path, store: Path) -> float:
    """Build a graph in a process of its own, and return the most memory that it held, in MB."""
    peak = store.with_suffix(".peak")
    arguments = ["build", str(items), "-o", str(store), "--quiet", "--processes", "1"]
    subprocess.run([sys.executable, "-c", _CHILD, str(peak), *arguments], check=True)
    return int(peak.read_text()) / 1024


def measure_memory(counts: Sequence[int]) -> float:
    """Compare the memory of builds, and return the difference between the last and the first in MB."""
    peaks: list[float] = []
    with tempfile.TemporaryDirectory() as work:
        for count in counts:
            path = Path(work) / f"{count}.jsonl"
            written, start = write_items(path, count), time.perf_counter()
            peaks.append(measure_build(path, Path(work) / f"store-{count}"))
            print(f"build of {written:,} items: at most {peaks[-1]:,.0f} MB, {time.perf_counter() - start:.0f} s")
    print(f"difference: {peaks[-1] - peaks[0]:,.0f} MB (goal: less than {MEMORY_GOAL} between 1,000 and 10,000)")
    return peaks[-1] - peaks[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=8_000, help="how many words of text; 0 leaves speed out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--items", default="200,1000", help="sizes of builds, with commas; 0 leaves memory out")
    options = parser.parse_args(arguments)
    if options.words:
        measure_speed(options.words, options.rounds)
    counts = [int(count) for count in options.items.split(",") if int(count)]
    if counts and not (SHARED.is_dir() and Path("/proc/self/status").exists()):
        print(f"memory: left out, for it wants Linux and {SHARED}")
    elif counts:
        measure_memory(counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
