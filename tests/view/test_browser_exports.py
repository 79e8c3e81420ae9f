"""What is saved from the page in a real browser: CSV, SVG, Markdown, and the query that gives a claim."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kg.view import build_view_data, render_page
from tests.view.conftest import Visitor
from tests.view.factories import Deed, Saying, StoreBuilder
from tests.view.story import build_story

FORMULA = '=HYPERLINK("http://evil.example","click")'
IMAGE = "![x](http://evil.example/x.png) [y](javascript:alert(1)) <img src=x onerror=alert(1)> http://evil.example"
HEADING = "# not a heading\n\n---\n1. no list\n> no quote\n`no code`"
CONTROL = "bell\x07 and \ufffe and </text><script>alert(1)</script>"


@pytest.fixture(scope="module")
def hostile_names_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page whose names and quotes attack what is saved from it."""
    builder = StoreBuilder()
    builder.add_agent("a", FORMULA, "Platform")
    builder.add_agent("b", IMAGE, "Government")
    builder.add_agent("c", CONTROL, "Person")
    builder.add_agent("d", "-2+3+cmd|' /C calc'!A0", "Person")
    builder.add_document("d1", f"@SUM(1+1)*{IMAGE}", "javascript:alert(1)", "2024", "\t=1+1")
    builder.add_document("d2", HEADING, "https://example.org/a_b?<c>&d=`e`)", "2024", 'a "quoted", press')
    builder.add_deed("x1", Deed("a", "fine", "b", (Saying("d1", HEADING), Saying("d2", FORMULA)), amount=("-5", "EUR")))
    builder.add_deed("x2", Deed("c", "sue", "d", (Saying("d2", IMAGE, speaker="a"),)))
    path = tmp_path_factory.mktemp("view") / "hostile-names.html"
    path.write_text(render_page(build_view_data(builder.build()), title=f"{HEADING} {IMAGE}"), encoding="utf-8")
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a saved table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_browser_saves_a_table_of_claims(visit: Visitor, story_page: Path, tmp_path: Path) -> None:
    """The CSV holds a row for each claim of what is shown, with sum, euros, quote and source."""
    shown = visit(story_page, "#only-action=fine")
    rows = read_csv(shown.save("csv", tmp_path))
    assert len({row["action_id"] for row in rows}) == shown.count_shown() == 7
    assert len(rows) == shown.ask("() => window.kgView.findShownActions().reduce((n, a) => n + a.claims.length, 0)")
    ofcom = next(row for row in rows if row["actor"] == "Ofcom")
    assert (ofcom["target"], ofcom["amount"], ofcom["currency"], ofcom["status"]) == (
        "TikTok",
        "1875000",
        "GBP",
        "actual",
    )
    assert 2_100_000 < float(ofcom["euros"]) < 2_300_000
    assert ofcom["quote"].startswith("Ofcom took that step") and ofcom["url"] == "https://example.org/year"


def test_browser_saved_table_holds_no_formula(visit: Visitor, hostile_names_page: Path, tmp_path: Path) -> None:
    """No cell begins with what a spreadsheet computes, but for plain numbers; all else reads back as it was."""
    rows = read_csv(visit(hostile_names_page).save("csv", tmp_path))
    cells = [value for row in rows for value in row.values()]
    dangerous = [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)]
    assert set(dangerous) == {"-5"}
    assert {row["actor"] for row in rows} == {f"'{FORMULA}", CONTROL}
    assert f"'@SUM(1+1)*{IMAGE}" in cells and HEADING in cells and 'a "quoted", press' in cells


