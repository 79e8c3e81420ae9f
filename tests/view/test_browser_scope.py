"""What narrows the picture in a real browser: neighbourhoods, ways, words, countries, contradictions, groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.view import build_view_data, render_page
from tests.view.conftest import Visitor
from tests.view.factories import Deed, Saying, StoreBuilder, build_large_data


@pytest.fixture(scope="module")
def contradictory_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of an action told with two sums and two dates, one denied, and one told by two alike."""
    builder = StoreBuilder()
    for number in range(2):
        builder.add_document(f"d{number}", f"D{number}", None, "2024-05-01", "P")
    builder.add_deed("a1", Deed("a", "fine", "b", (Saying("d0", "q"),), date="2023-05", amount=("100", "EUR")))
    builder.add("graph/actions", "action/a1", "plr:date", '"2021"')
    builder.add("graph/actions", "action/a1", "plr:penalty", "penalty/other")
    for name, value in (("rdf:type", "plr:MonetaryAmount"), ("schema:value", '"200"'), ("schema:currency", '"EUR"')):
        builder.add("graph/actions", "penalty/other", name, value)
    builder.add_deed("a2", Deed("a", "ban", "c", (Saying("d0", "q"),), date="2023"))
    builder.add_deed("a3", Deed("a", "ban", "c", (Saying("d1", "q"),), status="negated", date="2023-07"))
    builder.add_deed("a4", Deed("a", "sue", "d", (Saying("d0", "q"), Saying("d1", "q")), date="2023"))
    builder.add_deed("a5", Deed("a", "ban", "d", (Saying("d0", "q"),), date="2019"))
    builder.add_deed("a6", Deed("a", "ban", "d", (Saying("d1", "q"),), status="negated", date="2023"))
    path = tmp_path_factory.mktemp("view") / "apart.html"
    path.write_text(render_page(build_view_data(builder.build())), encoding="utf-8")
    return path


def test_browser_neighbourhood_keeps_who_is_near(visit: Visitor, story_page: Path) -> None:
    """Only what is among an agent and its neighbours is left, with two steps more, and a button leads out again."""
    shown = visit(story_page, "#agent=noyb")
    shown.page.click("[data-ego='1']")
    assert (shown.count_shown(), shown.count_shown_nodes()) == (2, 3)
    assert "near=noyb,1" in shown.read_hash()
    shown.page.click("[data-ego='2']")
    near = visit(story_page, shown.read_hash())
    assert near.count_shown() == shown.count_shown() > 8
    shown.page.click("#scope button")
    assert shown.count_shown() == 59 and "near" not in shown.read_hash()


def test_browser_finds_the_way_between_two(visit: Visitor, story_page: Path) -> None:
    """From Reuters to noyb it is two steps by way of Meta, each with its actions; who has no way is told so."""
    shown = visit(story_page, "#agent=reuters")
    shown.page.fill("#way-to", "noyb")
    shown.page.click("[data-way]")
    assert shown.read_hash() == "#agent=reuters&way=reuters,noyb"
    assert "A shortest way, 2 steps" in shown.read_details()
    steps = shown.page.locator("#details .steps > li")
    assert steps.count() == 2 and "Reuters accused Meta" in steps.first.inner_text()
    assert shown.count_shown() == 2
    apart = visit(story_page, "#way=kazakhstan,noyb")
    assert "No way leads from Kazakhstan to noyb" in apart.read_details() and apart.count_shown() == 0


def test_browser_finds_words_in_what_is_said(visit: Visitor, story_page: Path) -> None:
    """The last suggestion looks for words in quotes and titles; charges and countries are suggested too."""
    shown = visit(story_page)
    shown.page.fill("#search", "airport")
    last = shown.page.locator("#suggestions li").last
    assert last.inner_text().startswith("“airport” in what is said")
    shown.page.press("#search", "Enter")
    assert 0 < shown.count_shown() < 59 and "text=airport" in shown.read_hash()
    assert visit(story_page, "#text=airport").count_shown() == shown.count_shown()
    shown.page.click("#reset")
    shown.page.fill("#search", "child sexual")
    shown.page.press("#search", "Enter")
    assert "only-charge=csam" in shown.read_hash() and shown.count_shown() == 1


def test_browser_filters_by_country(visit: Visitor, story_page: Path) -> None:
    """A country stands for all whose home it is: Germany's office counts as German."""
    shown = visit(story_page, "#only-country=germany")
    names = shown.ask(
        """() => window.kgView.findShownActions().map(
          (action) => [action.actor, action.target].map((index) => window.kgView.graph.agents[index].id))"""
    )
    assert {"bfj", "germany"} <= {name for pair in names for name in pair}
    assert all({"bfj", "germany"} & set(pair) for pair in names)


