"""The pages beside the graph: figures worked out by hand, links that lead somewhere, nothing of a document but text."""

from __future__ import annotations

import html
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat

from kg.cli.view import command
from kg.errors import StoreError
from kg.rdf import StoreWriter
from kg.view import ViewCase, build_view_data
from kg.view.conflicts import find_conflicts
from kg.view.pages import write_pages
from kg.view.pages.index import PageIndex, find_safe_url, make_file_name
from kg.view.pages.overview import count_by_year, count_charges, sum_fines
from kg.view.pages.places import find_ticks, place_in_time
from tests.view.conftest import Visitor
from tests.view.factories import Deed, Saying, StoreBuilder
from tests.view.story import build_story
from tests.view.test_browser_access import find_faults

HOSTILE = "</style></title><script>document.title='pwned'</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}"


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]


@pytest.fixture(scope="module")
def story_index() -> PageIndex:
    """Index the story."""
    return PageIndex(build_view_data(build_story()))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of the story once."""
    folder = tmp_path_factory.mktemp("pages")
    write_pages(build_story(), folder, title="Platforms & powers")
    return folder


@pytest.fixture(scope="module")
def hostile_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write pages whose every string attacks."""
    builder = StoreBuilder()
    builder.add_agent("a", HOSTILE, "Platform", [HOSTILE], country="c")
    builder.add_agent("con", HOSTILE, "Government")
    builder.add_document("d1", HOSTILE, "javascript:alert(1)", HOSTILE, HOSTILE)
    builder.add_document("d2", "D", "https://example.org/\"'><script>", "2024", HOSTILE)
    sayings = tuple(Saying(document, HOSTILE, HOSTILE, HOSTILE, "con") for document in ("d1", "d2"))
    terms = {"charges": ("x",), "law": "y", "case": "%2E%2E%2F%2E%2E%2Fup"}
    builder.add_deed("x1", Deed("con", "fine", "a", sayings, amount=("5", HOSTILE), **terms))  # type: ignore[arg-type]
    builder.add_deed("x2", Deed("a", "appeal", "con", sayings, **terms))  # type: ignore[arg-type]
    builder.add("graph/kb", "law/y", "rdfs:label", '"<b onclick=alert(6)>law</b>"')
    builder.add_fact("f1", "d1", "role", "con", "a", HOSTILE, HOSTILE)
    folder = tmp_path_factory.mktemp("hostile")
    write_pages(builder.build(), folder / "in" / "pages", title=HOSTILE)
    return folder / "in" / "pages"


def test_pages_sum_fines_in_euros_by_year(story_index: PageIndex) -> None:
    """Dublin's fines of 2023 add up; Ofcom's pounds are euros at the rate of their month; unknown sums are told of."""
    fines, unknown = sum_fines(story_index)
    assert fines.values["Data Protection Commission", "2023"] == 345_000_000 + 1_200_000_000
    assert fines.values["Germany", "2022"] == 5_125_000
    assert fines.values["Ofcom", "2024"] == pytest.approx(1_875_000 / 0.8434, rel=0.01)
    assert fines.rows[:2] == ("European Commission", "Data Protection Commission") and unknown == 2


def test_pages_count_actions_by_year_and_group(story_index: PageIndex) -> None:
    """In 2013 there is noyb's suit alone; plans and denials count nowhere."""
    years = count_by_year(story_index)
    assert years[2013] == {"coercion": 1} and years[2017] == {"coercion": 1}
    assert sum(sum(row.values()) for row in years.values()) == sum(
        action.status == "actual" for action in story_index.actions
    )


def test_pages_count_charges_by_country(story_index: PageIndex) -> None:
    """A charge counts for the country of who acts: the office's inquiry and the fine are both German."""
    charges = count_charges(story_index)
    assert charges.values["missing complaint channel", "Germany"] == 2
    assert ("missing complaint channel", "France") not in charges.values


def test_pages_name_every_case_and_where_it_stands(story_index: PageIndex) -> None:
    """A case of which the store says no more goes by its parties, and stands where its last action left it."""
    names = {case.label: case.standing for case in story_index.list_cases()}
    assert names["Federal Office of Justice and Telegram, from 2021"] == "last: fined"
    builder = StoreBuilder()
    said = {"rdf:type": "plr:Case", "plr:standing": "plr:appealedStanding", "plr:disputed": '"amount"'}
    said |= {"plr:pursuedBy": "agent/germany", "plr:concerns": "agent/telegram", "plr:opened": '"2020-05"'}
    for name, value in said.items():
        builder.add("graph/actions", "case/netzdg", name, value)
    (case,) = (case for case in build_view_data(build_story(builder)).cases if case.id == "netzdg")
    assert case == ViewCase("netzdg", "Germany and Telegram, from 2020", "appealed", ("amount",))


