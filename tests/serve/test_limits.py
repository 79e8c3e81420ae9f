"""No query takes more than it may, and none keeps the others from being answered."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pytest

from kg.rdf.folder import VERSIONS, read_current
from tests.serve.conftest import write_store
from tests.served import Served, serve_store

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
GREEDY = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } }"
DEEP = f"ASK {'{' * 50_000}{'}' * 50_000}"


@pytest.fixture(scope="module")
def tight(store: Path) -> Iterator[Served]:
    """Serve within narrow bounds: one worker, two seconds, two that wait; to one other origin, under another name."""
    options = ("--timeout", "2", "--workers", "1", "--queue", "2", "--memory", "300", "--max-result", "1")
    to_others = ("--cors", "https://notes.example", "--allowed-host", "graph.example")
    with serve_store(store, *options, *to_others) as server:
        yield server


def find_workers(served: Served) -> set[int]:
    """Find the processes of the workers: the children of the one that forks them."""
    main = psutil.Process(served.process.pid)
    return {worker.pid for child in main.children() for worker in child.children()}


def test_limits_end_a_query_that_takes_too_long(tight: Served) -> None:
    """At its time a query is ended with its process, and another process answers the next."""
    assert tight.ask("ASK {}").json()["boolean"]
    former = find_workers(tight)
    start = time.monotonic()
    answer = tight.ask(ENDLESS)
    assert (answer.status_code, answer.text) == (503, "stopped: it took more than 2 seconds\n")
    assert time.monotonic() - start < 6
    assert tight.ask("ASK {}").json()["boolean"]
    assert len(find_workers(tight)) == 1
    assert not find_workers(tight) & former
    assert not any(psutil.pid_exists(pid) for pid in former)


@pytest.mark.parametrize("sparql", [GREEDY, DEEP])
def test_limits_end_a_query_that_takes_too_much(tight: Served, sparql: str) -> None:
    """A query that wants too much memory or nests too deep ends its worker, not the server."""
    answer = tight.client.post("sparql", content=sparql, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in (500, 503)
    assert answer.text.startswith("stopped:")
    assert tight.ask("ASK {}").json()["boolean"]


def test_limits_refuse_an_answer_that_is_too_long(tight: Served) -> None:
    """An answer beyond the limit is refused whole: half of one would pass for the truth."""
    answer = tight.ask(HUGE)
    assert answer.status_code == 422
    assert "LIMIT" in answer.text


def test_limits_send_a_long_answer_whole(served: Served) -> None:
    """An answer of megabytes comes whole, and leaves no file behind."""
    answer = served.ask("SELECT * { ?s ?p ?o }", "text/csv")
    count = served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert len(answer.content) > 1_000_000
    assert answer.text.count("\r\n") >= int(count)
    folders = [
        Path(file.path).parent for file in psutil.Process(served.process.pid).open_files() if "kg-serve" in file.path
    ]
    assert not folders


def test_limits_turn_away_who_comes_when_too_many_wait(tight: Served) -> None:
    """With one worker and two that wait, of five who come at once some get 503 with Retry-After, and none hangs."""
    answers: list[httpx.Response] = []

    def ask() -> None:
        with httpx.Client(base_url=tight.address, timeout=30, trust_env=False) as client:
            answers.append(client.get("sparql", params={"query": ENDLESS}))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turned_away = [answer for answer in answers if "Retry-After" in answer.headers]
    assert [answer.status_code for answer in answers] == [503] * 5
    assert len(turned_away) == 2
    assert time.monotonic() - start < 20


def test_limits_end_the_query_of_a_client_that_went_away(served: Served) -> None:
    """A query whose client has closed the connection is ended, long before its time."""
    former = find_workers(served)
    with socket.create_connection((served.client.base_url.host, served.client.base_url.port)) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
    deadline = time.monotonic() + 8
    while former <= find_workers(served) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not former <= find_workers(served)


def test_limits_refuse_a_body_that_is_too_long(served: Served) -> None:
    """A request of more than a megabyte is refused before it is read to its end."""
    body = "ASK {} #" + "x" * 1_100_000
    answer = served.client.post("sparql", content=body, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "ASK{FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/sparql>{}}",
        "ASK { ?s ?p <http://a'\\u0061> SERVICE <http://127.0.0.1:9/> {} #'\n }",
    ],
)
def test_limits_refuse_service(served: Served, sparql: str) -> None:
    """A query that would ask other servers is refused, however it is written."""
    assert served.ask(sparql).status_code == 403


def test_limits_let_the_word_service_stand_where_it_is_none(served: Served) -> None:
    """A text, a comment, a variable or an IRI may say service."""
    sparql = 'ASK { BIND("the SERVICE" AS ?service) # SERVICE\n FILTER(<http://example.org/service> != ?service) }'
    assert served.ask(sparql).json()["boolean"] is True


def test_limits_new_queries_see_a_new_version_and_old_ones_go(tmp_path: Path) -> None:
    """While a server runs a build may replace the store: the next query sees it, and the old version can be deleted."""
    store = write_store(tmp_path / "store", stories=0, knowledge=False)
    count = "SELECT (COUNT(*) AS ?n) { ?claim a <https://w3id.org/platform-regulation#Claim> }"
    with serve_store(store) as served:
        assert served.ask(count).json()["results"]["bindings"][0]["n"]["value"] == "1"
        former = served.ask(count).headers["store-version"]
        write_store(store, stories=2, knowledge=False)
        answer = served.ask(count)
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == "3"
        assert answer.headers["store-version"] != former
        assert (read_current(store) or "").startswith(answer.headers["store-version"])
        time.sleep(1.5)  # the idle worker lets go of the old version too
        write_store(store, stories=1, knowledge=False)
        assert served.ask(count).json()["results"]["bindings"][0]["n"]["value"] == "2"
        assert not any(path.name.startswith(former) for path in (store / VERSIONS).iterdir())


def test_limits_cors_lets_the_named_origin_read(tight: Served) -> None:
    """The origin that is named may ask by GET and by POST, and no other."""
    for origin, allowed in (("https://notes.example", True), ("https://evil.example", False), ("null", False)):
        answer = tight.client.get("/sparql?query=ASK%20%7B%7D", headers={"Origin": origin})
        assert ("access-control-allow-origin" in answer.headers) is allowed
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert ("access-control-allow-origin" in tight.client.options("/sparql", headers=asked).headers) is allowed
        assert "access-control-allow-credentials" not in answer.headers


def test_limits_cors_names_that_are_allowed_are_answered(tight: Served) -> None:
    """A name given with --allowed-host is the server's own, in any case."""
    assert tight.client.get("/", headers={"Host": "Graph.Example:8080"}).status_code == 200
    assert tight.client.get("/", headers={"Host": "other.example"}).status_code == 421


def test_limits_workers_end_with_a_server_that_is_killed(store: Path) -> None:
    """A server that is killed leaves no worker behind, not even one in the midst of a query."""
    command = [sys.executable, "-m", "kg", "serve", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split("/ ")[0].rpartition(":")[2])
        workers = [*psutil.Process(process.pid).children(recursive=True)]
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
            process.kill()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert len(workers) >= 3
    assert alive == []


@pytest.mark.slow
def test_limits_hold_under_load(tree: Path) -> None:
    """32 clients for a minute on a million quads get answers or 503, nothing else, and memory does not grow."""
    command = [sys.executable, str(tree / "benchmarks" / "load.py"), "--quads", "1000000", "--seconds", "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
