from __future__ import annotations

import json
from pathlib import Path

import pytest

FINE = "Germany fined Telegram 5.1 million euros in October 2022."
BAN = "Russia banned Telegram in April 2018."


@pytest.fixture
def lived_in(run_kg, tmp_path: Path) -> Path:
    """Build a store of two documents, in two steps, in the folder ``store``."""
    for name, text in (("fine", FINE), ("ban", BAN)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        result = run_kg("build", f"{name}.txt", "-o", "store", "--processes", "1")
        assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[:2] == ["1 new, 0 changed, 0 unchanged", "actions: 1 new"]
    assert lines[2].startswith("2 documents, 2 claims, ")
    return tmp_path / "store"


def test_remove_takes_back_what_rests_on_a_document(run_kg, lived_in: Path) -> None:
    """The action is named that went, the rest stays, stats tell what read it, and a stale page is pointed out."""
    (lived_in / "graph.html").touch()
    told = json.loads(run_kg("stats", "store", "--json").out)["read_by"]
    assert [(run["run"][:3], run["documents"]) for run in told] == [("kg-", 2)]
    assert any(component.startswith("knowledge base ") for component in told[0]["components"])
    result = run_kg("remove", "ban", "-o", "store")
    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert lines[0].startswith("1 documents (ban), 1 claims and ")
    assert lines[1] == "gone: Russia — ban — Telegram (2018-04)"
    assert lines[2].startswith("1 documents, 1 claims, ")
    assert "graph.html may still show them" in lines[3]
    exported = run_kg("export", "store").out
    assert FINE in exported and BAN not in exported
    summary = json.loads(run_kg("remove", "fine", "-o", "store", "--json").out)
    assert (summary["removed"], summary["documents"], summary["actions"]) == (["fine"], 0, 0)


REFUSED = [
    (("bans", "-o", "store"), 1, "kg: the store has no document 'bans'; near are 'ban'"),
    (("zzzz", "ban", "yyyy", "-o", "store"), 1, "no document 'zzzz' (and 1 more); it has 2 others"),
    (("ban\x1b[31m", "-o", "store"), 1, "no document 'ban\\x1b[31m'"),
    (("ban", "-o", "elsewhere"), 1, "kg: elsewhere is no store"),
    (("ban",), 2, "Missing option '-o'"),
    (("-o", "store"), 2, "Missing argument 'ID...'"),
]


def test_remove_refuses_in_one_line(run_kg, lived_in: Path) -> None:
    """What can't be taken back is refused in one line, and the store stays as it is."""
    before = (lived_in / "CURRENT").read_bytes()
    for arguments, code, said in REFUSED:
        result = run_kg("remove", *arguments)
        assert (result.code, result.out) == (code, "")
        assert said in result.err and result.err.count("\n") == 1
    assert (lived_in / "CURRENT").read_bytes() == before
