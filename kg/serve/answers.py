"""Turn what a worker replies into HTTP answers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from kg.serve.pool import Unavailable
from kg.serve.work import Refused, Reply

Result = TypeVar("Result")

_CHUNK = 65_536
_LOOK = 0.5  # seconds between looks whether the client is still there
_GONE = 499  # what servers note where nobody is left to be answered


async def wait_for_client(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """Wait for a job as long as somebody waits for its answer, and end it when nobody does.

    Raises
    ------
    Unavailable
        As the job does; or that the client is gone.
    """
    task = asyncio.ensure_future(work)
    try:
        while True:
            done, _ = await asyncio.wait({task}, timeout=_LOOK)
            if done:
                return task.result()
            if await request.is_disconnected():
                raise Unavailable(_GONE, "the client is gone")
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


def make_response(reply: Reply, path: Path, headers: Mapping[str, str] | None = None) -> Response:
    """Make the answer of a reply; a file is deleted, and sent piece by piece.

    Raises
    ------
    Refused
        If the worker did not do the job.
    """
    if reply.status >= 400:
        raise Refused(reply.status, (reply.body or b"").decode("utf-8", "replace"))
    told = {**(headers or {})}
    if reply.version:
        told["Store-Version"] = reply.version[:16]
    if reply.body is not None:
        return Response(reply.body, reply.status, told, reply.media_type)
    told["Content-Length"] = str(reply.size)
    return StreamingResponse(_read_and_delete(path), reply.status, told, reply.media_type)


def _read_and_delete(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        path.unlink()
        while piece := file.read(_CHUNK):
            yield piece


def make_refusal(error: Refused | Unavailable, *, as_json: bool = False) -> Response:
    """Say in a line of plain text, or as JSON, why there is no answer."""
    retry = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(retry)} if retry else {}
    if error.status == 408:
        headers["Connection"] = "close"
    if as_json:
        return JSONResponse({"detail": error.message}, error.status, headers)
    return PlainTextResponse(f"{error.message}\n", error.status, headers)
