"""Clients that take for ever over a request or an answer lose their connection, and keep nobody else from an answer."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pytest

from tests.served import Served

PATIENCE = 1.5
SERVE = """
import sys
from kg.serve import Settings, run_server
settings = Settings(store=sys.argv[1], port=0, patience=float(sys.argv[2]), timeout=20)
run_server(settings, on_ready=lambda address: print(address, flush=True))
"""
ASK = b"ASK {}"
HEAD = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
)
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000"


@pytest.fixture(scope="module")
def port(store: Path) -> Iterator[int]:
    """Serve the store to clients that have a second and a half for each part of their business."""
    command = [sys.executable, "-c", SERVE, str(store), str(PATIENCE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline().strip().strip("/").rpartition(":")[2])
        process.terminate()
        assert process.wait(15) == 0


def connect(port: int) -> socket.socket:
    """Open a connection that waits for nothing."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setblocking(False)
    return connection


def trickle(slow: dict[str, tuple[socket.socket, bytes]], seconds: float) -> dict[str, tuple[float, bytes]]:
    """Send each connection's bytes one by one, five a second, and tell when each was closed and what it was told."""
    start, sent, heard = time.monotonic(), 0, {name: b"" for name in slow}
    closed: dict[str, tuple[float, bytes]] = {}
    while time.monotonic() - start < seconds and len(closed) < len(slow):
        for name, (connection, data) in slow.items():
            try:
                connection.send(data[sent : sent + 1])
                while piece := connection.recv(65_536):
                    heard[name] += piece
            except BlockingIOError:
                continue
            except OSError:
                pass
            closed.setdefault(name, (time.monotonic() - start, heard[name]))
        sent += 1
        time.sleep(0.2)
    return closed


def take_all(connection: socket.socket) -> int:
    """Take what there is until the connection ends, however it does, and tell how much it was."""
    taken = 0
    try:
        while piece := connection.recv(1_000_000):
            taken += len(piece)
    except ConnectionResetError:
        pass
    return taken


def ask_slowly(port: int) -> tuple[float, bytes]:
    """Send the head and then the body of a query, each a piece at a time but in time, and tell how long both took."""
    body = ASK + b" " * 200_000
    data = HEAD % len(body) + body
    head = len(data) - len(body)
    cuts = [*range(0, head, 40), *range(head, len(data), 50_000), len(data)]
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for begin, end in zip(cuts, cuts[1:], strict=False):
            connection.sendall(data[begin:end])
            time.sleep(1.0 / (len(range(0, head, 40)) if begin < head else 5))
        return time.monotonic() - start, connection.recv(65_536)


def test_slow_clients_lose_their_connection(port: int) -> None:
    """Who sends nothing, or a byte at a time of a head or a body, before or after an answer, is cut off in time.

    So is who asks for megabytes and takes nothing of them. Who is slow, but in time with each part, is answered.
    """
    with ExitStack() as stack:
        lawful = stack.enter_context(ThreadPoolExecutor(1)).submit(ask_slowly, port)
        reader = stack.enter_context(socket.socket())
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(20)
        reader.connect(("127.0.0.1", port))
        reader.sendall(f"GET /sparql?query={quote(LONG)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        begun = reader.recv(1000)
        silent, head, body, after, again = (stack.enter_context(connect(port)) for _ in range(5))
        body.send(HEAD % 1000)
        # A body that nobody reads: the answer comes at once, and the client goes on and on.
        after.send(b"GET /docs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
        again.send(HEAD % len(ASK) + ASK)
        slow = {
            "silent": (silent, b""),
            "head": (head, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 1000),
            "body": (body, b"#" * 1000),
            "after": (after, b"#" * 1000),
            "again": (again, b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 1000),
        }
        closed = trickle(slow, 3 * PATIENCE)
        time.sleep(0.5)
        rest = take_all(reader)
    took, answer = lawful.result()
    assert took > PATIENCE and answer.startswith(b"HTTP/1.1 200 ")
    size = int(begun.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    assert size > 8_000_000 > len(begun) + rest
    assert set(closed) == set(slow)
    assert all(PATIENCE * 0.9 <= when <= 2.5 * PATIENCE for when, _ in closed.values()), closed
    assert (closed["silent"][1], closed["head"][1]) == (b"", b"")
    assert closed["body"][1].startswith(b"HTTP/1.1 408 ")
    assert closed["after"][1].startswith(b"HTTP/1.1 200 ")
    assert closed["again"][1].startswith(b"HTTP/1.1 200 ")


def test_idle_clients_keep_nobody_from_an_answer(served: Served) -> None:
    """While 600 connections say nothing, or hold back the end of a head, another is answered at once."""
    server = psutil.Process(served.process.pid)
    place = (served.client.base_url.host, served.client.base_url.port)
    with ExitStack() as stack:
        for number in range(600):
            connection = stack.enter_context(socket.create_connection(place))
            connection.sendall((b"", b"GET / HT")[number % 2])
        with httpx.Client(base_url=served.address, timeout=10, trust_env=False) as client:
            start = time.monotonic()
            answers = [client.get("/sparql?query=ASK%7B%7D", headers={"Connection": "close"}) for _ in range(3)]
            assert time.monotonic() - start < 5
        assert [answer.status_code for answer in answers] == [200] * 3
        assert len(server.net_connections()) <= 520
