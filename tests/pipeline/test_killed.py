"""Whenever a writer is killed, the store holds what was last committed, or already what was to come next."""

from __future__ import annotations

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.rdf import Iris, open_store, read_manifest
from kg.rdf.graph_content import measure_content, read_lines
from tests.pipeline.conftest import Told

SCRIPT = Path(__file__).with_name("write_forever.py")
STATES = ({"de-1": 1}, {"de-1": 1, "us-1": 1}, {"de-1": 2, "us-1": 1}, {"de-1": 2})
KILLS = 50


def read_told_lines(store: Path) -> bytes:
    """Read all lines of a store but those of the knowledge base and the ontology, which are always the same."""
    opened, iris = open_store(store), Iris()
    graphs = [graph for graph in opened.graphs() if graph not in (iris.kb, iris.ontology)]
    lines = b"".join(line for graph in graphs for line in read_lines(opened, graph))
    opened.close()
    return lines


@pytest.fixture
def writer(told: dict[tuple[str, int], Told], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the process whose children write ``tmp_path / "store"``."""
    (tmp_path / "told").write_bytes(pickle.dumps(told))
    command = [sys.executable, str(SCRIPT), str(tmp_path / "told"), str(tmp_path / "store")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        process.kill()


def read_line(process: subprocess.Popen[str]) -> tuple[str, int]:
    """Read what the writer tells next."""
    assert process.stdout
    what, number = json.loads(process.stdout.readline())
    return what, number


def start_child(process: subprocess.Popen[str], state: int) -> int:
    """Let a child begin at a state, and give its number as soon as it is at work."""
    assert process.stdin
    process.stdin.write(f"{state}\n")
    process.stdin.flush()
    lines = dict(read_line(process) for _ in range(2))
    assert lines.keys() == {"child", "begins"}
    return lines["child"]


def test_killed_at_any_moment_a_writer_loses_nothing_committed(
    told: dict[tuple[str, int], Told], writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    """Killed by SIGKILL 50 times at random moments, the store is always the one that was told done, or the next."""
    wanted = []
    for number, state in enumerate(STATES):
        build((), tmp_path / f"afresh-{number}", ready=[told[one] for one in state.items()])
        wanted.append(read_told_lines(tmp_path / f"afresh-{number}"))
    store = tmp_path / "store"
    build((), store, ready=[told["de-1", 1]])
    child = start_child(writer, 0)
    begin = time.monotonic()
    while read_line(writer) != ("done", 0):
        pass
    step = (time.monotonic() - begin) / len(STATES)
    state, moments, advanced = 0, random.Random(5), 0
    for kill in range(KILLS):
        if kill:
            child = start_child(writer, state)
        time.sleep(moments.uniform(0, 2 * step))
        os.kill(child, signal.SIGKILL)
        done, going = state, (state + 1) % len(STATES)
        while (line := read_line(writer))[0] != "dead":
            what, number = line
            done, going = (number, going) if what == "done" else (done, number)
        found = read_told_lines(store)
        assert found in (wanted[done], wanted[going])
        advanced += state != (done if found == wanted[done] else going)
        state = done if found == wanted[done] else going
        if kill % 10 == 0:
            opened = open_store(store)
            assert measure_content(opened) == read_manifest(store).content
            opened.close()
    assert advanced > 0
    build((), store, ready=[told[one] for one in STATES[1].items()])
    build((), store, ready=[told[one] for one in STATES[2].items()])
    assert read_told_lines(store) == wanted[2]
    assert sorted(path.name for path in store.iterdir()) == ["CURRENT", "lock", "versions"]
    assert [path.name for path in (store / "versions").iterdir()] == [read_manifest(store).version]
