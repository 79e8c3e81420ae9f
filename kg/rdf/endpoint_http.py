"""HTTP as a SPARQL endpoint wants it: a login in the address, basic or digest, and errors in one line."""

from __future__ import annotations

import base64
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from kg.errors import KgError, StoreError
from kg.rdf.endpoint_limits import open_request, read_whole


class Connection:
    """Sends requests to one server.

    Parameters
    ----------
    url
        An http or https address; a login in it (``http://user:password@host``) is sent as the server wants it, basic
        unless it asks for a digest, and a password without a user (``http://:token@host``) as a bearer token.
    timeout
        Seconds to wait for an answer.

    Attributes
    ----------
    url
        The address without the login.
    """

    def __init__(self, url: str, *, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(f"endpoint {url!r}: want an http or https address")
        login, _, host = parts.netloc.rpartition("@")
        self.url = urlunsplit(parts._replace(netloc=host))
        self.timeout = timeout
        user, _, password = (unquote(part) for part in login.partition(":"))
        self._authorization: str | None = None
        if login and not user:
            self._authorization = f"Bearer {password}"
        elif login:
            token = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
            self._authorization = f"Basic {token}"
        self._digest = _Digest(user, password) if user else None

    def send(self, request: Request, kind: type[KgError]) -> HTTPResponse:
        """Send a request, and give its answer.

        Parameters
        ----------
        request
            The request; a body that is a file is sent from where it stands.
        kind
            The class of error where the server refuses it.

        Raises
        ------
        KgError
            Of that kind if the server refuses it, a `StoreError` if the server does not answer.
        """
        body: Any = request.data
        start = body.tell() if hasattr(body, "tell") else None
        for attempt in (1, 2):
            self._authorize(request)
            try:
                return open_request(request, self.timeout)
            except HTTPError as error:
                said = _read_said(error)
                if attempt == 1 and error.code == 401 and self._digest and self._digest.accept(error.headers):
                    if start is not None:
                        body.seek(start)
                    continue
                raise kind(f"endpoint {request.full_url}: {error.code}: {' '.join(said.split())[:500]}") from error
            except (URLError, HTTPException, OSError) as error:
                raise _make_error(request, error) from error
        raise AssertionError("the second attempt answers or raises")

    def read(self, request: Request, kind: type[KgError]) -> tuple[Message, bytes]:
        """Send a request, and give the headers and the whole of its answer; see `send`.

        Raises
        ------
        KgError
            Of that kind if the server refuses it, or if the answer is too large or does not come whole, a `StoreError`
            if the server does not answer.
        """
        with self.send(request, kind) as response:
            try:
                return response.headers, read_whole(response)
            except ValueError as error:
                raise kind(f"endpoint {request.full_url}: the answer can't be read: {error}") from error

    def probe(self, request: Request) -> Message:
        """Send a request, without the login, to hear who the server is and what login it wants."""
        try:
            with open_request(request, self.timeout) as response:
                headers: Message = response.headers
        except HTTPError as error:
            with error:
                headers = error.headers
            if self._digest:
                self._digest.accept(headers)
        except (URLError, HTTPException, OSError) as error:
            raise _make_error(request, error) from error
        return headers

    def _authorize(self, request: Request) -> None:
        authorization = self._digest.answer(request) if self._digest else None
        if authorization or self._authorization:
            request.add_unredirected_header("Authorization", authorization or self._authorization or "")


def _read_said(error: HTTPError) -> str:
    """Read the beginning of what a server says of an error, if it says it."""
    with error:
        try:
            return error.read(2000).decode("utf-8", "replace")
        except (HTTPException, OSError):
            return str(error.reason)


def _make_error(request: Request, error: Exception) -> StoreError:
    said = " ".join(str(getattr(error, "reason", None) or error).split()) or type(error).__name__
    return StoreError(f"endpoint {request.full_url}: {said[:500]}")


class _Digest:
    """Answers the challenge of a server that wants no password to be sent."""

    def __init__(self, user: str, password: str) -> None:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        self._handler = AbstractDigestAuthHandler(passwords)
        self._passwords, self._login = passwords, (user, password)
        self._challenge: dict[str, str] | None = None

    def accept(self, headers: Message) -> bool:
        """Take up a challenge, if there is one of this kind."""
        for said in headers.get_all("WWW-Authenticate", []):
            scheme, _, rest = said.partition(" ")
            if scheme.lower() == "digest":
                self._challenge = parse_keqv_list(list(filter(None, parse_http_list(rest))))
                return True
        return False

    def answer(self, request: Request) -> str | None:
        """Give what proves that the password is known, once there was a challenge."""
        if self._challenge is None:
            return None
        self._passwords.add_password(None, request.full_url, *self._login)
        proof = self._handler.get_authorization(request, self._challenge)
        return f"Digest {proof}" if proof else None
