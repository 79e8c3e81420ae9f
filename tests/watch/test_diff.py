"""What changed between two states of a graph."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from kg.analysis import differences
from kg.cli import diff, run
from tests.query.story import make_story
from tests.watch.states import export_state, tell_later, write_state


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write the graph as it was and as it is."""
    folder = tmp_path_factory.mktemp("states")
    return write_state(make_story(), folder / "former"), write_state(tell_later(), folder / "latter")


def _diff(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = run(["diff", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


def _read(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_diff(capsys, *arguments, "-f", "json")[1])
    return found


def test_diff_tells_what_is_new_gone_and_changed(states: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Each section tells what it should, and no more: documents, claims, actions, agents, cases, standings."""
    found = _read(capsys, *states)
    assert found.pop("same") is False
    assert [one["id"] for one in found["documents"]["new"]] == ["whatsapp"]
    assert sorted(one["id"] for one in found["documents"]["gone"]) == ["ban", "fine-1"]
    assert [one["label"] for one in found["claims"]["new"]] == [
        "Data Protection Commission: fine WhatsApp “The Data Protection Commission fined WhatsApp.”"
    ]
    (changed,) = found["claims"]["changed"]
    assert changed["differences"] == {"amount": [5125000.0, 5200000.0]}
    assert [one["label"] for one in found["actions"]["new"]] == [
        "2024-12-20 Data Protection Commission: fine WhatsApp, EUR 225000000"
    ]
    assert [one["label"] for one in found["actions"]["gone"]] == ["2024-12-01 Russia: ban Telegram"]
    (fine,) = found["actions"]["changed"]
    assert fine["differences"]["sources"] == [2, 1] and fine["differences"]["amount"] == [5125000.0, 5200000.0]
    assert {section: len(found["agents"][section]) for section in ("new", "gone", "changed")} == {
        "new": 0,
        "gone": 0,
        "changed": 0,
    }
    standings = {one["label"]: one["differences"]["standing"] for one in found["standings"]["changed"]}
    assert standings == {"Russia — Telegram": ["decided", "voiced"]}  # Only the denial of a ban is left.
    assert [one["label"] for one in found["cases"]["new"]] == ["Data Protection Commission — WhatsApp (2024)"]


def test_diff_turned_round_is_its_mirror(states: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """What is new one way is gone the other way."""
    there, back = _read(capsys, *states), _read(capsys, *reversed(states))
    for section in differences.SECTIONS:
        assert {one["id"] for one in there[section]["new"]} == {one["id"] for one in back[section]["gone"]}
        assert len(there[section]["changed"]) == len(back[section]["changed"])


@pytest.mark.parametrize(("form", "suffix"), [("nquads", "nq"), ("trig", "trig"), ("nquads", "nq.gz")])
def test_diff_takes_an_export_for_a_store(
    form: str, suffix: str, states: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An export is the same as its store, in each format, and differs from another as that does."""
    path = export_state(states[0], form, tmp_path / f"former.{suffix}")
    if suffix.endswith(".gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    assert _diff(capsys, path, states[0], "--exit-code")[0] == 0
    found, expected = _read(capsys, path, states[1]), _read(capsys, *states)
    assert {**found, "former": 0} == {**expected, "former": 0}


def test_diff_tells_by_its_exit_code(states: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """3 is for what differs, if asked; 0 for the same."""
    assert _diff(capsys, *states)[0] == 0
    assert _diff(capsys, *states, "--exit-code")[0] == 3
    assert _diff(capsys, *states, "--exit-code", "--only", "agents")[0] == 0
    code, out, _ = _diff(capsys, states[0], states[0], "--exit-code")
    assert code == 0 and out.count("the same") == len(differences.SECTIONS)


def test_diff_writes_a_table(states: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A line a thing, marked; a limit says how many are left out."""
    lines = _diff(capsys, *states, "--only", "documents,agents,standings", "--limit", "1")[1].splitlines()
    assert lines == [
        "documents:  1 new, 2 gone",
        "  + Title of whatsapp",
        "  - Title of ban",
        "  … and 1 more",
        "agents:     the same",
        "standings:  1 changed",
        "  ~ Russia — Telegram",
        "      standing: decided → voiced",
    ]


def test_diff_writes_markdown_that_no_name_can_break(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What documents say stays text in the page that a reader makes of it."""
    later = make_story()
    evil = "- <script>alert(1)</script> [x](javascript:alert(2)) **bold** | `code` &lt; # head"
    later.tell("evil-2", f"{evil} Russia banned Telegram.", "russia", "ban", "telegram", "banned", date="2025-01-01")
    stores = (write_state(make_story(), tmp_path / "a"), write_state(later, tmp_path / "b"))
    page = MarkdownIt("commonmark").render(_diff(capsys, *stores, "-f", "markdown")[1])
    assert "<script" not in page and "<strong>bold" not in page and "<a " not in page and "<code>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<h2>Documents: 1 new</h2>" in page


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing", None, "is no store"),
        ("a.nq", b"<a> <b", "a.nq: not N-Quads"),
        ("a.trig", b"{{{", "a.trig: not TriG"),
        ("a.nq.gz", b"nothing packed", "no intact gzip file"),
        (
            "a.nq.gz",
            gzip.compress(b"<http://a> <http://b> <http://c> .\n" * 50)[:-12],
            "the compressed file is cut off",
        ),
        (
            "bomb.nq",
            b"<http://a> <http://b> "
            + b"<<( <http://a> <http://b> " * 60_000
            + b"<http://c>"
            + b" )>>" * 60_000
            + b" .\n",
            "bomb.nq: ",
        ),
        ("a.txt", b"x", "want a store, or an export as .nq or .trig"),
        ("a.ttl", b"x", "want a store, or an export as .nq or .trig"),
    ],
)
def test_diff_of_what_is_no_state_is_one_line(
    name: str,
    content: bytes | None,
    reason: str,
    states: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What can't be compared is named in a line."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = _diff(capsys, tmp_path / name, states[0])
    assert (code, out, len(err.splitlines())) == (1, "", 1) and reason in err


def test_diff_knows_its_sections(states: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The command line names the sections that there are, and refuses others."""
    assert diff.SECTIONS == differences.SECTIONS
    code, _, err = _diff(capsys, *states, "--only", "claims,prices")
    assert code == 2 and "'prices'" in err
