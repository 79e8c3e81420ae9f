"""Tables among other sources: which mapping reads which, and rows and news in one graph."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.model import Refusal
from kg.pipeline.tables import describe_tracker_run, read_tables, sort_sources
from kg.resources import find_data
from kg.trackers import find_mapping

PLAIN = "id,text\n1,Ofcom fined TikTok.\n"


@pytest.fixture
def folder(tree: Path, tmp_path: Path) -> Path:
    """Make a folder of a text, a table of texts and two tables of trackers."""
    for name in ("shutdowns.tsv", "fines.csv"):
        shutil.copy(tree / "data" / "trackers" / "samples" / name, tmp_path)
    (tmp_path / "plain.csv").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "news.txt").write_text("Ofcom fined TikTok.", encoding="utf-8")
    return tmp_path


def test_sort_sources_knows_tables_by_their_columns(folder: Path) -> None:
    """Tables of trackers are found in folders, by their columns alone; all else stays for the reader of texts."""
    found = sort_sources([str(folder), str(folder / "none.txt")])
    assert [(Path(path).name, mapping.tracker) for path, mapping in found.tables] == [
        ("fines.csv", "etid"),
        ("shutdowns.tsv", "keepiton"),
    ]
    assert [Path(path).name for path in found.texts] == ["news.txt", "plain.csv"]
    assert [refusal.reason for refusal in found.refused] == ["no such file or folder"]


def test_sort_sources_leaves_tables_of_texts_to_map(folder: Path) -> None:
    """Where --map says what the columns hold, no shipped mapping is tried; one that is named is."""
    columns = {"text": "summary"}
    assert sort_sources([str(folder)], columns=columns).tables == ()
    found = sort_sources([str(folder)], columns=columns, trackers=["etid"])
    assert [Path(path).name for path, _ in found.tables] == ["fines.csv"]


def test_sort_sources_tries_own_mappings_first(tree: Path, folder: Path) -> None:
    """A mapping of one's own takes a table before a shipped one does, even under a shipped one's name."""
    text = (tree / "data" / "trackers" / "etid.yml").read_text(encoding="utf-8")
    own = folder / "own.yml"
    own.write_text(text.replace("confidence: 0.95", "confidence: 0.5"), encoding="utf-8")
    found = sort_sources([str(folder)], trackers=[str(own)])
    assert {mapping.tracker: mapping.confidence for _, mapping in found.tables} == {"etid": 0.5, "keepiton": 0.9}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["plain.csv"], "fits none of the tables: .*plain.csv lacks the column 'etid', 'country',"),
        (["news.txt"], "the tracker 'etid' has no table: want a .csv"),
    ],
)
def test_sort_sources_refuses_a_mapping_that_fits_nothing(folder: Path, sources: list[str], expected: str) -> None:
    """A mapping that is named and fits no table is an error that says what is missing: it was meant to be used."""
    with pytest.raises(DataError, match=expected):
        sort_sources([str(folder / name) for name in sources], trackers=["etid"])


def test_read_tables_refuses_rows_that_stand_in_two_tables(folder: Path) -> None:
    """A row that a second table repeats is refused by name: one id is one document."""
    shutil.copy(folder / "fines.csv", folder / "more.csv")
    found = sort_sources([str(folder / "fines.csv"), str(folder / "more.csv")])
    repeated = [item for item in read_tables(found) if isinstance(item, Refusal) and "another table" in item.reason]
    assert len(repeated) == 8 and repeated[0].reason == "'etid:S-1' repeats a row of another table"


def test_runs_tell_mappings_apart() -> None:
    """The run that read a row changes with its mapping, so that a build sees what is to be read again."""
    etid = find_mapping("etid")
    assert describe_tracker_run(etid) == describe_tracker_run(find_mapping("etid"))
    other = etid.model_copy(update={"confidence": 0.5})
    assert describe_tracker_run(other) != describe_tracker_run(etid)
    assert not describe_tracker_run(etid).reads_text


def run_kg(*arguments: str) -> int:
    """Run the command line in this process, and return its exit code."""
    from kg.cli import run

    return run(list(arguments))


def test_extract_reads_rows_and_texts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``kg extract`` gives rows and texts alike; rows about one action as news has one action_id with it."""
    (folder / "news.txt").write_text(
        "The Dutch Data Protection Authority has fined Uber 290 million euros. The regulator announced the penalty on "
        "26 August 2024.",
        encoding="utf-8",
    )
    assert run_kg("extract", str(folder), "--processes", "1", "-q") == 0
    described = {item["id"]: item for item in map(json.loads, capsys.readouterr().out.splitlines())}
    (row,) = described["etid:S-5"]["events"]
    assert (row["action"], row["target"], row["amount"]) == ("fine", "Uber", 290000000)
    assert row["action_id"] in {event["action_id"] for event in described["news"]["events"]}


