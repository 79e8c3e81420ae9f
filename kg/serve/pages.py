"""The pages: a start, the query page, the explorer, and the description of the API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from kg.errors import StoreError
from kg.query import list_questions
from kg.rdf.folder import read_current, read_manifest
from kg.rdf.namespaces import make_prefixes
from kg.serve.answers import make_refusal
from kg.serve.pool import Pool, Unavailable
from kg.serve.settings import Settings
from kg.serve.work import Refused

HERE = Path(__file__).parent
STATIC = HERE / "static"
_PAGES = (("/", "Start"), ("/explorer", "Explore"), ("/query", "Ask"), ("/docs", "JSON API"))
_FIRST_QUESTION = "busiest-authorities"
# YASGUI writes the sizes of its parts into style attributes.
_QUERY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


class Pages:
    """Makes pages of templates.

    Parameters
    ----------
    settings
        What is served.
    pool
        Makes the explorer.
    api
        The OpenAPI description, made when it is asked for.
    """

    def __init__(self, settings: Settings, pool: Pool, api: Any) -> None:
        self._settings = settings
        self._pool = pool
        self._api = api
        self._explorer: tuple[str, asyncio.Task[Path]] | None = None
        self._made: list[Path] = []
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters["describe_schema"] = describe_schema
        review = (("/review", "Review"),) if settings.allow_review else ()
        self._common = {"title": settings.title, "pages": (*_PAGES, *review), "settings": settings, "query": ""}

    def render(self, name: str, *, here: str, heading: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Fill in a template."""
        content = self._templates.get_template(f"{name}.html.j2").render(
            **self._common, here=here, heading=heading, **values
        )
        return HTMLResponse(content.encode("utf-8", "replace"), status)

    async def show_home(self, request: Request) -> Response:
        """Show what there is."""
        settings = self._settings
        manifest = None if settings.is_endpoint else read_manifest(Path(settings.store))
        return self.render(
            "home",
            here="/",
            heading="Start",
            endpoint=str(request.url_for("sparql")),
            quads=manifest.quads if manifest else 0,
            graphs=manifest.graphs if manifest else 0,
            questions=list_questions(),
            review=settings.allow_review,
        )

    async def show_query(self, request: Request) -> Response:
        """Show YASGUI, which asks the endpoint."""
        questions = {question.name: question for question in list_questions()}
        prefixes = json.dumps(make_prefixes(await self._find_base()), sort_keys=True)
        response = self._templates.get_template("query.html.j2").render(
            **{**self._common, "query": questions[_FIRST_QUESTION].sparql},
            here="/query",
            heading="Ask",
            prefixes=prefixes,
        )
        return HTMLResponse(response, headers={"Content-Security-Policy": _QUERY_POLICY})

    async def show_docs(self, request: Request) -> Response:
        """Show what the API takes and gives."""
        return self.render("docs", here="/docs", heading="JSON API", api=self._api())

    async def show_explorer(self, request: Request) -> Response:
        """Show the graph as it is now: the page is made when it is first wanted, and anew when the store is another."""
        try:
            path = await asyncio.shield(self._find_explorer())
        except (Refused, Unavailable) as error:
            return make_refusal(error)
        # The page has a policy of its own, by hashes of its scripts; what only a header can say is said here.
        return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    def _find_explorer(self) -> asyncio.Task[Path]:
        endless = self._settings.is_endpoint
        version = "" if endless else read_current(Path(self._settings.store)) or ""
        if self._explorer is not None:
            made, task = self._explorer
            failed = task.done() and (task.cancelled() or task.exception() is not None)
            if made == version and not failed and not (endless and task.done()):
                return task
        task = asyncio.ensure_future(self._make_explorer(version))
        self._explorer = (version, task)
        return task

    async def _make_explorer(self, version: str) -> Path:
        reply, path = await self._pool.run("explorer", {}, timeout=self._settings.page_timeout)
        if reply.status >= 400:
            raise Refused(reply.status, (reply.body or b"").decode("utf-8", "replace"))
        if reply.body is not None:
            path.write_bytes(reply.body)
        self._made.append(path)
        for old in self._made[:-2]:  # somebody may be about to read the one before
            old.unlink(missing_ok=True)
        del self._made[:-2]
        return path

    async def _find_base(self) -> str:
        try:
            return read_manifest(Path(self._settings.store)).base
        except StoreError:
            from kg.rdf.namespaces import DATA_BASE

            return DATA_BASE


def describe_schema(property: Mapping[str, Any]) -> str:
    """Say in words what a value may be, by its JSON schema or that of a parameter."""
    schema = property.get("schema", property)
    if "anyOf" in schema:
        # A parameter that may be null may be left out, which goes without saying.
        told = [one for one in schema["anyOf"] if "in" not in property or one.get("type") != "null"]
        return " or ".join(describe_schema(one) for one in told)
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {describe_schema(schema.get('items', {}))}"
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "from"), ("maximum", "to"), ("default", "by default"))
        if schema.get(key) is not None
    ]
    return ", ".join([kind, *bounds])
