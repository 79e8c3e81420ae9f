"""What an endpoint may answer: so much, in so long, and nested no deeper than an answer is.

An address may be anybody's, and the answer is parsed in this process: by a parser that a deep enough nesting ends,
process and all.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from typing import Any, cast
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener

_MOST_BYTES = 1 << 30  # the actions of five million quads, as JSON
_MOST_TRIPLES = 2_000_000  # of an answer to CONSTRUCT, which are held as a store
_MOST_DEEP = 20
_AT_ONCE = 1 << 20
_PATIENCE = 5  # an answer may take so many times as long to come whole as it may take to begin

_BUT_BRACKETS = bytes(set(range(256)) - set(b'{}[]"'))
_STRING = re.compile(rb'"[^"]*"')
_ESCAPED_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_QUOTING_LINE = re.compile(rb"^.*<<.*$", re.MULTILINE)


def open_request(request: Request, timeout: float) -> HTTPResponse:
    """Send a request as `urllib.request.urlopen` does, and give an answer that raises `TimeoutError` if it dawdles."""
    return cast(HTTPResponse, build_opener(_Handler(timeout)).open(request, timeout=timeout))


def be_patient(response: HTTPResponse) -> None:
    """Let an answer take as long as it wants, if only it goes on: what is written to a file may be large."""
    raw = getattr(response.fp, "raw", None)
    if isinstance(raw, _Paced):
        raw.deadline = None


def read_parts(response: HTTPResponse) -> Iterator[bytes]:
    """Read an answer, part by part.

    Raises
    ------
    ValueError
        If it does not come whole, or is compressed, which nobody asked for.
    """
    if (coding := response.headers.get("Content-Encoding", "").strip().lower()) not in ("", "identity"):
        raise ValueError(f"it is compressed ({coding[:20]}), which was not asked for")
    try:
        while part := response.read(_AT_ONCE):
            yield part
    except (HTTPException, OSError) as error:
        raise ValueError(" ".join(str(error).split()) or type(error).__name__) from error
    if response.length:
        raise ValueError(f"{response.length:,} bytes are missing")


def read_whole(response: HTTPResponse) -> bytes:
    """Read an answer that is held in memory.

    Raises
    ------
    ValueError
        As `read_parts`, and if it is larger than it may be.
    """
    parts, size = [], 0
    for part in read_parts(response):
        size += len(part)
        if size > _MOST_BYTES:
            raise ValueError(f"it is larger than {_MOST_BYTES:,} bytes: ask for less, by LIMIT and OFFSET")
        parts.append(part)
    return b"".join(parts)


def check_json(content: bytes) -> None:
    """Check that an answer in JSON nests no deeper than rows do, and ends.

    Raises
    ------
    ValueError
        If it does not.
    """
    # Without what is escaped a quote begins or ends a string; without strings, each round takes the innermost pairs.
    brackets = content.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _BUT_BRACKETS)
    brackets = _STRING.sub(b"", brackets)
    for _ in range(_MOST_DEEP):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    if brackets:
        raise ValueError(f"it is cut, or nests more than {_MOST_DEEP} deep")


def check_triples(content: bytes) -> None:
    """Check that an answer in N-Triples is not too large for memory, and nests no triples deep in triples.

    Raises
    ------
    ValueError
        If it does not.
    """
    if (triples := content.count(b"\n")) > _MOST_TRIPLES:
        raise ValueError(f"{triples:,} triples are more than {_MOST_TRIPLES:,}: ask for fewer, by LIMIT and OFFSET")
    for line in _QUOTING_LINE.finditer(content):
        if _ESCAPED_STRING.sub(b"", line[0]).count(b"<<") > _MOST_DEEP:
            raise ValueError(f"it nests more than {_MOST_DEEP} deep")


class _Paced(io.RawIOBase):
    """What a socket receives, until the deadline."""

    def __init__(self, sock: socket, file: Any, timeout: float) -> None:
        self.deadline: float | None = time.monotonic() + _PATIENCE * timeout
        self._sock, self._file, self._timeout = sock, file, timeout

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"it was not whole after {_PATIENCE * self._timeout:g} s")
            self._sock.settimeout(min(left + 0.1, self._timeout))
        received: int | None = self._file.readinto(buffer)
        return received

    def close(self) -> None:
        self._file.close()
        super().close()


class _Handler(HTTPHandler, HTTPSHandler):
    """Opens connections whose answers, headers and all, are received until the deadline."""

    def __init__(self, timeout: float) -> None:
        super().__init__()
        self._seconds = timeout

    def http_open(self, req: Request) -> HTTPResponse:
        return self._open(HTTPConnection, req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self._open(HTTPSConnection, req)

    def _open(self, kind: type[HTTPConnection], request: Request) -> HTTPResponse:
        seconds = self._seconds

        class Response(HTTPResponse):
            def __init__(self, sock: socket, *args: Any, **settings: Any) -> None:
                super().__init__(sock, *args, **settings)
                self.fp.close()
                self.fp = io.BufferedReader(_Paced(sock, sock.makefile("rb", buffering=0), seconds))

        class Connection(kind):  # type: ignore[valid-type, misc]
            response_class = Response

        return self.do_open(Connection, request)