def test_build_holds_rows_and_news(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``kg build`` mixes tables and texts: rows are documents with their proof, and all rows of a table one source."""
    from kg.rdf import open_store
    from kg.rdf.namespaces import format_prefixes

    table = folder / "shutdowns.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    # The same ban once more, by another row.
    table.write_text("\n".join([*lines, lines[3].replace("Nationwide", "Lagos")]), encoding="utf-8")
    store = tmp_path / "store"
    assert run_kg("build", str(folder), "-o", str(store), "--processes", "1") == 0
    output = capsys.readouterr()
    assert "shutdowns.tsv: row 10: end_date: 2023-01-04 is before start_date 2023-02-04" in output.err
    assert run_kg("validate", str(store)) == 0
    question = """SELECT ?count ?title { ?action plr:actor agent:nigeria ; plr:target agent:x ; a plr:Ban ;
        plr:sourceCount ?count ; plr:claim/prov:wasDerivedFrom/dcterms:title ?title } ORDER BY ?title"""
    rows = open_store(str(store)).query(format_prefixes() + question)
    told = [(row["title"].value, int(row["count"].value)) for row in rows]  # type: ignore[union-attr]
    assert told == [(f"#KeepItOn internet shutdowns, row {number} of shutdowns.tsv", 1) for number in (12, 4)]


def test_build_says_which_mapping_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong name and a broken mapping are one line on standard error and exit code 1; no store is made."""
    (folder / "own.yml").write_text(
        "tracker: own\ntitle: x\ncolumns: [a]\nconfidence: 2\nclaims: []\n", encoding="utf-8"
    )
    for tracker, expected in (
        ("gdpr", "no tracker 'gdpr': want etid, keepiton"),
        (str(folder / "own.yml"), "own.yml: "),
    ):
        assert run_kg("build", str(folder), "--tracker", tracker, "-o", str(folder / "store")) == 1
        message = capsys.readouterr().err
        assert expected in message and message.count("\n") == 1
    assert not (folder / "store").exists()


def test_rows_come_and_go_without_a_trace(folder: Path, tmp_path: Path) -> None:
    """Tables in any order give the same bytes; rows taken back leave none of theirs; another mapping is read anew."""
    from kg.pipeline import build, remove
    from kg.rdf.folder import read_manifest

    fines, shutdowns, own = str(folder / "fines.csv"), str(folder / "shutdowns.tsv"), folder / "own.yml"
    both, one = tmp_path / "both", tmp_path / "one"
    build([fines, shutdowns], both)
    build([fines], one)
    alone = read_manifest(one).content
    added = build([shutdowns], one).added
    assert len(added) == 7 and read_manifest(one).content == read_manifest(both).content
    remove(added, one)
    assert read_manifest(one).content == alone
    text = (find_data() / "trackers" / "etid.yml").read_text(encoding="utf-8")
    own.write_text(text.replace("confidence: 0.95", "confidence: 0.5"), encoding="utf-8")
    assert len(build([fines], one, trackers=[str(own)]).reread) == 8
    assert read_manifest(one).content != alone
    assert build([fines], one, trackers=[str(own)]).unchanged == 8
