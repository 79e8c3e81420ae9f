"""A real SPARQL server for the tests: Oxigraph's own, from the package ``oxigraph``."""

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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen([server, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    try:
        store = EndpointStore(f"http://{address}/query", timeout=60)
        for _ in range(150):
            try:
                store.query("ASK {}")
                break
            except StoreError:
                time.sleep(0.1)
        else:
            pytest.fail(f"the server at {address} does not answer")
        yield store
    finally:
        process.terminate()
        process.wait(10)
