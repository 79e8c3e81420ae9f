"""How a store is served, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import KgError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server serves, to whom, and within which bounds.

    ``timeout`` is the seconds that a query may take, ``page_timeout`` those of a page that shows the whole graph;
    ``max_result`` the bytes of an answer, ``max_request`` those of a request's body, ``memory`` those that a worker may
    take; ``queue`` the requests that may wait for a worker, ``queue_timeout`` the seconds that each may wait;
    ``patience`` the seconds in which the head of a request must come, its body, and in which each piece of an answer
    must be taken.
    ``hosts`` are the names by which clients may call the server, beside its own; ``origins`` the origins whose pages
    may read its answers; ``token`` lets a reviewer in.
    """

    store: str
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 2
    queue: int = 32
    queue_timeout: float = 10.0
    patience: float = 20.0
    timeout: float = 30.0
    page_timeout: float = 300.0
    max_result: int = 50_000_000
    max_request: int = 1_000_000
    memory: int = 2_000_000_000
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    allow_service: bool = False
    allow_update: bool = False
    allow_load: bool = False
    allow_review: bool = False
    judgements: str | None = None
    token: str = ""
    title: str = "Who acted against whom"

    def __post_init__(self) -> None:
        if self.allow_load and not self.allow_update:
            raise KgError("LOAD is an update: --allow-load wants --allow-update")
        if (self.allow_update or self.allow_review) and self.is_endpoint:
            raise KgError(f"{self.store} is an endpoint: only the folder of a store takes updates and reviews")
        if self.allow_update and self.host not in _LOOPBACK:
            raise KgError(
                f"updates ask nobody who he is, and are for this machine alone: want --host 127.0.0.1, not {self.host}"
            )
        if self.allow_review and not self.token:
            raise KgError("a review wants a token that lets the reviewer in")
        for origin in self.origins:
            if origin != "*" and not origin.startswith(("http://", "https://")):
                raise KgError(f"origin {origin!r}: want * or an address such as https://example.org")

    @property
    def is_endpoint(self) -> bool:
        """Whether the store is behind a SPARQL endpoint."""
        return self.store.startswith(("http://", "https://"))

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which the server may be called: a request for another is one that was led here by a trick."""
        return tuple(name.lower() for name in dict.fromkeys((*_LOOPBACK, self.host, *self.hosts)))
