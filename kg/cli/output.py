"""Write results: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.errors import KgError


@contextmanager
def open_output(path: str) -> Iterator[TextIO]:
    """Open a file for UTF-8 text that takes its place only when all is written; ``-`` is standard output.

    Raises
    ------
    KgError
        If the folder is missing, or the path names a folder.
    """
    if path == "-":
        yield sys.stdout
        return
    target = Path(path)
    if target.is_dir():
        raise KgError(f"{path}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise KgError(f"{path}: there is no folder {str(target.parent)!r}")
    if target.exists() and not target.is_file():
        # A device or a pipe, /dev/stdout for one, can't be replaced: write into it.
        with target.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
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
