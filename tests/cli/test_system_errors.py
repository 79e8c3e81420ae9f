"""What goes wrong outside of kg: deleted folders, full disks, closed streams. One line each, which names the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Result

# Runs kg after a step that stands for what happens to a user.
_START = (
    "import os, resource, signal, sys\n{step}\nos.execv(sys.executable, [sys.executable, '-m', 'kg', *sys.argv[1:]])"
)
_TEXT = "Germany fined Telegram 5.1 million euros in October 2022, a spokesman of the ministry of justice said.\n"
_FULL = Path("/dev/full")
_SMALL_FILES = "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"


def run_after(step: str, *arguments: str | Path, cwd: Path, stdout: int = subprocess.PIPE) -> Result:
    """Run ``kg`` in a process that has first done a step."""
    command = [sys.executable, "-c", _START.format(step=step), *map(str, arguments)]
    environment = {**os.environ, "KG_TRACEBACK": ""}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
    )
    return Result(done.returncode, done.stdout or "", done.stderr)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Write one short article."""
    path = tmp_path / "article.txt"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def test_build_in_a_deleted_folder_says_so(tmp_path: Path, article: Path) -> None:
    """A build from a folder that is deleted can't start processes, and tells why; it reads in its own process alone."""
    (tmp_path / "gone").mkdir()
    step = "os.chdir('gone'); os.rmdir('../gone')"
    store = tmp_path / "store"
    result = run_after(step, "build", article, "-o", store, "--processes", "2", cwd=tmp_path)
    assert result == Result(1, "", "kg: the folder in which kg was started is deleted; cd to another and try again\n")
    (tmp_path / "gone").mkdir()
    result = run_after(step, "build", article, "-o", store, "--processes", "1", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")


def test_stats_work_in_a_deleted_folder(tmp_path: Path, store: Path) -> None:
    """What needs no current folder works without one."""
    (tmp_path / "gone").mkdir()
    result = run_after("os.chdir('gone'); os.rmdir('../gone')", "stats", store, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")


@pytest.mark.skipif(not _FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["stats"], ["export"], ["query", "who-acted-against", "--platform", "Telegram"]])
def test_full_disk_under_standard_output_is_named(run_kg, store: Path, tmp_path: Path, arguments: list[str]) -> None:
    """A full disk is an error with a name, whether the command writes by itself or through click."""
    command, *rest = arguments
    with _FULL.open("wb") as full:
        result = run_after("pass", command, store, *rest, cwd=tmp_path, stdout=full.fileno())
    assert result.code == 1
    assert result.err.startswith("kg: standard output: No space left on device (")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("command", ["export", "view"])
def test_file_that_can_not_be_written_is_named_and_absent(tmp_path: Path, store: Path, command: str) -> None:
    """Where the system stops the writing, the message names the file, and no part of it is left."""
    result = run_after(_SMALL_FILES.format(2048), command, store, "-o", "out.part1", cwd=tmp_path)
    assert (result.code, result.err) == (1, "kg: out.part1: File too large (ulimit -f bounds the size of a file)\n")
    assert list(tmp_path.iterdir()) == []


def test_build_names_its_temporary_file(tmp_path: Path, article: Path) -> None:
    """The temporary file of a build has no name: the message tells in which folder it lies, and the store is intact."""
    article.write_text("".join(f"{number}. {_TEXT}" for number in range(4000)), encoding="utf-8")
    result = run_after(_SMALL_FILES.format(200_000), "build", article, "-o", "store", "--processes", "1", cwd=tmp_path)
    assert result.code == 1
    assert result.err.startswith("kg: a temporary file in store")
    assert "File too large" in result.err and result.err.count("\n") == 1
    assert not (tmp_path / "store" / "CURRENT").exists()


@pytest.mark.parametrize("command", [["view"], ["evaluate", "gold", "out.jsonl", "--report"]])
def test_no_page_takes_the_place_of_a_device(run_kg, tmp_path: Path, store: Path, command: list[str]) -> None:
    """A page or report is not put in the place of what is no file: as root that could be /dev/null."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(
        '{"id": "a", "entities": [], "events": [], "facts": []}', encoding="utf-8"
    )
    (tmp_path / "out.jsonl").write_text('{"id": "a", "events": [], "facts": []}\n', encoding="utf-8")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    arguments = ["view", store, "-o", pipe] if command == ["view"] else [*command, pipe]
    result = run_kg(*arguments)
    assert (result.code, result.err.partition(": it is no file")[0]) == (1, f"kg: {pipe}")
    assert pipe.is_fifo()


def test_closed_standard_input_is_named(run_kg, tmp_path: Path, store: Path) -> None:
    """``kg … - <&-`` is told in one line, by who reads documents and by who reads a query."""
    said = [run_after("os.close(0)", *line, cwd=tmp_path) for line in (["extract", "-"], ["query", store, "-"])]
    assert [result.code for result in said] == [1, 1]
    assert [result.err for result in said] == [
        "kg: no document could be read: -: standard input is closed\n",
        "kg: standard input is closed: want a query there\n",
    ]


def test_closed_standard_output_is_named(tmp_path: Path, store: Path) -> None:
    """``kg export store >&-`` has nowhere to write, and says so."""
    result = run_after("os.close(1)", "export", store, cwd=tmp_path)
    assert (result.code, result.err) == (1, "kg: standard output is closed; name a file with -o\n")


def test_query_that_is_not_text_is_refused(store: Path) -> None:
    """Bytes that are not UTF-8 are named by their place; a byte-order mark does no harm."""
    command = [sys.executable, "-m", "kg", "query", str(store), "-"]
    bad = subprocess.run(command, input=b"ASK { \xff }", capture_output=True, check=False)
    assert (bad.returncode, bad.stderr) == (1, b"kg: query: byte 7 is not UTF-8\n")
    marked = subprocess.run(command, input=b"\xef\xbb\xbfASK { ?s ?p ?o }", capture_output=True, check=False)
    assert (marked.returncode, marked.stderr) == (0, b"")


def test_query_names_a_missing_store_before_it_lists(run_kg, store: Path) -> None:
    """``kg query store`` lists the questions of a store that is there; ``--list`` wants none."""
    assert run_kg("query", "sotre").err == "kg: sotre is no store: it has no file CURRENT; build one there first\n"
    assert run_kg("query", "--list").out == run_kg("query", store).out
    assert "who-acted-against" in run_kg("query", "--list").out
    assert run_kg("query").code == 2


def test_query_errors_have_the_columns_of_the_user(run_kg, store: Path) -> None:
    """The prefixes that are set before a query do not move the columns of its first line; an empty one is named."""
    assert run_kg("query", store, "-", stdin="SELECT nonsense").err.startswith("kg: query: error at 1:16:")
    assert run_kg("query", store, "-", stdin="ASK {}\n  nonsense").err.startswith("kg: query: error at 2:9:")
    assert run_kg("query", store, "-", stdin="\n").err == "kg: query: standard input is empty\n"


def test_build_into_a_file_is_refused(run_kg, article: Path) -> None:
    """A store is a folder: a file of that name stays what it is."""
    result = run_kg("build", article, "-o", article)
    assert (result.code, result.err) == (1, f"kg: store {article}: this is a file, want a new or empty folder\n")
    assert article.read_text(encoding="utf-8") == _TEXT
