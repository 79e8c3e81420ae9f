"""What passes between the server and its workers: a job, what is written in answer, and the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_INLINE = 262_144  # an answer up to so many bytes goes through the pipe, a larger one through a file


class Refused(Exception):
    """A job that is not done, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Job:
    """A task by name, with its arguments; ``path`` is where a large answer goes, ``limit`` its most bytes."""

    task: str
    arguments: Mapping[str, Any]
    path: str
    limit: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job.

    ``body`` is the answer, or None where it is in the job's file; ``version`` is the store's that was asked.
    """

    status: int
    media_type: str
    body: bytes | None
    size: int = 0
    version: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class Output:
    """Takes what a task writes: in memory as long as it is small, then in a file, and no more than a limit.

    Parameters
    ----------
    path
        The file, which is made when it is needed.
    limit
        How many bytes it takes.
    """

    def __init__(self, path: str, limit: int) -> None:
        self.size = 0
        self._path = Path(path)
        self._limit = limit
        self._held = bytearray()
        self._file: IO[bytes] | None = None

    def write(self, data: bytes) -> int:
        """Take some bytes.

        Raises
        ------
        Refused
            If they are too many.
        """
        self.size += len(data)
        if self.size > self._limit:
            raise Refused(422, f"the answer has more than {self._limit:,} bytes: want a query with a LIMIT")
        if self._file is None and self.size > _INLINE:
            self._file = self._path.open("xb")
            self._file.write(self._held)
            self._held.clear()
        if self._file is None:
            self._held += data
        else:
            self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: it is flushed when it is finished."""

    def finish(self) -> bytes | None:
        """End the writing; None where it went into the file."""
        if self._file is None:
            return bytes(self._held)
        self._file.close()
        return None

    def discard(self) -> None:
        """Forget what was written."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)
