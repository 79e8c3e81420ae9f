"""Connections that go only where a watch may go, and end when their time is up."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from kg.watch.addresses import find_addresses


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very address that was checked: a name that is looked up twice may lead to two places.

    ``deadline`` holds for all that happens on its connections, by ``clock``: a server that sends a byte now and then
    would never run into a bound on the single read.
    """

    def __init__(self, private: frozenset[str], clock: Callable[[], float] = time.monotonic) -> None:
        self.deadline = 0.0
        self._private = private
        self._clock = clock
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host.

        Raises
        ------
        SourceError
            If it lies in a private network and is not one of those that may.
        """
        addresses = find_addresses(host, port, private=self._private)
        for number, address in enumerate(addresses, 1):
            try:
                stream = self._inner.connect_tcp(address, port, self.bound(timeout), local_address, socket_options)
                return BoundedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore.ConnectError("no address")

    def bound(self, timeout: float | None) -> float:
        """Bound a timeout by the deadline.

        Raises
        ------
        httpcore.ReadTimeout
            If it has passed.
        """
        left = self.deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left if timeout is None else min(timeout, left)


class BoundedStream(httpcore.NetworkStream):
    """A connection under the deadline of its backend."""

    def __init__(self, inner: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, up to a number of bytes."""
        return self._inner.read(max_bytes, self._backend.bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write bytes."""
        self._inner.write(buffer, self._backend.bound(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted; the certificate must be that of the host by its name."""
        secure = self._inner.start_tls(ssl_context, server_hostname, self._backend.bound(timeout))
        return BoundedStream(secure, self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._inner.get_extra_info(info)
