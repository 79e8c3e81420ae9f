"""Fetch one address: a request at a time, bounded in time and size."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpcore

from kg.errors import SourceError
from kg.sources.unpack import unpack_body
from kg.watch.addresses import ForbiddenAddress, WebAddress
from kg.watch.network import CheckedBackend
from kg.watch.settings import Settings

_READ_TIMEOUT = 15.0


class FetchError(SourceError):
    """An address that gave nothing.

    Parameters
    ----------
    message
        Why, in one line.
    is_final
        Whether it is of no use to ask again.
    status
        What the server answered, if it did.
    """

    def __init__(self, message: str, *, is_final: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.is_final = is_final
        self.status = status


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent; names of headers are in lower case, the body is unpacked."""

    address: WebAddress
    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetcher:
    """Sends requests, one after the other; a context.

    Parameters
    ----------
    settings
        Who asks, and the bounds.
    clock
        Tells the seconds for deadlines.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._backend = CheckedBackend(settings.private, clock)
        self._pool = httpcore.ConnectionPool(
            network_backend=self._backend, max_connections=4, max_keepalive_connections=2, keepalive_expiry=10.0
        )

    def __enter__(self) -> Fetcher:
        """Begin."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Close all connections."""
        self._pool.close()

    def fetch(self, address: WebAddress, limit: int, headers: Mapping[str, str] | None = None) -> Fetched:
        """Send one request, and take the answer whatever its status; redirects are not followed.

        Parameters
        ----------
        address
            Where to.
        limit
            How many bytes the body may have, packed and unpacked.
        headers
            What else the request says.

        Raises
        ------
        FetchError
            If there is no answer in time, or one that is too large or against the rules of HTTP.
        """
        sent: dict[bytes | str, bytes | str] = {
            "Host": address.origin.partition("://")[2],
            "User-Agent": self._settings.user_agent,
            "Accept-Encoding": "gzip, deflate",
        }
        sent.update((headers or {}).items())
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        bound = min(_READ_TIMEOUT, self._settings.timeout)
        timeouts = {"connect": bound, "read": bound, "write": bound, "pool": bound}
        self._backend.deadline = self._clock() + self._settings.timeout
        try:
            with self._pool.stream("GET", url, headers=sent, extensions={"timeout": timeouts}) as response:
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = _read_body(response, limit)
                status = response.status
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchError(f"no answer within {self._settings.timeout:g} s") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchError(f"no answer: {str(error)[:200] or type(error).__name__}") from error
        except SourceError as error:
            if isinstance(error, FetchError):
                raise
            raise FetchError(str(error), is_final=isinstance(error, ForbiddenAddress)) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise FetchError(f"no answer: {type(error).__name__}: {str(error)[:200]}") from error
        try:
            body = unpack_body(body, told.get("content-encoding"), limit)
        except SourceError as error:
            raise FetchError(str(error), is_final=True) from error
        return Fetched(address, status, told, body)


def _read_body(response: httpcore.Response, limit: int) -> bytes:
    parts, length = [], 0
    for part in response.iter_stream():
        parts.append(part)
        length += len(part)
        if length > limit:
            raise FetchError(f"too large: more than {limit:,} bytes", is_final=True)
    return b"".join(parts)
