"""The story in each kind of store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.rdf import LocalStore, Store, StoreWriter, open_store, write_nquads
from tests.query.story import encode_story, make_story
from tests.server import serve_virtuoso


@pytest.fixture(scope="session")
def memory() -> LocalStore:
    """Hold the story in memory."""
    store = open_store("memory:")
    assert isinstance(store, LocalStore)
    store.load(encode_story(make_story()))
    return store


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Hold the story in a folder, its quads written in another order."""
    path: Path = tmp_path_factory.mktemp("query") / "store"
    with StoreWriter(path) as writer:
        writer.load(reversed(list(encode_story(make_story()))))
        writer.publish()
    store = open_store(path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def endpoint(memory: LocalStore) -> Iterator[Store]:
    """Serve the story over the SPARQL 1.1 protocol."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
            result = memory.oxigraph.query(form["query"][0], use_default_graph_as_union="union-default-graph" in form)
            body = result.serialize(format=ox.QueryResultsFormat.JSON)
            assert body is not None
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield open_store(f"http://127.0.0.1:{server.server_address[1]}/query")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Hold the story in Virtuoso, which gives a few rows at a time."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with (folder / "story.nq").open("wb") as file:
        write_nquads(encode_story(make_story()), file)
    for store in serve_virtuoso(folder, rows=100):
        store.load(folder / "story.nq")
        yield store


@pytest.fixture(params=["memory", "folder", "endpoint", pytest.param("virtuoso", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest) -> Store:
    """Give the story in each kind of store."""
    chosen: Store = request.getfixturevalue(request.param)
    return chosen
