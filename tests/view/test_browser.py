"""The page in a real browser: it draws, tells, filters, finds and restores."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.view.conftest import Visitor

EDGES, NODES = 59, 37


def test_browser_draws_every_edge_and_node(visit: Visitor, story_page: Path) -> None:
    """The picture shows all agents and edges, in colour, where the build has placed them, without physics."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    assert (shown.count_shown_nodes(), shown.count_shown_edges()) == (NODES, EDGES)
    moved = shown.ask(
        """async () => {
          const { network } = window.kgView;
          const placed = window.kgView.graph.agents.filter((agent) => agent.x !== undefined);
          await new Promise((resolve) => setTimeout(resolve, 200));
          const now = network.getPositions();
          return placed.filter(({ index, x, y }) => now[index].x !== x || now[index].y !== y).length;
        }"""
    )
    assert moved == 0
    colours = shown.ask(
        """() => {
          const canvas = document.querySelector("#canvas canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
            seen.add("#" + [data[i], data[i + 1], data[i + 2]].map((v) => v.toString(16).padStart(2, "0")).join(""));
          }
          return [...seen];
        }"""
    )
    # Platforms and companies, governments, persons, regulators: the colours of the palette are on the canvas.
    assert {"#d97706", "#0b5ce0", "#0b7a4b", "#4ac3f5"} <= set(colours)


def test_browser_click_on_edge_shows_quote_and_source(visit: Visitor, story_page: Path) -> None:
    """A click on the line from Brussels to Telegram shows the sentence in its context, its source and attributes."""
    shown = visit(story_page)
    shown.click_edge("European Commission", "request", "Telegram")
    details = shown.page.locator("#details")
    assert details.locator("h2").inner_text() == "European Commission called on Telegram"
    marked = details.locator("mark").inner_text()
    assert marked.startswith("European Commission took that step") and marked.endswith("meant to Telegram.")
    quoted = details.locator("blockquote").inner_text()
    assert "lawyers on both sides" in quoted and "A spokesperson gave no further detail" in quoted
    link = details.locator("a")
    assert link.get_attribute("href") == "https://example.org/year"
    assert link.get_attribute("rel") == "noopener noreferrer"
    for words in ("A year of platform regulation", "2024-05", "user numbers", "Digital Services Act", "95 %"):
        assert words in shown.read_details()
    assert shown.read_hash() == "#edge=european-commission,telegram,request,actual"


def test_browser_click_on_agent_tells_its_story_in_order(visit: Visitor, story_page: Path) -> None:
    """A click on an agent shows who it is and its actions in order of time, undated ones where they are told of."""
    shown = visit(story_page)
    shown.click_node("Telegram")
    assert shown.page.inner_text("#details h2") == "Telegram"
    assert "Telegram Messenger" in shown.read_details() and "Run by" in shown.read_details()
    dates = shown.page.locator("#details .deeds").first.locator(".date").all_inner_texts()
    times = [date.removeprefix("told ") for date in dates]
    assert len(dates) == 14 and times == sorted(times) and "told 2022-10-17" in dates
    assert "EUR 5,125,000" in shown.read_details()
    assert "Pavel Durov is founder of Telegram" in shown.read_details()
    shown.page.click("#details .deeds button >> text=Germany fined Telegram")
    assert shown.page.locator("#details .claim").count() == 2
    assert "In the same case" in shown.read_details()


def test_browser_filters_hide_edges_and_count(visit: Visitor, story_page: Path) -> None:
    """Filters combine: each hides its edges and agents left alone, and the counts follow the other filters."""
    shown = visit(story_page)
    page = shown.page
    page.uncheck('input[data-facet="group"][data-value="coercion"]')
    assert shown.count_shown_edges() == EDGES - 32
    assert page.inner_text("#count") == "27 of 59 actions shown"
    planned = page.locator(".value", has=page.locator('input[data-value="planned"]')).locator(".number")
    assert planned.inner_text() == "4"
    page.uncheck('input[data-value="planned"]')
    assert shown.count_shown_edges() == EDGES - 32 - 4
    page.uncheck('input[data-facet="type"][data-value="Person"]')
    assert "Durov" not in page.inner_text("#table-pane")
    assert shown.count_shown_nodes() < NODES
    page.click("#reset")
    assert (shown.count_shown_nodes(), shown.count_shown_edges()) == (NODES, EDGES)


