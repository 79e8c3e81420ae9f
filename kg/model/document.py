"""A document: one text with its source."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its source.

    Parameters
    ----------
    id
        Unique in a build: as given by the source (jsonl), else the file's stem.
    text
        The text that evidence offsets count in (Unicode code points), as stored.
    source
        The file (or ``-`` for standard input) that it was read from, for messages; no part of its identity.
    published
        The day of publication, as precise as the source gives it.
    language
        ISO 639-1 code.
    group
        Documents that tell the same copy share a group (the least id among them); None while unknown.
    """

    id: str
    text: str
    source: str = ""
    title: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    publisher: str | None = None
    author: str | None = None
    language: str = "en"
    licence: str | None = None
    retrieved: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source, or one document of it, that was not read, and why, in one line."""

    source: str
    reason: str
