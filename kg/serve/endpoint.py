"""The SPARQL endpoint: ``/sparql``."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.rdf.folder import read_manifest
from kg.serve.answers import make_response, wait_for_client
from kg.serve.description import describe_service
from kg.serve.formats import GRAPHS, choose_type, choose_types
from kg.serve.own_page import require_own_page
from kg.serve.pool import Pool
from kg.serve.protocol import Operation, read_get, read_post
from kg.serve.settings import Settings
from kg.serve.work import Refused

PATH = "/sparql"
_VARY = {"Vary": "Accept"}


class SparqlEndpoint:
    """Answers queries after the SPARQL 1.1 protocol.

    Parameters
    ----------
    settings
        What is served.
    pool
        Does the work.
    """

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._updating = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Answer a request: a query, an update, or the wish to know what is here."""
        if request.method == "POST":
            body = await read_body(request, self._settings.max_request, self._settings.patience)
            operation: Operation | None = read_post(request.headers.get("content-type", ""), request.url.query, body)
        else:
            operation = read_get(request.url.query)
        if operation is None:
            return self._describe(request)
        if operation.is_update:
            return await self._update(request, operation)
        arguments = {
            "sparql": operation.sparql,
            "offer": choose_types(_read_accept(request)),
            "default_graphs": operation.default_graphs,
            "named_graphs": operation.named_graphs,
        }
        reply, path = await wait_for_client(request, self._pool.run("query", arguments))
        return make_response(reply, path, _VARY)

    async def _update(self, request: Request, operation: Operation) -> Response:
        settings = self._settings
        if not settings.allow_update:
            raise Refused(403, "updates are switched off here: kg serve --allow-update")
        require_own_page(request, origins=set(settings.origins) - {"*"})
        if operation.default_graphs or operation.named_graphs:
            raise Refused(400, "using-graph-uri and using-named-graph-uri are not known here: say USING in the update")
        async with self._updating:
            arguments = {"sparql": operation.sparql}
            work = self._pool.run("update", arguments, timeout=settings.page_timeout)
            reply, path = await wait_for_client(request, work)
        return make_response(reply, path)

    def _describe(self, request: Request) -> Response:
        accept = _read_accept(request)
        if choose_type(accept, {"text/html": None, **GRAPHS}) == "text/html" and "text/html" in accept:
            return RedirectResponse("/query", 303, _VARY)
        kind = choose_type(accept, GRAPHS)
        if kind is None:
            raise Refused(406, f"a service description is a graph: want one of {', '.join(GRAPHS)}")
        settings = self._settings
        content, media_type = describe_service(
            str(request.url.replace(query="", fragment="")),
            kind,
            manifest=None if settings.is_endpoint else read_manifest(Path(settings.store)),
            allow_service=settings.allow_service,
            allow_update=settings.allow_update,
        )
        return Response(content, headers=_VARY, media_type=media_type)


def _read_accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """Read the body of a request, no more of it than a limit, and for no longer than so many seconds.

    Raises
    ------
    Refused
        If it is too long, or does not come.
    """
    try:
        return await asyncio.wait_for(_read_body(request, limit), seconds)
    except asyncio.TimeoutError:
        raise Refused(408, f"the body did not come within {seconds:g} seconds") from None
    except ClientDisconnect:
        raise Refused(400, "the client went away in the middle of the body") from None


async def _read_body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise Refused(413, f"the body has more than {limit:,} bytes")
    return bytes(body)
