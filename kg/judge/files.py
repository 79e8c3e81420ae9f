"""Files of judgements: JSON lines that a person can edit, and that a program only adds to."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.append import append_lines
from kg.errors import DataError
from kg.judge.decode import decode_judgement
from kg.judge.encode import format_judgement
from kg.kb import KnowledgeBase
from kg.model import ClaimJudgement, Judgement

_MOST_BYTES = 1_000_000  # a line holds one quote; what is longer is no judgement


@dataclass(frozen=True, slots=True)
class Entry:
    """A judgement, and where it stands (``file:line``)."""

    judgement: Judgement
    place: str


def load_judgements(path: Path, kb: KnowledgeBase) -> tuple[Entry, ...]:
    """Load a file of judgements in its order; empty lines and those that start with ``#`` are left out.

    Parameters
    ----------
    path
        The file, UTF-8.
    kb
        Knows the agents that a correction names.

    Raises
    ------
    DataError
        If it can't be read, or a line is no judgement; the message names file and line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    return tuple(_read_entries(content, path, kb))


def _read_entries(content: bytes, path: Path, kb: KnowledgeBase) -> Iterator[Entry]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        place = f"{path}:{number}"
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        if len(text) > _MOST_BYTES:
            raise DataError(f"{place}: a line of {len(text):,} bytes: want at most {_MOST_BYTES:,}")
        try:
            record = json.loads(text.decode("utf-8-sig"), parse_float=str)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{place}: not JSON: {error}") from error
        try:
            yield Entry(decode_judgement(record, kb), place)
        except DataError as error:
            raise DataError(f"{place}: {error}") from error


def find_quoting(entries: Iterable[Entry], documents: Container[str]) -> list[str]:
    """Find where a file quotes any of these documents: the places of the judgements of their claims."""
    return [
        entry.place
        for entry in entries
        if isinstance(entry.judgement, ClaimJudgement) and entry.judgement.key.document in documents
    ]


def append_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Add judgements at the end of a file, which is made if it is missing; what it holds stays as it is.

    Raises
    ------
    DataError
        If the file can't be written.
    """
    lines = "".join(f"{format_judgement(judgement)}\n" for judgement in judgements)
    append_lines(path, lines.encode("utf-8"))
