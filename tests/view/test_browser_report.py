"""The report in a real browser: for everybody, on a phone, dark and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.rdf import LocalStore
from kg.report import write_report
from tests.report.test_write import make_story
from tests.view.conftest import Visitor
from tests.view.test_browser_access import find_faults


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the story once."""
    store: LocalStore = make_story()
    return write_report(store, tmp_path_factory.mktemp("report"), name="store").path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 360)])
def test_report_is_for_everybody(visit: Visitor, page: Path, scheme: str, width: int) -> None:
    """axe-core finds nothing serious, light and dark, and on a phone only charts and tables reach beyond the sides."""
    shown = visit(page, wait=False, color_scheme=scheme, viewport={"width": width, "height": 740})
    assert find_faults(shown) == []
    assert shown.ask("() => document.documentElement.scrollWidth") <= width


def test_report_prints_its_tables(visit: Visitor, page: Path, tmp_path: Path) -> None:
    """On paper the list of sections is gone, and every section is there."""
    shown = visit(page, wait=False)
    shown.page.emulate_media(media="print")
    assert shown.page.locator("nav").is_hidden()
    assert shown.page.locator("section").count() == 13
    assert shown.page.pdf(path=tmp_path / "report.pdf")[:5] == b"%PDF-"
