"""Keep objects in a file rather than in memory, and read them back by position."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Spool(Generic[Item]):
    """An unnamed temporary file of objects: it is gone when it is closed, or when the process ends however it ends.

    Parameters
    ----------
    folder
        Where the file lies; the system's temporary folder if None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()

    def append(self, item: Item) -> int:
        """Write the item, and return the position that gives it back."""
        with self._named_in_errors():
            position = self._file.seek(0, 2)
            pickle.dump(item, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        return position

    def read(self, position: int) -> Item:
        """Read the item that ``append`` wrote at the position."""
        with self._named_in_errors():  # What is still to be written goes out first.
            self._file.seek(position)
            item: Item = pickle.load(self._file)
        return item

    @contextmanager
    def _named_in_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            error.filename = f"a temporary file in {self._folder}"
            raise

    def close(self) -> None:
        """Let go of the file."""
        with self._named_in_errors():
            self._file.close()

    def __enter__(self) -> Spool[Item]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
