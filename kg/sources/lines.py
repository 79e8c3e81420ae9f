"""Read lines from a stream of bytes in any encoding, none longer than the bound."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BufferedIOBase
from itertools import chain

from kg.sources.encoding import SAMPLE_BYTES, detect_encoding
from kg.sources.limits import MAX_DOCUMENT_BYTES

_CHUNK = 262_144


def read_lines(stream: BufferedIOBase, start: bytes = b"") -> Iterator[tuple[int, str | None]]:
    r"""Yield number and text (with its ``\n``) of each line; None for one that is too long.

    Bytes that the encoding has not become U+FFFD. ``start`` was read from the stream before.

    Raises
    ------
    SourceError
        If the stream is no text.
    """
    blocks = _read_blocks(stream, start)
    first = next(blocks)
    decoder = codecs.getincrementaldecoder(detect_encoding(first))("replace")
    number, pending, length, too_long = 1, list[str](), 0, False
    for text in chain([decoder.decode(first)], map(decoder.decode, blocks), (decoder.decode(b"", True) for _ in "1")):
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


def _read_blocks(stream: BufferedIOBase, start: bytes) -> Iterator[bytes]:
    # The first block is large enough to tell the encoding from; what was read before an error comes before the error.
    block = start
    try:
        while len(block) < SAMPLE_BYTES and (more := stream.read1(_CHUNK)):
            block += more
    except Exception:
        yield block
        raise
    yield block
    while more := stream.read1(_CHUNK):
        yield more


def _split(text: str) -> Iterator[str]:
    # Not splitlines, which also breaks at U+2028 and others that JSON and CSV may hold.
    position = 0
    while (end := text.find("\n", position)) >= 0:
        yield text[position : end + 1]
        position = end + 1
    if position < len(text):
        yield text[position:]
