"""Run a server until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from kg.errors import KgError, StoreError
from kg.rdf.folder import read_current
from kg.serve.app import make_app
from kg.serve.connections import make_protocol
from kg.serve.pool import Pool
from kg.serve.settings import Settings

_WATCH = 1.0  # seconds between looks whether a build has put a new version in place
_MOST_CONNECTIONS = 500
_BACKLOG = 256


def run_server(settings: Settings, *, on_ready: Callable[[str], None] | None = None) -> None:
    """Serve a store until the process is told to end (SIGINT, SIGTERM).

    Parameters
    ----------
    settings
        What is served, where, to whom.
    on_ready
        Called with the server's address when it answers.

    Raises
    ------
    KgError
        If the store can't be opened, or the address is taken.
    """
    listener = _listen(settings.host, settings.port)
    with listener, _ending_in_order():
        asyncio.run(_serve(settings, listener, on_ready))


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a signal end the server but not the process: uvicorn raises it anew when it is done, before we are."""
    former = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


async def _serve(settings: Settings, listener: socket.socket, on_ready: Callable[[str], None] | None) -> None:
    pool = Pool(settings)
    version = await pool.start()
    watch = asyncio.get_running_loop().create_task(_watch_version(settings, pool, version))
    try:
        config = uvicorn.Config(
            make_app(settings, pool),
            http=make_protocol(settings.patience),
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=3,
        )
        if on_ready is not None:
            on_ready(format_address(settings.host, listener.getsockname()[1]))
        await uvicorn.Server(config).serve(sockets=[listener])
    finally:
        watch.cancel()
        await pool.stop()


async def _watch_version(settings: Settings, pool: Pool, version: str | None) -> None:
    """Let go of a version that is not the current one any more, though nobody asks."""
    while not settings.is_endpoint:
        await asyncio.sleep(_WATCH)
        with suppress(StoreError):
            current = read_current(Path(settings.store))
            if current != version:
                version = current
                await pool.refresh()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except (OSError, UnicodeError) as error:
        raise KgError(f"{host}:{port} can't be served: {getattr(error, 'strerror', None) or error}") from error
    return listener


def format_address(host: str, port: int) -> str:
    """Write where a server answers, as a browser takes it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
