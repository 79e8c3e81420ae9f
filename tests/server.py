"""Real SPARQL servers for the tests: Oxigraph's own, from the package ``oxigraph``, and Virtuoso, from Debian's."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.rdf import EndpointStore


def find_server() -> str | None:
    """Find the server's program beside this Python, else on the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def serve_endpoint() -> Iterator[EndpointStore]:
    """Serve an empty store on a free port of the loopback address, and end the server afterwards; skip without one."""
    server = find_server()
    if server is None:
        pytest.skip("the package oxigraph, which carries a SPARQL server, is not installed")
    address = find_address()
    process = subprocess.Popen([server, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    yield from await_endpoint(process, EndpointStore(f"http://{address}/query", timeout=60))


VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""


def serve_virtuoso(folder: Path, *, rows: int = 10_000) -> Iterator[EndpointStore]:
    """Serve an empty store by Virtuoso, which gives so many rows at once; skip without it."""
    server = shutil.which("virtuoso-t")
    if server is None:
        pytest.skip("there is no Virtuoso (apt-get install virtuoso-opensource-7-bin)")
    http, settings = find_address(), folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, http=http, sql=find_address(), rows=rows), encoding="utf-8")
    process = subprocess.Popen(
        [server, "-f", "-c", str(settings)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield from await_endpoint(process, EndpointStore(add_login(f"http://{http}/sparql-auth"), timeout=60))


def add_login(address: str) -> str:
    """Add the login of every new Virtuoso, which can be reached from this machine alone, to the address of one."""
    return address.replace("://", "://dba:dba@") if address.endswith("-auth") else address


def find_address() -> str:
    """Find a free port of the loopback address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def await_endpoint(process: subprocess.Popen[bytes], store: EndpointStore) -> Iterator[EndpointStore]:
    """Wait until a server answers, give the store, and end the server afterwards."""
    try:
        for _ in range(600):
            if process.poll() is not None:
                pytest.fail(f"the server at {store.url} ended by itself, with {process.returncode}")
            try:
                store.query("ASK {}")
                break
            except StoreError:
                time.sleep(0.1)
        else:
            pytest.fail(f"the server at {store.url} does not answer")
        yield store
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
