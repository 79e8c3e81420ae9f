"""A store is killed while it changes, at every event of its file system and at random moments: nothing is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.rdf import open_store, read_manifest
from kg.rdf.graph_content import measure_content
from tests.harm.world import STEPS, read_told_lines

SCRIPT = Path(__file__).with_name("killed_child.py")
SEED = 20261122


class Child:
    """Makes one change at a time in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self._read() == "ready"

    def take(self, step: str, *, event: int | None = None, moment: float | None = None) -> int | None:
        """Begin a step, and kill it before that event or after so many seconds; count its events if it gets through."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([step, event]) + "\n")
        self._process.stdin.flush()
        what, child = self._read()
        assert what == "begins"
        if moment is not None:
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        done = None
        while (line := self._read())[0] != "ended":
            done = line[1]
        allowed = {0} if event is None and moment is None else {0, -signal.SIGKILL}
        assert line[1] in allowed, f"{step} failed"
        return done

    def _read(self) -> str | tuple[str, int]:
        assert self._process.stdout
        found: str | tuple[str, int] = json.loads(self._process.stdout.readline())
        return found


class World:
    """The store, and what it is after each step that nothing disturbs."""

    def __init__(self, child: Child, store: Path) -> None:
        self.store = store
        self.events: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self._child = child
        self._told: dict[str, bytes] = {}
        for step in (*STEPS, STEPS[0]):
            begin = time.monotonic()
            self.events[step] = child.take(step) or 0
            self.seconds[step] = time.monotonic() - begin
            self._told[step] = read_told_lines(store)
            self._save(step)
        assert len(set(self._told.values())) == len(STEPS)

    def survive(self, step: str, *, event: int | None = None, moment: float | None = None) -> bool:
        """Kill a step, find the state before or after it, let the step mend all; tell whether it was cut short."""
        before = STEPS[STEPS.index(step) - 1]
        shutil.rmtree(self.store)
        shutil.copytree(self._find_saved(before), self.store)
        done = self._child.take(step, event=event, moment=moment)
        found = read_told_lines(self.store)
        assert found in (self._told[before], self._told[step])
        assert done is None or found == self._told[step]
        self._child.take(step)
        assert read_told_lines(self.store) == self._told[step]
        return done is None

    def check_whole(self) -> None:
        """Hold the store against its manifest, and see that nothing lies about."""
        opened = open_store(self.store)
        assert measure_content(opened) == read_manifest(self.store).content
        opened.close()
        left = {path.name for path in self.store.iterdir()} - {"judgements.jsonl"}
        assert left == {"CURRENT", "lock", "versions"}
        assert [path.name for path in (self.store / "versions").iterdir()] == [read_manifest(self.store).version]

    def _find_saved(self, step: str) -> Path:
        return self.store.with_name(f"after-{step}")

    def _save(self, step: str) -> None:
        shutil.rmtree(self._find_saved(step), ignore_errors=True)
        shutil.copytree(self.store, self._find_saved(step))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Start the process that changes the store, and take each step once: what the store tells after it."""
    store = tmp_path_factory.mktemp("killed") / "store"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(SCRIPT), str(store)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        world = World(Child(process), store)
        yield world
        process.kill()


@pytest.mark.parametrize("rounds", [len(STEPS) + 1, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_random_moments_loses_nothing(world: World, rounds: int) -> None:
    """Build, add, change, review and remove, each killed at a random moment: the store is that before or after."""
    moments, cut = random.Random(SEED), 0
    for number in range(rounds):
        step = STEPS[number % len(STEPS)]
        cut += world.survive(step, moment=moments.uniform(0, 0.9 * world.seconds[step]))
        if number % 20 == 0:
            world.check_whole()
    assert cut >= rounds // 2


@pytest.mark.parametrize("every", [pytest.param(45, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def test_killed_at_events_of_the_file_system_loses_nothing(world: World, every: int) -> None:
    """Killed right before it opens, makes, renames or deletes a file of the store: it is that before or after."""
    events = {step: range(1 + position, world.events[step] + 1, every) for position, step in enumerate(STEPS)}
    for step, numbers in events.items():
        assert all(world.survive(step, event=number) for number in numbers)
        world.check_whole()
    assert min(world.events.values()) > 20