def test_pages_link_to_what_is_there(pages: Path) -> None:
    """Every link of every page leads to a page that was written, or to a source."""
    files = sorted(pages.rglob("*.html"))
    assert len(files) == 4 + 37 + 4
    for path in files:
        if path.name == "graph.html":
            continue
        for link in _Links(path.read_text(encoding="utf-8")).links:
            if not link.startswith("https://example.org/"):
                assert (path.parent / unquote(link.partition("#")[0])).resolve() in files, (path, link)


def test_pages_tell_each_claim_with_its_source(pages: Path) -> None:
    """A dossier has an agent's facts, fines, cases, and each action with quotes, marked, and sources."""
    text = html.unescape((pages / "agents" / "telegram.html").read_text(encoding="utf-8"))
    assert "1 fine, EUR 5,125,000 in all" in text and "Pavel Durov" in text
    assert text.count("<mark>Germany took that step") == 2 and "https://example.org/berlin-fine" in text
    assert "The matter had been with the authorities" in text
    assert '<a href="../cases/netzdg.html">' in text and "../graph.html#agent=telegram" in text


def test_pages_are_the_same_each_time(pages: Path, tmp_path: Path) -> None:
    """The same store gives the same bytes."""
    write_pages(build_story(), tmp_path, title="Platforms & powers")
    for path in pages.rglob("*.html"):
        assert path.read_bytes() == (tmp_path / path.relative_to(pages)).read_bytes()


def test_pages_hold_only_text_of_documents(hostile_pages: Path) -> None:
    """No string becomes an element, a handler or an address of a script, and none is read as a template."""
    for path in hostile_pages.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = _Links(text)
        assert not found.handlers
        if path.name != "graph.html":
            assert not found.tags & {"script", "img", "iframe", "object", "base", "form", "link"}
            assert "{{ 7*7 }}" in text or path.parent == hostile_pages
        assert not [link for link in found.links if re.match(r"(?i)\s*(javascript|data):", link)]


def test_pages_stay_in_their_folder(hostile_pages: Path) -> None:
    """A case whose id would climb out of the folder, and an agent called as a device, get files of other names."""
    outside = [path for path in hostile_pages.parent.parent.rglob("*") if hostile_pages not in path.parents]
    assert {path.name for path in outside} == {"in", "pages"}
    assert [path.name[:2] for path in (hostile_pages / "cases").iterdir()] == ["x-"]
    assert not (hostile_pages / "agents" / "con.html").exists()


@pytest.mark.parametrize("name", ["index.html", "agents/telegram.html", "cases/netzdg.html", "agents.html"])
def test_pages_in_a_browser_are_for_everybody(visit: Visitor, pages: Path, name: str) -> None:
    """axe-core finds nothing serious, on a phone nothing reaches beyond the sides, and no request leaves."""
    shown = visit(pages / name, wait=False, viewport={"width": 360, "height": 740})
    assert find_faults(shown) == []
    assert shown.ask("() => document.documentElement.scrollWidth") <= 360


def test_pages_in_a_browser_run_nothing(visit: Visitor, hostile_pages: Path) -> None:
    """Opened with hostile strings the pages show them and run nothing; the fixture sees to errors and requests."""
    shown = visit(hostile_pages / "agents" / "a.html", wait=False)
    assert shown.page.title().startswith(HOSTILE)
    assert shown.page.inner_text("h1") == HOSTILE.strip()


def test_pages_overview_draws_its_charts(visit: Visitor, pages: Path) -> None:
    """The overview has a column for each year with actions, a disc for each sum, a square for each charge."""
    shown = visit(pages / "index.html", wait=False)
    charts = shown.page.locator("svg.chart")
    assert charts.count() == 3
    assert charts.nth(0).locator("rect").count() > 15 and charts.nth(1).locator("circle").count() == 4
    assert "Germany, 2022: EUR 5,125,000" in charts.nth(1).locator("title").all_text_contents()


