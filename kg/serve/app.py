"""The application: which address is answered by what."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg import __version__
from kg.serve import endpoint
from kg.serve.answers import make_refusal
from kg.serve.api import make_router
from kg.serve.endpoint import SparqlEndpoint
from kg.serve.headers import HostCheck, SecurityHeaders
from kg.serve.pages import STATIC, Pages
from kg.serve.pool import Pool, Unavailable
from kg.serve.review import ReviewPages
from kg.serve.settings import Settings
from kg.serve.work import Refused


def make_app(settings: Settings, pool: Pool) -> ASGIApp:
    """Make the application of a server.

    Parameters
    ----------
    settings
        What is served, to whom.
    pool
        Does the work; it is started and stopped by whoever runs the application.
    """
    app = FastAPI(title=settings.title, version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    sparql = SparqlEndpoint(settings, pool)
    pages = Pages(settings, pool, app.openapi)
    app.router.routes += [
        Route(endpoint.PATH, sparql.answer, methods=["GET", "POST"], name="sparql"),
        Route("/", pages.show_home),
        Route("/query", pages.show_query),
        Route("/docs", pages.show_docs),
        Route("/explorer", pages.show_explorer),
        *(ReviewPages(settings, pool, pages).list_routes() if settings.allow_review else ()),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app.include_router(make_router(pool))
    app.router.redirect_slashes = False
    for kind in (Refused, Unavailable):
        app.add_exception_handler(kind, _handle_refusal)
    wrapped: ASGIApp = app
    if settings.origins:
        wrapped = CORSMiddleware(
            wrapped,
            allow_origins=settings.origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Accept", "Content-Type"),
            expose_headers=("Retry-After", "Store-Version"),
        )
    wrapped = HostCheck(wrapped, names=settings.names)
    return SecurityHeaders(wrapped, readable=bool(settings.origins))


async def _handle_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused | Unavailable)
    return make_refusal(error, as_json=request.url.path.startswith("/api"))
