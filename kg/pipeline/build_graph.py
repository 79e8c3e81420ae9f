"""From sources to a store: what is new or has changed is read, and what rests on it is worked out again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kg import __version__
from kg.errors import SourceError
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import Judgements, read_judgements
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Document, Refusal
from kg.pipeline.changes import ActionChange
from kg.pipeline.plan import Plan, Told
from kg.pipeline.read import Progress, read_claims, tell_nobody
from kg.pipeline.runs import Run, describe_run
from kg.pipeline.spool import Spool
from kg.pipeline.tables import read_tables, sort_sources
from kg.pipeline.target import Target, open_target
from kg.pipeline.update import GraphUpdate
from kg.pipeline.withheld import describe_withheld, find_withheld, load_withheld


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build found, and what the store then holds.

    ``documents`` to ``agents`` count what the store holds; ``agents`` are those of actions. ``added``, ``changed`` and
    ``reread`` are ids of documents: those that were not there before, those that were there with another text or other
    details, and those that were there as they are but were read in another way. ``unchanged`` counts the documents of
    the sources that needed no reading. ``reason`` says why all was worked out anew, where it was. ``actions_changed``
    are actions that came, went, or rest on more or fewer sources; it is empty where all was worked out anew.
    ``judgements`` counts the decisions of reviewers to apply; ``seconds`` is the wall time that it took.
    """

    documents: int
    refused: tuple[Refusal, ...]
    claims: int
    facts: int
    actions: int
    agents: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    reread: tuple[str, ...]
    unchanged: int
    reason: str | None
    actions_changed: tuple[ActionChange, ...]
    judgements: int
    seconds: float


def build(
    paths: Iterable[str],
    store_url: str | Path,
    *,
    fresh: bool = False,
    model: str | None = None,
    processes: int = 1,
    master: str | None = None,
    columns: Mapping[str, str] | None = None,
    trackers: Sequence[str] = (),
    judgements: str | Path | None = None,
    persons: str | None = None,
    ready: Iterable[Told | Refusal] = (),
    documents: Iterable[Document] = (),
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> BuildSummary:
    """Read what is new in the sources or has changed, and let the graph follow; the former one stays until it is done.

    The documents of the sources come to those that the store has; one with the id of another takes its place. The graph
    is the same, to the byte, as if all were built afresh.

    Parameters
    ----------
    paths
        Files, folders, globs, or ``-`` for standard input; none takes up in a store what was judged since.
    store_url
        Where the graph goes: a folder, or the http(s) address of a SPARQL endpoint.
    fresh
        Forget what the store holds, and read all anew.
    model, processes, columns, progress
        As for `extract`.
    master
        The master of a Spark cluster whose workers read, such as ``local[2]``; then ``processes`` counts for nothing.
    trackers
        Mappings of trackers' tables, by the names of shipped ones or by their files; shipped ones are tried anyhow.
    judgements
        A file of reviewers' judgements; None takes ``judgements.jsonl`` of the store's folder if it is there.
    persons
        ``all``, or ``known`` to leave out private ones (`kg.privacy`); None goes on as the store was built.
    ready
        Documents whose claims were made without the pipeline for texts, such as the rows of a table.
    documents
        Documents to be read beside those of the sources; drawn after ``ready``.
    say
        Hears in one line why all documents of the store are read or worked out anew, before they are.
    clock
        Tells the seconds for the summary.

    Raises
    ------
    SourceError
        If the sources have no document that could be read.
    KgError
        If the pipeline, the knowledge base, the judgements or the store is unfit.
    """
    start = clock()
    kb, run, tell = load_knowledge_base(), describe_run(model), progress or tell_nobody
    judged = load_judgements(store_url, judgements, kb)
    withheld = load_withheld(store_url, persons, kb, fresh=fresh)
    refused: list[Refusal] = []
    sources = sort_sources(paths, trackers=trackers, columns=columns)
    with open_target(store_url, fresh=fresh) as target, Spool[bytes](target.folder) as spool:
        plan = Plan(
            target.former,
            run,
            judged,
            target.details.get("judgements"),
            refused.append,
            withheld=withheld.digest,
            withheld_before=find_withheld(target.details, withheld),
        )
        if plan.reason and say:
            say(plan.reason)
        continues = not plan.begins_afresh and target.keep()
        update = GraphUpdate(target.ledger, target.kept, kb, judged, spool, withheld)
        if target.former and not continues and not plan.begins_afresh:
            update.compare_with(target.former.store)
        for told in plan.select_ready(chain(ready, read_tables(sources))):
            update.add(*told)
        more = iter(documents)
        waiting = tuple(islice(more, 1))
        if not (sources.texts or waiting) and not plan.has_documents and refused:
            raise SourceError(f"no document could be read: {refused[0].source}: {refused[0].reason}")
        # Sources without a document are an error, unless there are other documents; no sources only take up judgements.
        is_none_needed = (
            plan.has_documents or bool(waiting) or (target.former is not None and not (sources.texts or sources.tables))
        )
        with suppress(SourceError) if is_none_needed else nullcontext():
            for document, reading in read_claims(
                sources.texts,
                model=model,
                processes=processes,
                master=master,
                columns=columns,
                progress=tell,
                refuse=refused.append,
                folder=target.folder,
                select=lambda found: plan.select(chain(found, waiting, more)),
            ):
                update.add(document, reading, run, digest=plan.find_digest(document.id))
        if waiting and not (update.added or plan.unchanged) and refused:
            raise SourceError(f"no document could be read: {refused[0].source}: {refused[0].reason}")
        if not continues:
            for told in plan.list_kept(tuple(update.added)):
                update.add(*told, digest=plan.find_digest(told[0].id))
        details = {**make_details(run, judged), **describe_withheld(withheld)}
        totals = write_update(update, target, details, tell)
    return BuildSummary(
        **totals,
        refused=tuple(refused),
        added=tuple(id for id in plan.added if id in update.added),
        changed=tuple(id for id in plan.changed if id in update.added),
        reread=tuple(id for id in plan.reread if id in update.added),
        unchanged=plan.unchanged,
        reason=plan.reason,
        actions_changed=tuple(update.changes),
        judgements=len(judged.judgements),
        seconds=clock() - start,
    )


def load_judgements(store_url: str | Path, path: str | Path | None, kb: KnowledgeBase) -> Judgements:
    """Load the judgements that apply to a store: those of a file, or of that in its folder, if any."""
    beside = Path(str(store_url)) / JUDGEMENTS
    if path is None and "://" not in str(store_url) and beside.is_file():
        path = beside
    return read_judgements(None if path is None else Path(path), kb)


def make_details(run: Run, judged: Judgements) -> dict[str, Any]:
    """Make what the store is to remember of how it was built."""
    return {"kg": __version__, "run": run.name, "components": list(run.components), "judgements": judged.digest}


def write_update(update: GraphUpdate, target: Target, details: Mapping[str, Any], tell: Progress) -> dict[str, int]:
    """Write what came and went, if anything did, and count what there is then."""
    if update.added or update.wiped:
        update.settle()
    totals = update.ledger.count_totals()
    if update.added or update.wiped:
        number = len(update.added)
        target.write(update, {**details, "documents": totals["documents"]}, lambda done: tell("writing", done, number))
    return totals