def test_browser_marks_what_contradicts(visit: Visitor, contradictory_page: Path) -> None:
    """Two sums, two dates, and a denial of the same time are marked; two sources alike and other years are not."""
    shown = visit(contradictory_page)
    apart = shown.ask(
        "() => window.kgView.graph.actions.filter((action) => action.conflicts.length).map((action) => action.id)"
    )
    assert apart == ["a1", "a2", "a3"]
    told = visit(contradictory_page, "#action=a1").read_details()
    assert "different dates: 2023-05 and 2021" in told and "different amounts: EUR 100 and EUR 200" in told
    assert "it is said that it did not happen" in visit(contradictory_page, "#action=a2").read_details()
    assert visit(contradictory_page, "#only-told=apart").count_shown() == 3
    assert "Told in ways that don’t go together" in shown.read_details()


def test_browser_picture_shows_the_sign_of_a_contradiction(visit: Visitor, contradictory_page: Path) -> None:
    """The label of a contradictory line begins with ≠, that of another does not."""
    texts = visit(contradictory_page, "#").ask(
        """() => new Promise((resolve) => {
          const seen = [];
          const pen = CanvasRenderingContext2D.prototype;
          const write = pen.fillText;
          pen.fillText = function (text, ...rest) { seen.push(text); return write.call(this, text, ...rest); };
          window.kgView.network.once("afterDrawing", () => setTimeout(() => { pen.fillText = write; resolve(seen); }));
          window.kgView.network.redraw();
        })"""
    )
    assert "≠ fined" in texts and "≠ ⊘ banned" in texts and "sued" in texts


@pytest.mark.parametrize("grouping", ["country", "community"])
def test_browser_groups_open_on_a_click(visit: Visitor, story_page: Path, grouping: str) -> None:
    """Taken together the picture has fewer nodes; a click opens one, the address keeps it, another click closes it."""
    shown = visit(story_page, f"#group-by={grouping}")
    shown.wait_until_drawn()
    closed = shown.count_shown_nodes()
    assert 1 < closed < 30
    group = shown.ask("() => window.kgView.drawing.nodes.reduce((a, b) => (b.degree > a.degree ? b : a)).id")
    point = shown.ask("(id) => window.kgView.network.canvasToDOM(window.kgView.network.getPositions([id])[id])", group)
    shown.page.locator("#canvas").click(position=point)
    opened = shown.count_shown_nodes()
    assert opened > closed and f"group-by={grouping}" in shown.read_hash() and "open=" in shown.read_hash()
    again = visit(story_page, shown.read_hash())
    assert again.count_shown_nodes() == opened
    shown.page.click("[data-open]")
    assert shown.count_shown_nodes() == closed


def test_browser_line_between_groups_lists_its_actions(visit: Visitor, story_page: Path) -> None:
    """A line between two groups holds all actions of a group of kinds between them."""
    shown = visit(story_page, "#group-by=country")
    line = shown.ask(
        "() => window.kgView.drawing.edges.filter((l) => l.edge === undefined).map((l) => [l.id, l.list.length])[0]"
    )
    told = visit(story_page, f"#group-by=country&bundle={line[0]}")
    assert told.page.locator("#details .deeds li").count() == line[1]


def test_browser_large_graph_opens_in_groups(visit: Visitor, tmp_path: Path) -> None:
    """Above 8,000 lines the picture opens by community, with few hundred marks, and a filter answers in seconds."""
    path = tmp_path / "larger.html"
    path.write_text(render_page(build_large_data(1500, 8500)), encoding="utf-8")
    shown = visit(path)
    shown.wait_until_drawn()
    assert shown.page.input_value("#group-by") == "community" and shown.read_hash() == ""
    assert shown.count_shown_nodes() < 200 and shown.count_shown() == 8500
    assert shown.ask("() => window.kgView.drawing.nodes.reduce((sum, node) => sum + node.degree, 0)") >= 8500


def test_browser_part_of_a_large_graph_is_drawn_agent_by_agent(visit: Visitor, tmp_path: Path) -> None:
    """A graph that opens in groups shows a neighbourhood agent by agent, and groups again after it."""
    path = tmp_path / "large.html"
    path.write_text(render_page(build_large_data(1500, 8500)), encoding="utf-8")
    shown = visit(path)
    shown.wait_until_drawn()
    grouped = shown.count_shown_nodes()
    assert grouped < 400
    busiest = shown.ask("() => window.kgView.graph.agents[window.kgView.graph.actions[0].actor].name")
    shown.page.fill("#search", busiest)
    shown.page.press("#search", "Enter")
    shown.page.click("[data-ego='1']")
    kinds = shown.ask("() => [...new Set(window.kgView.nodeSet.getIds().map((id) => typeof id))]")
    assert kinds == ["number"] and shown.count_shown() == shown.ask("() => window.kgView.findShownActions().length")
    shown.page.click("#reset")
    assert shown.count_shown_nodes() == grouped
