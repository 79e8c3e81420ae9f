"""Updates, where they are switched on: whole, seen by the next query, and from no page of another site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from SPARQLWrapper import POST, SPARQLWrapper

from kg.errors import KgError
from kg.rdf.folder import read_manifest
from kg.serve import Settings
from tests.serve.conftest import write_store
from tests.served import Served, serve_store

UPDATE = "application/sparql-update"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/g> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    """Serve a small store that takes updates."""
    store = write_store(tmp_path_factory.mktemp("updates") / "store", stories=0, knowledge=False)
    with serve_store(store, "--allow-update", "--workers", "1") as served:
        yield store, served


def count(served: Served) -> int:
    """Count what is in the graph of these tests."""
    return int(served.ask(COUNT).json()["results"]["bindings"][0]["n"]["value"])


def test_update_is_seen_by_the_next_query(writable: tuple[Path, Served]) -> None:
    """Both ways of the protocol write a new version of the store, whose manifest counts right."""
    store, served = writable
    former = read_manifest(store)
    insert = "INSERT DATA { GRAPH <http://example.org/g> { <a:s> <a:p> 1 , 2 } }"
    assert served.client.post("/sparql", content=insert, headers={"Content-Type": UPDATE}).status_code == 200
    assert count(served) == 2
    client = SPARQLWrapper(served.endpoint)
    client.setMethod(POST)
    client.setQuery("DELETE WHERE { GRAPH <http://example.org/g> { ?s ?p 1 } }")
    client.query()
    assert count(served) == 1
    manifest = read_manifest(store)
    assert manifest.quads == former.quads + 1
    assert manifest.details == former.details


def test_update_is_whole_or_not_at_all(writable: tuple[Path, Served]) -> None:
    """An update whose second half fails leaves the store as it was."""
    store, served = writable
    before = read_manifest(store).version
    for sparql, status in (
        (
            "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 3 } } ; CREATE GRAPH <a:g> ; NONSENSE",
            400,
        ),
        ("LOAD <http://127.0.0.1:9/>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("ASK {}", 400),
    ):
        answer = served.client.post("/sparql", content=sparql, headers={"Content-Type": UPDATE})
        assert answer.status_code == status, answer.text
    beside = {"update": "CLEAR ALL", "using-graph-uri": "http://example.org/g"}
    assert served.client.post("/sparql", data=beside).status_code == 400
    assert read_manifest(store).version == before


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_update_takes_no_form_of_another_site(writable: tuple[Path, Served], headers: dict[str, str]) -> None:
    """A page elsewhere that has a browser send the form changes nothing."""
    store, served = writable
    before = read_manifest(store).version
    answer = served.client.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
    assert answer.status_code == 403
    assert read_manifest(store).version == before


def test_update_is_for_this_machine_alone() -> None:
    """A server that others reach takes no updates, for it does not ask who they are."""
    with pytest.raises(KgError, match="this machine alone"):
        Settings(store="store", host="0.0.0.0", allow_update=True)
    with pytest.raises(KgError, match="--allow-update"):
        Settings(store="store", allow_load=True)
