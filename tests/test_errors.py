"""Errors of the system, in one line that names the file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import describe_os_error
from kg.rdf import open_store


def catch(call: Callable[[], object]) -> OSError:
    """Give the error of the system that a call raises."""
    with pytest.raises(OSError) as caught:
        call()
    return caught.value


@pytest.fixture
def deleted_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that is deleted, as after ``git worktree remove`` in another terminal."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")


def test_error_names_its_file(tmp_path: Path) -> None:
    """The file stands before the reason."""
    said = describe_os_error(catch((tmp_path / "absent.txt").read_bytes))
    assert said.startswith(f"{tmp_path}/absent.txt: No such file or directory (")


def test_error_names_both_files(tmp_path: Path) -> None:
    """Where a file was to take the place of another, both are named."""
    first, second = tmp_path / "first", tmp_path / "second"
    assert describe_os_error(catch(lambda: os.replace(first, second))).startswith(f"{first} -> {second}: ")


def test_error_names_the_file_that_oxigraph_lost(tmp_path: Path) -> None:
    """When the folder of a store is deleted while quads are loaded, the message names the file that was missed."""
    node = ox.NamedNode("http://e/s")

    def make_quads() -> Iterator[ox.Quad]:
        for number in range(2000):
            if number == 1000:
                shutil.rmtree(tmp_path)
            yield ox.Quad(node, node, ox.Literal(number), node)

    store = ox.Store(str(tmp_path / "store"))
    said = describe_os_error(catch(lambda: store.bulk_extend(make_quads())))
    assert said.startswith(f"{tmp_path}/store/")
    assert said.endswith(".sst: No such file or directory (is the name right, or was it deleted meanwhile?)")


@pytest.mark.usefixtures("deleted_folder")
def test_error_tells_that_the_current_folder_is_deleted() -> None:
    """The system says only "No such file or directory" then, and names nothing."""
    error = catch(os.getcwd)
    assert (error.filename, error.strerror) == (None, "No such file or directory")
    assert describe_os_error(error) == "the folder in which kg was started is deleted; cd to another and try again"
    assert describe_os_error(catch(Path("x").read_bytes)).startswith("x: the folder in which kg was started is deleted")


@pytest.mark.usefixtures("deleted_folder")
def test_error_of_another_folder_is_its_own(tmp_path: Path) -> None:
    """A file that is named in full is missing for its own reasons, wherever we stand."""
    said = describe_os_error(catch((tmp_path / "absent.txt").read_bytes))
    assert said.startswith(f"{tmp_path}/absent.txt: No such file or directory")


def test_error_without_a_file_names_the_part_of_kg() -> None:
    """Where nothing names a file, the line says who met the error, with what can be done about it."""

    class Full:
        def execute(self) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    said = describe_os_error(catch(Full().execute))
    assert said.startswith("a file that the system does not name: No space left on device (free some space;")
    error = catch(lambda: open_store("memory:").load(Full().execute() for _ in "1"))  # type: ignore[arg-type,attr-defined]
    assert describe_os_error(error).startswith("in kg/rdf/store.py: No space left on device (")


def test_error_does_not_name_twice_what_the_caller_names(tmp_path: Path) -> None:
    """A message that begins with the name of the file goes on with the reason; another file is named."""
    absent = tmp_path / "absent.txt"
    error = catch(absent.read_bytes)
    assert describe_os_error(error, known=str(absent)).startswith("No such file or directory")
    assert describe_os_error(error, known=str(tmp_path)).startswith(f"{absent}: No such file or directory")


def test_error_without_a_known_cause_has_no_hint(tmp_path: Path) -> None:
    """Where the cause is plain, none is guessed."""
    assert describe_os_error(catch(lambda: os.listdir(__file__))) == f"{__file__}: Not a directory"
