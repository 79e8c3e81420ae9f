"""Read the text of a PDF."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.limits import MAX_PDF_PAGES, MAX_PDF_SECONDS, MAX_TEXT_CHARACTERS

if TYPE_CHECKING:
    from pypdf import PdfReader

_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def read_pdf(id: str, data: bytes, where: str) -> Iterator[Draft]:
    """Read one PDF.

    Raises
    ------
    SourceError
        If it is locked, damaged, too long, or holds images of text only.
    """
    if b"%PDF-" not in data[:1024]:
        raise SourceError("this is no PDF")
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # It warns of each flaw that it mends.
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("this PDF is locked by a password")
        text = _join_pages(reader)
        about = {name: str(value) for name, value in (reader.metadata or {}).items() if value}
    except SourceError:
        raise
    except Exception as error:  # A parser over hostile input: whatever it trips over costs this file only.
        raise SourceError(f"this PDF is damaged: {type(error).__name__}") from error
    if not text.strip():
        raise SourceError("no text in this PDF (images of pages only?)")
    made = _PDF_DATE.match(about.get("/CreationDate", ""))
    yield Draft(
        id=id,
        text=text,
        where=where,
        title=about.get("/Title"),
        author=about.get("/Author"),
        published="-".join(part for part in made.groups() if part) if made else None,
        keeps_lead=True,
    )


def _join_pages(reader: PdfReader) -> str:
    if len(reader.pages) > MAX_PDF_PAGES:
        raise SourceError(f"a PDF of {len(reader.pages)} pages; at most {MAX_PDF_PAGES} are read")
    parts: list[str] = []
    length = 0
    deadline = time.monotonic() + MAX_PDF_SECONDS
    for page in reader.pages:
        parts.append(page.extract_text())
        length += len(parts[-1])
        if length > MAX_TEXT_CHARACTERS:
            break  # What is too long is refused with all other texts.
        if time.monotonic() > deadline:
            raise SourceError(f"this PDF takes more than {MAX_PDF_SECONDS:.0f} s to read")
    return _HYPHENATED.sub("", "\n\n".join(parts))
