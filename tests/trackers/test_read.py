"""Rows become documents and claims; what the shipped samples and the real tables give."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Claim, Refusal
from kg.trackers import (
    TrackerMapping,
    TrackerRow,
    choose_mapping,
    find_mapping,
    load_mapping,
    load_shipped_mappings,
    read_tracker,
)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Load the knowledge base."""
    return load_knowledge_base()


@pytest.fixture(scope="module")
def samples(tree: Path) -> Path:
    """Locate the small tables that ship."""
    return tree / "data" / "trackers" / "samples"


def read(path: Path, mapping: TrackerMapping, kb: KnowledgeBase) -> tuple[list[TrackerRow], list[Refusal]]:
    """Read a table: its rows, and what was refused."""
    items = list(read_tracker(str(path), mapping, kb))
    return [i for i in items if isinstance(i, TrackerRow)], [i for i in items if isinstance(i, Refusal)]


def list_claims(rows: list[TrackerRow]) -> Iterator[tuple[TrackerRow, Claim]]:
    """List the claims, each with its row."""
    return ((row, claim) for row in rows for claim in row.reading.claims)


def check_evidence(rows: list[TrackerRow]) -> int:
    """Hold every claim against the text of its row, and count the claims."""
    count = 0
    for row, claim in list_claims(rows):
        text = row.document.text
        evidence = claim.evidence
        evidence.check(text)
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.document_id == row.document.id == row.reading.document_id
        assert claim.rule.startswith(f"tracker:{row.tracker}/")
        count += 1
    return count


def tell(claim: Claim) -> tuple[str, str, str, str, str | None, str | None]:
    """Tell a claim in short."""
    money = f"{claim.money.amount:f} {claim.money.currency}" if claim.money else None
    return claim.action, claim.status, claim.actor.id, claim.target.id, money, claim.date.iso if claim.date else None


def test_shutdowns_sample(samples: Path, kb: KnowledgeBase) -> None:
    """The sample of shutdowns: blocks and their ends, the organ before its country, bad rows by number and reason."""
    mapping = choose_mapping(str(samples / "shutdowns.tsv"), load_shipped_mappings())
    assert mapping is not None and mapping.tracker == "keepiton"
    rows, refused = read(samples / "shutdowns.tsv", mapping, kb)
    assert [tell(claim) for _, claim in list_claims(rows)] == [
        ("ban", "actual", "ru-roskomnadzor", "telegram", None, "2018-04-16"),
        ("release", "actual", "ru-roskomnadzor", "telegram", None, "2020-06-18"),
        ("ban", "actual", "ug-ucc", "facebook", None, "2021-01-12"),
        ("ban", "actual", "ug-ucc", "x", None, "2021-01-12"),
        ("ban", "actual", "ug-ucc", "whatsapp", None, "2021-01-12"),
        ("ban", "actual", "nigeria", "x", None, "2021-06-05"),
        ("release", "actual", "nigeria", "x", None, "2022-01-13"),
        ("ban", "actual", "in-meity", "tiktok", None, "2020-06-29"),
        ("ban", "actual", "in-meity", "wechat", None, "2020-06-29"),
        ("ban", "actual", "br-stf", "x", None, "2024-08-30"),
        ("release", "actual", "br-stf", "x", None, "2024-10-08"),
        ("ban", "actual", "turkey", "wikipedia", None, "2017-04"),
        ("release", "actual", "turkey", "wikipedia", None, "2020-01-15"),
        ("ban", "actual", "ru-roskomnadzor", "facebook", None, "2022-03-04"),
    ]
    assert [(item.source.rpartition("samples/")[2], item.reason) for item in refused] == [
        ("shutdowns.tsv: row 10", "end_date: 2023-01-04 is before start_date 2023-02-04"),
        ("shutdowns.tsv: row 11", "start_date: '2024-11-31' is no date"),
        ("shutdowns.tsv", "1 row makes no claim: no target is named (the first is row 9)"),
    ]
    assert check_evidence(rows) == 14


def test_fines_sample(samples: Path, kb: KnowledgeBase) -> None:
    """The sample of fines: sums in euros, intentions as planned fines without one, charges by articles and kind."""
    rows, refused = read(samples / "fines.csv", find_mapping("etid"), kb)
    told = {row.document.id: (tell(claim), claim.charges, claim.laws) for row, claim in list_claims(rows)}
    assert told["etid:S-2"] == (
        ("fine", "actual", "ie-dpc", "tiktok", "530000000 EUR", "2025-05-02"),
        ("data-transfer", "privacy"),
        ("gdpr",),
    )
    assert told["etid:S-8"][0] == ("fine", "planned", "no-datatilsynet", "grindr", None, "2021-01-26")
    assert told["etid:S-6"][0][-1] == "2022-03"
    assert [item.reason for item in refused] == [
        "country: 'ATLANTIS' is no country of the knowledge base",
        "date: '31 juin 2019' is no date",
        "it has the id of row 2: 'etid:S-1'",
        "1 row makes no claim: no target is named (the first is row 10)",
        "1 row makes no claim: the fine was annulled, and neither its sum nor the day of the annulment is told "
        "(the first is row 11)",
    ]
    assert check_evidence(rows) == len(told) == 8


