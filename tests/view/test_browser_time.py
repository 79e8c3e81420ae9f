"""Time in a real browser: a period, its play, two periods compared."""

from __future__ import annotations

from pathlib import Path

from tests.view.conftest import Visitor

SET = """([id, value]) => {
  const input = document.getElementById(id);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""
COUNT_IN = """([from, to]) => window.kgView.graph.actions.filter((action) => {
  const date = action.dates[0] ?? action.told;
  return date && date.slice(0, 4) >= from && date.slice(0, 4) <= to;
}).length"""


def test_browser_histogram_counts_every_dated_action(visit: Visitor, story_page: Path) -> None:
    """The strip counts each action once, by quarter; what is known by its year alone is shared out over that year."""
    shown = visit(story_page)
    assert shown.page.inner_text("#period-text") == "all, 2013 Q1 to 2024 Q4"
    steps = shown.ask(
        "() => [...document.querySelectorAll('#histogram rect')].map((bar) => Math.floor(bar.getAttribute('x')))"
    )
    quarters = shown.ask(
        """() => window.kgView.graph.actions.flatMap((action) => {
          const [year, month] = (action.dates[0] ?? action.told).split("-").map(Number);
          const first = (year - 2013) * 4;
          return month ? [first + Math.floor((month - 1) / 3)] : [0, 1, 2, 3].map((quarter) => first + quarter);
        })"""
    )
    assert set(steps) == set(quarters)


def test_browser_period_shows_only_its_actions(visit: Visitor, story_page: Path) -> None:
    """The handles leave the actions of their time, the address says so, and opened elsewhere it shows the same."""
    shown = visit(story_page)
    shown.ask(SET, ["period-from", "36"])
    shown.ask(SET, ["period-to", "43"])
    assert shown.page.inner_text("#period-text") == "2022 Q1 to 2023 Q4"
    assert shown.count_shown() == shown.ask(COUNT_IN, ["2022", "2023"]) > 5
    assert shown.read_hash() == "#from=2022-01&to=2023-12"
    assert visit(story_page, shown.read_hash()).count_shown() == shown.count_shown()
    # One handle pushes the other along.
    shown.ask(SET, ["period-from", "46"])
    assert shown.page.inner_text("#period-text") == "2024 Q3"


def test_browser_handles_work_by_keyboard(visit: Visitor, story_page: Path) -> None:
    """The arrow keys move a handle by a step, which is said in words."""
    shown = visit(story_page)
    shown.page.focus("#period-from")
    shown.page.keyboard.press("End")
    shown.page.keyboard.press("ArrowLeft")
    assert shown.page.get_attribute("#period-from", "aria-valuetext") == "2024 Q3"
    assert "from=2024-07" in shown.read_hash()


def test_browser_play_lets_time_grow_and_stops(visit: Visitor, story_page: Path) -> None:
    """Played from the whole, time grows from its first year step by step, and the button stops it."""
    shown = visit(story_page)
    shown.page.click("#play")
    first = shown.count_shown()
    assert first < 5 and shown.page.get_attribute("#play", "aria-pressed") == "true"
    shown.page.wait_for_function("() => document.getElementById('period-to').value >= 2", timeout=10_000)
    shown.page.click("#play")
    stopped = shown.page.input_value("#period-to")
    shown.page.wait_for_timeout(900)
    assert shown.page.input_value("#period-to") == stopped


def test_browser_compares_two_periods(visit: Visitor, story_page: Path) -> None:
    """Two periods colour the lines by when they are, count the actions of each, and stand in the address."""
    shown = visit(story_page, "#from=2022-01&to=2022-12&and-from=2024-01&and-to=2024-12")
    counts = shown.ask(COUNT_IN, ["2022", "2022"]), shown.ask(COUNT_IN, ["2024", "2024"])
    assert shown.count_shown() == sum(counts)
    table = shown.page.locator("#details table.small")
    numbers = [int(text) for text in table.locator("td.number").all_inner_texts()]
    assert (sum(numbers[::2]), sum(numbers[1::2])) == counts
    before = shown.find_edge("Germany", "fine", "Telegram")
    after = shown.find_edge("France", "arrest", "Pavel Durov")
    colours = [shown.ask("(edge) => window.kgView.edgeSet.get(edge).color.color", edge) for edge in (before, after)]
    assert colours == ["#a34a00", "#006c84"]
    shown.page.click("#compare")
    assert shown.page.locator("#second").is_hidden() and "and-from" not in shown.read_hash()
    shown.page.click("#reset")
    shown.page.click("#compare")
    assert shown.page.locator("#second").is_visible() and "and-from=2019-01" in shown.read_hash()
