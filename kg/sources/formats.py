"""Which suffix means which format, and how a path is named: as an id and in messages."""

from __future__ import annotations

import os

from kg.errors import SourceError

STDIN = "-"
"""The path that stands for standard input."""

FORMATS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".pdf": "pdf",
    ".warc": "warc",
}
"""Suffixes (each may be followed by ``.gz``) and the format they mean."""


def find_format(path: str) -> str:
    """Tell the format of a file from its suffix.

    Raises
    ------
    SourceError
        If the suffix is none of those that are read; the message lists them.
    """
    suffix = os.path.splitext(_strip_gzip(path))[1].lower()
    if suffix not in FORMATS:
        raise SourceError(f"can't read {suffix or 'no suffix'!r}: want one of {' '.join(FORMATS)} (or any with .gz)")
    return FORMATS[suffix]


def is_gzip(path: str) -> bool:
    """Tell whether the name says that the file is compressed."""
    return path.lower().endswith(".gz")


def is_workbook(path: str) -> bool:
    """Tell whether the name is that of an Excel workbook, which only trackers' tables may be."""
    return path.lower().endswith(".xlsx")


def may_be_table(path: str) -> bool:
    """Tell by its name whether a file may be a tracker's table."""
    if path == STDIN:
        return False
    try:
        return is_workbook(path) or find_format(path) in ("csv", "tsv")
    except SourceError:
        return False


def make_stem(path: str) -> str:
    """Make a document's id from the name of its file, without its suffix."""
    if path == STDIN:
        return "stdin"
    name = os.path.basename(_strip_gzip(path))
    return os.path.splitext(name)[0]


def show_path(path: str) -> str:
    """Name a path in one line of printable characters, whatever its bytes."""
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


def _strip_gzip(path: str) -> str:
    return path[:-3] if is_gzip(path) else path
