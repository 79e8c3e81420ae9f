"""What a reviewer decides of claims, noted in the file of judgements that a build reads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from kg.errors import KgError
from kg.judge import FILE_NAME, Judgements, append_judgements, read_judgements
from kg.judge.decode import decode_time
from kg.kb import load_knowledge_base
from kg.model import ClaimJudgement, Origin
from kg.query import Table
from kg.rdf import Store
from kg.review import ClaimQuestion, list_questions

VERDICTS = ("accepted", "rejected", "undecided")
_COLUMNS = ("id", "actor", "action", "target", "status", "confidence", "quote", "document")


def find_judgements(url: str) -> Path:
    """Find the file of judgements of a store.

    Raises
    ------
    KgError
        If the store is an endpoint, which has no folder.
    """
    if url.startswith(("http://", "https://")):
        raise KgError(f"{url} is an endpoint, and has no folder for judgements: want the folder of a store")
    return Path(url) / FILE_NAME


def read_former(url: str) -> Judgements:
    """Read what was judged before; nothing where there is no file yet."""
    file = find_judgements(url)
    return read_judgements(file if file.exists() else None, load_knowledge_base())


def list_doubts(store: Store, url: str, count: int) -> Table:
    """List the claims of least confidence that nobody has judged."""
    questions = islice(list_questions(store, read_former(url)), count)
    return Table(_COLUMNS, tuple(_make_row(question) for question in questions))


def _make_row(question: ClaimQuestion) -> tuple[str | float, ...]:
    claim = question.claim
    said = (claim.actor.name, claim.action, claim.target.name, claim.status, round(claim.confidence, 4))
    return (claim.id, *said, claim.evidence.quote, question.document.id)


def note_verdicts(store: Store, url: str, verdicts: Mapping[str, str], *, by: str, when: str, why: str) -> None:
    """Add judgements of claims to the file, all or none.

    Raises
    ------
    KgError
        If a verdict is none of `VERDICTS`, or there is no such claim.
    """
    for claim, verdict in verdicts.items():
        if verdict not in VERDICTS:
            raise KgError(f"claim {claim}: verdict {verdict!r}: want one of {', '.join(VERDICTS)}")
    origin = Origin(by, decode_time(when), why)
    keys = {
        question.claim.id: question.key
        for question in list_questions(store, read_former(url), again=True)
        if question.claim.id in verdicts
    }
    if unknown := sorted(verdicts.keys() - keys.keys()):
        raise KgError(f"claim {unknown[0]!r}: the graph has none of that id: want one of doubts() or claims()")
    append_judgements(
        find_judgements(url), [ClaimJudgement(keys[claim], verdicts[claim], origin) for claim in sorted(verdicts)]
    )
