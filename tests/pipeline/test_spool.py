"""Objects kept in a file."""

from __future__ import annotations

from pathlib import Path

from kg.model import Document
from kg.pipeline.spool import Spool


def test_spool_gives_back_what_it_was_given(tmp_path: Path) -> None:
    """Items come back equal, in any order, also between two writes."""
    documents = [Document(id=str(number), text="ü😀" * number) for number in range(20)]
    with Spool[Document](tmp_path) as spool:
        positions = [spool.append(document) for document in documents[:10]]
        assert spool.read(positions[7]) == documents[7]
        positions += [spool.append(document) for document in documents[10:]]
        assert [spool.read(position) for position in reversed(positions)] == documents[::-1]


def test_spool_leaves_no_file(tmp_path: Path) -> None:
    """The folder shows no file even while the spool is open, so that a kill leaves nothing behind."""
    with Spool[int](tmp_path) as spool:
        spool.append(1)
        assert list(tmp_path.iterdir()) == []
