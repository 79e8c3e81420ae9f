"""What a worker denies itself it can't do, whatever a query asks."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import pyoxigraph as ox
from kg.serve.guard import forbid_network
assert forbid_network()
open("/dev/null").close()
try:
    list(ox.Store().query("SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }"))
except OSError as error:
    print(type(error).__name__)
try:
    ox.Store().update("LOAD <http://127.0.0.1:9999/>")
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="there is a filter for Linux only",
)
def test_guard_lets_oxigraph_reach_nobody() -> None:
    """With the network forbidden Oxigraph itself is refused a socket: SERVICE and LOAD end in an error, files go on."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["PermissionError", "PermissionError"], done.stderr
