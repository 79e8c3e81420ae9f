"""Read WARC archives of web pages, as crawlers write them: Common Crawl News, wget, browsertrix, ``kg watch``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase, BytesIO
from typing import Any

from kg.errors import SourceError
from kg.model import Refusal
from kg.model.ids import make_digest
from kg.sources.draft import Draft
from kg.sources.html import decode_html, read_html
from kg.sources.limits import MAX_DOCUMENT_BYTES, MAX_ID_CHARACTERS
from kg.sources.published import parse_published
from kg.sources.unpack import unpack_body
from kg.sources.warc_records import Damage, cut_records

PUBLISHED = "KG-Published"
"""The header of a record that tells when its page was published, where whoever fetched it knows."""

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BufferedIOBase, where: str, *, packed: bool) -> Iterator[Draft | Refusal]:
    """Read the web pages of an archive: responses of HTML with status 200, and resources of HTML.

    A page's id is its address, or the id of its record where that is too long. What else is in an archive (requests,
    pictures, errors of servers) is passed over; a record that is damaged is refused, by the offset in the file.

    Parameters
    ----------
    stream
        The file, at its beginning.
    where
        Its name in messages.
    packed
        Whether it is packed by gzip.

    Raises
    ------
    SourceError
        If it holds no web page, nor anything damaged that might have been one.
    """
    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # It reports addresses that have a space in them.
    records = pages = 0
    for item in cut_records(stream, packed=packed):
        place = f"{where}@{item.place}"
        if isinstance(item, Damage):
            pages += 1
            yield Refusal(place, item.reason)
            continue
        records += 1
        try:
            for draft in _read_record(item.data, place):
                pages += 1
                yield draft
        except SourceError as error:
            pages += 1
            yield Refusal(place, str(error))
    if not pages:
        raise SourceError(
            f"no web page among its {records:,} records: want responses of HTML with status 200"
            if records
            else "empty: there are no records in it"
        )


def _read_record(data: bytes, where: str) -> Iterator[Draft]:
    from warcio.recordloader import ArcWarcRecordLoader  # Only where archives are read.

    try:
        record = ArcWarcRecordLoader().parse_record_stream(BytesIO(data), known_format="warc")
        page = _find_page(record)
        body = b"" if page is None else _read_body(record)
    except SourceError:
        raise
    except Exception as error:  # A parser over hostile input: whatever it trips over costs this record only.
        raise SourceError(f"this record can't be parsed: {type(error).__name__}") from error
    if page is None:
        return
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    taken = record.rec_headers.get_header("WARC-Date") or ""
    for draft in read_html(_make_id(record, url), decode_html(body, charset=page.get("charset")), where):
        told = record.rec_headers.get_header(PUBLISHED) or draft.published
        yield replace(draft, url=url or draft.url, published=_choose_date(told, taken), retrieved=taken or None)


def _find_page(record: Any) -> dict[str, str] | None:
    """Give the parameters of a web page's media type; None for what is no page."""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return None
        header = record.http_headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        header = record.content_type or ""
    else:
        return None
    kind, *parameters = header.split(";")
    if kind.strip().lower() not in _PAGES:
        return None
    pairs = (parameter.partition("=") for parameter in parameters)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _read_body(record: Any) -> bytes:
    from warcio.bufferedreaders import ChunkedDataReader

    encoding, stream = None, record.raw_stream
    if record.http_headers is not None:
        encoding = record.http_headers.get_header("Content-Encoding")
        if (record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
            stream = ChunkedDataReader(stream)
    return unpack_body(stream.read(), encoding, MAX_DOCUMENT_BYTES)


def _make_id(record: Any, url: str) -> str:
    if url and len(url) <= MAX_ID_CHARACTERS:
        return url
    named = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<> ")
    return named if named and len(named) <= MAX_ID_CHARACTERS else make_digest(url or named)


def _choose_date(told: str | None, taken: str) -> str | None:
    """Choose the day of publication: as the page tells it, but none later than the day on which it was fetched."""
    published, last = parse_published(told or ""), parse_published(taken)
    if published is None or (last is not None and published.iso[: len(last.iso)] > last.iso[: len(published.iso)]):
        return taken or None
    return published.iso
