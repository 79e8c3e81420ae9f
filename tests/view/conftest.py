"""The pages of the viewer's tests, and a real browser to open them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.view import build_view_data, render_page
from tests.view.browser import Visit
from tests.view.factories import build_large_data
from tests.view.story import build_story

Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def story_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the story once."""
    path = tmp_path_factory.mktemp("view") / "story.html"
    path.write_text(render_page(build_view_data(build_story()), title="Platforms and powers"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of 2,000 agents and 6,000 edges once."""
    path = tmp_path_factory.mktemp("view") / "large.html"
    path.write_text(render_page(build_large_data(2000, 6000)), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser: Any) -> Iterator[Visitor]:
    """Open pages, each in a browser context of its own with the network off; they must leave no error behind."""
    visits: list[Visit] = []

    def open_page(path: Path, address: str = "", **options: Any) -> Visit:
        visits.append(Visit(browser, path, address, **options))
        return visits[-1]

    yield open_page
    for one in visits:
        one.close()
    for one in visits:
        # What is saved is a blob of the page's own.
        asked = [request for request in one.requests if not request.startswith("blob:file:")]
        assert asked == [f"file://{one.path}"], "the page asked for something besides itself"
        assert one.errors == []
