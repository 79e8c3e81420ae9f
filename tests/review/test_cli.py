"""``kg review`` as it is typed, in a process of its own; on a real terminal where keys are asked for."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.cli.run import run
from kg.judge import load_judgements, make_judgements
from tests.review.world import make_stories, write_store

OFFICE = "office-of-communications.regulator"


@pytest.fixture(scope="module")
def written(tmp_path_factory, kb):
    """Write a small store, without judgements, as a build does."""
    return write_store(tmp_path_factory.mktemp("stores") / "store", make_stories(), make_judgements((), kb), kb)


@pytest.fixture
def store(written, tmp_path):
    """Copy the store, for a test to write beside it."""
    return Path(shutil.copytree(written, tmp_path / "store"))


def run_kg(*arguments, stdin=""):
    """Run ``kg`` with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def run_here(capsys, *arguments):
    """Run ``kg`` in this process, which is faster than one of its own."""
    code = run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def read_lines(path):
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run_on_terminal(keys, *arguments):
    """Run ``kg`` on a terminal, where each key or line is typed when it is asked for; return what was shown."""
    process, screen = pty.fork()
    if process == 0:
        os.execv(sys.executable, [sys.executable, "-m", "kg", *map(str, arguments)])
    shown, typed, asked, deadline = b"", list(keys), 0, time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([screen], [], [], 0.05)
        if ready:
            try:
                part = os.read(screen, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        elif typed and shown.endswith(b"> ") and len(shown) > asked:
            asked = len(shown)
            os.write(screen, typed.pop(0).encode())
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(screen)
    return code, shown.decode("utf-8", "replace").replace("\r\n", "\n")


def test_cli_agents_takes_keys_on_a_terminal(store):
    """One key an answer: yes, no, undecided, skip, quit; another key is told which there are."""
    code, shown = run_on_terminal("xynq", "review", "agents", store, "--by", "ada")
    assert code == 0
    assert "'x': want one of y, n, u, s, q" in shown
    assert "2 decisions written" in shown
    first, second = read_lines(store / "judgements.jsonl")
    assert (first["is"], first["by"], second["is"]) == ("same", "ada", "different")
    assert first["why"].startswith("proposed with 0.79: names 1.00 alike; ")
    assert {tuple(first["agents"]), tuple(second["agents"])} == {
        ("gb-ofcom", OFFICE),
        ("zorbo-holdings.company", "zorbo-holdngs.company"),
    }


def test_cli_agents_shows_what_is_undecided_and_asks_it_again_on_request(store):
    """A pair that was left undecided is listed as such, is not asked again by itself, and is with --undecided."""
    code, shown, _ = run_kg("review", "agents", store, "--limit", 1, "--why", "not sure", stdin="u\n")
    assert (code, "1 decision written" in shown) == (0, True)
    listed = run_kg("review", "agents", store, "--list")[1]
    (undecided,) = [line for line in listed.splitlines() if line.startswith("undecided: ")]
    (decided,) = read_lines(store / "judgements.jsonl")
    first, second = decided["agents"]
    assert decided["why"] == "not sure"
    assert f"({first})" in undecided and f"({second})" in undecided
    again = run_kg("review", "agents", store, "--undecided", "--json")[1]
    assert [json.loads(line)["agents"] for line in again.splitlines()] == [[first, second]]


def test_cli_agents_takes_answers_from_the_file_it_printed(store, tmp_path, capsys):
    """What --json prints takes answers; lines without one are passed over; who and why are kept."""
    pairs = [json.loads(line) for line in run_here(capsys, "review", "agents", store, "--json")[1].splitlines()]
    pairs[0] |= {"answer": "y", "why": "its full name"}
    pairs[1] |= {"answer": "different", "by": "bob"}
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(f"{json.dumps(pair)}\n" for pair in pairs), encoding="utf-8")
    arguments = ("review", "agents", store, "--answers", path, "--by", "ada", "--when", "2026-11-22")
    code, shown, _ = run_here(capsys, *arguments)
    assert (code, shown.startswith("2 decisions written")) == (0, True)
    decided = read_lines(store / "judgements.jsonl")
    assert [(one["is"], one["by"], one["when"]) for one in decided] == [
        ("same", "ada", "2026-11-22"),
        ("different", "bob", "2026-11-22"),
    ]
    assert decided[0]["why"] == "its full name"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"agents": ["gb-ofcom"], "answer": "y"}', "answers.jsonl:2: agents ['gb-ofcom']: want a list of two ids"),
        ('{"agents": ["gb-ofcom", "nobody"], "answer": "y"}', "answers.jsonl:2: no agent 'nobody' in the store"),
        ('{"agents": ["gb-ofcom", "meta"], "answer": "yup"}', "answer 'yup': want one of same, different, undecided"),
        ('{"agents": ["gb-ofcom", "meta"], "answer": "y", "why": 3}', "answers.jsonl:2: why 3: want a text"),
        ('{"agents": ["gb-ofcom", "meta"], "answer": "y"}', "are two agents of the knowledge base"),
        ("{", "answers.jsonl:2: not JSON"),
        ("[]", "answers.jsonl:2: want a JSON object"),
    ],
)
def test_cli_agents_refuses_a_bad_answer_and_writes_none(line, words, store, tmp_path, capsys):
    """One bad line, or one that contradicts, is named, and none of the file's answers is written."""
    path = tmp_path / "answers.jsonl"
    good = json.dumps({"agents": ["gb-ofcom", OFFICE], "answer": "y"})
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    code, _, err = run_here(capsys, "review", "agents", store, "--answers", path)
    assert (code, err.count("\n")) == (1, 1)
    assert words in err
    assert not (store / "judgements.jsonl").exists()