def test_browser_least_confidence_hides_what_is_below(visit: Visitor, story_page: Path) -> None:
    """The slider of confidence hides the actions below it, and nothing else."""
    shown = visit(story_page, "#confidence=95")
    expected = shown.ask(
        """() => window.kgView.graph.actions.filter((action) => Math.round(action.confidence * 100) >= 95).length"""
    )
    assert 0 < expected < EDGES
    assert shown.page.inner_text("#count") == f"{expected} of 59 actions shown"
    assert shown.page.input_value("#range-confidence") == "95"


def test_browser_edges_wear_their_status(visit: Visitor, story_page: Path) -> None:
    """What happened is drawn through, what is planned dashed, what is denied dotted; the more claims, the wider."""
    shown = visit(story_page)
    edges = {
        status: shown.ask("(edge) => window.kgView.edgeSet.get(edge)", shown.find_edge(*names, status))
        for status, names in {
            "actual": ("France", "arrest", "Pavel Durov"),
            "planned": ("Telegram", "appeal", "Germany"),
            "negated": ("Germany", "ban", "Telegram"),
        }.items()
    }
    assert edges["actual"]["dashes"] is False
    assert edges["planned"]["dashes"] == [9, 7] and edges["negated"]["dashes"] == [2, 5]
    assert edges["actual"]["width"] > edges["planned"]["width"]
    shown.click_edge("Kazakhstan", "ban", "Wikipedia", "negated")
    assert shown.page.inner_text("#details h2") == "Kazakhstan did not ban Wikipedia"


def test_browser_hover_tells_what_an_edge_is(visit: Visitor, story_page: Path) -> None:
    """The mouse over a line shows its sentence."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    edge = shown.find_edge("ByteDance", "sue", "United States")
    point = shown.ask("(edge) => window.kgView.findMiddle(edge)", edge)
    shown.page.locator("#canvas").hover(position=point)
    shown.page.wait_for_selector("#tip:not([hidden])")
    assert shown.page.inner_text("#tip") == "ByteDance sued United States · 2024-05 · 1 claim"


def test_browser_search_suggests_by_other_names(visit: Visitor, story_page: Path) -> None:
    """Search finds an agent by an alias, without accents, and by keyboard alone."""
    shown = visit(story_page)
    shown.page.fill("#search", "bundesamt fur")
    assert shown.page.locator("#suggestions li").all_inner_texts()[0].startswith("Federal Office of Justice")
    shown.page.fill("#search", "tele")
    shown.page.press("#search", "ArrowDown")
    shown.page.press("#search", "ArrowUp")
    shown.page.press("#search", "Enter")
    assert shown.page.inner_text("#details h2") == "Telegram"
    assert shown.page.locator("#suggestions li").count() == 0


def test_browser_address_restores_the_view(visit: Visitor, story_page: Path) -> None:
    """The address holds selection, filters, sorting and view; opened elsewhere it shows the same."""
    first = visit(story_page)
    first.page.uncheck('input[data-facet="group"][data-value="words"]')
    first.page.uncheck('input[data-value="negated"]')
    first.page.click("button[data-view=both]")
    first.page.click('[data-sort="amount"]')
    first.page.click('[data-sort="amount"]')
    first.page.click("#table-pane tbody tr:first-child [data-row]")
    address = first.read_hash()
    second = visit(story_page, address)
    assert second.read_hash() == address
    for read in (
        lambda shown: shown.page.inner_text("#count"),
        lambda shown: shown.page.inner_text("#table-pane"),
        lambda shown: shown.read_details(),
        lambda shown: shown.count_shown_edges(),
    ):
        assert read(first) == read(second)
    assert "European Commission" in second.page.inner_text("#table-pane tbody tr:first-child")
    assert second.page.inner_text("#details h2") == "European Commission fined Google"


def test_browser_back_returns_to_what_was_selected(visit: Visitor, story_page: Path) -> None:
    """The browser's own way back leads to the former selection."""
    shown = visit(story_page, "#agent=meta")
    shown.page.fill("#search", "tiktok")
    shown.page.press("#search", "Enter")
    assert shown.page.inner_text("#details h2") == "TikTok"
    shown.page.go_back()
    shown.page.wait_for_selector("#details h2:has-text('Meta')")
    assert shown.read_hash() == "#agent=meta"


def test_browser_address_with_nonsense_is_passed_over(visit: Visitor, story_page: Path) -> None:
    """An address that names what is not there shows the whole graph."""
    shown = visit(story_page, "#agent=nobody&hide-status=never,&only-type=&confidence=x&view=cube&sort=%00&edge=a")
    assert shown.page.inner_text("#count") == "59 of 59 actions shown"
    assert shown.count_shown_edges() == EDGES


