"""Make the explorer in a worker: the page of the viewer, of what the store holds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.work import Output, Reply
from kg.view import build_view_data, render_page

if TYPE_CHECKING:
    from kg.serve.worker import OpenStore


def make_explorer(opened: OpenStore, output: Output) -> Reply:
    """Make the page, whole."""
    page = render_page(build_view_data(opened.store), title=opened.settings.title)
    output.write(page.encode("utf-8", "replace"))
    return Reply(200, "text/html; charset=utf-8", None)
