"""Read lines from a stream of bytes in any encoding, none longer than the bound."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.encoding import detect_encoding
from kg.sources.limits import MAX_DOCUMENT_BYTES

_CHUNK = 262_144


def read_lines(stream: BinaryIO, start: bytes = b"") -> Iterator[tuple[int, str | None]]:
    r"""Yield number and text (with its ``\n``) of each line; None for one that is too long.

    Bytes that the encoding has not become U+FFFD. ``start`` was read from the stream before.

    Raises
    ------
    SourceError
        If the stream is no text.
    """
    block = start + stream.read(_CHUNK)
    encoding = detect_encoding(block)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    number, pending, length, too_long = 1, list[str](), 0, False
    while block:
        text = decoder.decode(block)
        block = stream.read(_CHUNK)
        if not block:
            text += decoder.decode(b"", final=True)
        for line in _split(text):
            if not too_long:
                pending.append(line)
                length += len(line)
                if length > MAX_DOCUMENT_BYTES:
                    pending, too_long = [], True
            if line.endswith("\n"):
                yield number, None if too_long else "".join(pending)
                number, pending, length, too_long = number + 1, [], 0, False
    if pending or too_long:
        yield number, None if too_long else "".join(pending)


def _split(text: str) -> Iterator[str]:
    # Not splitlines, which also breaks at U+2028 and others that JSON and CSV may hold.
    position = 0
    while (end := text.find("\n", position)) >= 0:
        yield text[position : end + 1]
        position = end + 1
    if position < len(text):
        yield text[position:]
