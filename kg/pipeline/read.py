"""From sources to documents and what each says, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.model import Document, Reading, Refusal
from kg.pipeline.lean_import import leave_out_command_line
from kg.pipeline.processes import Failure, map_batches
from kg.pipeline.spark import map_batches_on_spark
from kg.pipeline.spool import Spool
from kg.sources import read_documents

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.extract import ClaimReader

# A batch is what a process takes at a time.
_BATCH_DOCUMENTS = 16
_BATCH_CHARACTERS = 40_000


Select = Callable[[Iterable[Document]], Iterable[Document]]


class Progress(Protocol):
    """Hears how far a phase is; ``total`` is None while it is not known."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """Take note."""


def tell_nobody(phase: str, done: int, total: int | None) -> None:
    """Take no note."""


def read_claims(
    paths: Iterable[str],
    *,
    model: str | None,
    processes: int,
    columns: Mapping[str, str] | None,
    progress: Progress | None,
    refuse: Callable[[Refusal], None] | None,
    master: str | None = None,
    folder: Path | None = None,
    select: Select | None = None,
) -> Iterator[tuple[Document, Reading]]:
    """Read the sources, and give each document with what it says, in the order of the sources' paths.

    This is where documents get their claims from their text. Documents whose claims come from elsewhere, such as the
    rows of a table, need not pass here: `kg.pipeline.build` takes them ready.

    Parameters
    ----------
    paths, model, processes, columns, progress, refuse
        As for `kg.pipeline.extract`.
    master
        The master of a Spark cluster whose workers read, in place of processes; none if None.
    folder
        Where temporary files lie; the system's folder for them if None.
    select
        Gives, of the documents that the sources have, those that are to be read, and may give others; all if None.

    Raises
    ------
    SourceError
        If the sources have no document that could be read.
    KgError
        If the pipeline or the knowledge base is unfit.
    """
    tell, paths = progress or tell_nobody, tuple(paths)
    refused: list[Refusal] = []

    def note(refusal: Refusal) -> None:
        if not refused:
            refused.append(refusal)
        if refuse:
            refuse(refusal)

    found = 0

    def find_documents() -> Iterator[Document]:
        nonlocal found
        for item in read_documents(paths, columns=columns):
            if isinstance(item, Refusal):
                note(item)
                continue
            found += 1
            tell("reading", found, None)
            yield item

    # The documents wait in a file until the last source is read: then it is known how many there are.
    with Spool[Document](folder) as spool:
        documents = select(find_documents()) if select else find_documents()
        entries = [(spool.append(document), len(document.text)) for document in documents]
        positions = [position for position, _ in entries]
        cut = _cut_batches(length for _, length in entries)
        batches = ([spool.read(positions[number]) for number in numbers] for numbers in cut)
        load = partial(_load_reader, model)
        found_by = map_batches_on_spark(load, batches, master) if master else map_batches(load, batches, processes)
        with closing(found_by) as results:
            read = 0
            for number, result in enumerate(results if positions else ()):
                tell("extracting", number, len(positions))
                document = spool.read(positions[number])
                if isinstance(result, Reading):
                    read += 1
                    yield document, result
                else:
                    note(_refuse_document(document, result))
            if not read and found <= len(positions):
                why = f"{refused[0].source}: {refused[0].reason}" if refused else f"nothing at {', '.join(paths)}"
                raise SourceError(f"no document could be read: {why}")
            tell("extracting", len(positions), len(positions))


def _refuse_document(document: Document, failure: Failure) -> Refusal:
    return Refusal(document.source or document.id, f"{document.id!r} could not be read: {failure.reason}")


def _cut_batches(lengths: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    characters = 0
    for number, length in enumerate(lengths):
        if batch and (len(batch) == _BATCH_DOCUMENTS or characters + length > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(number)
        characters += length
    if batch:
        yield batch


def _read_alone(annotator: Annotator, reader: ClaimReader, document: Document) -> Reading:
    # Texts parsed together change the last bits of one another's sums, and so, once in millions of words, a parse.
    # Alone a text is read as it will be when it is the only one that was added.
    ((doc, mentions),) = annotator.read_many((document.text,))
    reading = reader.read(document, doc, mentions)
    for claim in reading.claims:
        # Nothing goes into the graph without its proof: should the reader err, this document is refused, and not all.
        claim.evidence.check(document.text)
    return reading


def _load_reader(model: str | None) -> Callable[[Sequence[Document]], Sequence[Reading]]:
    # Here and not above: where others read, this process need not load spaCy.
    from threadpoolctl import ThreadpoolController

    with leave_out_command_line():
        from kg.annotate import Annotator, load_pipeline
        from kg.extract import ClaimReader

    kb = load_knowledge_base()
    annotator, reader = Annotator(load_pipeline(model), kb), ClaimReader(kb)
    # Several threads of matrix products in each of several processes stand in one another's way; and with one thread
    # everywhere the sums are the same everywhere.
    threads = ThreadpoolController()

    def read(documents: Sequence[Document]) -> Sequence[Reading]:
        with threads.limit(limits=1, user_api="blas"):
            return [_read_alone(annotator, reader, document) for document in documents]

    return read
