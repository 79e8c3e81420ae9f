"""The pages in a real browser: they show, they ask, and they load nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.serve.conftest import MARKUP
from tests.served import Served

SHOWN = 60_000  # milliseconds; CI is slow


@pytest.fixture
def allowed() -> list[str]:
    """Name the errors that a test provokes."""
    return []


@pytest.fixture
def page(browser: Any, served: Served, allowed: list[str]) -> Iterator[Any]:
    """Open an empty page, which asks nobody but the server, and is to leave no error behind."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(SHOWN)
    errors: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: requests.append(request.url))
    yield page
    context.close()
    assert [error for error in errors if not any(part in error for part in allowed)] == []
    elsewhere = [url for url in requests if not url.startswith((served.address, "data:", "blob:"))]
    assert elsewhere == []


def test_pages_query_page_asks_and_shows_a_table(page: Any, served: Served) -> None:
    """YASGUI runs its first query at this server, offline otherwise, and shows the rows."""
    page.goto(f"{served.address}query")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr")
    assert "Germany" in page.inner_text(".yasr table")


def test_pages_query_page_takes_a_query_from_its_address(page: Any, served: Served, allowed: list[str]) -> None:
    """A link with a query opens it in the editor, and names that are markup are shown as words."""
    # YASGUI's table reads what looks like an entity as HTML; the policy of the page is what stops a handler in it.
    allowed.append("Executing inline event handler violates")
    sparql = "SELECT ?name { ?who <http://www.w3.org/2000/01/rdf-schema#label> ?name FILTER(STRSTARTS(?name, 'Evil')) }"
    page.goto(f"{served.address}query?query={quote(sparql)}")
    page.wait_for_function(
        "(query) => document.querySelector('.tabPanel.active .CodeMirror')?.CodeMirror.getValue() === query", arg=sparql
    )
    page.click(".tabPanel.active .yasqe_queryButton")
    page.wait_for_selector(".tabPanel.active .yasr table tbody tr")
    assert f"Evil {MARKUP}" in page.inner_text(".tabPanel.active .yasr table")


def test_pages_query_page_shows_why_a_query_is_refused(page: Any, served: Served, allowed: list[str]) -> None:
    """What the server says of a bad query is told on the page."""
    allowed.append("403 (Forbidden)")
    page.goto(f"{served.address}query?query={quote('SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }')}")
    page.click(".tabPanel.active .yasqe_queryButton")
    page.wait_for_selector(".tabPanel.active .yasr .errorResult")
    assert "SERVICE is switched off" in page.inner_text(".tabPanel.active .yasr")


def test_pages_explorer_shows_the_graph_of_now(page: Any, served: Served) -> None:
    """The explorer is the viewer's page, made of the store that is served."""
    page.goto(f"{served.address}explorer")
    page.wait_for_selector("html[data-ready]", state="attached")
    names = page.evaluate("window.kgView.graph.agents.map((agent) => agent.name)")
    assert {"Germany", "Telegram", f"Evil {MARKUP}"} <= set(names)


@pytest.mark.parametrize("path", ["", "docs"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_axe_finds_nothing_serious(page: Any, served: Served, path: str, scheme: str) -> None:
    """By axe-core the pages of ours have no serious fault, light and dark."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("the package 'axe-playwright-python' is not installed")
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{served.address}{path}")
    page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] })).violations
             .map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`)"""
    )
    assert found == []


@pytest.mark.parametrize(
    "path", ["/", "/query", "/docs", "/explorer", "/sparql", "/api/agents", "/static/serve.css", "/x"]
)
def test_pages_carry_the_headers_that_keep_a_browser_safe(served: Served, path: str) -> None:
    """Every answer, refusals too, forbids sniffing, framing, telling the address on, and loading from elsewhere."""
    answer = served.client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8080", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("192.168.1.7:8080", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_pages_answer_only_to_their_own_names(served: Served, host: str, status: int) -> None:
    """A name that is not the server's is refused, so that no site can point its own name here and read."""
    assert served.client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/yasgui/../../../setup.cfg"])
def test_pages_serve_no_other_files(served: Served, path: str) -> None:
    """No way leads out of the folder of static files."""
    assert served.client.get(path).status_code == 404