def test_browser_table_is_usable_by_keyboard(visit: Visitor, story_page: Path) -> None:
    """In the table one sorts by a column and opens an action's claims without a mouse."""
    shown = visit(story_page, "#view=table")
    page = shown.page
    assert page.locator("#table-pane tbody tr").count() == EDGES
    page.focus('[data-sort="actor"]')
    page.keyboard.press("Enter")
    assert page.get_attribute("#table-pane th:nth-child(2)", "aria-sort") == "ascending"
    names = page.locator("#table-pane tbody td:nth-child(2)").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    page.focus("#table-pane tbody tr:first-child [data-row]")
    page.keyboard.press("Enter")
    assert page.locator("#details .claim").count() >= 1
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.click("button[data-view=picture]")
    shown.wait_until_drawn()
    assert page.locator("#canvas canvas").bounding_box()["height"] > 300


def test_browser_saves_a_png(visit: Visitor, story_page: Path, tmp_path: Path) -> None:
    """The button saves the picture as it is on the screen, as PNG."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    with shown.page.expect_download() as download:
        shown.page.click("#save-menu summary")
        shown.page.click("#save-png")
    assert download.value.suggested_filename == "platforms-and-powers.png"
    download.value.save_as(tmp_path / "picture.png")
    content = (tmp_path / "picture.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width > 600 and height > 600 and len(content) > 20_000


def test_browser_follows_the_dark_scheme(visit: Visitor, story_page: Path) -> None:
    """Where the system is dark the page is, the colours of the picture too, and it follows a change."""
    shown = visit(story_page, color_scheme="dark")
    assert shown.ask("() => getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 22)"
    edge = shown.find_edge("France", "arrest", "Pavel Durov")
    assert shown.ask("(edge) => window.kgView.edgeSet.get(edge).color.color", edge) == "#E5483F"
    shown.page.emulate_media(color_scheme="light")
    # Two frames: the page hears of the change with the next one.
    shown.ask("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    assert shown.ask("(edge) => window.kgView.edgeSet.get(edge).color.color", edge) == "#B3201A"


def test_browser_opens_a_large_graph_within_seconds(visit: Visitor, large_page: Path) -> None:
    """With 2,000 agents and 6,000 edges the picture stands within five seconds, and a filter answers within three."""
    shown = visit(large_page)
    shown.wait_until_drawn()
    assert shown.ask("() => performance.getEntriesByName('kg-drawn')[0].startTime") < 5000
    assert shown.count_shown_edges() == 6000
    spent = shown.ask(
        """() => {
          const start = performance.now();
          document.querySelector('input[data-value="coercion"]').click();
          return performance.now() - start;
        }"""
    )
    assert spent < 3000
    assert shown.count_shown_edges() < 6000


def test_browser_mark_stays_where_it_is_dragged(visit: Visitor, story_page: Path) -> None:
    """An agent that one drags elsewhere is still there after something is selected and filtered."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    at = """() => window.kgView.network.canvasToDOM(
      window.kgView.network.getPositions([window.kgView.graph.agents.findIndex((agent) => agent.id === "noyb")])[
        window.kgView.graph.agents.findIndex((agent) => agent.id === "noyb")])"""
    point, frame = shown.ask(at), shown.page.locator("#canvas").bounding_box()
    shown.page.mouse.move(frame["x"] + point["x"], frame["y"] + point["y"])
    shown.page.mouse.down()
    shown.page.mouse.move(frame["x"] + point["x"] + 60, frame["y"] + point["y"] + 40, steps=4)
    shown.page.mouse.up()
    moved = shown.ask(at)
    assert abs(moved["x"] - point["x"] - 60) < 8
    shown.page.uncheck('input[data-value="planned"]')
    assert shown.ask(at) == moved


def test_browser_large_picture_stays_seen_while_dragged(visit: Visitor, large_page: Path) -> None:
    """While a large picture is dragged its still moves along, and the margin is filled: no blank, no error."""
    shown = visit(large_page)
    shown.wait_until_drawn()
    count = """() => {
      const canvas = document.querySelector("#canvas canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let inked = 0;
      for (let i = 3; i < data.length; i += 4) inked += data[i] > 0;
      return inked;
    }"""
    before, frame = shown.ask(count), shown.page.locator("#canvas").bounding_box()
    left, top = frame["x"] + 300, frame["y"] + 300
    shown.page.mouse.move(left, top)
    shown.page.mouse.down()
    shown.page.mouse.move(left + 120, top + 60, steps=5)
    shown.page.wait_for_timeout(100)
    during = shown.ask(count)
    shown.page.mouse.up()
    shown.page.wait_for_timeout(100)
    assert during > before / 2
    assert shown.ask(count) > before / 2
