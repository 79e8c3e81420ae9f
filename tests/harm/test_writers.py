"""Two writers at once, and a clock that jumps: nothing is lost, and the graph does not know what time it is."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg.kb.knowledge
from kg.errors import KgError, StoreError
from kg.pipeline import build, remove
from kg.rdf import dump_store, open_store, read_manifest
from tests.harm.world import list_documents, make_told, rename_documents, take_step, use_small_knowledge

SCRIPT = Path(__file__).with_name("change_once.py")


@pytest.fixture(scope="module", autouse=True)
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Write a small knowledge base for this process and for others."""
    folder, before = tmp_path_factory.mktemp("small"), kg.kb.knowledge.find_data  # type: ignore[attr-defined]
    use_small_knowledge(folder)
    yield folder
    kg.kb.knowledge.find_data = before  # type: ignore[attr-defined]


def export(store: Path) -> bytes:
    """Export a store."""
    opened, out = open_store(store), io.BytesIO()
    dump_store(opened, "nquads", out)
    opened.close()
    return out.getvalue()


def start(small: Path, step: str, store: Path, *before: str, **environment: str) -> subprocess.Popen[str]:
    """Start another process that changes a store."""
    return subprocess.Popen(
        [*before, sys.executable, str(SCRIPT), str(small), step, str(store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


def test_two_writers_take_turns_or_are_refused(small: Path, tmp_path: Path) -> None:
    """Of processes that write at once each is done, or is told in one line who writes; all that was done is there."""
    store, done, told = tmp_path / "store", set(), []
    build((), store, ready=[make_told()["a"]])
    writers = [(step, start(small, step, store)) for step in ("change", "add", "change")]
    for step, writer in writers:
        said, _ = writer.communicate(timeout=60)
        if writer.returncode == 0:
            done.add(step)
        else:
            told.append(said)
    assert done
    assert all(said.startswith(f"kg: store {store}: process ") and said.count("\n") == 1 for said in told), told
    assert [path.name for path in (store / "versions").iterdir()] == [read_manifest(store).version]
    assert sorted(list_documents(store)) == (["a", "b"] if "add" in done else ["a"])
    build((), store, ready=[make_told()["b"]])
    assert sorted(list_documents(store)) == ["a", "b"]


def test_two_threads_do_not_write_at_once(tmp_path: Path) -> None:
    """Within one process too one writer is done and the other is refused, or comes after it."""
    told, store, errors = make_told(), tmp_path / "store", []

    def write(which: Callable[[], object]) -> None:
        try:
            which()
        except KgError as error:
            errors.append(error)

    copies = rename_documents(told, ("c", "d"))
    threads = [threading.Thread(target=write, args=(lambda one=one: build((), store, ready=[one]),)) for one in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(error, StoreError) and "is writing it" in str(error) for error in errors), errors
    assert len(list_documents(store)) == 2 - len(errors)


def test_times_of_files_mean_nothing(tmp_path: Path) -> None:
    """A store whose files are from 1971 or from 2199, or are newer than all that comes, takes changes as any other."""
    told, exports = make_told(), set()
    for number, when in enumerate((None, 31_536_000, 7_226_582_400)):
        store = tmp_path / f"store-{number}"
        build((), store, ready=[told["a"], told["b"]])
        if when is not None:
            for path in [store, *store.rglob("*")]:
                os.utime(path, (when, when))
        build((), store, ready=[told["a2"]])
        remove(["b"], store)
        exports.add(export(store))
    assert len(exports) == 1


def test_clock_of_a_build_may_jump(tmp_path: Path) -> None:
    """A clock that goes back, stands still or leaps costs no more than a wrong number of seconds."""
    told, exports = make_told(), set()
    for number, times in enumerate(([5.0, -1e9], [0.0, 0.0], [0.0, 1e12])):
        store = tmp_path / f"store-{number}"
        summary = build((), store, ready=[told["a"]], clock=iter(times).__next__)
        assert summary.seconds == times[1] - times[0]
        exports.add(export(store))
    assert len(exports) == 1


@pytest.mark.skipif(
    shutil.which("faketime") is None, reason="faketime, which lets a process see another time, is absent"
)
@pytest.mark.parametrize(
    "when",
    [
        "@2000-01-01 00:00:00 x86400",
        pytest.param("1970-01-02 00:00:00", marks=pytest.mark.slow),
        pytest.param("2037-12-31 23:59:59", marks=pytest.mark.slow),
    ],
)
def test_store_does_not_know_what_time_it_is(small: Path, tmp_path: Path, when: str) -> None:
    """Built in 1970, at the end of 2037, or while a day goes by in each second, a store has the same bytes."""
    stores, told = [tmp_path / "now", tmp_path / "then"], make_told()
    for step in ("build", "add", "remove"):
        take_step(step, stores[0], told)
        process = start(small, step, stores[1], "faketime", "-f", when)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert export(stores[0]) == export(stores[1])
    assert read_manifest(stores[0]).version == read_manifest(stores[1]).version
