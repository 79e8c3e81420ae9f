"""Read JSON lines (``id,text,url,title,published,publisher``) and JSON files of one such object or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedIOBase

from kg.errors import SourceError
from kg.model import Refusal
from kg.sources.draft import Draft
from kg.sources.limits import MAX_DOCUMENT_BYTES
from kg.sources.lines import read_lines
from kg.sources.records import make_draft, match_columns


def read_json_lines(stem: str, stream: BufferedIOBase, where: str, start: bytes = b"") -> Iterator[Draft | Refusal]:
    """Read a document a line; a bad line is refused by its number and the rest goes in.

    Raises
    ------
    SourceError
        If the stream is no text.
    """
    number = 0
    for number, line in read_lines(stream, start):
        place = f"{where}:{number}"
        if line is None:
            yield Refusal(place, f"too large: a line of more than {MAX_DOCUMENT_BYTES // 1_000_000} MB")
        elif line.strip():
            try:
                record = _parse(line)
            except SourceError as error:
                yield Refusal(place, str(error))
            else:
                yield _read_record(record, f"{stem}-{number}", place)
    if not number:
        raise SourceError("empty: no lines")


def read_json(stem: str, text: str, where: str) -> Iterator[Draft | Refusal]:
    """Read a JSON file that holds one document or a list of documents.

    Raises
    ------
    SourceError
        If it is not JSON, or neither of both.
    """
    data = _parse(text)
    if isinstance(data, dict):
        yield _read_record(data, stem, where)
    elif isinstance(data, list):
        for number, record in enumerate(data, 1):
            yield _read_record(record, f"{stem}-{number}", f"{where}[{number}]")
    else:
        raise SourceError(f"JSON of type {type(data).__name__}, want an object or a list of objects")


def _read_record(record: object, id: str, where: str) -> Draft | Refusal:
    try:
        if not isinstance(record, dict):
            raise SourceError(f"JSON of type {type(record).__name__}, want an object")
        matched = match_columns(list(record), None)
        return make_draft(record, matched, id=id, where=where, as_is=True)
    except SourceError as error:
        return Refusal(where, str(error))


def _parse(text: str) -> object:
    try:
        parsed: object = json.loads(text.removeprefix("\ufeff"))
        return parsed
    except RecursionError as error:
        raise SourceError("JSON nested too deeply") from error
    except ValueError as error:
        raise SourceError(f"not JSON: {str(error)[:200]}") from error
