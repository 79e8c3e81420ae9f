"""The addresses of the review; each that writes wants a session and its secret."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.serve.endpoint import read_body
from kg.serve.own_page import require_own_page
from kg.serve.pages import Pages
from kg.serve.pool import Pool
from kg.serve.protocol import FORM_TYPE, parse_form
from kg.serve.review.sessions import PATH, Session, Sessions, set_cookie
from kg.serve.settings import Settings
from kg.serve.work import Refused

SHOWN = 10
_FORM_SIZE = 20_000
_CORRECTED = ("action", "actor", "target", "status", "amount", "date")
_MOST_SKIPPED = 100_000


class ReviewPages:
    """The pages of the review.

    Parameters
    ----------
    settings
        What is served; has the token.
    pool
        Reads what is to be judged, and writes what was.
    pages
        Fills in templates.
    """

    def __init__(self, settings: Settings, pool: Pool, pages: Pages) -> None:
        self._settings = settings
        self._pool = pool
        self._pages = pages
        self._sessions = Sessions(settings.token)
        # Each decision is held against those before it: two at once could contradict one another.
        self._writing = asyncio.Lock()

    def list_routes(self) -> list[Route]:
        """List the addresses, with what answers each."""
        return [
            Route(PATH, self.show_start, methods=["GET"]),
            Route(f"{PATH}/login", self.log_in, methods=["POST"]),
            Route(f"{PATH}/logout", self.log_out, methods=["POST"]),
            Route(f"{PATH}/claims", self.show_claims, methods=["GET"]),
            Route(f"{PATH}/claims", self.decide_claim, methods=["POST"]),
            Route(f"{PATH}/agents", self.show_agents, methods=["GET"]),
            Route(f"{PATH}/agents", self.decide_agents, methods=["POST"]),
        ]

    async def show_start(self, request: Request) -> Response:
        """Ask for the token, or show what can be judged."""
        return self._show("start", self._sessions.find(request))

    async def log_in(self, request: Request) -> Response:
        """Let in whoever has the token."""
        require_own_page(request)
        fields = await self._read_fields(request)
        try:
            session = self._sessions.open(fields.get("token", ""), fields.get("by", ""))
        except Refused as error:
            return self._show("start", None, status=error.status, problem=error.message)
        response = RedirectResponse(PATH, 303)
        set_cookie(response, request, session)
        return response

    async def log_out(self, request: Request) -> Response:
        """Let the reviewer out."""
        fields = await self._read_fields(request)
        self._sessions.close(self._sessions.require_form(request, fields.get("secret", "")))
        response = RedirectResponse(PATH, 303)
        set_cookie(response, request, None)
        return response

    async def show_claims(self, request: Request) -> Response:
        """Show the claims of the least confidence."""
        return await self._show_questions(request, "claims")

    async def show_agents(self, request: Request) -> Response:
        """Show the pairs of agents that are likeliest one."""
        return await self._show_questions(request, "agents")

    async def decide_claim(self, request: Request) -> Response:
        """Write what was decided of a claim."""
        fields, session = await self._require_form(request)
        arguments = {
            "claim": fields.get("claim", ""),
            "answer": fields.get("answer", ""),
            "written": {name: fields[name] for name in _CORRECTED if name in fields},
        }
        return await self._decide(request, "claims", "review_claim", arguments, fields, session)

    async def decide_agents(self, request: Request) -> Response:
        """Write what was decided of two agents."""
        fields, session = await self._require_form(request)
        arguments = {
            "agents": [fields.get("first", ""), fields.get("second", "")],
            "answer": fields.get("answer", ""),
        }
        return await self._decide(request, "agents", "review_pair", arguments, fields, session)

    async def _require_form(self, request: Request) -> tuple[Mapping[str, str], Session]:
        fields = await self._read_fields(request)
        return fields, self._sessions.require_form(request, fields.get("secret", ""))

    async def _read_fields(self, request: Request) -> dict[str, str]:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != FORM_TYPE:
            raise Refused(415, f"want {FORM_TYPE}")
        body = await read_body(request, _FORM_SIZE, self._settings.patience)
        return dict(parse_form(body.decode("utf-8", "replace")))

    async def _decide(
        self,
        request: Request,
        kind: str,
        task: str,
        arguments: Mapping[str, Any],
        fields: Mapping[str, str],
        session: Session,
    ) -> Response:
        skip = _read_skip(fields.get("skip"))
        signed = {**arguments, "by": session.by, "why": " ".join(fields.get("why", "").split())[:1000]}
        try:
            async with self._writing:
                # Whoever goes away in the middle has decided all the same.
                await asyncio.shield(self._ask(task, signed))
        except Refused as error:
            return await self._show_questions(request, kind, skip=skip, status=error.status, problem=error.message)
        done = "claim" if kind == "claims" else "agents"
        return RedirectResponse(f"{PATH}/{kind}?skip={skip}&done={done}", 303)

    async def _show_questions(
        self, request: Request, kind: str, *, skip: int | None = None, status: int = 200, problem: str = ""
    ) -> Response:
        session = self._sessions.find(request)
        if session is None:
            return RedirectResponse(PATH, 303)
        passed = _read_skip(request.query_params.get("skip")) if skip is None else skip
        questions = await self._ask(f"review_{kind}", {"skip": passed})
        return self._show(
            kind,
            session,
            status=status,
            problem=problem,
            questions=questions[:SHOWN],
            skip=passed,
            following=passed + SHOWN if len(questions) > SHOWN else None,
            done="done" in request.query_params and not problem,
        )

    async def _ask(self, task: str, arguments: Mapping[str, Any]) -> Any:
        reply, path = await self._pool.run(task, arguments, timeout=self._settings.page_timeout)
        body = path.read_bytes() if reply.body is None else reply.body
        path.unlink(missing_ok=True)
        if reply.status >= 400:
            raise Refused(reply.status, body.decode("utf-8", "replace"))
        return json.loads(body)

    def _show(self, name: str, session: Session | None, *, status: int = 200, **values: Any) -> Response:
        response = self._pages.render(
            f"review_{name}",
            here=PATH,
            heading="Review",
            status=status,
            **{"session": session, "store": self._settings.store, "problem": "", "done": False, **values},
        )
        response.headers["Cache-Control"] = "no-store"
        return response


def _read_skip(text: str | None) -> int:
    return min(int(text), _MOST_SKIPPED) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
