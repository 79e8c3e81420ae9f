"""A full disk and a folder that nobody may write: one line says so, and the store stays as it was."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import DataError, StoreError
from kg.judge import append_judgements, load_judgements
from kg.kb import load_knowledge_base
from kg.pipeline import build, remove
from kg.pipeline.ledger import Ledger
from tests.harm.world import make_judgement, make_told, read_told_lines, use_small_knowledge

SCRIPT = Path(__file__).with_name("change_once.py")
Mount = Callable[[int], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount file systems of so many KB in memory, and take them away afterwards; skip where that is not allowed."""
    mounted = []

    def mount_one(size: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("to mount a small disk wants root")
    yield mount_one
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small knowledge base, and a store of two documents that was built with it."""
    folder = tmp_path_factory.mktemp("small")
    use_small_knowledge(folder, here=False)
    for step in ("build", "add"):
        assert change(folder, step, folder / "store") == (0, "")
    return folder


def change(small: Path, step: str, store: Path, **environment: str) -> tuple[int, str]:
    """Make a change in another process; give its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(small), step, str(store)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def fill(folder: Path, free: int) -> None:
    """Leave so many KB of a disk free."""
    (folder / "filler").unlink(missing_ok=True)
    disk = os.statvfs(folder)
    (folder / "filler").write_bytes(bytes(disk.f_bavail * disk.f_bsize - free * 1024))


def list_free(few: list[int], many: range) -> list[object]:
    """List amounts of free KB: few of them always, many in the slow run."""
    return [*few, *(pytest.param(free, marks=pytest.mark.slow) for free in many if free not in few)]


@pytest.mark.parametrize("step", ["change", "review", "remove", "build"])
@pytest.mark.parametrize("free", list_free([], range(0, 1000, 50)))
def test_full_disk_leaves_the_store_as_it_was(mount: Mount, small: Path, step: str, free: int) -> None:
    """However little is free, a change is whole, or is refused in one line, leaves nothing and works with more room."""
    disk = mount(6000)
    shutil.copytree(small / "store", disk / "store")
    before = read_told_lines(disk / "store")
    fill(disk, free)
    code, said = change(small, step, disk / "store")
    assert code in (0, 1)
    if code:
        assert said.startswith("kg: ") and said.count("\n") == 1
        assert "No space left on device" in said or "disk is full" in said
        assert read_told_lines(disk / "store") == before
        assert len(list((disk / "store" / "versions").iterdir())) == 1
    (disk / "filler").unlink()
    assert change(small, step, disk / "store") == (0, "")
    assert read_told_lines(disk / "store") != before


def test_full_disk_is_told_in_one_line(mount: Mount, small: Path) -> None:
    """A disk that fills up in the ledger, in the quads or in a temporary file: one line, and the store as it was."""
    disk, told = mount(6000), set()
    shutil.copytree(small / "store", disk / "store")
    before = read_told_lines(disk / "store")
    for free in (300, 900):
        fill(disk, free)
        code, said = change(small, "copies", disk / "store", KG_TEST_COPIES="300")
        assert (code, said[:4], said.count("\n")) == (1, "kg: ", 1)
        assert "No space left on device" in said or "disk is full" in said
        assert read_told_lines(disk / "store") == before
        assert len(list((disk / "store" / "versions").iterdir())) == 1
        told.add(re.sub(r"\d+", "", said))
    assert len(told) == 2


def test_full_disk_under_the_ledger_is_told(mount: Mount) -> None:
    """What does not fit into the ledger is one line, when it is written and when the ledger is closed."""
    disk = mount(300)
    ledger = Ledger(disk / "ledger.sqlite")
    with pytest.raises(
        StoreError, match=r"^the ledger in .*disk-0 can't be read or written: database or disk is full$"
    ):
        for number in range(2000):
            ledger.write_unit(f"b|{number}", [random.Random(number).randbytes(3000)])
    ledger.close()


def test_full_disk_takes_no_half_judgement(mount: Mount) -> None:
    """A judgement that does not fit is refused; the file keeps those before it, and takes the next."""
    disk, kb, told = mount(100), load_knowledge_base(), make_told()
    file = disk / "judgements.jsonl"
    judgement = make_judgement(told["b"])
    append_judgements(file, [judgement] * 30)
    fill(disk, 4)
    with pytest.raises(DataError, match="No space left on device"):
        append_judgements(file, [judgement] * 60)
    assert len(load_judgements(file, kb)) == 30
    (disk / "filler").unlink()
    append_judgements(file, [judgement])
    assert len(load_judgements(file, kb)) == 31


def test_read_only_disk_is_read_and_not_written(mount: Mount, small: Path) -> None:
    """A store on a read-only disk answers; who would change it is told in one line what is in the way."""
    disk = mount(6000)
    shutil.copytree(small / "store", disk / "store")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    before, document = read_told_lines(disk / "store"), make_told()["a2"]
    with pytest.raises(StoreError, match=r"disk-0/store: Read-only file system$"):
        build((), disk / "store", ready=[document])
    with pytest.raises(StoreError, match=r"disk-0/store: Read-only file system$"):
        remove(["a"], disk / "store")
    with pytest.raises(StoreError, match=r"disk-0/new: Read-only file system$"):
        build((), disk / "new", ready=[document])
    with pytest.raises(DataError, match=r"judgements.jsonl: Read-only file system$"):
        append_judgements(disk / "store" / "judgements.jsonl", [make_judgement(document)])
    assert read_told_lines(disk / "store") == before


def test_folder_of_others_is_read_and_not_written(small: Path, tmp_path: Path) -> None:
    """A store that belongs to somebody else answers; who would change it is told that he may not."""
    if os.geteuid() != 0:
        pytest.skip("to take another user's part wants root")
    shutil.copytree(small / "store", tmp_path / "store")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    before = read_told_lines(tmp_path / "store")  # All that is needed is imported when the rights are gone.
    os.seteuid(65534)
    try:
        with pytest.raises(StoreError, match=r"/store: Permission denied$"):
            remove(["a"], tmp_path / "store")
        assert read_told_lines(tmp_path / "store") == before
    finally:
        os.seteuid(0)
