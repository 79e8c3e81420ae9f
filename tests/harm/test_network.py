"""What one asks or reads reaches for no address: seen from a socket that would hear of it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.query import ask_query
from kg.rdf import open_store
from kg.sources import read_documents
from tests.harm.seeds import TEXT


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def has_called(listener: socket.socket) -> bool:
    """Tell whether somebody called; a call that was refused waits in the queue."""
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


def test_query_asks_no_other_server_unless_told(listener: socket.socket) -> None:
    """SERVICE is refused in one line, however it is written; who wants it says so."""
    store, port = open_store("memory:"), listener.getsockname()[1]
    for word in ("SERVICE", "service SILENT", "SeRvIcE # x\n"):
        query = f"SELECT * {{ {word} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryError, match=r"^query: SERVICE asks another server: .* --allow-service alone$"):
            ask_query(store, query)
        assert not has_called(listener)
    assert not list(ask_query(store, f"SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}"))  # type: ignore[arg-type]
    assert not list(ask_query(store, "SELECT * { ?service ?p 'SERVICE' } # SERVICE"))  # type: ignore[arg-type]
    assert not has_called(listener)


def test_query_asks_another_server_if_told(listener: socket.socket, tmp_path: Path) -> None:
    """The same query with --allow-service does call: so the test above would hear it."""
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
    code = "import sys; from kg.query import ask_query; from kg.rdf import open_store; "
    code += "list(ask_query(open_store('memory:'), sys.argv[1], allow_service=True))"
    process = subprocess.Popen([sys.executable, "-c", code, query], stderr=subprocess.DEVNULL)
    listener.settimeout(30)
    assert has_called(listener)
    assert process.wait(30) != 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("entity.html", '<!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><html><body><p>&x; {text}</p></body></html>'),
        ("entity.xhtml", '<?xml version="1.0"?><!DOCTYPE a SYSTEM "{url}"><html><body><p>{text}</p></body></html>'),
        ("link.html", '<html><head><base href="{url}"><link rel=stylesheet href="{url}"></head><body><p>{text}</p>'),
        ("image.md", "![x]({url})\n\n<img src='{url}'>\n\n{text}"),
        ("tag.md", "---\nurl: !!python/object/apply:urllib.request.urlopen ['{url}']\n---\n{text}"),
        ("link.csv", '"=WEBSERVICE(""{url}"")",text\n1,"{text}"\n'),
    ],
)
def test_sources_call_nobody(listener: socket.socket, tmp_path: Path, name: str, text: str) -> None:
    """Entities, stylesheets, pictures and tags of a document lead nowhere."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    (tmp_path / name).write_text(text.replace("{url}", url).replace("{text}", TEXT), encoding="utf-8")
    assert list(read_documents([str(tmp_path / name)]))
    assert not has_called(listener)
