"""What the workers of Spark load in the tests: they import it by name, as they do with what reads documents."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psutil

from kg.errors import KgError
from kg.model import Document, Reading
from kg.pipeline.read import _load_reader

Read = Callable[[Sequence[Document]], Sequence[Reading]]


def lose_worker() -> None:
    """Kill the worker of Spark itself, whose grandchild works."""
    worker = psutil.Process().parents()[1]
    assert "pyspark.daemon" in worker.cmdline(), worker.cmdline()
    worker.kill()


def load_doubler(lost: Path) -> Callable[[Sequence[int]], list[int]]:
    """Make what doubles numbers, raises on 13, is killed by 99, and at 77 loses the whole worker, once."""
    return partial(_double, lost)


def _double(lost: Path, batch: Sequence[int]) -> list[int]:
    for number in batch:
        if number == 13:
            raise ValueError("13 is unlucky\nand this is a second line")
        if number == 99:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 77 and not lost.exists():
            lost.touch()
            lose_worker()
    return [2 * number for number in batch]


def load_nothing() -> Callable[[Sequence[int]], list[int]]:
    """Fail to load, as a missing pipeline does."""
    raise KgError("no pipeline named 'xx': install it")


def load_loser() -> Callable[[Sequence[int]], list[int]]:
    """Make what loses the worker each time."""

    def lose(batch: Sequence[int]) -> list[int]:
        lose_worker()
        return []

    return lose


def load_fragile_reader(lost: Path, model: str | None) -> Read:
    """Load what reads documents, and is killed by one named ``bomb``; at ``wire-1`` the whole worker is lost, once."""
    return partial(_read, _load_reader(model), lost)


def _read(read: Read, lost: Path, documents: Sequence[Document]) -> Sequence[Reading]:
    names = {document.id for document in documents}
    if "bomb" in names:
        os.kill(os.getpid(), signal.SIGKILL)
    if "wire-1" in names and not lost.exists():
        lost.touch()
        lose_worker()
    return read(documents)
