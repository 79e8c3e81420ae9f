"""Clients that people have ask the server, and understand its answers."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, XML, SPARQLWrapper

from kg.rdf import EndpointStore
from tests.served import Served, serve_store

FINED = """PREFIX plr: <https://w3id.org/platform-regulation#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?whom { ?a plr:fined ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }"""


@pytest.mark.parametrize("direct", [None, False, True])
def test_clients_sparqlwrapper_asks_in_each_way(served: Served, direct: bool | None) -> None:
    """SPARQLWrapper asks by GET, by a form, and directly, and reads JSON and XML."""
    client = SPARQLWrapper(served.endpoint)
    if direct is not None:
        client.setMethod(POST)
        client.setRequestMethod(POSTDIRECTLY if direct else "urlencoded")
    client.setQuery(FINED)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [(row["who"]["value"], row["whom"]["value"]) for row in rows] == [("Germany", "Telegram")]
    client.setReturnFormat(XML)
    assert client.queryAndConvert().getElementsByTagName("literal")[0].firstChild.data == "Germany"


@pytest.mark.parametrize(("format", "start"), [(CSV, b"who,whom"), (TSV, b"?who\t?whom")])
def test_clients_sparqlwrapper_reads_tables(served: Served, format: str, start: bytes) -> None:
    """SPARQLWrapper gets CSV and TSV."""
    client = SPARQLWrapper(served.endpoint)
    client.setQuery(FINED)
    client.setReturnFormat(format)
    assert client.queryAndConvert().startswith(start)


def test_clients_sparqlwrapper_reads_a_graph(served: Served) -> None:
    """SPARQLWrapper gets Turtle that rdflib reads."""
    client = SPARQLWrapper(served.endpoint)
    client.setQuery(
        "CONSTRUCT { ?a <http://example.org/fined> ?b } { ?a <https://w3id.org/platform-regulation#fined> ?b }"
    )
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_clients_rdflib_takes_it_for_a_store(served: Served, method: str) -> None:
    """Rdflib's SPARQLStore asks it, and matches patterns over it."""
    graph = Graph(SPARQLStore(served.endpoint, method=method, returnFormat="xml"))
    assert [(str(row.who), str(row.whom)) for row in graph.query(FINED)] == [("Germany", "Telegram")]
    assert bool(graph.query("ASK { ?s ?p ?o }"))


def test_clients_our_own_endpoint_store_reads_it(served: Served) -> None:
    """`kg query http://…/sparql` and all that takes the address of an endpoint takes this one."""
    store = EndpointStore(served.endpoint)
    assert [row["who"].value for row in store.query(FINED)] == ["Germany"]  # type: ignore[union-attr]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_clients_curl_saves_a_table(served: Served) -> None:
    """Curl asks with --data-urlencode, and gets what it accepts."""
    command = ["curl", "-sS", "--fail", served.endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={FINED}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["who,whom", "Germany,Telegram"]


def test_clients_another_server_passes_on_what_it_asks(served: Served) -> None:
    """A server may serve what an endpoint holds: SPARQL, the API and the explorer are answered by asking that."""
    with serve_store(served.endpoint, "--workers", "1") as front:
        assert front.ask(FINED, "text/csv").text == served.ask(FINED, "text/csv").text
        assert (
            front.ask("CONSTRUCT WHERE { ?s a <https://w3id.org/platform-regulation#Claim> }").text.count("Claim") > 2
        )
        assert front.ask("SELECT * { SERVICE <http://127.0.0.1:9/> {} }").status_code == 403
        for path in ("/api/actions", "/api/agents/telegram", "/api/evidence?document=fine"):
            assert front.client.get(path).json() == served.client.get(path).json()
        assert "Who acted against whom" in front.client.get("/explorer").text
