"""Connections that end where a client takes for ever over its request or its answer.

uvicorn ends only a connection that is silent after an answer: one on which nothing ever comes, or a byte a second, it
keeps, and each takes one of the places that there are.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

# The states of h11 in which a client still has to send something: the head of a request, its body.
_HEAD, _BODY = "IDLE", "SEND_BODY"
# A body that does not come is refused in words at its time, by whoever reads it; the connection ends a little later.
_AFTER_WORDS = 1.25


class TimedConnection(H11Protocol):
    """A connection of uvicorn with a time for the head of each request, for its body, and for each piece of an answer.

    Where all places are taken, a new connection takes that of the client that is longest at its request.
    """

    patience: ClassVar[float]
    """Seconds for each of the three."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._stage: tuple[str, Any] = ("", None)
        self._since = 0.0
        self._coming: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        # So we are told whenever something waits to be taken, and when all is taken.
        transport.set_write_buffer_limits(0)
        self._follow()
        if self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read on, and see how far the request has come."""
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        """Begin to wait until the client has taken what was sent."""
        super().pause_writing()
        self._taking = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """See that the client has taken all."""
        super().resume_writing()
        self._cancel(self._taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._cancel(self._coming)
        self._cancel(self._taking)
        super().connection_lost(exc)

    def _follow(self) -> None:
        # By h11, not by the bytes: a byte a second does not begin the time anew, the next request does.
        stage = (self.conn.their_state.__name__, self.cycle)
        if stage == self._stage:
            return
        self._stage, self._since = stage, self.loop.time()
        self._cancel(self._coming)
        if self._is_coming():
            seconds = self.patience * (_AFTER_WORDS if stage[0] == _BODY else 1)
            self._coming = self.loop.call_later(seconds, self.transport.abort)

    def _is_coming(self) -> bool:
        return self._stage[0] in (_HEAD, _BODY) and not self.transport.is_closing()

    def _make_room(self) -> None:
        others = (one for one in self.connections if isinstance(one, TimedConnection) and one is not self)
        coming = [one for one in others if one._is_coming()]
        if coming:
            min(coming, key=lambda one: one._since).transport.abort()

    @staticmethod
    def _cancel(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()


def make_protocol(seconds: float) -> type[TimedConnection]:
    """Make the protocol of a server whose clients have so many seconds."""
    return type("TimedConnection", (TimedConnection,), {"patience": seconds})
