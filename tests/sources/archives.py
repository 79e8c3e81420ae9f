"""WARC archives that the tests write, by warcio, as crawlers do."""

from __future__ import annotations

import io
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TAKEN = "2024-08-24T10:11:12Z"
HTML = "text/html; charset=utf-8"
SENTENCE = "The regulator of Exampleland opened an inquiry into the messaging platform on Monday, a spokesman said."


def make_page(number: int, *, date: str | None = None) -> str:
    """Write a page with an article of its own."""
    told = f'<meta property="article:published_time" content="{date}T09:00:00Z">' if date else ""
    text = "".join(f"<p>{SENTENCE} This is paragraph {part} of article {number}.</p>" for part in range(4))
    title = f"Regulator opens inquiry number {number}"
    return (
        f"<html><head><title>{title}</title>{told}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


@dataclass(frozen=True)
class Page:
    """A record to write."""

    url: str
    body: bytes
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", HTML),)
    kind: str = "response"
    extra: tuple[tuple[str, str], ...] = ()


def make_pages(count: int) -> list[Page]:
    """Make pages of different articles."""
    return [Page(f"https://example.org/{number}", make_page(number).encode()) for number in range(count)]


def write_archive(pages: list[Page], *, packed: bool) -> tuple[bytes, list[int]]:
    """Write an archive; give its bytes and the offset of each page's record."""
    out, offsets = io.BytesIO(), []
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for page in pages:
        offsets.append(out.tell())
        is_response = page.kind in ("response", "revisit")
        http = StatusAndHeaders(page.status, list(page.headers), protocol="HTTP/1.1") if is_response else None
        record = writer.create_warc_record(
            page.url,
            page.kind,
            payload=io.BytesIO(page.body),
            http_headers=http,
            warc_content_type="" if is_response else page.headers[0][1],
            warc_headers_dict={"WARC-Date": TAKEN, **dict(page.extra)},
        )
        writer.write_record(record)
    return out.getvalue(), offsets
