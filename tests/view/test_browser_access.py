"""The page for everybody: axe-core finds nothing serious, keys reach all, it works dark, small and printed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.view.browser import Visit
from tests.view.conftest import Visitor

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def find_faults(shown: Visit) -> list[str]:
    """Ask axe-core for what is serious or critical, by the rules of WCAG 2.2 AA and its best practices."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("the package 'axe-playwright-python' is not installed")
    shown.page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = shown.ask(
        """async (tags) => (await axe.run(document, { runOnly: [...tags, "best-practice"] })).violations
             .filter((one) => ["serious", "critical"].includes(one.impact))
             .map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.html.slice(0, 160)) }))""",
        WCAG,
    )
    return [f"{fault['id']}: {fault['help']}: {fault['where'][:3]}" for fault in found]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("", "light"),
        ("#agent=telegram&view=both", "dark"),
        ("#view=table&only-action=fine", "light"),
        ("#edge=germany,telegram,fine,actual", "light"),
        ("#edge=germany,telegram,fine,actual", "dark"),
        ("#group-by=country&from=2022-01&to=2022-12&and-from=2024-01&and-to=2024-12", "dark"),
        ("#way=reuters,noyb&text=step", "light"),
    ],
)
def test_browser_axe_finds_nothing_serious(visit: Visitor, story_page: Path, address: str, scheme: str) -> None:
    """In each state of the page, light and dark, axe-core has no serious fault to tell."""
    shown = visit(story_page, address, color_scheme=scheme)
    for box in shown.page.locator("details:not(#save-menu) > summary").all():
        box.click()
    assert find_faults(shown) == []


def test_browser_axe_finds_nothing_serious_in_the_menu(visit: Visitor, story_page: Path) -> None:
    """The menu of what to save is as good, opened over a panel that has little in it."""
    shown = visit(story_page, "#hide-status=actual,planned,negated")
    shown.page.click("#save-menu > summary")
    assert find_faults(shown) == []


def test_browser_keys_reach_everything_in_order(visit: Visitor, story_page: Path) -> None:
    """Tab leads from the search over buttons and filters to picture, period and panel; each shows that it has focus."""
    shown = visit(story_page)
    shown.page.focus("#search")
    reached = ["search"]
    for _ in range(140):
        shown.page.keyboard.press("Tab")
        where = shown.ask(
            """() => {
              const element = document.activeElement;
              const style = getComputedStyle(element);
              const isSeen = style.outlineStyle !== "none" || element.tagName === "BODY";
              return [element.id, isSeen, element.outerHTML.slice(0, 80)];
            }"""
        )
        assert where[1], f"no focus to be seen on {where[2]}"
        if where[0]:
            reached.append(where[0])
    wanted = ["search", "toggle-filters", "group-by", "theme", "canvas", "zoom-in", "play", "period-from", "compare"]
    places = [reached.index(name) for name in wanted]
    assert places[:5] == sorted(places[:5]), reached


def test_browser_theme_can_be_turned(visit: Visitor, story_page: Path) -> None:
    """The button turns the page dark whatever the system has, and the address keeps it."""
    shown = visit(story_page, color_scheme="light")
    shown.page.click("#theme")
    assert shown.ask("() => getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 22)"
    assert shown.read_hash() == "#theme=dark"
    again = visit(story_page, "#theme=dark", color_scheme="light")
    assert again.ask("() => getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 22)"


@pytest.mark.parametrize("address", ["", "#agent=telegram", "#view=table", "#edge=germany,telegram,fine,actual"])
def test_browser_fits_a_phone(visit: Visitor, story_page: Path, address: str) -> None:
    """On a screen of 360 by 740 nothing but the table reaches beyond the sides, and picture and panel are there."""
    shown = visit(story_page, address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    assert shown.ask("() => document.documentElement.scrollWidth") <= 360
    assert shown.page.locator("#details h2").is_visible()
    assert shown.page.locator("#stage").bounding_box()["height"] > 300
    small = shown.ask(
        """() => [...document.querySelectorAll("button, input, summary, select")].filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width && height && !element.classList.contains("link") && Math.min(width, height) < 13;
        }).length"""
    )
    assert small == 0


def test_browser_prints_what_is_selected(visit: Visitor, story_page: Path, tmp_path: Path) -> None:
    """On paper the panel stands whole below the whole picture, without filters and buttons, dark letters on white."""
    shown = visit(story_page, "#agent=telegram", color_scheme="dark")
    shown.wait_until_drawn()
    shown.page.emulate_media(media="print")
    for gone in ("#filters", ".bar .switch", "#save-menu", "#play", ".zoom"):
        assert shown.page.locator(gone).first.is_hidden()
    assert shown.ask("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.page.locator("#canvas canvas").bounding_box()["height"] > 200
    shown.page.wait_for_function(
        """() => {
          const { network, drawing } = window.kgView;
          const canvas = document.getElementById("canvas");
          return drawing.nodes.filter((node) => !node.isHidden).every((node) => {
            const { x, y } = network.canvasToDOM(node);
            return x > 0 && y > 0 && x < canvas.clientWidth && y < canvas.clientHeight;
          });
        }""",
        timeout=10_000,
    )
    panel = shown.ask("() => { const e = document.getElementById('details'); return e.scrollHeight - e.clientHeight; }")
    assert panel <= 1
    content = shown.page.pdf(path=tmp_path / "page.pdf")
    assert content[:5] == b"%PDF-" and len(content) > 20_000
