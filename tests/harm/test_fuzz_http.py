"""Whatever a client sends, the server answers in HTTP or hangs up, goes on, and writes nothing."""

from __future__ import annotations

import hashlib
import http.client
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.harm.http_requests import INJECTED, make_requests
from tests.serve.conftest import write_store

SERVE = """
import sys
from kg.serve import Settings, run_server
bounds = dict(patience=1, timeout=4, queue=100, queue_timeout=30, memory=800_000_000, max_result=5_000_000)
settings = Settings(store=sys.argv[1], port=0, allow_review=True, token="t" * 32, **bounds)
run_server(settings, on_ready=lambda address: print(address, flush=True))
"""
_CLIENTS = 24
_MOST_GROWTH = 250_000_000  # bytes of the server and its workers; explorer and review are read once, by each worker


@dataclass(frozen=True)
class Running:
    """A server that runs: where, its process, and the file that it complains in."""

    address: str
    process: psutil.Process
    errors: Path

    def count_memory(self) -> int:
        """Count what the server and its workers take."""
        return sum(one.memory_info().rss for one in (self.process, *self.process.children(recursive=True)))


@contextmanager
def run_server(store: Path, errors: Path) -> Iterator[Running]:
    """Serve a store, with the review, to clients that have a second for each part of their business."""
    command = [sys.executable, "-c", SERVE, str(store)]
    with errors.open("wb") as file, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file) as process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().decode().strip(), psutil.Process(process.pid), errors)
        finally:
            process.terminate()
            process.wait(20)


def digest_files(folder: Path) -> dict[str, str]:
    """Digest all files of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def send(port: int, data: bytes) -> tuple[int, bytes, bytes]:
    """Send a request and read the answer to it: status, headers and body; status 0 where the server hung up."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # It may have refused the head already.
            connection.sendall(data)
        answer = http.client.HTTPResponse(connection, method="HEAD" if data.startswith(b"HEAD ") else "GET")
        try:
            answer.begin()
            return answer.status, bytes(answer.headers).lower(), answer.read()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            return 0, b"", b""


def check(port: int, data: bytes) -> str:
    """Tell what is wrong with the answer to a request; nothing if it is as it should be."""
    try:
        status, headers, body = send(port, data)
    except (http.client.HTTPException, OSError) as error:
        return f"no answer in HTTP: {type(error).__name__}: {error}"
    if status >= 500 and status != 503:
        return f"status {status}: {body[:300]!r}"
    if b"Traceback (most" in body or b'.py", line' in body:
        return f"a traceback: {body[:300]!r}"
    if b"\n" + INJECTED in b"\n" + headers:
        return "a header of the client's own"
    # What is no HTTP is refused by uvicorn itself, which closes the connection then.
    is_http = status not in (0, 400) or b"connection: close" not in headers
    if is_http and status and b"content-security-policy" not in headers:
        return f"no policy in the headers of {status}: {body[:300]!r}"
    return ""


def try_all(server: Running, requests: Iterable[bytes], folder: Path) -> None:
    """Send all requests, by some clients at a time, and keep those that are answered as they should not be."""
    port = int(server.address.strip("/").rpartition(":")[2])
    wrong = []
    with ThreadPoolExecutor(_CLIENTS) as clients:
        for number, (data, problem) in enumerate(clients.map(lambda data: (data, check(port, data)), requests)):
            if problem:
                (folder / f"request-{number}").write_bytes(data)
                wrong.append(f"{folder / f'request-{number}'}: {problem}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    "cases", [pytest.param(300, id="few"), pytest.param(10_000, marks=pytest.mark.slow, id="many")]
)
def test_fuzzed_requests_are_answered_or_cut_off(cases: int, tmp_path: Path) -> None:
    """Mutated requests get an answer below 500 or 503, or are cut off; no traceback, no growth, nothing written."""
    store = write_store(tmp_path / "store", knowledge=False)
    before = digest_files(tmp_path)
    kept = tmp_path.with_name(f"{tmp_path.name}-requests")
    kept.mkdir()
    with run_server(store, kept / "errors") as server, httpx.Client(base_url=server.address, timeout=60) as client:
        for path in ("explorer", "query", "docs", "api/agents", "sparql?query=ASK%7B%7D"):
            assert client.get(path).status_code == 200
        grown = -server.count_memory()
        try_all(server, make_requests(cases), kept)
        grown += server.count_memory()
        answer = client.get("sparql", params={"query": "ASK {}"})
        assert (answer.status_code, answer.json()["boolean"]) == (200, True)
    assert (kept / "errors").read_bytes() == b""
    assert grown < _MOST_GROWTH
    assert digest_files(tmp_path) == before