def test_cli_agents_does_not_write_a_contradiction(store, capsys):
    """An answer that contradicts an earlier one is not written, and the line says which lines it contradicts."""
    (store / "judgements.jsonl").write_text(
        "".join(
            json.dumps({"agents": pair, "is": verdict, "by": "a", "when": "2026-11-22", "why": ""}) + "\n"
            for pair, verdict in (
                (["gb-ofcom", "b"], "same"),
                ([OFFICE, "b"], "same"),
                (["gb-ofcom", OFFICE], "different"),
            )
        ),
        encoding="utf-8",
    )
    code, _, err = run_here(capsys, "review", "agents", store)
    assert code == 1
    assert f"judgements.jsonl:3: 'gb-ofcom' and {OFFICE!r} are different, but " in err


def test_cli_claims_accepts_rejects_and_corrects_on_a_terminal(store, whole_kb):
    """Keys accept and reject; a correction asks part by part, says what is wrong, and keeps what Enter leaves."""
    answers = ["r", "c", "fined\n", "fine\n", "\n", "nobody\n", "Meta\n", "planned\n", "EUR 5,000\n", "-\n", "a", "q"]
    code, shown = run_on_terminal(answers, "review", "claims", store, "--by", "ada", "--why", "read it")
    assert (code, "3 decisions written" in shown) == (0, True)
    assert "action 'fined': want one of accuse" in shown
    assert "agent 'nobody': the knowledge base has none" in shown
    entries = [entry.judgement for entry in load_judgements(store / "judgements.jsonl", whole_kb)]
    assert [one.verdict for one in entries] == ["rejected", "corrected", "accepted"]
    assert str(entries[1].correction) == "action: fine; target: meta; status: planned; amount: EUR 5000"
    assert {one.origin.why for one in entries} == {"read it"}


def test_cli_claims_stops_at_the_end_of_input(store):
    """Where answers are piped in, their end ends the questions, and what was answered is kept."""
    code, shown, _ = run_kg("review", "claims", store, stdin="accept\nnonsense\n")
    assert code == 0
    assert "'nonsense': want one of a, r, c, u, s, q" in shown
    assert "1 decision written" in shown


