"""Keep the pages that were fetched, in WARC archives: what the graph rests on can be looked up, and read again."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.sources.warc import PUBLISHED

if TYPE_CHECKING:
    from kg.watch.fetch import Fetched

_DROPPED = ("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive", "set-cookie")


def name_archive(folder: Path, number: int) -> Path:
    """Name the archive of that number."""
    return folder / f"{number:06}.warc.gz"


def write_archive(path: Path, pages: list[tuple[Fetched, str, str | None]]) -> None:
    """Write pages into an archive, which is there when all of it is on the disk.

    Parameters
    ----------
    path
        The file.
    pages
        What was fetched, when, and the time of publication where that is known.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for fetched, taken, published in pages:
        # The body is kept unpacked, as Common Crawl does; so the headers that tell its packing would not be true.
        told = [(name.title(), value) for name, value in fetched.headers.items() if name not in _DROPPED]
        headers = {"WARC-Date": taken, **({PUBLISHED: published} if published else {})}
        record = writer.create_warc_record(
            str(fetched.address),
            "response",
            payload=io.BytesIO(fetched.body),
            http_headers=StatusAndHeaders(f"{fetched.status} OK", told, protocol="HTTP/1.1"),
            warc_headers_dict=headers,
        )
        writer.write_record(record)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(packed.getvalue())
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
