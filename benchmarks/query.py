"""Time the named questions: Oxigraph in a folder and in memory, against rdflib in memory, on one synthetic graph.

    python benchmarks/query.py                       # 20,000 quads, a minute: what `make bench` runs
    python benchmarks/query.py --quads 100000        # the figures of docs/performance.md
    python benchmarks/query.py --quads 1000000 --engines folder,memory

The graph is written by the encoders of the build, from actions and documents that a fixed seed makes up.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset

from kg.model import Action, AgentRef, Claim, Document, Evidence, Fact, Money, PartialDate, Reading, Span
from kg.model.ids import make_digest
from kg.model.vocabulary import ACTIONS, CHARGES
from kg.query import Question, list_questions
from kg.query.bind import bind_parameters
from kg.rdf import (
    StoreWriter,
    encode_actions,
    encode_agents,
    encode_document,
    encode_ontology,
    open_store,
    write_nquads,
)
from kg.resolve import resolve_claims

CLAIMS_PER_DOCUMENT = 3
QUADS_PER_DOCUMENT = 195  # measured; decides how many documents make up the graph
COUNTRIES = 40
PLATFORMS = 60
ENGINES = ("folder", "memory", "rdflib")
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
    for document, reading in documents:
        yield from encode_document(document, reading, action_of)


class OutOfTimeError(Exception):
    """A question took longer than it may."""


def open_engines(names: Sequence[str], path: Path, work: Path) -> dict[str, Callable[[str], Any]]:
    """Load the graph into each engine, and give what asks it."""
    engines: dict[str, Callable[[str], Any]] = {}
    for name in names:
        start = time.perf_counter()
        if name == "folder":
            with StoreWriter(work / "store") as writer:
                writer.load(path)
                writer.publish()
            engines[name] = open_store(work / "store").query
        elif name == "memory":
            memory = open_store("memory:")
            memory.load(path)  # type: ignore[attr-defined]
            engines[name] = memory.query
        else:
            dataset = Dataset(default_union=True)
            dataset.parse(path, format="nquads")
            engines[name] = dataset.query
        print(f"loaded by {name}: {time.perf_counter() - start:.1f} s")
    return engines


def time_query(ask: Callable[[str], Any], sparql: str, limit: int) -> tuple[float, int]:
    """Time one query, in seconds, and count its rows.

    Raises
    ------
    OutOfTimeError
        If it takes longer than the limit (Oxigraph notices only afterwards).
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        start = time.perf_counter()
        rows = len(list(ask(sparql)))
        return time.perf_counter() - start, rows
    finally:
        signal.alarm(0)


def measure(
    engines: dict[str, Callable[[str], Any]], sparql: str, limit: int, runs: int
) -> tuple[dict[str, float], int]:
    """Take the median time of each engine, in turns; an engine that runs out of time has none."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    rows: set[int] = set()
    for run in range(runs):
        for name, ask in engines.items():
            # What takes seconds is timed once: its spread is small against it.
            if run and (not taken[name] or taken[name][0] > 2):
                continue
            try:
                seconds, count = time_query(ask, sparql, limit)
            except OutOfTimeError:
                continue
            taken[name].append(seconds)
            rows.add(count)
    if len(rows) > 1:
        raise SystemExit(f"the engines disagree: {sorted(rows)} rows")
    return {name: statistics.median(times) for name, times in taken.items() if times}, max(rows, default=0)


def give_values(question: Question) -> dict[str, str]:
    """Give a question what it must know; the quotes of all actions would be a dump, so they are those of one target."""
    required = {one.name: VALUES[one.type] for one in question.parameters if one.required}
    return {"target": VALUES["agent"]} if question.name == "evidence-of" else required


def format_time(seconds: float | None, limit: int) -> str:
    """Write a time in milliseconds."""
    return f"> {limit} s" if seconds is None else f"{1000 * seconds:,.1f} ms"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=20_000)
    parser.add_argument("--engines", default=",".join(ENGINES), help="some of folder, memory, rdflib")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=int, default=5, help="seconds that a question may take")
    options = parser.parse_args(arguments)
    names = options.engines.split(",")
    if unknown := set(names) - set(ENGINES):
        parser.error(f"engine {sorted(unknown)[0]!r}: want some of {', '.join(ENGINES)}")
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "graph.nq"
        with path.open("wb") as file:
            write_nquads(make_quads(options.quads), file)
        with path.open("rb") as file:
            print(f"{sum(1 for _ in file):,} quads")
        engines = open_engines(names, path, Path(work))
        local = open_store("memory:")
        local.load(path)  # type: ignore[attr-defined]
        print("| question | rows | " + " | ".join(names) + " | rdflib / memory | folder / memory |")
        print("|---|--:|" + "--:|" * (len(names) + 2))
        ratios: dict[str, list[float]] = {"rdflib": [], "folder": []}
        late: dict[str, int] = {"rdflib": 0, "folder": 0}
        for question in list_questions():
            sparql = bind_parameters(local, question, give_values(question))
            times, rows = measure(engines, sparql, options.limit, options.runs)
            cells = [format_time(times.get(name), options.limit) for name in names]
            for name, found in ratios.items():
                if name in times and "memory" in times:
                    found.append(times[name] / times["memory"])
                    cells.append(f"{found[-1]:,.1f}")
                else:
                    is_late = name in names and "memory" in times
                    cells.append(f"> {options.limit / times['memory']:,.0f}" if is_late else "")
                    if is_late:
                        # To leave the slowest out would flatter: it counts with what it took at least.
                        found.append(options.limit / times["memory"])
                        late[name] += 1
            print(f"| {question.name} | {rows} | " + " | ".join(cells) + " |", flush=True)
        for name, found in ratios.items():
            if found:
                least = f"or more ({late[name]} of {len(found)} ran out of time)" if late[name] else "of all questions"
                print(f"{name} / memory: median {statistics.median(found):,.1f} {least}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
