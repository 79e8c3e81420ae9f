"""Bad input costs one line and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Document, Refusal
from kg.sources import read_documents
from tests.cases.hostile import CASES, ENGLISH, FORBIDDEN, GOOD_ID, SLOW, HostileCase

_MAX_SECONDS = 8.0


def _count_open_files() -> int:
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0


def _check(case: HostileCase, folder: Path) -> None:
    (folder / "good.txt").write_text("Good. " + ENGLISH)
    case.build(folder)
    paths = [path if path.startswith("/dev") else str(folder / path) for path in case.paths]
    before, start = _count_open_files(), time.monotonic()
    items = list(read_documents(paths, columns=case.columns))
    assert time.monotonic() - start < _MAX_SECONDS
    assert _count_open_files() == before
    refusals = [item for item in items if isinstance(item, Refusal)]
    assert len(refusals) == 1
    assert len((refusals[0].source + refusals[0].reason).splitlines()) == 1
    assert refusals[0].source.isprintable() and len(refusals[0].reason) < 600
    assert re.search(case.reason, refusals[0].reason), refusals[0].reason
    assert {item.id for item in items if isinstance(item, Document)} == case.ids | {GOOD_ID}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_hostile_source_costs_one_line(
    case: HostileCase, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A bad source is refused in one line, closes what it opened, prints nothing, and its neighbours are read."""
    _check(case, tmp_path)
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


@pytest.fixture
def stranger_folder() -> Iterator[Path]:
    """Make a folder that is read under the id of a user without rights."""
    if not hasattr(os, "seteuid"):
        pytest.skip("this system has no user ids to change")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(user)
        shutil.rmtree(folder)


@pytest.mark.parametrize("case", FORBIDDEN, ids=[case.name for case in FORBIDDEN])
def test_hostile_source_without_permission_costs_one_line(case: HostileCase, stranger_folder: Path) -> None:
    """What the user may not read is refused in one line, and its neighbours are read."""
    _check(case, stranger_folder)
    for path in stranger_folder.iterdir():
        path.chmod(0o700)


@pytest.mark.parametrize("name", SLOW)
def test_hostile_text_takes_bounded_time(name: str, tmp_path: Path) -> None:
    """A text made to be slow to read ends in time, read or refused."""
    content = SLOW[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.monotonic()
    assert list(read_documents([str(tmp_path)]))
    assert time.monotonic() - start < _MAX_SECONDS


def test_hostile_gzip_of_lines_yields_what_stands_before_the_cut(tmp_path: Path) -> None:
    """The lines of a truncated gzip that are whole are read before the refusal."""
    (tmp_path / "cut.jsonl.gz").write_bytes(SLOW["cut.jsonl.gz"])  # type: ignore[arg-type]
    *documents, refusal = read_documents([str(tmp_path)])
    assert isinstance(refusal, Refusal) and "cut off" in refusal.reason
    assert len(documents) > 100