def test_own_mapping(samples: Path, kb: KnowledgeBase) -> None:
    """A mapping of one's own: semicolons, decimal commas, millions, several companies and several claims a row."""
    rows, refused = read(samples / "decisions.csv", load_mapping(samples / "decisions.yml"), kb)
    told = Counter(claim.action for _, claim in list_claims(rows))
    assert told == {"fine": 4, "order": 3, "appeal": 3, "investigate": 2}
    first = [tell(claim) for claim in rows[0].reading.claims]
    assert first == [
        ("fine", "actual", "european-commission", "google", "2424495000 EUR", "2017-06-27"),
        ("order", "actual", "european-commission", "google", None, "2017-06-27"),
        ("appeal", "actual", "google", "european-commission", None, "2017-09-11"),
    ]
    assert [item.reason for item in refused] == [
        "Maßnahme: the mapping does not know 'Zusagen'",
        "Betrag (Mio.): 'zweihundert' is no amount",
    ]
    assert check_evidence(rows) == 12


def test_documents_say_where_they_come_from(samples: Path, kb: KnowledgeBase) -> None:
    """A row's document names file, row, publisher and link, and its text is its cells, a line each."""
    rows, _ = read(samples / "fines.csv", find_mapping("etid"), kb)
    document = rows[0].document
    assert document.title == "GDPR Enforcement Tracker, row 2 of fines.csv"
    assert document.source.endswith("fines.csv: row 2")
    assert (document.url, document.publisher) == ("https://example.org/s-1", "CMS")
    assert document.text.splitlines()[:3] == [
        "etid: S-1",
        "country: IRELAND",
        "authority: Data Protection Authority of Ireland",
    ]
    claim = rows[0].reading.claims[0]
    assert claim.evidence.trigger.text == "345000000"
    assert claim.evidence.actor_chain[0].text == "Data Protection Authority of Ireland"
    assert claim.evidence.quote.splitlines()[-1] == "controller: TikTok Limited"


def test_confidence_is_the_mappings_constant(samples: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    """A claim is as sure as the mapping says, less where it says so."""
    mapping = find_mapping("keepiton")
    lines = (samples / "shutdowns.tsv").read_text(encoding="utf-8").splitlines()
    table = tmp_path / "a.tsv"
    unattributed = lines[3].replace("Executive government", "Unknown")
    whole = lines[3].replace("Service-based", "Full network").replace("2021-06-05", "2021-07-05")
    table.write_text("\n".join([lines[0], lines[3], unattributed, whole]), encoding="utf-8")
    rows, _ = read(table, mapping, kb)
    assert [row.reading.claims[0].confidence for row in rows] == [mapping.confidence, 0.7, 0.6]


def test_order_of_rows_changes_no_id(samples: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    """Ids come from the content of a row: in any order, the same documents and claims."""
    lines = (samples / "shutdowns.tsv").read_text(encoding="utf-8").splitlines()
    expected = {
        row.document.id: row.reading for row in read(samples / "shutdowns.tsv", find_mapping("keepiton"), kb)[0]
    }
    random.Random(7).shuffle(body := lines[1:])
    (tmp_path / "b.tsv").write_text("\n".join([lines[0], *body]), encoding="utf-8")
    assert {
        row.document.id: row.reading for row in read(tmp_path / "b.tsv", find_mapping("keepiton"), kb)[0]
    } == expected


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["Uganda", "Yes", "2021-01-12", "2020", "Ended", "Facebook, Uganda", "Roskomnadzor", "<script>", "x" * 400]
)


@settings(max_examples=15, deadline=None)
@given(cells=st.lists(st.lists(CELL, min_size=25, max_size=25), max_size=4))
def test_any_cells_are_read_or_refused(
    cells: list[list[str]], tmp_path_factory: pytest.TempPathFactory, kb: KnowledgeBase
) -> None:
    """Whatever stands in the cells, a row is read with its proof or refused, and nothing breaks."""
    mapping = find_mapping("keepiton")
    path = tmp_path_factory.mktemp("any") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(mapping.columns), *cells])
    rows, _ = read(path, mapping, kb)
    check_evidence(rows)


def test_choose_mapping_wants_all_columns(samples: Path, tmp_path: Path) -> None:
    """A table that lacks a column of every mapping is no tracker's, whatever else it has."""
    header = (samples / "fines.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "a.csv").write_text(header.replace(",fine_eur", "") + "\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("more," + header + "\n", encoding="utf-8")
    assert choose_mapping(str(tmp_path / "a.csv"), load_shipped_mappings()) is None
    found = choose_mapping(str(tmp_path / "b.csv"), load_shipped_mappings())
    assert found is not None and found.tracker == "etid"


@pytest.mark.parametrize(
    ("name", "tracker", "documents", "claims", "bad"),
    [
        ("keepiton-shutdowns-2026-05-20.tsv", "keepiton", 470, 2384, 3),
        ("gdpr-enforcement-etid-1-1200.tsv", "etid", 855, 855, 0),
    ],
)
def test_real_tables(
    shared: Path, kb: KnowledgeBase, name: str, tracker: str, documents: int, claims: int, bad: int
) -> None:
    """The real tables are read whole: each row a document, a refusal, or counted among those that make no claim.

    The knowledge base grows, so that the numbers may rise a little, never fall.
    """
    path = shared / "reference" / name
    mapping = choose_mapping(str(path), load_shipped_mappings())
    assert mapping is not None and mapping.tracker == tracker
    rows, refused = read(path, mapping, kb)
    assert documents <= len(rows) <= documents * 1.1
    assert claims <= check_evidence(rows) <= claims * 1.1
    assert len([item for item in refused if ": row " in item.source]) == bad
    left_out = sum(
        int(item.reason.split(" row")[0].replace(",", "")) for item in refused if ": row " not in item.source
    )
    with path.open(encoding="utf-8", newline="") as file:
        assert len(rows) + bad + left_out == sum(1 for _ in csv.reader(file, delimiter="\t")) - 1
    authorities = [claim.actor.id in kb.agents for _, claim in list_claims(rows)]
    assert all(authorities)
