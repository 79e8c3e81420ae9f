"""Everything that one chose stands in the address: opened elsewhere, in a window of any size, it shows the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.view.browser import Visit
from tests.view.conftest import Visitor

CAMERA = """() => {
  const { network } = window.kgView;
  return { ...network.getViewPosition(), scale: network.getScale() };
}"""
PLACE = """(name) => {
  const { graph, network } = window.kgView;
  const index = graph.agents.findIndex((agent) => agent.name === name);
  return network.getPositions([index])[index];
}"""


def see_same_part(one: Visit, other: Visit) -> bool:
    """Compare what part of the picture two pages show, as exactly as one sees."""
    here, there = one.ask(CAMERA), other.ask(CAMERA)
    apart = max(abs(here[key] - there[key]) * here["scale"] for key in "xy")
    return bool(apart < 3 and abs(here["scale"] / there["scale"] - 1) < 0.01)


def wait_for_address(shown: Visit, part: str) -> str:
    """Wait until the address holds something: zooming writes it a moment later."""
    shown.page.wait_for_function("(part) => location.hash.includes(part)", arg=part)
    return shown.read_hash()


def test_browser_address_keeps_zoom_and_place(visit: Visitor, story_page: Path) -> None:
    """Wheel, drag and keys write where one is, and opened elsewhere it shows again; fitted in, nothing is written."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    frame = shown.page.locator("#canvas").bounding_box()
    shown.page.mouse.move(frame["x"] + 300, frame["y"] + 200)
    shown.page.mouse.wheel(0, -400)
    first = wait_for_address(shown, "at=")
    shown.page.mouse.move(frame["x"] + 8, frame["y"] + 8)
    shown.page.mouse.down()
    shown.page.mouse.move(frame["x"] + 90, frame["y"] + 60, steps=3)
    shown.page.mouse.up()
    shown.page.wait_for_function("(former) => location.hash !== former", arg=first)
    shown.page.focus("#canvas")
    second = shown.read_hash()
    shown.page.keyboard.press("ArrowRight")
    shown.page.wait_for_function("(former) => location.hash !== former", arg=second)
    again = visit(story_page, shown.read_hash(), viewport={"width": 1100, "height": 800})
    again.wait_until_drawn()
    assert see_same_part(shown, again) and again.read_hash() == shown.read_hash()
    shown.page.click("#zoom-fit")
    shown.page.wait_for_function("() => !location.hash.includes('at=')")


def test_browser_address_keeps_where_a_selection_led(visit: Visitor, story_page: Path) -> None:
    """Two agents chosen one after the other by the search: the link shows the part that one saw in the end."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    for name in ("noyb", "kazakhstan"):
        shown.page.fill("#search", name)
        shown.page.press("#search", "Enter")
        shown.page.wait_for_timeout(700)
    again = visit(story_page, shown.read_hash())
    again.wait_until_drawn()
    assert see_same_part(shown, again)
    assert again.page.inner_text("#details h2") == "Kazakhstan"


def test_browser_address_keeps_a_mark_that_was_dragged(visit: Visitor, story_page: Path) -> None:
    """A mark put elsewhere stands there when the link is opened; with another part of the graph it goes back."""
    shown = visit(story_page)
    shown.wait_until_drawn()
    frame, start = shown.page.locator("#canvas").bounding_box(), shown.ask(PLACE, "noyb")
    point = shown.ask("(place) => window.kgView.network.canvasToDOM(place)", start)
    shown.page.mouse.move(frame["x"] + point["x"], frame["y"] + point["y"])
    shown.page.mouse.down()
    shown.page.mouse.move(frame["x"] + point["x"] + 70, frame["y"] + point["y"] - 50, steps=4)
    shown.page.mouse.up()
    address = wait_for_address(shown, "moved=noyb@")
    again = visit(story_page, address)
    again.wait_until_drawn()
    assert again.ask(PLACE, "noyb") == shown.ask(PLACE, "noyb") != start
    again.page.select_option("#group-by", "country")
    again.page.select_option("#group-by", "none")
    assert again.ask(PLACE, "noyb") == start and "moved" not in again.read_hash()


def test_browser_address_keeps_what_is_unfolded(visit: Visitor, story_page: Path) -> None:
    """Opened groups of actions, opened facets, hidden filters and further rows of the table stand in it too."""
    shown = visit(story_page)
    shown.page.click(".fold[aria-controls='kinds-coercion']")
    shown.page.click("details[data-fold='country'] > summary")
    wait_for_address(shown, "country")
    shown.page.click("#toggle-filters")
    assert shown.read_hash() == "#unfold=coercion,country&filters=off"
    again = visit(story_page, shown.read_hash() + "&view=table&rows=9")
    assert again.page.locator("#filters").is_hidden()
    assert again.page.locator("#table-pane tbody tr").count() == 9
    again.page.click("#toggle-filters")
    assert again.page.locator("#kinds-coercion").is_visible()
    assert again.page.get_attribute("details[data-fold='country']", "open") is not None
    again.page.click(".more")
    assert "rows=" in again.read_hash() and again.page.locator("#table-pane tbody tr").count() == 59


def test_browser_address_with_places_that_are_none_is_passed_over(visit: Visitor, story_page: Path) -> None:
    """Numbers that are none, out of all bounds, or of agents that there are not change nothing."""
    plain = visit(story_page)
    plain.wait_until_drawn()
    odd = visit(
        story_page, "#at=1,NaN,2&moved=nobody@1@2,noyb@x@2,noyb@1,@@,%E0@1@1&unfold=x,__proto__&filters=on&rows=-4"
    )
    odd.wait_until_drawn()
    assert see_same_part(plain, odd) and odd.ask(PLACE, "noyb") == plain.ask(PLACE, "noyb")
    assert odd.page.locator("#filters").is_visible()
    for address in ("#at=0,0,1e9", "#at=1e9,0,1", "#at=0,0,-1"):
        assert see_same_part(plain, visit(story_page, address))


def find_places(shown: Visit) -> dict[str, dict[str, Any]]:
    """Where each agent that is shown stands, by its name."""
    found: dict[str, dict[str, Any]] = shown.ask(
        """() => Object.fromEntries(window.kgView.drawing.nodes.filter((node) => !node.isHidden)
             .map(({ name, x, y }) => [name, { x, y }]))"""
    )
    return found


def test_browser_neighbourhood_stands_about_its_agent(visit: Visitor, story_page: Path) -> None:
    """One agent's neighbours stand around it, those of two steps outside of them, none upon another."""
    places = find_places(visit(story_page, "#near=telegram,2"))
    near = find_places(visit(story_page, "#near=telegram,1"))
    assert near["Telegram"] == places["Telegram"] == {"x": 0, "y": 0}

    def measure(place: dict[str, Any]) -> float:
        return float(((place["x"] / 1.35) ** 2 + place["y"] ** 2) ** 0.5)

    inner = max(measure(places[name]) for name in near)
    assert inner > 150 and len(places) > len(near)
    assert all(measure(place) > inner for name, place in places.items() if name not in near)
    spots = [(place["x"], place["y"]) for place in places.values()]
    assert min(abs(a - c) + abs(b - d) for i, (a, b) in enumerate(spots) for c, d in spots[:i]) > 40


def test_browser_way_leads_from_left_to_right(visit: Visitor, story_page: Path) -> None:
    """On the way from Reuters to noyb by Meta each step stands to the right of the one before."""
    places = find_places(visit(story_page, "#way=reuters,noyb"))
    assert places["Reuters"]["x"] < places["Meta"]["x"] < places["noyb"]["x"]
