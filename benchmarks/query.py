"""Time the named questions: Oxigraph in a folder and in memory, against rdflib in memory, on one synthetic graph.

    python benchmarks/query.py                          # 20,000 quads, a minute: what `make bench` runs
    python benchmarks/query.py --quads 100000 --save    # the figures of docs/performance.md
    python benchmarks/query.py --quads 1000000 --save   # takes long: rdflib loads for minutes

The graph is written by the encoders of the build, from actions and documents that a fixed seed makes up. ``question``
is the whole of what ``kg query`` does on a folder when Python is up: it finds who is meant, asks, and makes a table;
``bare`` is pyoxigraph alone, asked in SPARQL on the same folder. Some questions are written for Oxigraph, part by
part; rdflib is asked those as one would write them plainly (``benchmarks/plain``), which it answers far faster. Where
no limit is given, rdflib may take 20 times as long as the slower of ``question`` and ``memory``, and 3 seconds at
least: enough to tell whether it takes 15 times as long. Times are those of the processor, which other work on the
machine changes little.
"""

from __future__ import annotations

import argparse
import math
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset
from results import Table

from kg.model import Action, AgentRef, Claim, Document, Evidence, Fact, Money, PartialDate, Reading, Span
from kg.model.ids import make_digest
from kg.model.vocabulary import ACTIONS, CHARGES
from kg.query import Question, list_questions, run_question
from kg.query.bind import bind_parameters
from kg.query.question import parse_question
from kg.rdf import (
    StoreWriter,
    encode_actions,
    encode_agents,
    encode_cases,
    encode_document,
    encode_ontology,
    open_store,
    write_nquads,
)
from kg.resolve import resolve_cases, resolve_claims

CLAIMS_PER_DOCUMENT = 3
QUADS_PER_DOCUMENT = 195  # measured; decides how many documents make up the graph
COUNTRIES = 40
PLATFORMS = 60
PLAIN = Path(__file__).with_name("plain")
ENGINES = ("question", "bare", "folder", "memory", "rdflib")
GOALS = {"rdflib / question": 15.0, "question / bare": 1.5}  # at least, and at most
# What is asked where a question wants to know something: things that every graph of this making holds.
VALUES = {"agent": "Platform 1", "country": "Country 1", "action": "fine", "status": "actual", "year": "2023"}


def make_agents() -> tuple[list[AgentRef], list[AgentRef]]:
    """Make up authorities and platforms."""
    kinds = ("Government", "Regulator", "Court", "LawEnforcement")
    codes = [f"{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(COUNTRIES)]
    authorities = [
        AgentRef(f"{kind.lower()}-{number}", f"{kind if kind != 'Government' else 'Country'} {number}", kind, code)
        for number, code in enumerate(codes)
        for kind in kinds
    ]
    platforms = [AgentRef(f"platform-{number}", f"Platform {number}", "Platform") for number in range(PLATFORMS)]
    return authorities, platforms


def make_documents(count: int) -> Iterator[tuple[Document, Reading]]:
    """Make up documents, each with the claims that it makes; one claim in five tells what others tell too."""
    chance = random.Random(20_261_122)
    authorities, platforms = make_agents()
    actions, charges = sorted(ACTIONS), sorted(CHARGES)
    for number in range(count):
        identifier, issued = f"document-{number:07}", f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}"
        sentences: list[str] = []
        told: list[tuple[AgentRef, str, AgentRef, Span, Span, Span, int, int]] = []
        start = 0
        for _ in range(CLAIMS_PER_DOCUMENT):
            # Few platforms draw most of the attention, as in life.
            actor, target = chance.choice(authorities), platforms[int(PLATFORMS * chance.random() ** 3)]
            action = "fine" if chance.random() < 0.2 else chance.choice(actions)
            if chance.random() < 0.15:
                actor, target = target, actor
            sentence = f"{actor.name} did {action} {target.name} on grounds that {chance.random()} and more explain. "
            spans = [Span(start + sentence.index(part), start + sentence.index(part) + len(part), part)
                     for part in (f"did {action}", actor.name, target.name)]
            told.append((actor, action, target, *spans, start, start + len(sentence) - 1))  # type: ignore[arg-type]
            sentences.append(sentence)
            start += len(sentence)
        text = "".join(sentences)
        claims = []
        for actor, action, target, trigger, by, whom, first, last in told:
            evidence = Evidence(identifier, first, last, text[first:last], trigger, (by,), (whom,))
            sum_ = Money(Decimal(chance.choice((1, 2, 5)) * 10 ** chance.randint(5, 8)), chance.choice(("EUR", "USD")))
            claims.append(
                Claim(
                    id=make_digest(identifier, str(first)),
                    action=action,
                    actor=actor,
                    target=target,
                    status=chance.choices(("actual", "planned", "negated"), (8, 1.5, 0.5))[0],
                    evidence=evidence,
                    confidence=round(chance.uniform(0.5, 0.99), 4),
                    rule="made-up",
                    charges=tuple(sorted(chance.sample(charges, chance.randint(0, 2)))),
                    laws=(f"Law {chance.randint(1, 30)}",) if chance.random() < 0.3 else (),
                    money=sum_ if action == "fine" else None,
                    date=PartialDate(issued) if chance.random() < 0.5 else None,
                )
            )
        yield (
            Document(identifier, text, title=f"Title {number}", published=PartialDate(f"{issued}-15"), publisher="P"),
            Reading(identifier, tuple(claims), (make_fact(identifier, text, claims[0]),)),
        )


