"""The endpoint keeps to the SPARQL 1.1 protocol.

The cases follow those of the W3C's protocol tests for queries and updates, in our words: what is asked how, and what
comes back. Numbers are the sections of the recommendation.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest

from tests.served import Served

ASK = "ASK {}"
SELECT = "SELECT (1 AS ?x) {}"
CONSTRUCT = "CONSTRUCT { <http://example.org/s> <http://example.org/p> 1 } WHERE {}"
FORM = "application/x-www-form-urlencoded"
BASE = "https://w3id.org/platform-regulation/id/"


def post(served: Served, body: str | bytes, kind: str | None, query: str = "") -> httpx.Response:
    """Post a body of a type to the endpoint."""
    headers = {} if kind is None else {"Content-Type": kind}
    return served.client.post(f"sparql{query}", content=body, headers=headers)


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_protocol_takes_a_query_in_each_of_three_ways(served: Served, way: str) -> None:
    """2.1.1 to 2.1.3: by GET, by POST of a form, and by POST of the query itself."""
    answers = {
        "get": lambda: served.ask(ASK),
        "form": lambda: post(served, f"query={quote(ASK)}", FORM),
        "direct": lambda: post(served, ASK, "application/sparql-query"),
    }
    answer = answers[way]()
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True


def test_protocol_takes_a_charset_of_utf8_and_signs_beyond_ascii(served: Served) -> None:
    """2.1.3: a query is UTF-8, whether it says so or not."""
    sparql = 'SELECT ("ärger 🦊" AS ?x) {}'
    for kind in ("application/sparql-query; charset=UTF-8", "application/sparql-query"):
        answer = post(served, sparql.encode(), kind)
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "ärger 🦊"
    assert served.ask(sparql).json()["results"]["bindings"][0]["x"]["value"] == "ärger 🦊"


@pytest.mark.parametrize(
    ("sparql", "accept", "kind"),
    [
        (ASK, "application/sparql-results+json", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/*", "application/sparql-results+json"),
        (SELECT, "text/turtle, text/csv;q=0.5, application/sparql-results+xml;q=0.2", "text/csv"),
        (SELECT, "application/sparql-results+xml;q=0.1, */*;q=0.9, text/csv;q=0", "application/sparql-results+json"),
        (CONSTRUCT, "text/turtle", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "*/*", "text/turtle"),
        ("DESCRIBE <http://example.org/s>", "text/turtle", "text/turtle"),
    ],
)
def test_protocol_answers_in_the_format_that_suits_best(served: Served, sparql: str, accept: str, kind: str) -> None:
    """2.1.6: the form of the query tells the kind of answer, Accept the format."""
    answer = served.ask(sparql, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(("sparql", "accept"), [(ASK, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_protocol_refuses_formats_that_it_has_not(served: Served, sparql: str, accept: str) -> None:
    """A client that takes no format of the answer is told so, with 406, and which there are."""
    answer = served.ask(sparql, accept)
    assert answer.status_code == 406
    assert "want one of" in answer.text


@pytest.mark.parametrize(
    ("name", "sparql"),
    [
        ("not a query", "SELECT WHERE nothing"),
        ("an update sent as a query", "CLEAR ALL"),
        ("empty", ""),
        ("a prefix that nobody declared", "ASK { ?s nobody:knows ?o }"),
    ],
)
def test_protocol_refuses_what_is_no_query(served: Served, name: str, sparql: str) -> None:
    """2.1.7: what does not parse is answered with 400, and a message that says where."""
    for answer in (
        served.ask(sparql),
        post(served, sparql, "application/sparql-query"),
        post(served, f"query={quote(sparql)}", FORM),
    ):
        assert answer.status_code == 400, name
        assert answer.text.startswith("query:"), name


@pytest.mark.parametrize(
    ("body", "kind", "query", "status"),
    [
        (f"query={quote(ASK)}&query={quote(ASK)}", FORM, "", 400),
        (f"update={quote('CLEAR ALL')}&query={quote(ASK)}", FORM, "", 400),
        ("other=1", FORM, "", 400),
        ("", FORM, "", 400),
        (ASK, "application/sparql-query", f"?query={quote(ASK)}", 400),
        (f"query={quote(ASK)}", FORM, f"?query={quote(ASK)}", 400),
        (ASK.encode("utf-16"), "application/sparql-query; charset=UTF-16", "", 415),
        (ASK.encode("utf-16"), "application/sparql-query", "", 400),
        (b"query=ASK%20%7B%7D%20%23%FF", FORM, "", 400),
        (ASK, "text/plain", "", 415),
        (ASK, None, "", 415),
        (json.dumps({"query": ASK}), "application/json", "", 415),
        (b"\xff\xfe", "application/sparql-query", "", 400),
    ],
)
def test_protocol_refuses_requests_that_say_nothing_or_two_things(
    served: Served, body: str | bytes, kind: str | None, query: str, status: int
) -> None:
    """2.1.4, 2.2: one operation a request, in UTF-8, of a type that the protocol knows."""
    assert post(served, body, kind, query).status_code == status


def test_protocol_refuses_two_queries_and_updates_by_get(served: Served) -> None:
    """2.1.1, 2.2: GET takes one query, and never an update."""
    assert served.client.get("sparql", params=[("query", ASK), ("query", ASK)]).status_code == 400
    assert served.client.get("sparql", params={"update": "CLEAR ALL"}).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_protocol_refuses_other_methods(served: Served, method: str) -> None:
    """A method that the protocol has no use for is answered with 405, and which it has."""
    answer = served.client.request(method, "sparql", content=ASK)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "POST"}


def test_protocol_lets_the_request_name_the_dataset(served: Served) -> None:
    """2.1.4: default-graph-uri and named-graph-uri make the dataset, whatever FROM says."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    actions, kb = f"{BASE}graph/actions", f"{BASE}graph/kb"

    def tell(sparql: str, **fields: str) -> int:
        return int(served.ask(sparql, **fields).json()["results"]["bindings"][0]["n"]["value"])

    few, many, all_ = (
        tell(count, **{"default-graph-uri": actions}),
        tell(count, **{"default-graph-uri": kb}),
        tell(count),
    )
    assert 0 < few < many < all_
    assert tell(f"SELECT (COUNT(*) AS ?n) FROM <{actions}> {{ ?s ?p ?o }}") == few
    assert tell(f"SELECT (COUNT(*) AS ?n) FROM <{kb}> {{ ?s ?p ?o }}", **{"default-graph-uri": actions}) == few
    assert tell(named, **{"named-graph-uri": kb}) == 1
    assert tell(count, **{"named-graph-uri": kb}) == 0
    body = post(served, count, "application/sparql-query", f"?default-graph-uri={quote(actions)}")
    assert int(body.json()["results"]["bindings"][0]["n"]["value"]) == few
    two = served.client.get("sparql", params=[("query", count), *(("default-graph-uri", g) for g in (actions, kb))])
    assert int(two.json()["results"]["bindings"][0]["n"]["value"]) == few + many
    assert served.ask(count, **{"default-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize("sparql", ["CLEAR ALL", "LOAD <http://example.org/>", "INSERT DATA { <a:s> <a:p> 1 }"])
def test_protocol_refuses_updates_unless_they_are_switched_on(served: Served, sparql: str) -> None:
    """A store is for reading: an update is answered with 403, in both ways, and changes nothing."""
    before = served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    assert post(served, f"update={quote(sparql)}", FORM).status_code == 403
    assert post(served, sparql, "application/sparql-update").status_code == 403
    assert served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == before


def test_protocol_answers_head_without_a_body(served: Served) -> None:
    """HEAD tells what GET would."""
    answer = served.client.head("sparql", params={"query": ASK})
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml", "application/n-triples"])
def test_protocol_describes_the_service(served: Served, accept: str) -> None:
    """Without a query the endpoint says what it is, as a SPARQL 1.1 service description that rdflib reads."""
    import rdflib

    answer = served.client.get("sparql", headers={"Accept": accept})
    graph = rdflib.Graph().parse(data=answer.text, format=answer.headers["content-type"].partition(";")[0])
    space = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=space.Service)
    assert graph.value(service, space.endpoint) == rdflib.URIRef(served.endpoint)
    assert set(graph.objects(service, space.supportedLanguage)) == {space.SPARQL11Query}
    assert served.client.get("sparql", headers={"Accept": "image/png"}).status_code == 406


def test_protocol_leads_a_browser_to_the_page(served: Served) -> None:
    """Who opens the endpoint in a browser is led to the page that asks it."""
    answer = served.client.get("sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
