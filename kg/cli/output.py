"""Write results: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TextIO

from kg.errors import KgError, describe_os_error

STDOUT = "standard output"
"""How messages name it."""

_WRITE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
        If the folder is missing, the path names a folder, or it can't be written.
    """
    if path == "-":
        if sys.stdout is None:
            raise KgError(f"{STDOUT} is closed; name a file with -o")
        with named_in_errors(STDOUT):
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
        with named_in_errors(path), target.open("wb") as stream:
            yield stream
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    except OSError as error:
        error.filename = str(target.parent)
        raise KgError(f"{path} can't be written: {describe_os_error(error)}") from error
    try:
        with named_in_errors(path), open(handle, "wb") as stream:
            yield stream
        os.chmod(name, 0o666 & ~_read_umask())
        os.replace(name, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


@contextmanager
def named_in_errors(path: str) -> Iterator[None]:
    """Name the file in the errors of writing, where the system tells only that something went wrong."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in _WRITE_ERRORS:
            error.filename = path
            raise KgError(describe_os_error(error)) from error
        raise


def _read_umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