def make_fact(document: str, text: str, claim: Claim) -> Fact:
    """Make up somebody who holds a title at the first target that a document names."""
    start, end = claim.evidence.start, claim.evidence.end
    person = AgentRef(f"person-{claim.target.id}", f"Person at {claim.target.name}", "Person")
    return Fact(f"{document}-0", "role", person, claim.target, "founder", document, start, end, text[start:end], 0.8)


def make_quads(quads: int) -> Iterator[ox.Quad]:
    """Make up about that many quads."""
    documents = list(make_documents(max(1, quads // QUADS_PER_DOCUMENT)))
    actions: tuple[Action, ...] = tuple(resolve_claims(claim for _, reading in documents for claim in reading.claims))
    action_of = {claim: action.id for action in actions for claim in action.claim_ids}
    authorities, platforms = make_agents()
    people = [fact.subject for _, reading in documents for fact in reading.facts]
    government_of = {agent.country: agent.id for agent in authorities if agent.type == "Government" and agent.country}
    yield from encode_ontology()
    yield from encode_agents([*authorities, *platforms, *people], known=(), government_of=government_of)
    yield from encode_actions(actions)
    yield from encode_cases(resolve_cases(actions))
    for document, reading in documents:
        yield from encode_document(document, reading, action_of)


class OutOfTimeError(Exception):
    """A question took longer than it may."""


@dataclass(frozen=True)
class Asked:
    """A question, what it is told, the SPARQL that comes of it, and the same asked plainly."""

    question: Question
    values: dict[str, str]
    sparql: str
    plain: str


Ask = Callable[[Asked], Any]


def open_engines(names: Sequence[str], path: Path, work: Path) -> dict[str, Ask]:
    """Load the graph into each engine, and give what asks it."""
    engines: dict[str, Ask] = {}
    with StoreWriter(work / "store") as writer:
        writer.load(path)
        version = writer.publish().version
    folder = open_store(work / "store")
    bare = ox.Store.read_only(str(work / "store" / "versions" / version / "oxigraph"))
    for name in names:
        start = time.perf_counter()
        if name == "question":
            engines[name] = lambda asked: run_question(folder, asked.question.name, asked.values).rows
        elif name == "bare":
            engines[name] = lambda asked: bare.query(asked.sparql, use_default_graph_as_union=True)
        elif name == "folder":
            engines[name] = lambda asked: folder.query(asked.sparql)
        elif name == "memory":
            memory = open_store("memory:")
            memory.load(path)  # type: ignore[attr-defined]
            engines[name] = lambda asked, memory=memory: memory.query(asked.sparql)  # type: ignore[misc]
        else:
            dataset = Dataset(default_union=True)
            dataset.parse(path, format="nquads")
            engines[name] = lambda asked, dataset=dataset: dataset.query(asked.plain)  # type: ignore[misc]
            print(f"loaded by {name}: {time.perf_counter() - start:.1f} s", flush=True)
    return engines


def time_query(ask: Ask, asked: Asked, limit: int) -> tuple[float, int]:
    """Time one query, in seconds of the processor, and count its rows.

    Raises
    ------
    OutOfTimeError
        If it takes longer than the limit (Oxigraph notices only afterwards).
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        start, asks = time.process_time(), 0
        while True:
            rows = len(list(ask(asked)))
            asks += 1
            taken = time.process_time() - start
            # The clock of the processor may tick a hundred times a second only.
            if taken > 0.1 or asks == 100:
                return taken / asks, rows
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def measure(engines: dict[str, Ask], asked: Asked, limit: int | None, runs: int) -> tuple[dict[str, float], int, int]:
    """Take the median time of each engine, in turns; one that runs out of time has none. Then the rows, the limit."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    rows: set[int] = set()
    most = limit or 600
    for run in range(runs):
        for name, ask in engines.items():
            # What takes seconds is timed once: its spread is small against it.
            if run and (not taken[name] or taken[name][0] > 2):
                continue
            if limit is None and name == "rdflib":
                slower = max(taken[one][0] for one in ("question", "memory") if taken.get(one))
                most = max(3, math.ceil(1.33 * GOALS["rdflib / question"] * slower))
            try:
                seconds, count = time_query(ask, asked, most)
            except OutOfTimeError:
                continue
            taken[name].append(seconds)
            rows.add(count)
    if len(rows) > 1:
        raise SystemExit(f"the engines disagree: {sorted(rows)} rows")
    return {name: statistics.median(times) for name, times in taken.items() if times}, max(rows, default=0), most


def give_values(question: Question) -> dict[str, str]:
    """Give a question what it must know; the quotes of all actions would be a dump, so they are those of one target."""
    required = {one.name: VALUES[one.type] for one in question.parameters if one.required}
    return {"target": VALUES["agent"]} if question.name == "evidence-of" else required


def read_plain(question: Question) -> Question:
    """Read a question as one would write it plainly, if it was written for Oxigraph."""
    path = PLAIN / f"{question.name}.rq"
    return parse_question(question.name, path.read_text(encoding="utf-8"), path.name) if path.exists() else question


def format_time(seconds: float | None, limit: int) -> str:
    """Write a time in milliseconds."""
    return f"> {limit} s" if seconds is None else f"{1000 * seconds:,.1f} ms"


def divide(times: dict[str, float], ratio: str, limit: int) -> tuple[float | None, str]:
    """Divide one engine's time by another's; one that ran out of time has taken its limit at least."""
    name, _, peer = ratio.partition(" / ")
    if peer not in times:
        return None, ""
    if name not in times:
        return limit / times[peer], f"> {limit / times[peer]:,.1f}"
    return times[name] / times[peer], f"{times[name] / times[peer]:,.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=20_000)
    parser.add_argument("--engines", default=",".join(ENGINES), help=f"some of {', '.join(ENGINES)}")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=int, help="seconds that a question may take")
    parser.add_argument("--save", action="store_true", help="keep the table for docs/performance.md")
    options = parser.parse_args(arguments)
    names = options.engines.split(",")
    if unknown := set(names) - set(ENGINES):
        parser.error(f"engine {sorted(unknown)[0]!r}: want some of {', '.join(ENGINES)}")
    if "rdflib" in names and not options.limit and "question" not in names:
        parser.error("rdflib wants the engine question beside it, or a --limit")
    ratios = [ratio for ratio in ("rdflib / question", "rdflib / memory", "question / bare") if set(ratio.split(" / ")) <= set(names)]  # noqa: E501
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "graph.nq"
        with path.open("wb") as file:
            write_nquads(make_quads(options.quads), file)
        with path.open("rb") as file:
            quads = sum(1 for _ in file)
        engines = open_engines([name for name in ENGINES if name in names], path, Path(work))
        local = open_store(Path(work) / "store")
        print(f"{quads:,} quads", flush=True)
        shown = [name for name in ENGINES if name in names]
        table = Table(f"questions-{options.quads}", ("question", "rows", *shown, *ratios), save=options.save)
        found: dict[str, list[float]] = {ratio: [] for ratio in ratios}
        for question in list_questions():
            values = give_values(question)
            texts = (bind_parameters(local, one, values) for one in (question, read_plain(question)))
            asked = Asked(question, values, *texts)
            times, rows, limit = measure(engines, asked, options.limit, options.runs)
            cells = [format_time(times.get(name), limit) for name in shown]
            for ratio in ratios:
                quotient, cell = divide(times, ratio, limit)
                cells.append(cell)
                if quotient is not None:
                    found[ratio].append(quotient)
            table.add(question.name, f"{rows:,}", *cells)
        notes = [f"{quads:,} quads."]
        for ratio, quotients in found.items():
            notes.append(f"{ratio}: {min(quotients):,.1f} to {max(quotients):,.1f}, median {statistics.median(quotients):,.1f}.")  # noqa: E501
        table.close(*notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
