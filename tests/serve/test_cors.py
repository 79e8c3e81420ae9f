"""Pages of other origins may read only where the server was told so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Served, serve_store


@pytest.fixture(scope="module")
def opened(store: Path) -> Iterator[Served]:
    """Serve to one other origin, under a name of its own."""
    options = ("--cors", "https://notes.example", "--allowed-host", "graph.example", "--workers", "1")
    with serve_store(store, *options) as server:
        yield server


def test_cors_lets_the_named_origin_read(opened: Served) -> None:
    """The origin that is named may ask by GET and by POST, and no other."""
    for origin, allowed in (("https://notes.example", True), ("https://evil.example", False), ("null", False)):
        answer = opened.client.get("/sparql?query=ASK%20%7B%7D", headers={"Origin": origin})
        assert ("access-control-allow-origin" in answer.headers) is allowed
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert ("access-control-allow-origin" in opened.client.options("/sparql", headers=asked).headers) is allowed
        assert "access-control-allow-credentials" not in answer.headers


def test_cors_names_that_are_allowed_are_answered(opened: Served) -> None:
    """A name given with --allowed-host is the server's own, in any case."""
    assert opened.client.get("/", headers={"Host": "Graph.Example:8080"}).status_code == 200
    assert opened.client.get("/", headers={"Host": "other.example"}).status_code == 421
