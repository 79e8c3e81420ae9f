"""Servers that mean no good: each ends in one line that names the endpoint, in bounded time and memory."""

import gzip
import socket
import threading
import time
from itertools import count, repeat

import pytest

from kg.errors import KgError, QueryError
from kg.query import run_query
from kg.rdf import EndpointStore, endpoint_limits, endpoint_rows

TIMEOUT = 0.4
JSON = "application/sparql-results+json"
ROWS = b'{"head": {"vars": ["a"]}, "results": {"bindings": ['
SELECT = "SELECT ?a { ?a ?b ?c }"


def say(kind, *parts, **headers):
    """Make an answer without a length, which ends with the connection."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    yield "\r\n".join([*lines, "", ""]).encode()
    yield from parts


def drip(part, pause=0.05):
    """Send the same again and again, slowly."""
    for again in repeat(part):
        time.sleep(pause)
        yield again


@pytest.fixture
def serve():
    """Give the address of a server that answers each request by the bytes that it is given."""
    servers = []

    def start(answer):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def send(client):
            with client:
                try:
                    client.recv(1 << 16)
                    for part in answer():
                        client.sendall(part)
                    client.shutdown(socket.SHUT_WR)
                    # Whoever closes with something unread resets the connection.
                    while client.recv(1 << 16):
                        pass
                except OSError:
                    pass

        def accept():
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=send, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/query"

    yield start
    for server in servers:
        server.close()


def nest_terms():
    """Nest what would end the process in the parser: triples in triples, a million deep."""
    start, end = b'{"type": "triple", "value": {"subject": ', b"}}"
    yield from say(JSON, ROWS + b'{"a": ' + start * 1_000_000, end * 1_000_000 + b"}]}}")


def nest_triples():
    """Nest triples in triples in N-Triples, whole."""
    start, end = b"<http://a> <http://b> ", b" .\n"
    deep = b"<<( <http://a> <http://b> " * 1_000_000 + b"<http://c>" + b" )>>" * 1_000_000
    yield from say("application/n-triples", start + deep + end)


HOSTILE = {
    "endless": (lambda: say(JSON, *[ROWS], *repeat(b" " * 65536, 10_000)), "larger than"),
    "compressed": (lambda: say(JSON, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip"), "compressed"),
    "nested lists": (lambda: say(JSON, b"[" * 3_000_000), "more than 20 deep"),
    "nested terms": (nest_terms, "more than 20 deep"),
    "nested triples": (nest_triples, "more than 20 deep"),
    "a page": (lambda: say("text/html", b"<html><body>Welcome!</body></html>"), "text/html, does not parse"),
    "nothing": (lambda: say(JSON), "does not parse"),
    "cut": (lambda: say(JSON, ROWS + b'{"a": {"type": "literal", "value": "x"}}, {"a"'), "it is cut"),
    "short": (lambda: say(JSON, ROWS, Content_Length="1000"), "bytes are missing"),
    "a late error": (
        lambda: say(JSON, ROWS + b'{"a": {"type": "uri", "value": "no iri"}}]}}'),
        "does not parse",
    ),
    "slow": (lambda: (part for parts in (say(JSON, ROWS), drip(b" ")) for part in parts), "not whole after 2 s"),
    "silent": (lambda: drip(b"", 1), "timed out"),
    "slow headers": (lambda: (part for parts in ([b"HTTP/1.1 200 OK\r\nX: "], drip(b"x")) for part in parts), "2 s"),
    "endless headers": (lambda: (b"HTTP/1.1 200 OK\r\n" if not i else b"X: x\r\n" for i in count()), "headers"),
    "endless patience": (lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), "2 s"),
    "no HTTP": (lambda: [b"SSH-2.0-OpenSSH_9.2\r\n"], "SSH"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answers_are_one_line(name, serve, monkeypatch):
    """Whatever a server sends, there is one line that names it, soon."""
    monkeypatch.setattr(endpoint_limits, "_MOST_BYTES", 100_000_000)
    answer, said = HOSTILE[name]
    url = serve(answer)
    start = time.monotonic()
    with pytest.raises(KgError) as caught:
        run_query(EndpointStore(url, timeout=TIMEOUT), SELECT)
    assert time.monotonic() - start < 10
    assert str(caught.value).startswith(f"endpoint {url}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_hostile_numbers_of_rows_are_refused(serve):
    """A server that says it has more rows than can be fetched is not asked for them."""

    def answer():
        counted = b'{"rows": {"type": "literal", "value": "1000000000000"}, "a": {"type": "literal", "value": "x"}}]}}'
        yield from say(JSON, ROWS + counted, Server="Virtuoso/07.20.3240", X_SPARQL_MaxRows="1")

    store = EndpointStore(serve(answer).replace("/query", "/sparql"), timeout=TIMEOUT)
    with pytest.raises(QueryError, match="1,000,000,000,000 rows, of which the server gives 1 at once, are too many"):
        run_query(store, SELECT)


def test_many_parts_without_rows_end():
    """A server that gives no more rows than the first is asked once, not until it has given all it said it had."""
    asked = []

    def ask(sparql):
        asked.append(sparql)
        return (
            b'{"results": {"bindings": [{"rows": {"value": "100"}}]}}'
            if "COUNT" in sparql
            else b'{"results": {"bindings": []}}'
        )  # noqa: E501

    with pytest.raises(QueryError, match="came as 0"):
        endpoint_rows.read_in_parts(SELECT, b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}', 10, ask)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "text", ["{{{{[[[[ " * 10, 'say "no" {', "back\\slash\\", "\\", '\\"{', "\n\u2028{", "<<(" * 50, "plain"]
)
def test_text_is_not_taken_for_nesting(text, serve):
    """Brackets, quotes and backslashes in literals are text."""
    import json

    row = json.dumps({"a": {"type": "literal", "value": text}}).encode()
    url = serve(lambda: say(JSON, ROWS + row + b"]}}"))
    assert run_query(EndpointStore(url, timeout=5), SELECT).rows == ((text,),)
    said = json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").encode()
    url = serve(lambda: say("application/n-triples", b"<http://a> <http://b> " + said + b" .\n"))
    table = run_query(EndpointStore(url, timeout=5), "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert table.rows == (("http://a", "http://b", text),)
