"""From sources to a store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from kg import __version__
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Action, AgentRef, Claim, Document, Reading, Refusal
from kg.pipeline.read import Progress, read_claims, tell_nobody
from kg.pipeline.spool import Spool
from kg.pipeline.target import open_target
from kg.rdf import (
    encode_actions,
    encode_agents,
    encode_cases,
    encode_document,
    encode_knowledge_base,
    encode_ontology,
    encode_run,
)
from kg.resolve import resolve_cases, resolve_claims
from kg.sources import CopyGrouper


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build read and found; ``agents`` are those of actions, ``seconds`` the wall time that it took."""

    documents: int
    refused: tuple[Refusal, ...]
    claims: int
    facts: int
    actions: int
    agents: int
    seconds: float


def build(
    paths: Iterable[str],
    store_url: str | Path,
    *,
    model: str | None = None,
    processes: int = 1,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> BuildSummary:
    """Read the sources and write the graph of what they say; the former graph stays until the new one is whole.

    Parameters
    ----------
    paths
        Files, folders, globs, or ``-`` for standard input.
    store_url
        Where the graph goes: a folder, or the http(s) address of a SPARQL endpoint.
    model, processes, columns, progress
        As for `extract`.
    clock
        Tells the seconds for the summary.

    Raises
    ------
    SourceError
        If no document could be read.
    KgError
        If the pipeline, the knowledge base or the store is unfit.
    """
    start = clock()
    kb = load_knowledge_base()
    tell = progress or tell_nobody
    refused: list[Refusal] = []
    with open_target(store_url) as target, Spool[tuple[Document, Reading]](target.folder) as spool:
        found = _Found(spool)
        for document, reading in read_claims(
            paths,
            model=model,
            processes=processes,
            columns=columns,
            progress=tell,
            refuse=refused.append,
            folder=target.folder,
        ):
            found.add(document, reading)
        groups = found.copies.groups()
        actions = tuple(resolve_claims(found.claims, groups))
        quads = _encode_all(found, groups, actions, kb, model, tell)
        target.write(quads, {"kg": __version__, "model": model, "documents": len(found.positions)})
    return BuildSummary(
        documents=len(found.positions),
        refused=tuple(refused),
        claims=len(found.claims),
        facts=found.facts,
        actions=len(actions),
        agents=len({party.id for party in _list_parties(actions)}),
        seconds=clock() - start,
    )


class _Found:
    """What was read so far: claims in memory, for they are resolved together, and all else in a file."""

    def __init__(self, spool: Spool[tuple[Document, Reading]]) -> None:
        self.claims: list[Claim] = []
        self.facts = 0
        self.positions: list[int] = []
        self.copies = CopyGrouper()
        self._spool = spool

    def add(self, document: Document, reading: Reading) -> None:
        self.copies.add(document)
        self.positions.append(self._spool.append((document, reading)))
        self.claims += reading.claims
        self.facts += len(reading.facts)

    def __iter__(self) -> Iterator[tuple[Document, Reading]]:
        return map(self._spool.read, self.positions)


def _encode_all(
    found: _Found,
    groups: Mapping[str, str],
    actions: Sequence[Action],
    kb: KnowledgeBase,
    model: str | None,
    tell: Progress,
) -> Iterator[Quad]:
    yield from encode_ontology()
    yield from encode_knowledge_base(kb)
    yield from encode_run(components=() if model is None else (model,))
    yield from encode_actions(actions)
    yield from encode_cases(resolve_cases(actions))
    named = (party for _, reading in found for party in _list_named(reading))
    yield from encode_agents(chain(_list_parties(actions), named), known=kb.agents, government_of=kb.government_of)
    action_of = {claim_id: action.id for action in actions for claim_id in action.claim_ids}
    for number, (document, reading) in enumerate(found):
        tell("writing", number, len(found.positions))
        grouped = replace(document, group=groups.get(document.id, document.id))
        yield from encode_document(grouped, reading, action_of)
    tell("writing", len(found.positions), len(found.positions))


def _list_parties(actions: Iterable[Action]) -> Iterator[AgentRef]:
    for action in actions:
        yield action.actor
        yield action.target


def _list_named(reading: Reading) -> Iterator[AgentRef]:
    for claim in reading.claims:
        yield from (party for party in (claim.actor, claim.target, claim.speaker) if party)
    for fact in reading.facts:
        yield from (party for party in (fact.subject, fact.object) if party)
