"""Rules tell what is new, once."""

from __future__ import annotations

import json
import resource
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.watch.rules import SHIPPED, list_shipped, load_rule
from tests.query.story import make_story
from tests.watch.states import tell_later, write_state

FINED = "SELECT ?who ?whom { ?who plr:fined ?whom } ORDER BY ?who ?whom"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write the graph as it was and as it is."""
    folder = tmp_path_factory.mktemp("states")
    return write_state(make_story(), folder / "former"), write_state(tell_later(), folder / "latter")


@pytest.fixture
def store(states: tuple[Path, Path], tmp_path: Path) -> Path:
    """Copy the graph as it was, to be replaced."""
    return Path(shutil.copytree(states[0], tmp_path / "store"))


def _replace(store: Path, by: Path) -> None:
    shutil.rmtree(store)
    shutil.copytree(by, store)


def _alert(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = run(["alert", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


def _read(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code, out, err = _alert(capsys, *arguments, "--json")
    assert err == ""
    found: list[dict[str, Any]] = json.loads(out)
    return code, found[0]


_STORY = {
    "new-bans": (["Russia ban Telegram"], [], 1),
    "large-fines": (["Data Protection Commission Meta EUR 390000000"], ["225000000"], 0),
    "case-standings": (["open Data Protection Commission WhatsApp"], ["decided Data Protection", "voiced Russia"], 1),
    "threats": (["Germany ban Telegram", "2024-08-24 France charge Pavel Durov"], [], 0),
}
"""What each rule finds in the story (among other things), what is new in the later one, and how much is gone there."""


def test_shipped_rules_tell_what_their_titles_say(
    states: tuple[Path, Path], store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each rule that comes with kg finds what the story tells, then what is new in the later one, then nothing."""

    def ask() -> tuple[int, dict[str, dict[str, Any]], dict[str, list[str]]]:
        code, out, _ = _alert(capsys, *_STORY, store, "--json")
        found = {one["rule"]: one for one in json.loads(out)}
        lines = {
            name: [" ".join(str(cell) for cell in row.values() if cell) for row in one["new"]]
            for name, one in found.items()
        }
        return code, found, lines

    code, found, lines = ask()
    assert code == 3
    for name, (before, _, _) in _STORY.items():
        assert (found[name]["first"], found[name]["gone"]) == (True, 0)
        assert all(any(wanted in line for line in lines[name]) for wanted in before), lines[name]
    _replace(store, states[1])
    code, found, lines = ask()
    assert code == 3
    for name, (_, new, gone) in _STORY.items():
        assert (found[name]["first"], found[name]["gone"]) == (False, gone), name
        assert len(lines[name]) == len(new) and all(any(wanted in line for line in lines[name]) for wanted in new)
    code, _, lines = ask()
    assert code == 0 and not any(lines.values())


def test_every_shipped_rule_is_tested_and_documented() -> None:
    """The rules that ship are the four above, each with a title, and columns for its key."""
    assert list_shipped() == ["case-standings", "large-fines", "new-bans", "threats"]
    for name in list_shipped():
        rule = load_rule(SHIPPED / f"{name}.rq")
        assert rule.title != name and all(f"?{column}" in rule.sparql for column in rule.key)