def test_conflicts_are_of_dates_sums_and_denials() -> None:
    """Two sums, two dates, a denial of the same time are told; a year and its day, and other years, are none."""
    builder = StoreBuilder()
    saying = (Saying("d", "q"),)
    builder.add_deed("a1", Deed("a", "fine", "b", saying, date="2023-05", amount=("100", "EUR")))
    builder.add("graph/actions", "action/a1", "plr:date", '"2023"')
    builder.add_deed("a2", Deed("a", "ban", "c", saying, date="2023"))
    builder.add_deed("a3", Deed("a", "ban", "c", saying, status="negated", date="2023-07"))
    builder.add_deed("a4", Deed("a", "ban", "d", saying, date="2019"))
    builder.add_deed("a5", Deed("a", "ban", "d", saying, status="negated", date="2023"))
    builder.add_deed("a6", Deed("a", "sue", "d", saying, date="2019"))
    builder.add("graph/actions", "action/a6", "plr:date", '"2021-02"')
    found = find_conflicts(build_view_data(builder.build()).actions)
    assert set(found) == {"a2", "a3", "a6"}
    assert found["a6"] == ("told with different dates: 2021-02 and 2019",)


@pytest.mark.parametrize("identifier", ["con", "com1", "..", "../x", "A", "é", "a" * 200, "", "a.b", "%2e%2e"])
def test_file_names_are_harmless(identifier: str) -> None:
    """What is no plain id goes by its digest."""
    assert re.fullmatch(r"x-[0-9a-f]{20}\.html", make_file_name(identifier))
    assert make_file_name("european-commission") == "european-commission.html"


def test_safe_urls_lead_to_the_web() -> None:
    """Only http and https with a host are addresses."""
    assert find_safe_url("https://example.org/x") and find_safe_url("HTTP://example.org")
    for url in (
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:",
        "http://[",
        "file:///x",
    ):
        assert find_safe_url(url) is None


def test_dates_are_placed_in_proportion() -> None:
    """Half the time is half the way; one date alone stands in the middle."""
    assert place_in_time(["2020", "2022", "2024"]) == pytest.approx([0, 0.5, 1], abs=0.01)
    assert place_in_time(["2020-05"]) == [0.5]


def test_ticks_are_the_ends_and_years_between() -> None:
    """Below a line of years stand its first and last date, and as many years as have room; one date stands alone."""
    ticks = find_ticks(["2017-04-28", "2020", "2025-11-20"])
    assert ticks[0] == (0.0, "2017-04-28") and ticks[-1] == (1.0, "2025-11-20")
    assert [year for _, year in ticks[1:-1]] == ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]
    places = [place for place, _ in find_ticks(["1990", "2025"])]
    assert len(places) <= 12 and min(b - a for a, b in itertools.pairwise(places)) > 0.05
    assert find_ticks(["2020-05", "2020-05"]) == [(0.5, "2020-05")]


def test_pages_fold_the_claims_of_many_actions(visit: Visitor, tmp_path: Path) -> None:
    """A dossier of more than forty actions folds what is said, which opens on a click and stands open on paper."""
    builder = StoreBuilder()
    builder.add_document("d", "D", None, "2024-05-01", "P")
    for number in range(41):
        builder.add_deed(f"x{number}", Deed("a", "ban", "b", (Saying("d", "the words"),), date=f"20{number % 20 + 10}"))
    write_pages(builder.build(), tmp_path)
    shown = visit(tmp_path / "agents" / "a.html", wait=False)
    said = shown.page.locator("details.said")
    assert said.count() == 41 and not shown.page.locator("mark").first.is_visible()
    said.first.locator("summary").click()
    assert shown.page.locator("mark").first.is_visible()
    shown.page.emulate_media(media="print")
    assert shown.page.locator("mark").last.bounding_box()["height"] > 5


def test_command_writes_pages(tmp_path: Path) -> None:
    """The option --pages writes the pages and says where; with -o it is a wrong use, and a file is no folder."""
    (tmp_path / "graph.nq").write_bytes(build_story().dump(format=RdfFormat.N_QUADS) or b"")
    with StoreWriter(tmp_path / "store") as writer:
        writer.load(tmp_path / "graph.nq")
        writer.publish()
    run = CliRunner().invoke
    done = run(command, [str(tmp_path / "store"), "--pages", str(tmp_path / "site")])
    assert done.output == f"37 agents, 4 cases: {tmp_path / 'site' / 'index.html'}\n"
    assert (tmp_path / "site" / "agents" / "meta.html").exists()
    wrong = run(command, ["store", "--pages", "x", "-o", "y"])
    assert wrong.exit_code == 2 and "exclude each other" in wrong.output
    with pytest.raises(StoreError, match="is a file; want a folder"):
        write_pages(build_story(), tmp_path / "graph.nq")
