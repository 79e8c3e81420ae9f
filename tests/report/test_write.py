from __future__ import annotations

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from kg.analysis import Options, Selection
from kg.model import AgentRef, Claim, PartialDate
from kg.rdf import LocalStore, encode_actions, encode_agents, encode_document, encode_ontology, open_store
from kg.report import write_report
from kg.report.write import format_cell, format_csv
from kg.resolve import resolve_claims
from tests.factories import GERMANY, TELEGRAM, make_claim, make_document

EVIL = AgentRef("evil.company", '=<img src=x onerror="alert(1)">', "Company")


def make_story() -> LocalStore:
    """A store of five claims; one party's name would be markup, a formula and a file name if it were let."""
    documents = [
        make_document(f"Germany fined Telegram, {number}.", id=f"d{number}", published=f"202{number}-05-01")
        for number in range(1, 4)
    ]
    claims: list[Claim] = [
        make_claim(document, GERMANY, "fine", TELEGRAM, trigger="fined", date=PartialDate(f"202{number}"))
        for number, document in enumerate(documents, start=1)
    ]
    more = make_document(f"{EVIL.name} sued Germany; Germany banned {EVIL.name}.", id="d4")
    sue = make_claim(more, EVIL, "sue", GERMANY, trigger="sued")
    claims += [replace(sue, confidence=0.4), make_claim(more, GERMANY, "ban", EVIL, trigger="banned")]
    store = open_store("memory:")
    assert isinstance(store, LocalStore)
    found = resolve_claims(claims)
    actions = found[0] if found and isinstance(found[0], tuple) else found
    from kg.model import Reading

    store.load(encode_ontology())
    store.load(encode_actions(actions))
    parties = [party for claim in claims for party in (claim.actor, claim.target)]
    store.load(encode_agents(parties, known=(), government_of={"de": "germany"}))
    about = {claim_id: action.id for action in actions for claim_id in action.claim_ids}
    for document in (*documents, more):
        mine = tuple(claim for claim in claims if claim.document_id == document.id)
        store.load(encode_document(document, Reading(document.id, mine, ()), about))
    return store


@pytest.fixture(scope="module")
def store() -> LocalStore:
    """The story, read once."""
    return make_story()


def test_report_is_a_page_with_its_tables(store: LocalStore, tmp_path: Path) -> None:
    """Each table that the page links is there; each section says what its figures rest on and how to get them again."""
    summary = write_report(store, tmp_path / "deep" / "report", name="my-store")
    page = html.fromstring(summary.path.read_text(encoding="utf-8"))
    links = {link for link in page.xpath("//a/@href") if not link.startswith("#")}
    assert {(summary.path.parent / link).is_file() for link in links} == {True}
    assert len(list((summary.path.parent / "tables").iterdir())) == summary.tables
    sections = page.xpath("//section")
    assert len(sections) == 13
    for section in sections:
        assert "Source:" in section.text_content() and "4 documents" in section.text_content()
    commands = page.xpath("//code/text()")
    assert "kg analyze my-store fines" in commands
    assert [anchor for anchor in page.xpath("//nav//a/@href") if not page.xpath(f"//*[@id='{anchor[1:]}']")] == []


def test_report_escapes_what_documents_name(store: LocalStore, tmp_path: Path) -> None:
    """A name out of a document stays text in the page, and no formula in the tables; the page may run nothing."""
    summary = write_report(store, tmp_path, title="<script>alert(2)</script>")
    text = summary.path.read_text(encoding="utf-8")
    assert "<img" not in text and "<script" not in text
    assert "&lt;img" in text
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    with (tmp_path / "tables" / "actions.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert any(cell.startswith("'=<img") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_report_is_the_same_each_time(store: LocalStore, tmp_path: Path) -> None:
    """Twice from one store, and from a store of the same story, all files have the same bytes."""
    for folder in ("one", "two"):
        write_report(store if folder == "one" else make_story(), tmp_path / folder)
    files = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    ]
    assert files[0] == files[1]


def test_report_counts_what_it_is_told_to(store: LocalStore, tmp_path: Path) -> None:
    """A selection narrows the report; the page says so, and its commands select the same."""
    chosen = Selection(min_confidence=0.5, kinds=("coercion",))
    summary = write_report(store, tmp_path, selection=chosen, options=Options(price_year=2020), name="s")
    whole = write_report(store, tmp_path / "whole")
    assert summary.actions == whole.actions - 1
    page = html.fromstring(summary.path.read_text(encoding="utf-8"))
    assert "of confidence 0.5 or more" in page.text_content()
    assert "kg analyze s hits --min-confidence 0.5 --action coercion" in page.xpath("//code/text()")


def test_report_of_an_empty_store_is_no_error(tmp_path: Path) -> None:
    """A store without actions gives a page that says so."""
    summary = write_report(open_store("memory:"), tmp_path)
    text = summary.path.read_text(encoding="utf-8")
    assert summary.actions == 0
    assert len(re.findall("nothing found", text)) >= 10


def test_cells_are_for_people_and_spreadsheets() -> None:
    """A page shortens numbers; a file keeps them, and puts an apostrophe before what would be a formula."""
    assert [format_cell(value) for value in (None, True, 3, 2023, 5_100_000, 0.05317, "x")] == [
        "", "yes", "3", "2023", "5.1 m", "0.0532", "x",
    ]  # fmt: skip
    assert format_csv(["a"], [["=1+1"], [-3.5], ["-x"], [None], [["b", "c"]]]) == "a\n'=1+1\n-3.5\n'-x\n\"\"\nb; c\n"


def test_report_without_igraph_is_the_same_but_for_communities(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no igraph networkx computes, and every table but that of communities has the same bytes."""
    write_report(store, tmp_path / "with")
    monkeypatch.setitem(sys.modules, "igraph", None)
    write_report(store, tmp_path / "without")
    tables = sorted(path.name for path in (tmp_path / "with" / "tables").iterdir() if path.stem != "communities")
    assert len(tables) == 20
    for name in tables:
        one, other = ((tmp_path / folder / "tables" / name).read_bytes() for folder in ("with", "without"))
        assert one == other, name
