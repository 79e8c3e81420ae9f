"""Read the article of a web page: text, title, date, site."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from html import unescape

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.encoding import decode_bytes
from kg.sources.limits import MAX_HTML_DEPTH, MAX_HTML_TAGS

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TAG = re.compile(
    r"<(?:(?P<comment>!--)|(?P<closing>/?)(?P<name>[a-z][a-z0-9:-]{0,40})(?:[^<>]{0,5000}?(?P<empty>/?)>)?)"
)
_RAW_ENDS = {"script": "</script", "style": "</style", "textarea": "</textarea", "title": "</title"}
# Elements that have no end, or whose end may be left out.
_VOID = frozenset(
    """area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option
    html head body""".split()  # noqa: SIM905
)
_TITLE = re.compile(r"<title[^>]{0,500}>([^<]{1,1000})</title", re.I)
_TITLE_BORDER = re.compile(r" [|–—\u00b7»-] | :: ")
_FEW_WORDS = 4
# No guesses from any number on the page, and no look at the clock: ``max_date`` is today otherwise.
_DATE_SETTINGS = {"extensive_search": False, "original_date": True, "max_date": "2100-12-31"}


def decode_html(data: bytes, *, charset: str | None = None) -> str:
    """Decode a page: by its mark, as UTF-8, by what it declares, or by statistics.

    Parameters
    ----------
    data
        The bytes of the page.
    charset
        What the server declared; it holds before what the page does.

    Raises
    ------
    SourceError
        If it is no text.
    """
    declared = _DECLARED.search(data[:4096])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    name = (charset or (declared[1].decode() if declared else "")).strip("\"' ").lower()
    if name and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            # The standard of the web reads ISO 8859-1 and ASCII as Windows 1252.
            return data.decode("cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name)
        except (UnicodeError, LookupError):  # Not only of decoding: there is a codec named "undefined".
            pass
    return decode_bytes(data)


def read_html(id: str, text: str, where: str) -> Iterator[Draft]:
    """Read one page.

    Raises
    ------
    SourceError
        If the page is nested beyond reason or has no article in it.
    """
    check_nesting(text)
    from trafilatura import bare_extraction  # A quarter of a second, only where pages are read.

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # They report each page that they get nothing out of.
    text = _XML_DECLARATION.sub("", text.replace("\0", ""), count=1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of time zones that nobody knows, say.
            page = bare_extraction(
                text, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATE_SETTINGS)
            )
    except Exception as error:  # A library of parsers over hostile input: whatever it trips over costs this page only.
        raise SourceError(f"this page can't be parsed: {type(error).__name__}") from error
    if page is None or isinstance(page, dict) or not page.text:
        raise SourceError("no article found on this page")
    yield Draft(
        id=id,
        text=page.text.replace("\n", "\n\n"),  # A line is a block of the page.
        where=where,
        title=_choose_title(page.title, text),
        url=page.url,
        published=page.date,
        publisher=page.sitename or page.hostname,
        author=page.author,
        licence=page.license,
    )


def _choose_title(found: str | None, text: str) -> str | None:
    # Where the first heading only names the section ("News Releases"), the page's own title says more.
    if found and len(found.split()) >= _FEW_WORDS:
        return found
    match = _TITLE.search(text)
    if match is None:
        return found
    parts = _TITLE_BORDER.split(" ".join(unescape(match[1]).split()))
    longest = max(parts, key=len)
    return longest if len(longest.split()) >= _FEW_WORDS else found or longest


def check_nesting(text: str) -> None:
    """Look at the tags of a page or a feed before the parsers do: they recurse, or take quadratic time.

    Raises
    ------
    SourceError
        If they lie too deep in one another, or are too many.
    """
    lower = text.lower()
    stack: list[str] = []
    position = count = 0
    while match := _TAG.search(lower, position):
        position = match.end()
        end = "-->" if match["comment"] else _RAW_ENDS.get(match["name"]) if not match["closing"] else None
        if end:
            position = lower.find(end, position)
            if position < 0:
                return
        count += 1
        _track_nesting(stack, match)
        if len(stack) > MAX_HTML_DEPTH:
            raise SourceError(f"tags nested more than {MAX_HTML_DEPTH} deep")
        if count > MAX_HTML_TAGS:
            raise SourceError(f"more than {MAX_HTML_TAGS} tags")


def _track_nesting(stack: list[str], match: re.Match[str]) -> None:
    name = match["name"]
    if match["comment"] or name in _VOID or match["empty"]:
        return
    if not match["closing"]:
        stack.append(name)
    elif name in stack:
        while stack.pop() != name:
            pass
