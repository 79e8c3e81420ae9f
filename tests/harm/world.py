"""A store that goes round through five states, by each kind of change that `kg` makes to one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import kg.kb.knowledge
from kg.judge import FILE_NAME, append_judgements, load_judgements
from kg.kb import load_knowledge_base
from kg.kb.agents import AGENT_COLUMNS, LAW_COLUMNS
from kg.model import ClaimJudgement, ClaimKey, Origin
from kg.pipeline import build, rejudge, remove
from kg.pipeline.plan import Told
from kg.pipeline.runs import describe_run
from kg.rdf import Iris, open_store
from kg.rdf.graph_content import read_lines
from kg.resources import find_data
from tests.review.world import tell

AGENTS = ("germany", "russia", "telegram", "tiktok", "european-union", "united-nations")
"""The knowledge base of these tests, with who owns, runs and holds them; with all of it a build takes a second more."""

STEPS = ("build", "add", "change", "review", "remove")
"""Each leads to the next state, and the first from the last one to the first state again."""


def use_small_knowledge(folder: Path, *, here: bool = True) -> None:
    """Write a knowledge base of few agents to ``folder / "kb"``, and let this process read it if it is for ``here``."""
    (folder / "kb" / "agents").mkdir(parents=True)
    source, rows = find_data() / "kb", dict[str, dict[str, str]]()
    for path in sorted(source.glob("agents/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows |= {row["id"]: row for row in csv.DictReader(file)}
    wanted, found = set[str](), set(AGENTS)
    while found:
        wanted |= found
        found = {rows[id][link] for id in found for link in ("owner", "operator", "part_of")} - wanted - {""}
    with (folder / "kb" / "agents" / "few.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, AGENT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[id] for id in sorted(wanted))
    (folder / "kb" / "laws.csv").write_text(",".join(LAW_COLUMNS) + "\n", encoding="utf-8")
    if here:
        kg.kb.knowledge.find_data = lambda: folder  # type: ignore[attr-defined]


def make_told() -> dict[str, Told]:
    """Make the documents: one that is changed later (``a`` and ``a2``), and one that is added and judged (``b``)."""
    kb, run = load_knowledge_base(), describe_run()
    assert run == describe_run(None)  # It is remembered from here on, should somebody edit the code meanwhile.
    germany, russia, telegram = (kb.refer_to(agent) for agent in ("germany", "russia", "telegram"))
    sayings = {
        "a": ((germany, "fine", "fined", telegram, 0.9), (russia, "ban", "banned", telegram, 0.8)),
        "a2": ((germany, "sue", "sued", telegram, 0.9),),
        "b": ((germany, "fine", "fined", telegram, 0.7), (telegram, "appeal", "appealed against", germany, 0.6)),
    }
    return {name: (*tell(name[0], *said), run) for name, said in sayings.items()}


def take_step(step: str, store: Path, told: dict[str, Told]) -> None:
    """Make the change of that name; made twice it is made once."""
    match step:
        case "build":
            (store / FILE_NAME).unlink(missing_ok=True)
            build((), store, ready=[told["a"]], fresh=True)
        case "add":
            build((), store, ready=[told["b"]])
        case "change":
            build((), store, ready=[told["a2"]])
        case "review":
            file = store / FILE_NAME
            if not file.exists() or not load_judgements(file, load_knowledge_base()):
                append_judgements(file, [make_judgement(told["b"])])
            rejudge(store)
        case "remove":
            remove([id for id in list_documents(store) if id == "a"], store)


def make_judgement(told: Told) -> ClaimJudgement:
    """Reject the first claim of a document."""
    document, reading, _ = told
    origin = Origin("ada", "2026-11-22", "not what it says")
    return ClaimJudgement(ClaimKey.from_claim(reading.claims[0], document), "rejected", origin)


def list_documents(store: Path) -> list[str]:
    """List the ids of the documents of a store."""
    opened, iris = open_store(store), Iris()
    try:
        return [iris.read("doc", graph.value) for graph in opened.graphs() if iris.is_document(graph.value)]
    finally:
        opened.close()


def read_told_lines(store: Path) -> bytes:
    """Read all lines of a store but those of the knowledge base and the ontology, which are always the same."""
    opened, iris = open_store(store), Iris()
    try:
        graphs = [graph for graph in opened.graphs() if graph not in (iris.kb, iris.ontology)]
        return b"".join(line for graph in graphs for line in read_lines(opened, graph))
    finally:
        opened.close()


def rename_documents(told: dict[str, Told], ids: Iterable[str]) -> list[Told]:
    """Make copies of the document ``b`` under other ids."""
    document, reading, run = told["b"]
    found = []
    for id in ids:
        claims = tuple(
            replace(claim, id=f"{claim.id}-{id}", evidence=replace(claim.evidence, document_id=id))
            for claim in reading.claims
        )
        found.append((replace(document, id=id), replace(reading, document_id=id, claims=claims), run))
    return found
