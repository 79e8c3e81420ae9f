"""Who may decide: whoever brought the token has a session, and each form of it a secret that no other page knows."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.own_page import require_own_page
from kg.serve.work import Refused

PATH = "/review"
COOKIE = "kg-review"
_HOURS = 12
_MOST_SESSIONS = 100


@dataclass(frozen=True, slots=True)
class Session:
    """A reviewer who is let in: ``by`` is the name that decisions carry, ``secret`` stands in each form."""

    by: str
    ends: float
    id: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))


class Sessions:
    """The sessions of a server, in its memory: they end with it.

    Parameters
    ----------
    token
        What lets a reviewer in.
    clock
        Tells the seconds.
    """

    def __init__(self, token: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def open(self, token: str, by: str) -> Session:
        """Let a reviewer in.

        Raises
        ------
        Refused
            If the token is another, or the name is none.
        """
        if not hmac.compare_digest(token.strip().encode("utf-8", "replace"), self._token.encode("utf-8")):
            raise Refused(403, "this is not the token that the server printed when it started")
        name = " ".join(by.split())
        if not name or len(name) > 100 or not name.isprintable():
            raise Refused(400, "want the name of who decides, of up to 100 signs")
        while len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session = Session(name, self._clock() + _HOURS * 3600)
        self._sessions[session.id] = session
        return session

    def close(self, session: Session) -> None:
        """Let a reviewer out."""
        self._sessions.pop(session.id, None)

    def find(self, request: Request) -> Session | None:
        """Find the session that a request belongs to."""
        session = self._sessions.get(request.cookies.get(COOKIE, ""))
        if session is not None and session.ends < self._clock():
            self.close(session)
            return None
        return session

    def require_form(self, request: Request, secret: str) -> Session:
        """Find the session of a form that was sent, and make sure that our own page sent it.

        Raises
        ------
        Refused
            If there is no session, or another page may have sent it.
        """
        session = self.find(request)
        if session is None:
            raise Refused(403, f"nobody is let in here: open {PATH} first")
        require_own_page(request)
        if not hmac.compare_digest(secret.encode("utf-8", "replace"), session.secret.encode("ascii")):
            raise Refused(403, "this form is not of this session: go back, load the page anew, and answer again")
        return session


def set_cookie(response: Response, request: Request, session: Session | None) -> None:
    """Give a browser its session, or take it away."""
    if session is None:
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")
        return
    response.set_cookie(
        COOKIE,
        session.id,
        max_age=_HOURS * 3600,
        path=PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
