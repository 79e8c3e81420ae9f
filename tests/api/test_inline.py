from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import KnowledgeGraph

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def test_view_is_a_frame_that_holds_the_page(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """The page stands escaped in a sandboxed frame, without access to the notebook's origin; saved it is the page."""
    view = graph.view(height=400, title='Who & "whom"')
    shown = view._repr_html_()
    assert re.match(r'<iframe sandbox="allow-scripts allow-downloads" ', shown)
    assert "allow-same-origin" not in shown[:300]
    assert 'height="400"' in shown
    (source,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(source) == view.page == view.save(tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(repr(view)) < 100


@pytest.fixture
def browser() -> Iterator[Any]:
    """A real Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def test_view_draws_in_a_notebook(graph: KnowledgeGraph, tmp_path: Path, browser: Any) -> None:
    """In the frame the page gets ready and draws its agents, asks nothing of the network, and raises no error."""
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><body>{graph.view()._repr_html_()}", encoding="utf-8")
    page = browser.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"file://{notebook}")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-drawn]").wait_for(state="attached", timeout=20_000)
    assert "Telegram" in frame.locator("body").inner_text()
    assert [url for url in requests if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert errors == []
