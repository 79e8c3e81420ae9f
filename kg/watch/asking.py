"""Ask a store in a process of its own, which is ended when its time is up or its answer grows too large."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection
from typing import Any

from kg.errors import KgError, QueryError
from kg.query import ask_query
from kg.rdf import open_store

Rows = list[tuple[Any, ...]]

MAX_ROWS = 100_000
_MAX_MEMORY = 4_000_000_000
_START_SECONDS = 60.0


class Asker:
    """Asks one store SELECT queries, one after the other; a context.

    Parameters
    ----------
    store
        Its folder or address.
    time_limit
        Seconds that an answer may take.
    """

    def __init__(self, store: str, time_limit: float) -> None:
        self._store = store
        self._time_limit = time_limit
        self._process: Any = None
        self._connection: Connection | None = None

    def __enter__(self) -> Asker:
        """Begin."""
        return self

    def __exit__(self, *reason: object) -> None:
        """End the process."""
        self._end()

    def ask(self, sparql: str) -> tuple[tuple[str, ...], Rows]:
        """Ask a query; give the columns, and the rows of RDF terms or None.

        Raises
        ------
        KgError
            If the store can't be opened.
        QueryError
            If it is no SELECT, does not parse, takes too long, or gives too many rows.
        """
        connection = self._connection or self._start()
        connection.send(sparql)
        error, answer = self._receive(self._time_limit, f"it takes more than {self._time_limit:g} s")
        if error is not None:
            raise QueryError(error)
        columns, rows = answer
        return columns, rows

    def _start(self) -> Connection:
        # Spawned, not forked: whoever calls may have threads.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs, self._store), daemon=True, name="kg-alert")
        self._process.start()
        theirs.close()
        error, _ = self._receive(_START_SECONDS, f"{self._store} can't be opened in {_START_SECONDS:g} s")
        if error is not None:
            self._end()
            raise KgError(error)
        return self._connection

    def _receive(self, seconds: float, complaint: str) -> tuple[str | None, Any]:
        assert self._connection is not None
        try:
            if self._connection.poll(seconds):
                received: tuple[str | None, Any] = self._connection.recv()
                return received
        except (EOFError, OSError):
            complaint = "it takes more memory than there is"
        self._end()
        return complaint, None

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


def _answer(connection: Connection, url: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's, who then ends this process.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > _MAX_MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (_MAX_MEMORY, _MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where memory ends, the store's library says so at length before it ends the process; the caller says it in a line.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        store = open_store(url)
    except KgError as error:
        connection.send((str(error), None))
        return
    connection.send((None, None))
    while True:
        try:
            sparql = connection.recv()
        except EOFError:
            return
        try:
            connection.send((None, _select(ask_query(store, sparql))))
        except KgError as error:
            connection.send((str(error), None))
        except (RuntimeError, OSError, ValueError) as error:
            # A query that fails while its rows are made.
            connection.send((f"query: {' '.join(str(error).split())}", None))


def _select(result: Any) -> tuple[tuple[str, ...], Rows]:
    if not hasattr(result, "variables"):
        raise QueryError("query: a rule is a SELECT, and this is none")
    names = tuple(variable.value for variable in result.variables)
    rows: Rows = []
    for row in result:
        if len(rows) == MAX_ROWS:
            raise QueryError(f"query: more than {MAX_ROWS:,} rows")
        rows.append(tuple(row[name] for name in names))
    return names, rows