def test_a_rule_is_known_by_what_it_says(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Moved or renamed it goes on where it was; changed it begins anew."""
    (tmp_path / "a.rq").write_text(FINED)
    assert _read(capsys, tmp_path / "a.rq", store)[0] == 3
    (tmp_path / "a.rq").rename(tmp_path / "b.rq")
    assert _read(capsys, tmp_path / "b.rq", store)[0] == 0
    (tmp_path / "b.rq").write_text(FINED.replace("fined", "banned"))
    code, found = _read(capsys, tmp_path / "b.rq", store)
    assert (code, found["first"]) == (3, True)


def test_a_key_says_what_makes_a_row_new(
    states: tuple[Path, Path], store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column that is not of the key may change without an alert; without a key each cell counts."""
    query = "SELECT ?who (COUNT(*) AS ?times) { ?fine a plr:Fine ; plr:actor ?who } GROUP BY ?who"
    (tmp_path / "all.rq").write_text(query)
    (tmp_path / "key.rq").write_text(f"# title: Who fines\n# key: who\n{query}")
    rules = (tmp_path / "all.rq", tmp_path / "key.rq")
    _alert(capsys, *rules, store)
    _replace(store, states[1])
    whole, keyed = json.loads(_alert(capsys, *rules, store, "--json")[1])
    assert [row["who"].rpartition("/")[2] for row in whole["new"]] == ["ie-dpc"]
    assert keyed["new"] == []


def test_peek_and_from_now(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--peek tells it again the next time; --from-now notes without telling."""
    assert _alert(capsys, "new-bans", store, "--peek")[0] == 3
    assert _read(capsys, "new-bans", store, "--peek")[1]["first"] is True
    code, out, _ = _alert(capsys, "new-bans", store, "--from-now")
    assert (code, out) == (0, "")
    assert _alert(capsys, "new-bans", store)[0] == 0


def test_text_and_quiet(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text names the rule and its rows; --quiet leaves the exit code alone."""
    lines = _alert(capsys, "new-bans", store, "--peek")[1].splitlines()
    assert lines[0] == "Bans, blocks and limits of platforms: 1 new of 1, asked for the first time"
    assert lines[3].split() == ["Russia", "ban", "Telegram"]
    assert _alert(capsys, "new-bans", store, "--quiet") == (3, "", "")
    assert _alert(capsys, "new-bans", store, "--quiet") == (0, "", "")


def test_what_could_not_be_told_is_told_again(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the output can't be written, nothing is noted: an alert that nobody saw comes again."""
    assert _alert(capsys, "new-bans", store, "-o", tmp_path / "no" / "out.txt")[0] == 1
    assert _alert(capsys, "new-bans", store)[0] == 3


def test_hostile_rules_cost_a_line_each(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules that are none, never end, or ask others fail in a line; the good one among them is told, the code is 1."""
    rules = tmp_path / "rules"
    rules.mkdir()
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5))
    (tmp_path / "rules" / "z-bytes.rq").write_bytes(b"\xff\xfe")
    for name, text in {
        "a-good": FINED,
        "b-endless": f"SELECT (COUNT(*) AS ?n) {{ {product} }}",
        "c-service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "d-hidden": "SELECT * { #\n sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "e-construct": "CONSTRUCT WHERE { ?s ?p ?o }",
        "f-update": "DROP ALL",
        "g-broken": "SELECT * { ?s ?p",
        "h-empty": "",
        "i-key": "# key: nobody\nSELECT ?s { ?s a plr:Fine }",
        "j-large": "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }",
        "k-good": "SELECT ?s { ?s a plr:Ban }",
    }.items():
        (rules / f"{name}.rq").write_text(text)
    begun = time.monotonic()
    code, out, err = _alert(capsys, rules, store, "--time-limit", "2", "--json")
    assert time.monotonic() - begun < 20
    reasons = {Path(line.split(": ")[1]).stem: line.split(": ", 2)[2] for line in err.splitlines()}
    assert [found["rule"] for found in json.loads(out)] == ["a-good", "k-good"]
    assert code == 1 and sorted(reasons) == [
        "b-endless", "c-service", "d-hidden", "e-construct", "f-update", "g-broken", "h-empty", "i-key", "j-large",
        "z-bytes",
    ]  # fmt: skip
    assert reasons["b-endless"] == "it takes more than 2 s"
    assert reasons["c-service"] == reasons["d-hidden"] == "SERVICE asks another server, which a rule may not"
    assert reasons["e-construct"] == "query: a rule is a SELECT, and this is none"
    assert reasons["g-broken"].startswith("query: error at 1:17: expected one of")
    assert reasons["i-key"] == "its key names 'nobody': want one or more of its columns, s"
    assert reasons["j-large"] in ("query: more than 100,000 rows", "it takes more than 2 s")
    assert _alert(capsys, rules / "a-good.rq", store)[0] == 0


@pytest.mark.slow
def test_a_rule_that_eats_memory_is_one_line(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Memory is bounded too; what the library says as it ends is not shown."""
    (tmp_path / "a.rq").write_text("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g")
    former = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (1_500_000_000, former[1]))
    try:
        code = run(["alert", str(tmp_path / "a.rq"), str(store), "--time-limit", "120"])
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, former)
    assert code == 1 and capfd.readouterr().err == f"kg: {tmp_path / 'a.rq'}: it takes more memory than there is\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "want one or more rules and a store"),
        (("new-bans",), "want one or more rules and a store"),
        (("no-rule", "{store}"), "no rule 'no-rule': want a file, a folder, or one of case-standings"),
        (("{empty}", "{store}"), "there is no rule in this folder"),
        (("new-bans", "missing"), "missing is no store"),
        (("--show", "no-rule"), "'no-rule': want one of case-standings"),
        (("new-bans", "http://localhost:1/query"), "want --state DIR"),
    ],
)
def test_alert_says_what_it_wants(
    arguments: tuple[str, ...], reason: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong command line is told in one line."""
    (tmp_path / "empty").mkdir()
    code, _, err = _alert(capsys, *(word.format(store=store, empty=tmp_path / "empty") for word in arguments))
    assert code in (1, 2) and reason in err and len(err.splitlines()) == 1


def test_a_damaged_note_is_one_line(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was noted and can't be read is named, and not taken for nothing."""
    _alert(capsys, "new-bans", store)
    (note,) = Path(f"{store}.alerts").iterdir()
    note.write_text("{")
    code, _, err = _alert(capsys, "new-bans", store)
    assert code == 1 and "is damaged" in err and "delete it" in err


def test_shipped_rules_can_be_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """--list names them with their titles; --show prints one as a start for one's own."""
    out = _alert(capsys, "--list")[1]
    assert out.splitlines()[:2] == ["case-standings", "    Cases that are new or stand otherwise"]
    assert _alert(capsys, "--show", "threats")[1] == (SHIPPED / "threats.rq").read_text(encoding="utf-8")
