"""Read RSS and Atom feeds: which pages they point to, and when those were published."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import SourceError
from kg.sources.html import check_nesting, decode_html
from kg.watch.addresses import WebAddress, parse_address, strip_tracking

_MAX_ENTRIES = 1000
_NO_FEED = re.compile(r"\s*<(!doctype\s+html|html)\b", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I | re.A)
_DECLARED = re.compile(r"\s*<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I | re.A)
_LONG_TAG = re.compile(r"<[^<>]{20000}")
_LONG_SPACE = re.compile(r"\s{100,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: the address of its page, and when that was published, in UTC."""

    url: str
    published: str | None


def parse_feed(data: bytes, headers: Mapping[str, str], address: WebAddress) -> list[Entry]:
    """Read the entries of a feed, in its order; those without a web address are passed over.

    Parameters
    ----------
    data
        The feed.
    headers
        What the server said of it.
    address
        Where it was found.

    Raises
    ------
    SourceError
        If it is no feed.
    """
    import feedparser

    text = _decode(data, headers)
    told = {"content-type": "application/xml; charset=utf-8", "content-location": str(address)}
    try:
        # A stream, for of a text feedparser might take the first line for the name of a file, or for an address.
        feed = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=told, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # A parser over hostile input: whatever it trips over costs this feed only.
        raise SourceError(f"this feed can't be parsed: {type(error).__name__}") from error
    if not feed.entries and not feed.get("version"):
        raise SourceError("this is no feed: want RSS or Atom")
    entries: dict[str, Entry] = {}
    for entry in feed.entries[:_MAX_ENTRIES]:
        link = entry.get("feedburner_origlink") or entry.get("link")
        if not isinstance(link, str) or not link.strip():
            continue
        try:
            url = str(strip_tracking(parse_address(link, base=str(address))))
        except SourceError:
            continue
        entries.setdefault(url, Entry(url, _format_time(entry.get("published_parsed"))))
    return list(entries.values())


def _decode(data: bytes, headers: Mapping[str, str]) -> str:
    """Decode a feed, and look at it before the parsers do, whose time and memory some feeds are written to take."""
    declared = _CHARSET.search(headers.get("content-type", "")) or _DECLARED.match(data[:200].decode("latin-1"))
    text = decode_html(data, charset=declared[1] if declared else None).encode("utf-8", "replace").decode()
    if not text.strip():
        raise SourceError("this is no feed: it is empty")
    if _NO_FEED.match(text):
        raise SourceError("this is a web page, no feed: want the address of its RSS or Atom")
    if "<!entity" in text.lower():
        raise SourceError("it declares entities, which no feed needs and bombs are made of")
    if _LONG_TAG.search(text):
        raise SourceError("a tag of more than 20,000 characters")
    check_nesting(text)
    # Some of feedparser's patterns take quadratic time over empty lines.
    return _LONG_SPACE.sub("\n", text)


def _format_time(parsed: Any) -> str | None:
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None
    except (ValueError, TypeError, OverflowError):
        return None
