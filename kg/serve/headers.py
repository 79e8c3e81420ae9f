"""What every answer carries, and which requests are answered at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page that needs more says so itself. Nothing here loads anything from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: a browser would then say of our own forms, too, that they come from nowhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class SecurityHeaders:
    """Adds the headers that keep a browser from doing what nobody meant; an answer's own win.

    Parameters
    ----------
    app
        What answers.
    readable
        Whether pages of other origins may read the answers: else the browser won't even load them there.
    """

    def __init__(self, app: ASGIApp, *, readable: bool = False) -> None:
        self._app = app
        resources = "cross-origin" if readable else "same-origin"
        self._headers = {**_HEADERS, "Cross-Origin-Resource-Policy": resources}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_more if scope["type"] == "http" else send)


class HostCheck:
    """Answers only requests for names that are its own.

    A page elsewhere may have its own name point here (DNS rebinding), and would then read everything. A number in the
    place of a name can't be had that way, so any address by number is fine.

    Parameters
    ----------
    app
        What answers.
    names
        The names, in small letters; ``*`` is any.
    """

    def __init__(self, app: ASGIApp, *, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and not self._knows(Headers(scope=scope).getlist("host")):
            refusal = PlainTextResponse("this host is not served here: kg serve --allowed-host NAME", 421)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name = split_port(hosts[0].lower())
        return "*" in self._names or name in self._names or _is_number(name)


def split_port(host: str) -> str:
    """Take the port, and the brackets of IPv6, from a Host header."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
