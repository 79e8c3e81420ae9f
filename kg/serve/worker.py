"""A worker process: it has the store open for reading, and does one job after another until it is ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, StoreError
from kg.rdf import Store, open_store
from kg.rdf.folder import read_current
from kg.serve.guard import end_with_server, forbid_network, limit_memory
from kg.serve.querying import answer_query
from kg.serve.settings import Settings
from kg.serve.work import Job, Output, Refused, Reply

Task = Callable[..., Reply]

_REMEMBERED = 16  # lists, for somebody who reads one page after the other


class OpenStore:
    """The store of a server, at its current version.

    Parameters
    ----------
    settings
        Names the store.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.version: str | None = None
        self.remembered: dict[Hashable, Sequence[Any]] = {}
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The store as it is now: a version that a build put in the place of the one before is opened here.

        Raises
        ------
        StoreError
            If it can't be opened.
        """
        version = None if self.settings.is_endpoint else read_current(Path(self.settings.store))
        if self._store is None or version != self.version:
            self.close()
            self._store = open_store(self.settings.store, timeout=self.settings.timeout)
            self.version = version
        return self._store

    def remember(self, key: Hashable, found: Sequence[Any]) -> Sequence[Any]:
        """Keep what was found, and return it, as long as this version is current; of many things the first are lost."""
        if not self.settings.is_endpoint:
            while len(self.remembered) >= _REMEMBERED:
                del self.remembered[next(iter(self.remembered))]
            self.remembered[key] = found
        return found

    def close(self) -> None:
        """Let go of the version that is open, so that a build may delete it."""
        self.remembered.clear()
        if self._store is not None:
            self._store.close()
            self._store = None


def do_jobs(connection: Connection, settings: Settings) -> None:
    """Do jobs as they come, and end when nobody sends any more.

    Parameters
    ----------
    connection
        Jobs come in, replies go out; the first reply says that the worker is ready.
    settings
        What is served, within which bounds.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends its workers
    end_with_server(connection)
    limit_memory(settings.memory)
    if not (settings.is_endpoint or settings.allow_service or settings.allow_load):
        forbid_network()
    opened = OpenStore(settings)
    connection.send(_try_task(lambda: _open_first(opened)))
    # What Oxigraph says when it runs out of memory is nothing that clients should be able to fill a log with.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        try:
            job: Job = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_do_job(opened, job))


def _open_first(opened: OpenStore) -> Reply:
    opened.store  # noqa: B018  (a store that is not there is told when the server starts)
    return Reply(200, "", b"", version=opened.version)


def _do_job(opened: OpenStore, job: Job) -> Reply:
    output = Output(job.path, job.limit)
    reply = _try_task(lambda: find_task(job.task, opened.settings)(opened, output, **job.arguments))
    if reply.status >= 400:
        output.discard()
        return reply
    try:
        return replace(reply, body=output.finish(), size=output.size, version=opened.version)
    except OSError as error:
        return _refuse(507, str(error))


def _try_task(work: Callable[[], Reply]) -> Reply:
    try:
        return work()
    except Refused as error:
        return _refuse(error.status, error.message)
    except QueryError as error:
        return _refuse(400, str(error))
    except StoreError as error:
        return _refuse(503, str(error))
    except KgError as error:
        return _refuse(400, str(error))
    except OSError as error:
        return _refuse(503, f"the store can't be read, or the answer can't be written: {error}")
    except MemoryError:
        os._exit(1)
    except Exception as error:  # one job that goes wrong must not take the worker with it
        return _refuse(500, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")


def _refuse(status: int, message: str) -> Reply:
    body = message.encode("utf-8", "replace")
    return Reply(status, "text/plain", body, len(body))


def find_task(name: str, settings: Settings) -> Task:
    """Find what a job asks for; what few jobs need is imported when one does."""
    if name == "query":
        return answer_query
    if name in ("api_list", "api_get"):
        from kg.serve.api import tasks

        return tasks.list_page if name == "api_list" else tasks.get_thing
    if name.startswith("review_") and settings.allow_review:
        from kg.serve.review import tasks as reviewing

        known: dict[str, Task] = {
            "review_claims": reviewing.list_claims,
            "review_agents": reviewing.list_agents,
            "review_claim": reviewing.decide_claim,
            "review_pair": reviewing.decide_agents,
        }
        return known[name]
    if name == "update" and settings.allow_update:
        from kg.serve.updating import carry_out_update

        return carry_out_update
    if name == "explorer":
        from kg.serve.exploring import make_explorer

        return make_explorer
    if name == "refresh":
        return refresh
    raise Refused(500, f"no task is named {name!r}")


def refresh(opened: OpenStore, output: Output) -> Reply:
    """Open the current version, and let go of the one before."""
    opened.store  # noqa: B018
    return Reply(200, "", b"")
