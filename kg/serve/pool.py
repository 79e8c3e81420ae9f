"""A few worker processes and a short queue before them: no job lasts longer than its time, and none waits for ever."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import shutil
import tempfile
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.serve.settings import Settings
from kg.serve.work import Job, Reply
from kg.serve.worker_process import WorkerProcess

_RESTART_PAUSE = 1.0  # seconds until a worker that could not start is tried again


class Unavailable(Exception):
    """A job that was not done; ``retry_after`` is when to ask again, in seconds, if that is of use."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after = retry_after


class Pool:
    """The workers of a server.

    Parameters
    ----------
    settings
        How many, and within which bounds.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = Path()
        self._context = multiprocessing.get_context("forkserver")
        # A worker starts as a copy of a process that has imported all this, which takes milliseconds.
        self._context.set_forkserver_preload(["kg.serve.worker", "kg.serve.api.tasks"])
        self._idle: deque[WorkerProcess] = deque()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._workers: set[WorkerProcess] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)
        self._closed = False

    async def start(self) -> str | None:
        """Start the workers, and tell which version of the store they opened.

        Raises
        ------
        KgError
            If they can't open the store.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        version = None
        try:
            for _ in range(self.settings.workers):
                worker = WorkerProcess(self._context, self.settings)
                reply = await worker.start()
                if reply.status != 200:
                    worker.kill()
                    raise KgError((reply.body or b"").decode("utf-8", "replace"))
                version = reply.version
                self._workers.add(worker)
                self._give(worker)
        except BaseException:
            await self.stop()
            raise
        return version

    async def stop(self) -> None:
        """End the workers, whatever they are doing."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def load(self) -> dict[str, int]:
        """How many workers there are and how many of them are idle, and how many jobs wait."""
        return {"workers": len(self._workers), "idle": len(self._idle), "waiting": len(self._waiting)}

    async def run(
        self, task: str, arguments: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> tuple[Reply, Path]:
        """Have a job done, and give the reply and the file that a large answer lies in; the caller deletes it.

        Raises
        ------
        Unavailable
            If too many wait already, it takes too long, or the worker dies of it.
        """
        return await self._run(await self._take(), task, arguments or {}, timeout)

    async def _run(
        self, worker: WorkerProcess, task: str, arguments: Mapping[str, Any], timeout: float | None = None
    ) -> tuple[Reply, Path]:
        path = self.folder / str(next(self._numbers))
        seconds = timeout or self.settings.timeout
        job = Job(task, arguments, str(path), self.settings.max_result)
        try:
            reply = await asyncio.wait_for(worker.ask(job), seconds)
        except BaseException as error:
            # Nothing ends a query that is under way but the end of its process; another takes its place.
            self._replace(worker)
            path.unlink(missing_ok=True)
            if isinstance(error, asyncio.TimeoutError):
                raise Unavailable(503, f"stopped: it took more than {seconds:g} seconds") from None
            if isinstance(error, EOFError | OSError):
                raise Unavailable(500, "stopped: it took more memory or nesting than it may") from None
            raise
        self._give(worker)
        return reply, path

    async def refresh(self) -> None:
        """Have the idle workers open the current version, so that they don't keep an old one from being deleted."""
        for worker in tuple(self._idle):
            if worker in self._idle:  # it may have got a job meanwhile, and opens the version for that
                self._idle.remove(worker)
                with suppress(Unavailable):
                    await self._run(worker, "refresh", {})

    async def _take(self) -> WorkerProcess:
        if self._idle:
            return self._idle.popleft()
        if len(self._waiting) >= self.settings.queue:
            raise self._turn_away()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[WorkerProcess] = loop.create_future()
        self._waiting.append(turn)
        bell = loop.call_later(self.settings.queue_timeout, self._give_up, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._give(turn.result())  # its turn came just when it went
            raise
        finally:
            bell.cancel()
            with suppress(ValueError):
                self._waiting.remove(turn)

    def _give_up(self, turn: asyncio.Future[WorkerProcess]) -> None:
        if not turn.done():
            turn.set_exception(self._turn_away())

    def _turn_away(self) -> Unavailable:
        return Unavailable(503, "too many requests are waiting: try again later", retry_after=5)

    def _give(self, worker: WorkerProcess) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        # The one that was busy last is the warmest.
        self._idle.appendleft(worker)

    def _replace(self, worker: WorkerProcess) -> None:
        worker.kill()
        self._workers.discard(worker)
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._start_another())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_another(self) -> None:
        while not self._closed:
            worker = WorkerProcess(self._context, self.settings)
            try:
                reply = await worker.start()
                if reply.status == 200:
                    self._workers.add(worker)
                    self._give(worker)
                    return
            except (EOFError, OSError, asyncio.TimeoutError):
                pass
            except BaseException:
                worker.kill()
                raise
            worker.kill()
            await asyncio.sleep(_RESTART_PAUSE)
