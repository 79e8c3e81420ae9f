"""Cut a WARC archive into records, so that a broken one costs no other.

An archive is a row of records, each of which says how long it is; in a ``.warc.gz`` each lies in a gzip member of its
own (or, where somebody packed a whole ``.warc``, all in one). Where a record's length is wrong, its bytes are damaged
or it is cut off, the next place is sought at which one begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from kg.sources.limits import MAX_DOCUMENT_BYTES, MAX_UNPACKED_BYTES, MAX_WASTED_BYTES

_CHUNK = 65_536
_MAX_HEADER = 65_536
_MAGIC = b"\x1f\x8b\x08"
_MARK = b"WARC/"
_BLANK = b"\r\n"
_ENDS = (b"\r\n\r\n", b"\n\n")
_START = re.compile(rb"\nWARC/[01]\.[0-9]+\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record, header and all; ``place`` is the offset in the file at which it begins.

    Of records that share a gzip member the place is that of the member, ``+`` and the bytes unpacked before it.
    """

    place: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a whole record was wanted, and why there is none."""

    place: str
    reason: str


def cut_records(stream: BufferedIOBase, *, packed: bool) -> Iterator[Record | Damage]:
    """Cut an archive into its records; what is damaged comes out as `Damage`, and the rest goes on.

    Parameters
    ----------
    stream
        The file, at its beginning; of a packed one the bytes as they lie there. It must be able to seek.
    packed
        Whether it is packed by gzip.
    """
    if not packed:
        yield from _cut_tape(_Tape(stream.read), None)
        return
    position, wasted, is_lost = 0, 0, False
    while True:
        start = _find_member(stream, position)
        if start != position and not is_lost:
            if stream.seek(0, 2) <= position:
                return
            yield Damage(str(position), "no gzip member begins here")
            is_lost = True
        if start is None:
            return
        member = _Member(stream, start)
        tape = _Tape(member.read, max_waste=MAX_WASTED_BYTES)
        if is_lost and not tape.peek(len(_MARK)).startswith(_MARK):
            position = start + 1  # Bytes that only look like the beginning of a member.
            wasted += member.given
        else:
            is_lost, is_told = False, False
            for item in _cut_tape(tape, start):
                # The end of a member tells whether its bytes are what they were.
                if member.error and (isinstance(item, Damage) or not tape.skip_blank()):
                    item = Damage(item.place, member.error)
                is_told |= isinstance(item, Damage)
                yield item
            if member.error and not is_told:
                yield Damage(str(start), member.error)
            if member.end is not None:
                position = member.end
                continue
            wasted += tape.wasted
            position, is_lost = start + 1, True
        if wasted > MAX_UNPACKED_BYTES:
            yield Damage(str(position), "too much of this archive is damaged: what follows is not read")
            return


def _cut_tape(tape: _Tape, member: int | None) -> Iterator[Record | Damage]:
    while tape.skip_blank():
        place = str(tape.position) if member is None else f"{member}+{tape.position}" if tape.position else str(member)
        record = _take_record(tape)
        if isinstance(record, str):
            yield Damage(place, record)
            if not tape.skip_to_record():
                return
        else:
            yield Record(place, record)


def _take_record(tape: _Tape) -> bytes | str:
    """Take a record, or say why there is none; the tape then stands behind it, or somewhere in it."""
    start = tape.peek(_MAX_HEADER)
    border = _HEADER_END.search(start)
    if not start.startswith(_MARK):
        return "no record begins here"
    if border is None:
        return "its header has no end"
    length = _LENGTH.search(start, 0, border.end())
    if length is None:
        tape.take(border.start())
        return "its header tells no length"
    whole = border.end() + int(length[1])
    if int(length[1]) > MAX_DOCUMENT_BYTES:
        tape.take(border.start())
        return f"too large: a record of more than {MAX_DOCUMENT_BYTES // 1_000_000} MB"
    seen = tape.peek(whole + len(_MARK) + 2 * len(_BLANK))
    after = seen[whole:]
    # Two line ends, as the standard has it; or as some crawlers write it, the end of the file or the next record.
    if len(seen) >= whole and (after.startswith(_ENDS) or after.strip(_BLANK)[: len(_MARK)] in (b"", _MARK)):
        return tape.take(whole)
    tape.take(border.start())
    return "cut off" if len(seen) < whole else "it is not as long as it says"


class _Tape:
    """Bytes to look at before they are taken."""

    def __init__(self, read: Callable[[int], bytes | None], *, max_waste: int | None = None) -> None:
        self.position = 0
        self.wasted = 0
        self._read = read
        self._buffer = bytearray()
        self._is_over = False
        self._max_waste = max_waste
        self._kept = 0

    def peek(self, count: int) -> bytes:
        """Look at the next bytes, fewer at the end."""
        while len(self._buffer) < count and not self._is_over:
            more = self._read(_CHUNK)
            self._is_over = not more
            self._buffer += more or b""
        return bytes(self._buffer[:count])

    def take(self, count: int) -> bytes:
        """Take the next bytes."""
        taken = self.peek(count)
        del self._buffer[:count]
        self.position += len(taken)
        self._kept += len(taken)
        return taken

    def skip_blank(self) -> bool:
        """Skip line ends; false at the end."""
        while chunk := self.peek(_CHUNK):
            blank = len(chunk) - len(chunk.lstrip(_BLANK))
            self._skip(blank)
            if blank < len(chunk):
                return True
        return False

    def skip_to_record(self) -> bool:
        """Skip to where the next record seems to begin; false if there is none."""
        while chunk := self.peek(_CHUNK):
            if match := _START.search(chunk):
                self._skip(match.start() + 1)
                return True
            # The mark may lie across the border.
            self._skip(len(chunk) if self._is_over else max(len(chunk) - 16, 1))
        return False

    def _skip(self, count: int) -> None:
        del self._buffer[:count]
        self.position += count
        self.wasted += count
        if self._max_waste is not None and self.wasted > self._max_waste + self._kept:
            self._buffer.clear()
            self._is_over = True


class _Member:
    """What a gzip member unpacks to; ``end`` is the offset behind it, once it is known to be whole."""

    def __init__(self, stream: BufferedIOBase, start: int) -> None:
        self.end: int | None = None
        self.error = ""
        self.given = 0
        self._stream = stream
        self._next = start
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)

    def read(self, count: int) -> bytes:
        """Unpack up to so many bytes; nothing at the end, and where the bytes are damaged."""
        while self.end is None and not self.error:
            packed = self._unpacker.unconsumed_tail
            if not packed:
                self._stream.seek(self._next)
                packed = self._stream.read(_CHUNK)
                self._next += len(packed)
            try:
                data = self._unpacker.decompress(packed, count)
            except zlib.error:
                self.error = "its compressed bytes are damaged"
                break
            if self._unpacker.eof:
                self.end = self._next - len(self._unpacker.unused_data)
            elif not packed:
                self.error = "the compressed file is cut off"
            if data:
                self.given += len(data)
                return data
        return b""


def _find_member(stream: BufferedIOBase, start: int) -> int | None:
    """Find the first place from an offset on at which a gzip member may begin."""
    stream.seek(start)
    before = b""
    while chunk := stream.read(1 << 20):
        if (found := (before + chunk).find(_MAGIC)) >= 0:
            return start - len(before) + found
        start += len(chunk)
        before = (before + chunk)[-len(_MAGIC) + 1 :]
    return None
