"""The server's end of a worker: start it, ask it, end it."""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

from kg.serve.settings import Settings
from kg.serve.work import Job, Reply
from kg.serve.worker import do_jobs

_START_TIMEOUT = 60.0


class WorkerProcess:
    """A worker, seen from the server.

    Parameters
    ----------
    context
        How processes are started.
    settings
        What the worker serves.
    """

    def __init__(self, context: BaseContext, settings: Settings) -> None:
        self._context = context
        self._settings = settings
        self._process: Any = None
        self._connection: Connection | None = None
        self._killed = False

    async def start(self) -> Reply:
        """Start the process, and give its first reply: it is ready, or can't open the store.

        Raises
        ------
        EOFError
            If it dies at once.
        asyncio.TimeoutError
            If it says nothing for a minute.
        """
        await asyncio.get_running_loop().run_in_executor(None, self._start)
        return await asyncio.wait_for(self._receive(), _START_TIMEOUT)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe(duplex=True)
        process = self._context.Process(  # type: ignore[attr-defined]
            target=do_jobs, args=(theirs, self._settings), daemon=True, name="kg-serve-worker"
        )
        process.start()
        theirs.close()
        self._connection, self._process = ours, process
        if self._killed:
            self.kill()

    async def ask(self, job: Job) -> Reply:
        """Send a job, and wait for the reply; whoever does not want to wait any longer has to `kill` it.

        Raises
        ------
        EOFError, OSError
            If it dies of it.
        """
        assert self._connection is not None
        # It waits for a job, and takes this one at once, however long its text is.
        self._connection.send(job)
        return await self._receive()

    async def _receive(self) -> Reply:
        connection = self._connection
        assert connection is not None
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        number = connection.fileno()
        loop.add_reader(number, lambda: None if ready.done() else ready.set_result(None))
        try:
            await ready
        finally:
            loop.remove_reader(number)
        reply: Reply = connection.recv()
        return reply

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self._killed = True
        if self._process is not None:
            self._process.kill()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
