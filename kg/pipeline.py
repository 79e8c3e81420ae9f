"""The only place where the stages are wired together: from sources to one object a document, or to a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from threadpoolctl import ThreadpoolController

from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.model import Claim, Document, Fact, Reading, Refusal
from kg.processes import Failure, map_batches
from kg.sources import read_documents
from kg.spool import Spool

# A batch is what a process takes at a time. Its borders depend on the documents alone, never on the processes, so that
# the last bits of the neural network's sums do not either.
_BATCH_DOCUMENTS = 16
_BATCH_CHARACTERS = 40_000


class Progress(Protocol):
    """Hears how far a phase is; ``total`` is None while it is not known."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """Take note."""


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
    for document, reading in _read_claims(paths, model, processes, columns, progress, refuse):
        yield {
            "id": document.id,
            "events": [_describe_claim(claim, laws) for claim in reading.claims],
            "facts": [_describe_fact(fact) for fact in reading.facts],
        }


def _read_claims(
    paths: Iterable[str],
    model: str | None,
    processes: int,
    columns: Mapping[str, str] | None,
    progress: Progress | None,
    refuse: Callable[[Refusal], None] | None,
) -> Iterator[tuple[Document, Reading]]:
    tell = progress or (lambda phase, done, total: None)
    refuse = refuse or (lambda refusal: None)
    # The documents wait in a file until the last source is read: then it is known how many there are.
    with Spool[Document]() as spool:
        positions: list[int] = []
        lengths: list[int] = []
        for item in read_documents(paths, columns=columns):
            if isinstance(item, Refusal):
                refuse(item)
                continue
            positions.append(spool.append(item))
            lengths.append(len(item.text))
            tell("reading", len(positions), None)
        if not positions:
            raise SourceError(f"no document could be read from {', '.join(map(repr, paths)) or 'no sources'}")
        batches = (
            [spool.read(positions[number]) for number in numbers] for numbers in _cut_batches(lengths)
        )
        tell("extracting", 0, len(positions))
        with closing(map_batches(partial(_load_reader, model), batches, processes)) as results:
            for number, result in enumerate(results):
                document = spool.read(positions[number])
                if isinstance(result, Failure):
                    reason = f"{document.id!r} could not be read: {result.reason}"
                    refuse(Refusal(document.source or document.id, reason))
                else:
                    yield document, result
                tell("extracting", number + 1, len(positions))


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


def _load_reader(model: str | None) -> Callable[[Sequence[Document]], Sequence[Reading]]:
    from kg.annotate import load_pipeline
    from kg.extract import Reader

    reader = Reader(load_pipeline(model), load_knowledge_base())
    # Several threads of matrix products in each of several processes stand in one another's way; and with one thread
    # everywhere the sums are the same everywhere.
    threads = ThreadpoolController()

    def read(documents: Sequence[Document]) -> Sequence[Reading]:
        with threads.limit(limits=1, user_api="blas"):
            return list(reader.read_many(documents))

    return read


def _describe_claim(claim: Claim, laws: Mapping[str, str]) -> dict[str, Any]:
    evidence = claim.evidence
    return {
        "action": claim.action,
        "actor": claim.actor.name,
        "target": claim.target.name,
        "actor_mention": evidence.actor_chain[-1].text if evidence.actor_chain else None,
        "target_mention": evidence.target_chain[-1].text if evidence.target_chain else None,
        "status": claim.status,
        "charges": list(claim.charges),
        "law": [laws.get(law, law) for law in claim.laws],
        "amount": _describe_number(claim.money.amount) if claim.money else None,
        "currency": claim.money.currency if claim.money else None,
        "date": claim.date.iso if claim.date else None,
        "speaker": claim.speaker.name if claim.speaker else None,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": round(claim.confidence, 4),
    }


def _describe_fact(fact: Fact) -> dict[str, Any]:
    return {
        "relation": fact.relation,
        "subject": fact.subject.name,
        "object": fact.object.name if fact.object else None,
        "value": fact.value,
        "quote": fact.quote,
    }


def _describe_number(amount: Decimal) -> int | float:
    # JSON knows no decimals; whole amounts, the rule among fines, stay exact.
    return int(amount) if amount == amount.to_integral_value() else float(amount)
