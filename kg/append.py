"""Add lines to a file that people and programs share: all of them or none, and never into another's line."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kg.errors import DataError


def append_lines(path: Path, content: bytes) -> None:
    """Add whole lines at the end of a file, which is made if it is missing; what it holds stays as it is.

    Parameters
    ----------
    path
        The file.
    content
        The lines, each with its end.

    Raises
    ------
    DataError
        If the file can't be written; it is then as it was.
    """
    try:
        with path.open("a+b") as file:
            # Two writers at once must not write into one another's lines.
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, os.SEEK_END)
            if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
                content = b"\n" + content
            try:
                while content:  # At once, as a rule: then no kill leaves half a line.
                    content = content[os.write(file.fileno(), content) :]
                os.fsync(file.fileno())
            except OSError:
                os.truncate(file.fileno(), size)
                raise
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