def test_cli_claims_takes_answers_and_exports_gold(store, tmp_path, capsys):
    """Answers from a file become decisions, and decisions become gold with its texts."""
    claims = [json.loads(line) for line in run_here(capsys, "review", "claims", store, "--json")[1].splitlines()]
    claims[0] |= {"answer": "correct", "correction": {"actor": {"name": "Zorbo Ltd", "type": "Company"}}}
    claims[-1] |= {"answer": "accept"}
    path, gold, texts = (tmp_path / name for name in ("answers.jsonl", "gold.jsonl", "texts.jsonl"))
    path.write_text("".join(f"{json.dumps(claim)}\n" for claim in claims), encoding="utf-8")
    assert run_here(capsys, "review", "claims", store, "--answers", path)[0] == 0
    assert run_here(capsys, "review", "export", store, "--gold", gold, "--texts", texts) == (0, "", "")
    events = {doc["id"]: doc["events"] for doc in read_lines(gold)}
    assert events["four"][0]["actor"] == ["Zorbo Ltd"]
    assert [event["optional"] for event in events["five"]] == [False]
    assert {doc["id"] for doc in read_lines(texts)} == set(events) == {"four", "five"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"claim": "nope"}, "no claim 'nope' in the store"),
        ({"answer": "correct"}, "'corrected' wants correction"),
        ({"answer": "accept", "correction": {"action": "ban"}}, "'accepted' takes no correction"),
        ({"answer": "correct", "correction": {"action": "banned"}}, "action 'banned': want one of"),
        ({"answer": "correct", "correction": {"target": "meta"}}, "actor and target are both 'meta'"),
        ({"answer": "maybe"}, "answer 'maybe': want one of accepted, rejected, corrected, undecided"),
    ],
)
def test_cli_claims_refuses_a_bad_answer(change, words, store, tmp_path, capsys):
    """A bad answer is refused with its line and what is wanted, and nothing is written."""
    (first, *_) = run_here(capsys, "review", "claims", store, "--json")[1].splitlines()
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(json.loads(first) | {"answer": "accept"} | change), encoding="utf-8")
    code, _, err = run_here(capsys, "review", "claims", store, "--answers", path)
    assert (code, err.count("\n")) == (1, 1)
    assert "answers.jsonl:1: " in err
    assert words in err
    assert not (store / "judgements.jsonl").exists()


def test_cli_shows_no_control_characters_of_names(tmp_path, kb):
    """A name or a sentence that would speak to the terminal is shown without its control characters."""
    from tests.factories import make_agent
    from tests.review.world import tell

    evil = make_agent("Zorbo \x1b\x07 \u202eHoldings\x9b", "Company")
    twin = make_agent("Zorbo Holdngs", "Company")
    meta = kb.refer_to("meta")
    told = [tell("one", (evil, "sue", "sued", meta, 0.5)), tell("two", (twin, "sue", "sued", meta, 0.5))]
    store = write_store(tmp_path / "store", told, make_judgements((), kb), kb)
    for part in ("agents", "claims"):
        for answers in ([], ["--list"]):
            code, shown, _ = run_kg("review", part, store, *answers, stdin="s\n" * 9)
            assert code == 0
            assert "Zorbo" in shown
            assert all(line.isprintable() for line in shown.split("\n"))
    code, shown, _ = run_kg("review", "candidates", store)
    assert (code, all(line.isprintable() for line in shown.split("\n"))) == (0, True)


def test_cli_candidates_are_listed_with_what_they_do(store, capsys):
    """Candidates come with mentions, documents, names and whom they act with; as JSON for scripts."""
    first, *_ = run_here(capsys, "review", "candidates", store)[1].splitlines()
    assert first.startswith(f"Office of Communications ({OFFICE}): Regulator, new; 4 mentions in 4 documents")
    described = json.loads(run_here(capsys, "review", "candidates", store, "--json", "--limit", 1)[1])
    assert described["neighbours"]["tiktok"] == {"fine": 1}


def test_cli_remove_points_to_quotes_in_the_judgements(tmp_path):
    """When a document is taken back, the lines of the file of judgements that quote it are named."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "fine.txt").write_text("Germany fined Telegram 5.1 million euros in October 2022.", encoding="utf-8")
    (folder / "ban.txt").write_text("Russia banned Telegram in April 2018.", encoding="utf-8")
    store = tmp_path / "store"
    assert run_kg("build", folder, "-o", store, "--quiet")[0] == 0
    assert run_kg("review", "claims", store, stdin="a\n" * 9)[0] == 0
    number = next(
        n for n, line in enumerate(read_lines(store / "judgements.jsonl"), 1) if line["claim"]["document"] == "ban"
    )
    code, shown, _ = run_kg("remove", "ban", "-o", store)
    assert code == 0
    assert f"judgements.jsonl still quotes them: delete line {number}" in shown


def test_cli_says_what_is_missing(store, tmp_path, capsys):
    """A store that is not there, a file that is not, nothing judged, an endpoint without a file: each in one line."""
    for arguments, words in (
        (("agents", tmp_path / "none"), "is no store"),
        (("claims", store, "--answers", tmp_path / "none.jsonl"), "none.jsonl: No such file"),
        (("claims", store, "--when", "today"), "when 'today': want a day"),
        (("export", store, "--gold", "-"), "judgements.jsonl: no such file: nothing was judged yet"),
        (("agents", "http://localhost:9/"), "is an endpoint and has no folder: name the file with --judgements"),
    ):
        code, out, err = run_here(capsys, "review", *arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert words in err
