"""Read documents from files, folders, globs and standard input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedIOBase

from kg.errors import SourceError
from kg.model import Document, Refusal
from kg.model.ids import make_digest
from kg.sources.draft import Draft
from kg.sources.encoding import decode_bytes
from kg.sources.files import open_source, read_all
from kg.sources.find import find_sources
from kg.sources.finish import finish_draft
from kg.sources.formats import STDIN, find_format, is_gzip, make_stem, show_path
from kg.sources.html import decode_html, read_html
from kg.sources.jsonlines import read_json, read_json_lines
from kg.sources.limits import MAX_DOCUMENT_BYTES, MAX_LIST_BYTES
from kg.sources.markdown import read_markdown
from kg.sources.pdf import read_pdf
from kg.sources.tables import read_table_rows
from kg.sources.warc import read_warc


def read_documents(paths: Iterable[str], *, columns: Mapping[str, str] | None = None) -> Iterator[Document | Refusal]:
    """Read documents one after the other, sorted by path, whatever the order of the arguments.

    What can't be read comes out as a `Refusal` with one line that says why, and the rest goes on. Ids are unique:
    a document that repeats another's id is refused, by name, whether it repeats its text or not.

    Parameters
    ----------
    paths
        Files, folders (with all below them), globs, or ``-`` for standard input (JSON lines if its first line is a JSON
        object, else one plain text).
    columns
        For tables: field of a document to the name of its column, such as ``{"text": "body", "date": "day"}``.
    """
    known: dict[str, str] = {}
    for source in find_sources(paths):
        for item in [source] if isinstance(source, Refusal) else _read_source(source, columns):
            yield item if isinstance(item, Refusal) else _admit(item, known)


def _admit(draft: Draft, known: dict[str, str]) -> Document | Refusal:
    try:
        document = finish_draft(draft)
    except SourceError as error:
        return Refusal(draft.where, str(error))
    digest = make_digest(document.text)
    former = known.get(document.id)
    if former is None:
        known[document.id] = digest
        return document
    if former == digest:
        return Refusal(draft.where, f"{document.id!r} repeats a document of this id and text")
    return Refusal(draft.where, f"{document.id!r} has the id of another document with another text")


def _read_source(path: str, columns: Mapping[str, str] | None) -> Iterator[Draft | Refusal]:
    where = show_path(path)
    try:
        form = "stdin" if path == STDIN else find_format(path)
        # A packed archive is cut into records as it lies there: where one is damaged, the next is sought in its bytes.
        with open_source(path, unpack=form != "warc") as stream:
            yield from _read_format(form, make_stem(path), stream, where, columns)
    except SourceError as error:
        yield Refusal(where, str(error))


def _read_format(
    form: str, stem: str, stream: BufferedIOBase, where: str, columns: Mapping[str, str] | None
) -> Iterator[Draft | Refusal]:
    if form == "stdin":
        yield from _read_stdin(stem, stream, where)
    elif form == "jsonl":
        yield from read_json_lines(stem, stream, where)
    elif form in ("csv", "tsv"):
        yield from read_table_rows(stem, stream, where, delimiter="," if form == "csv" else "\t", columns=columns)
    elif form == "warc":
        yield from read_warc(stream, where, packed=is_gzip(where))
    elif form == "json":
        yield from read_json(stem, decode_bytes(read_all(stream, MAX_LIST_BYTES)), where)
    else:
        yield from _read_whole(form, stem, read_all(stream, MAX_DOCUMENT_BYTES), where)


def _read_whole(form: str, stem: str, data: bytes, where: str) -> Iterator[Draft]:
    if not data:
        raise SourceError("empty: the file has no bytes")
    if form == "pdf":
        yield from read_pdf(stem, data, where)
    elif form == "html":
        yield from read_html(stem, decode_html(data), where)
    elif form == "markdown":
        yield from read_markdown(stem, decode_bytes(data), where)
    else:
        yield Draft(id=stem, text=decode_bytes(data), where=where, keeps_lead=True)


def _read_stdin(stem: str, stream: BufferedIOBase, where: str) -> Iterator[Draft | Refusal]:
    start = stream.readline(MAX_DOCUMENT_BYTES)
    try:
        is_json = isinstance(json.loads(decode_bytes(start)), dict)
    except (SourceError, ValueError, RecursionError):
        is_json = False
    if is_json:
        yield from read_json_lines(stem, stream, where, start)
    else:
        yield from _read_whole("text", stem, start + read_all(stream, MAX_DOCUMENT_BYTES - len(start)), where)
