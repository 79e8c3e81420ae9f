"""From sources to one object a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import Any

from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.model import Claim, Reading, Refusal
from kg.pipeline.describe import describe_reading
from kg.pipeline.read import Progress, read_claims
from kg.pipeline.spool import Spool
from kg.pipeline.tables import read_tables, sort_sources
from kg.resolve import resolve_claims
from kg.sources import CopyGrouper


def extract(
    paths: Iterable[str],
    *,
    model: str | None = None,
    processes: int = 1,
    columns: Mapping[str, str] | None = None,
    trackers: Sequence[str] = (),
    progress: Progress | None = None,
    refuse: Callable[[Refusal], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Say what each document says, one JSON-ready object a document, in the order of the sources' paths.

    Each event carries the id of its action, which is the same for one action told by several of the documents, and that
    of its case. To know them, all documents are read before the first is described.

    Parameters
    ----------
    paths
        Files, folders, globs, or ``-`` for standard input.
    model
        The name of an installed spaCy pipeline; the default one if None.
    processes
        How many processes read; the result is the same with any number. More than 1 wants a caller that can be
        imported (``if __name__ == "__main__":`` in a script).
    columns
        For tables: field of a document to the name of its column.
    trackers
        Mappings of trackers' tables, by the names of shipped ones or by their files; shipped ones are tried anyhow.
    progress
        Hears how far it is.
    refuse
        Hears of each source and document that was not read.

    Raises
    ------
    SourceError
        If no document could be read.
    KgError
        If the pipeline or the knowledge base is unfit.
    """
    laws = {law.id: law.name for law in load_knowledge_base().laws.values()}
    sources = sort_sources(paths, trackers=trackers, columns=columns)
    claims: list[Claim] = []
    groups: dict[str, str] = {}
    copies = CopyGrouper()
    with Spool[Reading]() as spool:
        positions = []
        last: Refusal | None = None
        for told in read_tables(sources):
            if isinstance(told, Refusal):
                last = told
                if refuse:
                    refuse(told)
                continue
            document, reading, run = told
            groups[document.id] = run.tracker or run.name  # All rows of one tracker are one source.
            claims += reading.claims
            positions.append(spool.append(reading))
        if last and not positions and not sources.texts:
            raise SourceError(f"no document could be read: {last.source}: {last.reason}")
        # Texts of which none could be read are an error, unless there are rows of trackers.
        with suppress(SourceError) if positions else nullcontext():
            for document, reading in read_claims(
                sources.texts, model=model, processes=processes, columns=columns, progress=progress, refuse=refuse
            ):
                if document.id in groups:
                    if refuse:
                        refuse(Refusal(document.source, f"{document.id!r} has the id of a row of a tracker"))
                    continue
                copies.add(document)
                claims += reading.claims
                positions.append(spool.append(reading))
        actions = resolve_claims(claims, groups | copies.groups())
        action_of = {claim_id: action for action in actions for claim_id in action.claim_ids}
        for position in positions:
            yield describe_reading(spool.read(position), laws, action_of)
