import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.judge import append_judgements, decode_judgement, encode_judgement, load_judgements
from kg.judge.encode import format_judgement
from kg.model import AgentJudgement, Origin
from tests.review.judging import KB, OFFICE, judge_agents, judge_claim, make_entries, make_reading, write_lines

DOCUMENT, READING = make_reading()


def test_files_keep_comments_and_empty_lines(tmp_path):
    """A person may put comments and empty lines into the file; places count all lines."""
    path = tmp_path / "j.jsonl"
    line = json.dumps(judge_agents("ofcom", OFFICE.id, "same"))
    path.write_text(f"# why we did this\n\n{line}\r\n", encoding="utf-8")
    (entry,) = load_judgements(path, KB)
    assert entry.place == f"{path}:3"
    assert entry.judgement.names == ("Ofcom", OFFICE.id)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (7, "7: want a JSON object"),
        ({}, "neither"),
        (judge_agents("a", "b", "same", claim={}), "agents and claim"),
        (judge_agents("a", "a", "same"), "'a' and 'a': want two"),
        (judge_agents("a", "b", "alike"), "is 'alike': want one of same, different, undecided"),
        (judge_agents("a", "b", "same", by=" "), "by '': want the name of who decided"),
        (judge_agents("a", "b", "same", when="yesterday"), "when 'yesterday': want a day"),
        (judge_agents("a", "b", "same", when="2026-02-30"), "when '2026-02-30'"),
        (judge_agents("a", "b", "same", why=None), "why is missing"),
        (judge_agents("a", "b", "same", reason="x"), "'reason' is not known: there are agents, names, is, by"),
        (judge_claim(DOCUMENT, READING, "corrected"), "a claim that is 'corrected' wants 'correction'"),
        (judge_claim(DOCUMENT, READING, "rejected", correction={"action": "sue"}), "takes no 'correction'"),
        (judge_claim(DOCUMENT, READING, "same"), "want one of accepted, rejected, corrected, undecided"),
        (
            judge_claim(DOCUMENT, READING, "corrected", correction={"action": "fined"}),
            "action 'fined': want one of accuse",
        ),
        (judge_claim(DOCUMENT, READING, "corrected", correction={"actor": "nobody"}), "the knowledge base has none"),
        (judge_claim(DOCUMENT, READING, "corrected", correction={"amount": 5}), "and currency None: want both"),
        (judge_claim(DOCUMENT, READING, "corrected", correction={"amount": "x", "currency": "EUR"}), "want a number"),
        (judge_claim(DOCUMENT, READING, "corrected", correction={"date": "May"}), "want YYYY"),
        (judge_claim(DOCUMENT, READING, "corrected", correction={"colour": 1}), "'colour' is not known"),
        (judge_claim(DOCUMENT, READING, "accepted") | {"claim": {}}, "claim: at None: want a whole number"),
    ],
)
def test_files_refuse_a_bad_line_by_file_and_line(record, words, tmp_path):
    """A line that is no judgement is refused with its file and line, in one line that says what is wanted."""
    path = write_lines(tmp_path / "j.jsonl", judge_agents("ofcom", OFFICE.id, "same"), record)
    with pytest.raises(DataError) as caught:
        load_judgements(path, KB)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_files_refuse_what_is_no_json(content, tmp_path):
    """A line that does not parse is refused with its place."""
    path = tmp_path / "j.jsonl"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"j.jsonl:1: not JSON"):
        load_judgements(path, KB)


def test_files_refuse_a_key_whose_trigger_is_elsewhere():
    """The trigger of a judged claim must stand where the key says, or the key means nothing."""
    record = judge_claim(DOCUMENT, READING, "accepted")
    record["claim"] |= {"at": 3}
    with pytest.raises(DataError, match="does not stand in the quote at 3"):
        decode_judgement(record, KB)


@pytest.mark.parametrize(
    "record",
    [
        judge_agents("ofcom", OFFICE.id, "same", names=["Ofcom", "Office\x1b[2J of \u202eCommunications\u2028"]),
        judge_claim(DOCUMENT, READING, "undecided"),
        judge_claim(
            DOCUMENT,
            READING,
            "corrected",
            correction={
                "action": "sue",
                "actor": {"name": "Bureau", "type": "Regulator", "country": "fr"},
                "target": "ofcom",
                "status": "planned",
                "amount": "0.50",
                "currency": "EUR",
                "date": None,
            },
        ),
    ],
)
def test_files_write_what_they_read(record):
    """A judgement is written so that it is read back the same, in one line that a terminal can show."""
    judgement = decode_judgement(record, KB)
    assert decode_judgement(encode_judgement(judgement), KB) == judgement
    line = format_judgement(judgement)
    assert line.isprintable()
    assert decode_judgement(json.loads(line), KB) == judgement


@given(st.text(min_size=1), st.text(), st.sampled_from(("same", "different", "undecided")))
def test_files_hold_any_name_in_one_printable_line(name, why, verdict):
    """Whatever a name or a reason holds, its line is one line and reads back the same."""
    judgement = AgentJudgement(("a", "b"), (name, "B"), verdict, Origin("ada", "2026-11-22", why))
    line = format_judgement(judgement)
    assert len(line.splitlines()) == 1
    assert decode_judgement(json.loads(line.encode("utf-8")), KB) == judgement


def test_files_append_and_keep_what_is_there(tmp_path):
    """Adding to a file keeps what it holds, also where its last line has no end, and makes one that is missing."""
    path = tmp_path / "j.jsonl"
    (entry,) = make_entries(judge_agents("ofcom", OFFICE.id, "same"))
    append_judgements(path, [entry.judgement])
    path.write_text(path.read_text(encoding="utf-8") + "# a note without an end", encoding="utf-8")
    append_judgements(path, [entry.judgement])
    assert [entry.place.rpartition(":")[2] for entry in load_judgements(path, KB)] == ["1", "3"]


def test_files_take_two_writers_at_once(tmp_path):
    """Reviewers who write at the same time lose none of one another's lines."""
    path = tmp_path / "j.jsonl"
    judgements = [
        [AgentJudgement(("a", "b"), ("A", "B"), "same", Origin(by, "2026-11-22", f"{number}")) for number in range(40)]
        for by in ("ada", "bob", "eve")
    ]
    threads = [
        threading.Thread(target=lambda own=own: [append_judgements(path, [one]) for one in own]) for own in judgements
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [entry.judgement for entry in load_judgements(path, KB)]
    assert sorted(found, key=repr) == sorted((one for own in judgements for one in own), key=repr)


def test_files_say_what_is_missing(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(DataError, match="gone.jsonl: No such file"):
        load_judgements(tmp_path / "gone.jsonl", KB)
