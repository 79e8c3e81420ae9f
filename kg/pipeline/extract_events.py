"""From sources to one object a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg.kb import load_knowledge_base
from kg.model import Refusal
from kg.pipeline.describe import describe_reading
from kg.pipeline.read import Progress, read_claims


def extract(
    paths: Iterable[str],
    *,
    model: str | None = None,
    processes: int = 1,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    refuse: Callable[[Refusal], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Say what each document says, one JSON-ready object a document, in the order of the sources' paths.

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
    for _, reading in read_claims(
        paths, model=model, processes=processes, columns=columns, progress=progress, refuse=refuse
    ):
        yield describe_reading(reading, laws)
