"""Write results: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from kg.errors import KgError


@contextmanager
def open_output(path: str) -> Iterator[TextIO]:
    """Open a file for UTF-8 text; see `open_binary_output`."""
    with open_binary_output(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=path == "-")
        try:
            yield text
        finally:
            # Not closed with the wrapper: standard output is not ours.
            text.detach()


@contextmanager
def open_binary_output(path: str) -> Iterator[IO[bytes]]:
    """Open a file that takes its place only when all is written; ``-`` is standard output.

    Raises
    ------
    KgError
        If the folder is missing, or the path names a folder.
    """
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.is_dir():
        raise KgError(f"{path}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise KgError(f"{path}: there is no folder {str(target.parent)!r}")
    if target.exists() and not target.is_file():
        # A device or a pipe, /dev/null for one, can't be replaced: write into it.
        with target.open("wb") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with open(handle, "wb") as stream:
            yield stream
        os.chmod(name, 0o666 & ~_read_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _read_umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
