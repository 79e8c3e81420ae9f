"""Work through batches in several processes: in order, a few in flight, and no item can hurt another.

The standard library's pool dies whole when one worker dies; here the item that killed it is found and named.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar, cast

from kg.errors import KgError

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], Sequence[Result]]

_IN_FLIGHT_PER_PROCESS = 2  # one at work and one waiting: no process idles, and memory stays flat

_load: Callable[[], Work[Any, Any]] | None = None
_work: Work[Any, Any] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What came of an item that could not be worked on."""

    reason: str


def map_batches(
    load: Callable[[], Work[Item, Result]], batches: Iterable[Sequence[Item]], processes: int
) -> Generator[Result | Failure, None, None]:
    """Give each item's result, in the order of the items, whatever the number of processes.

    Parameters
    ----------
    load
        Makes the function that turns a batch into as many results; called once in each process, and so picklable.
    batches
        Drawn lazily, a few ahead of what has been given.
    processes
        1 works in the calling process; more are started, and end with the iteration or with the calling process.

    Raises
    ------
    KgError
        What ``load`` raises, or that the processes die before they have begun.
    """
    if processes == 1:
        work = load()
        for batch in batches:
            yield from _work_carefully(work, batch)
        return
    pool = ProcessPool[Item, Result](load, processes)
    try:
        yield from pool.map(batches)
    finally:
        pool.stop()


def _work_carefully(work: Work[Item, Result], batch: Sequence[Item]) -> list[Result | Failure]:
    try:
        return _check_length(work(batch), batch)
    except Exception as error:
        # Whose fault it was does not show in a batch: each item on its own tells.
        if len(batch) == 1:
            return [Failure(_describe(error))]
        return [result for item in batch for result in _work_carefully(work, [item])]


def _check_length(results: Sequence[Result], batch: Sequence[Item]) -> list[Result | Failure]:
    if len(results) != len(batch):
        raise ValueError(f"{len(batch)} items gave {len(results)} results")
    return list(results)


def _describe(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    if isinstance(error, KgError) and lines:
        return lines[0]
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__


def _start_worker(load: Callable[[], Work[Any, Any]], alive: Connection) -> None:
    global _load
    _load = load
    # Ctrl-C reaches the whole process group; the caller decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_caller, args=(alive,), daemon=True).start()


def _follow_caller(alive: Connection) -> None:
    # The other end is the caller's alone: it closes when the caller stops the pool, or is killed.
    alive.poll(None)
    os._exit(1)


def _load_work() -> Work[Any, Any]:
    global _work
    if _work is None:
        assert _load is not None
        _work = _load()
    return _work


def _load_only() -> None:
    _load_work()


def _work_in_worker(batch: Sequence[Any]) -> list[Any]:
    return _work_carefully(_load_work(), batch)


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait until something has begun, in this process and for processes that begin meanwhile."""
    # A process inherits what its parent blocks: Ctrl-C would strike workers that start before they can ignore it.
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


class ProcessPool(Generic[Item, Result]):
    """Processes that stay from one `map` to the next, until they are stopped or the calling process ends.

    Parameters
    ----------
    load, processes
        As for `map_batches`; even a single process is another than the calling one.
    """

    def __init__(self, load: Callable[[], Work[Item, Result]], processes: int) -> None:
        self._load = load
        self._processes = processes
        methods = multiprocessing.get_all_start_methods()
        # Not fork: the caller may have threads. forkserver starts a worker faster than spawn.
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._start()

    def _start(self) -> None:
        os.getcwd()  # where the current folder is deleted this says so; a process could not start in it
        reader, self._alive = self._context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            self._processes, self._context, initializer=_start_worker, initargs=(self._load, reader)
        )
        self._reader = reader  # kept open until the workers, which start lazily, have their copy

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        # Workers in the midst of a batch leave it: what they would return is not wanted any more.
        self._alive.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._reader.close()

    def map(self, batches: Iterable[Sequence[Item]]) -> Iterator[Result | Failure]:
        """Give each item's result, in the order of the items; see `map_batches`."""
        waiting: deque[tuple[Sequence[Item], Future[list[Any]]]] = deque()
        source = iter(batches)
        while True:
            try:
                while len(waiting) < _IN_FLIGHT_PER_PROCESS * self._processes:
                    batch = next(source, None)
                    if batch is None:
                        break
                    waiting.append((batch, self._submit(batch)))
                if not waiting:
                    return
                results = waiting[0][1].result()
            except BrokenProcessPool:
                # One of those in flight did it. Each goes through again, alone.
                for batch in [batch for batch, _ in waiting]:
                    yield from self._map_alone(batch)
                waiting.clear()
                continue
            waiting.popleft()
            yield from results

    def _submit(self, batch: Sequence[Item]) -> Future[list[Any]]:
        try:
            with hold_interrupts():
                return self._executor.submit(_work_in_worker, batch)
        except BrokenProcessPool as error:
            # It broke between two calls: the batch takes its place in the queue, and fails with the others there.
            future: Future[list[Any]] = Future()
            future.set_exception(error)
            return future

    def _load_first(self) -> None:
        with hold_interrupts():
            loaded = self._executor.submit(_load_only)
        loaded.result()

    def _map_alone(self, batch: Sequence[Item]) -> list[Result | Failure]:
        try:
            self._load_first()
        except BrokenProcessPool:
            self._restart()
        try:
            return cast("list[Result | Failure]", self._submit(batch).result())
        except BrokenProcessPool:
            self._restart()
        if len(batch) == 1:
            return [Failure("the process that read it was killed (out of memory?)")]
        return [result for item in batch for result in self._map_alone([item])]

    def _restart(self) -> None:
        self.stop()
        self._start()
        try:
            self._load_first()
        except BrokenProcessPool:
            raise KgError("the processes are killed while they load (out of memory?): try --processes 1") from None
