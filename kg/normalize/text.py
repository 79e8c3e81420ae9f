"""Bring a text into the one form that offsets count in, and keep the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.normalize.offsets import Edit, OffsetMap, apply_edits

# Line ends of any kind; spaces of any width; what has no width or steers the screen; what no text may hold.
_LINE_END = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_SPACE = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_INVISIBLE = (
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BROKEN = "[\ud800-\udfff]"
_UNCLEAN = re.compile(f"(?P<line>{_LINE_END})|(?P<space>{_SPACE})|(?P<invisible>{_INVISIBLE})|(?P<broken>{_BROKEN})")
_REPLACEMENTS = {"line": "\n", "space": " ", "invisible": "", "broken": "\ufffd"}
_LOOSE = re.compile(r"(?P<edge>\A[ \n]+|[ \n]+\Z)|(?P<lines> *\n[ \n]*)|(?P<spaces> {2,})")


def normalize_text(text: str) -> tuple[str, OffsetMap]:
    r"""Normalise a text and return it with the map back to what it was.

    Unicode NFC; ``\n`` for every line end; plain spaces, never two in a row or at a border of a line; no more than one
    empty line; no control, zero-width, bidirectional or soft-hyphen characters; no half surrogates. Curly quotes and
    dashes stay. Normalising twice changes nothing more.
    """
    text, cleaned = apply_edits(text, _find_unclean(text))
    text, composed = _compose(text)
    text, tightened = apply_edits(text, _find_loose(text))
    return text, cleaned.then(composed).then(tightened)


def squeeze_line(text: str) -> str:
    """Normalise a short text (a title, a name) and join its lines by spaces."""
    return " ".join(normalize_text(text)[0].split())


def _find_unclean(text: str) -> Iterator[Edit]:
    for match in _UNCLEAN.finditer(text):
        yield Edit(match.start(), match.end(), _REPLACEMENTS[match.lastgroup or ""])


def _find_loose(text: str) -> Iterator[Edit]:
    for match in _LOOSE.finditer(text):
        if match.lastgroup == "edge":
            replacement = ""
        elif match.lastgroup == "spaces":
            replacement = " "
        else:
            replacement = "\n\n" if match.group().count("\n") > 1 else "\n"
        if match.group() != replacement:
            yield Edit(match.start(), match.end(), replacement)


def _compose(text: str) -> tuple[str, OffsetMap]:
    if unicodedata.is_normalized("NFC", text):
        return text, OffsetMap()
    result, offsets = apply_edits(text, _find_composed(text))
    whole = unicodedata.normalize("NFC", text)
    if result != whole:  # A script that composes across our clusters: right text, coarse offsets.
        return apply_edits(text, [Edit(0, len(text), whole)])
    return result, offsets


def _find_composed(text: str) -> Iterator[Edit]:
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _is_joining(text[end]):
            continue
        cluster = text[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            yield Edit(start, end, composed)
        start = end


def _is_joining(character: str) -> bool:
    # Marks, and the vowels and finals of Hangul, join what stands before them.
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