def test_browser_saves_a_svg_of_the_picture(visit: Visitor, story_page: Path, tmp_path: Path) -> None:
    """The SVG is well-formed and holds each mark, line and name of what is shown."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    path = shown.save("svg", tmp_path)
    assert path.name == "platforms-and-powers.svg"
    root = etree.parse(path).getroot()
    names = {"s": "http://www.w3.org/2000/svg"}
    texts = root.xpath("//s:text[@class='name']/text()", namespaces=names)
    assert len(texts) == 37 and {"Telegram", "Pavel Durov"} <= set(texts)
    assert len(root.xpath("//s:path[@marker-end]", namespaces=names)) == 59
    places = [float(value) for value in root.xpath("//s:circle/@cx", namespaces=names)]
    left, _, width, _ = (float(part) for part in root.get("viewBox").split())
    assert all(left < place < left + width for place in places)


def test_browser_saved_svg_is_only_a_picture(visit: Visitor, hostile_names_page: Path, tmp_path: Path) -> None:
    """Names stay text in the SVG: no script, no link, no image, and it is XML whatever they hold."""
    shown = visit(hostile_names_page)
    shown.wait_until_drawn()
    root = etree.parse(shown.save("svg", tmp_path)).getroot()
    tags = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
    assert tags <= {"svg", "title", "style", "defs", "marker", "path", "rect", "polygon", "circle", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert any("</text><script>" in (element.text or "") for element in root.iter())


def test_browser_saves_quotes_with_their_sources(visit: Visitor, story_page: Path, tmp_path: Path) -> None:
    """The Markdown has a heading for each action and each quote with source, date, address and speaker."""
    shown = visit(story_page, "#only-action=fine&only-country=germany")
    text = shown.save("md", tmp_path).read_text(encoding="utf-8")
    assert text.startswith("# Platforms and powers\n")
    assert "## Germany fined Telegram (2022-10-17), EUR 5,125,000" in text
    assert text.count("\n> Germany took that step") == 2
    assert "Example Wire, 2022-10-17, <https://example.org/berlin-fine>, confidence 95 %" in text


def test_browser_saved_quotes_are_only_text(visit: Visitor, hostile_names_page: Path, tmp_path: Path) -> None:
    """Read as Markdown the pack holds our headings and quotes alone: no image, link, HTML, list or code from a name."""
    markdown = pytest.importorskip("markdown_it", reason="the package 'markdown-it-py' is not installed")
    text = visit(hostile_names_page).save("md", tmp_path).read_text(encoding="utf-8")
    tokens = markdown.MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)

    def list_types(tokens: list[Any]) -> set[str]:
        return {kind for token in tokens for kind in ({token.type} | list_types(token.children or []))}

    types = list_types(tokens)
    assert types <= {
        *("heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "text", "softbreak"),
        *("blockquote_open", "blockquote_close", "link_open", "link_close", "text_special"),
    }
    links = [
        str(child.attrs["href"]) for token in tokens for child in token.children or [] if child.type == "link_open"
    ]
    assert links and all(link.startswith("https://example.org/a") for link in links)
    assert sum(token.type == "heading_open" for token in tokens) == 3


def test_browser_query_gives_what_the_panel_shows(visit: Visitor, story_page: Path) -> None:
    """The SPARQL that the panel offers, asked of the store, gives the very quotes of the panel."""
    shown = visit(story_page)
    shown.click_edge("Germany", "fine", "Telegram")
    query = shown.page.locator("#details .query").first.text_content()
    rows = build_story().query(query or "")
    quotes = {row["quote"].value for row in rows}
    marked = {text for text in shown.page.locator("#details mark").all_text_contents()}
    assert quotes == marked and len(quotes) == 1
    assert shown.page.locator("#details .claim").count() == 2


def test_browser_query_can_not_be_broken_by_an_id(visit: Visitor, tmp_path: Path) -> None:
    """An id that an address gives, or the store, never ends the IRI that it stands in."""
    builder = StoreBuilder()
    builder.add_deed("x>}", Deed("a", "fine", "b", (Saying("d", "q"),)))
    builder.lines = [line.replace("x>}", "x%3E%7D") for line in builder.lines]
    path = tmp_path / "ids.html"
    path.write_text(render_page(build_view_data(builder.build())), encoding="utf-8")
    shown = visit(path, "#action=x%253E%257D")
    query = shown.page.locator("#details .query").first.text_content() or ""
    assert [row["quote"].value for row in builder.build().query(query)] == ["q"]
