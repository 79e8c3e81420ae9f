"""A real server for the tests: the command ``kg serve`` in a process of its own, on a free port of the loopback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx


@dataclass(frozen=True)
class Served:
    """A server: where it answers, its process, the lines that it said when it started, and a client for it."""

    address: str
    process: subprocess.Popen[str]
    said: list[str]
    client: httpx.Client = field(repr=False)

    @property
    def endpoint(self) -> str:
        """Where SPARQL is asked."""
        return f"{self.address}sparql"

    def ask(self, sparql: str, accept: str = "*/*", **fields: str) -> httpx.Response:
        """Ask a query by GET."""
        return self.client.get("sparql", params={"query": sparql, **fields}, headers={"Accept": accept})


@contextmanager
def serve_store(store: Path | str, *options: str) -> Iterator[Served]:
    """Serve a store until the block ends, and check then that the server ends when it is told to."""
    arguments = [sys.executable, "-m", "kg", "serve", str(store), "--port", "0", *options]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line.strip())
        if match := re.match(r"serving at (http://\S+)", line):
            break
    else:
        raise AssertionError(f"the server did not start: {process.wait()}")
    with httpx.Client(base_url=match[1], timeout=60, trust_env=False) as client:
        try:
            yield Served(match[1], process, said, client)
        finally:
            process.terminate()
            try:
                code = process.wait(15)
            finally:
                process.kill()
                process.stdout.close()
    assert code == 0, f"the server ended with {code}"
