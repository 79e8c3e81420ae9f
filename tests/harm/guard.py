"""Watch what code does to the world beside its result: files it opens, the network, other processes, time, memory."""

from __future__ import annotations

import os
import resource
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

_MB = 1_000_000
_TREE = str(Path(__file__).resolve().parents[2])
_CODE = tuple(
    dict.fromkeys(
        os.path.realpath(path)
        for path in (sys.prefix, sys.base_prefix, sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), _TREE)
    )
)
_READ_ANYHOW = ("/dev/null", "/dev/urandom", "/usr/share/zoneinfo", "/proc/self", "/proc/cpuinfo", "/sys/devices")
_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "urllib.",
    "http.client",
    "ftplib.",
    "smtplib.",
)
_CHANGING = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")

_watched: list[tuple[str, list[str]]] = []


class TookTooLong(BaseException):
    """A case that does not end; no handler of ours may take it for an error of its own."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    folder, found = _watched[-1]
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes, os.PathLike)) and not _may_open(path, mode, flags, folder):
            found.append(f"opens {path!r} ({mode}, {flags})")
    elif event.startswith(_NEVER) or event in _CHANGING and not _lies_below(os.fspath(arguments[0]), (folder,)):
        found.append(f"{event} {arguments!r}"[:200])


def _may_open(path: Any, mode: Any, flags: int, folder: str) -> bool:
    writes = any(sign in (mode or "") for sign in "wax+") or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    temporary = os.path.realpath(tempfile.gettempdir())
    own = (folder, temporary) if writes else (folder, temporary, *_CODE, *_READ_ANYHOW)
    # What the interpreter compiles on the way is none of the case's doing.
    return _lies_below(os.fspath(path), own) or "__pycache__" in os.fsdecode(path) or os.fsdecode(path) == os.devnull


def _lies_below(path: str | bytes, folders: tuple[str, ...]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    return any(real == folder or real.startswith(folder + os.sep) for folder in folders)


sys.addaudithook(_watch)  # It stays for ever, and does nothing but in a guard.


@contextmanager
def guarded(folder: Path, *, seconds: float = 10.0) -> Iterator[None]:
    """Fail if what runs here takes too long, opens files that are not its own, or reaches for the network."""
    found: list[str] = []

    def stop(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"more than {seconds} s")

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _watched.append((os.path.realpath(folder), found))
    try:
        yield
    finally:
        _watched.pop()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
    assert not found, found


@contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Fail if the peak of this process's memory grows by more than so many MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 // _MB
    assert grown <= most, f"the memory grew by {grown} MB"
