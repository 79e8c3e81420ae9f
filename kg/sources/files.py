"""Open a source's bytes: regular files only, unpacked if need be, never more than the bounds allow."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from kg.errors import SourceError, describe_os_error
from kg.sources.formats import STDIN, is_gzip
from kg.sources.limits import MAX_UNPACKED_BYTES


@contextmanager
def open_source(path: str, *, unpack: bool = True) -> Iterator[io.BufferedIOBase]:
    """Open a file (or standard input) for reading bytes; everything is closed at the end.

    Parameters
    ----------
    path
        The file.
    unpack
        Whether a ``.gz`` is unpacked.

    Raises
    ------
    SourceError
        If it can't be opened, is no regular file, or breaks off while it is read.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise SourceError("standard input is closed")
            yield cast("io.BufferedIOBase", sys.stdin.buffer)
        else:
            with _open_regular(path) as raw:
                if unpack and is_gzip(path):
                    with gzip.GzipFile(fileobj=raw) as unpacked:
                        yield io.BufferedReader(_Bounded(unpacked))
                else:
                    yield raw
    except EOFError as error:
        raise SourceError("the compressed file is cut off") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(f"this is no intact gzip file: {error}") from error
    except OSError as error:
        raise SourceError(f"can't be read: {describe_os_error(error, known=path)}") from error


def read_all(stream: io.BufferedIOBase, limit: int) -> bytes:
    """Read a stream to its end.

    Raises
    ------
    SourceError
        If it holds more than ``limit`` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceError(f"too large: more than {limit // 1_000_000} MB")
    return data


def _open_regular(path: str) -> io.BufferedIOBase:
    # O_NONBLOCK: a FIFO without a writer must not hold us up before we see that it is one.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError("this is no regular file")
    return os.fdopen(descriptor, "rb")


class _Bounded(io.RawIOBase):
    """The bytes of an unpacked file up to the bound."""

    def __init__(self, unpacked: gzip.GzipFile) -> None:
        self._unpacked = unpacked
        self._left = MAX_UNPACKED_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._unpacked.read1(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(f"too large: more than {MAX_UNPACKED_BYTES // 1_000_000} MB unpacked")
        buffer[: len(data)] = data
        return len(data)
