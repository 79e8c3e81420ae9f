"""Names, quotes and addresses out of documents stay text, whatever they hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.view import build_view_data, render_page
from tests.view.conftest import Visitor
from tests.view.factories import Deed, Saying, StoreBuilder

IMAGE = "<img src=x onerror=\"document.title='pwned';alert(1)\">"
SCRIPT = "</script><script>document.title='pwned';alert(2)</script><!--"
TURN = "\u202egnp.exe\u2066 \u2069"
SLOT = "{{data}}{{script}} ${alert(3)} <svg/onload=alert(4)>"
URL = "javascript:document.title='pwned'"


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page whose every string attacks."""
    builder = StoreBuilder()
    builder.add_agent("image", IMAGE, "Platform", [SCRIPT, TURN], country="turn")
    builder.add_agent("script", SCRIPT, "Government", [IMAGE])
    builder.add_agent("turn", TURN + IMAGE, "Person")
    builder.add_agent("__proto__", "__proto__", "Group")
    builder.add_document("d1", SCRIPT, URL, IMAGE, TURN + SCRIPT)
    builder.add_document("d2", IMAGE, "data:text/html,<script>alert(5)</script>", "2024", IMAGE)
    builder.add_document("d3", "An honest one", "https://example.org/?a=1&b=<b>\"'", "2024", IMAGE)
    sayings = tuple(
        Saying(document, f"{IMAGE} said {SCRIPT}", f"{SLOT} before ", f" after {SCRIPT}", "turn")
        for document in ("d1", "d2", "d3")
    )
    builder.add_deed("a1", Deed("script", "fine", "image", sayings, amount=("5", IMAGE), law="constructor"))
    builder.add_deed("a2", Deed("turn", "accuse", "__proto__", sayings[:1], status="negated", law="y"))
    builder.add("graph/kb", "law/y", "rdfs:label", '"<b onclick=alert(6)>law</b>"')
    builder.add_fact("f1", "d1", "role", "turn", "image", IMAGE, SCRIPT)
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    title = SCRIPT + IMAGE + SLOT
    path.write_text(render_page(build_view_data(builder.build()), title=title), encoding="utf-8")
    return path


@contextmanager
def serve_nothing() -> Iterator[tuple[str, list[str]]]:
    """Listen on a free port, and note who calls."""
    calls: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Note the call."""
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *values: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", calls
        server.shutdown()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#agent=image",
        "#agent=turn&view=both&near=image,2",
        "#action=a1&group-by=country&open=turn",
        "#view=table&way=image,turn",
        f"#agent={IMAGE}&hide-type={SCRIPT}&text={IMAGE}",
        f"#group-by={SCRIPT}&open={IMAGE},%E0%A4%A&near={IMAGE},9&way={SCRIPT}&theme={IMAGE}",
        f"#group-by=community&group={IMAGE}&bundle={SCRIPT}&from={IMAGE}&to=9999-99&and-from=0000",
        "#group-by=__proto__&only-charge=constructor&sort=__proto__&view=toString&case=constructor",
    ],
)
def test_browser_keeps_hostile_strings_text(visit: Visitor, hostile_page: Path, address: str) -> None:
    """No string becomes an element, nothing runs, no request leaves; the fixture sees to errors and requests."""
    shown = visit(hostile_page, address)
    shown.wait_until_drawn() if "view=table" not in address else None
    shown.page.fill("#search", "<img")
    assert shown.page.locator("#suggestions li").count() >= 1
    assert shown.page.title() != "pwned"
    assert shown.page.locator("img, iframe, object, embed, svg[onload], [onclick], [onerror]").count() == 0
    assert shown.page.locator("script").count() == 4


def test_browser_shows_hostile_strings_as_they_are(visit: Visitor, hostile_page: Path) -> None:
    """The panel shows name, quote and context letter by letter."""
    shown = visit(hostile_page, "#action=a1")
    assert shown.page.locator("#details h2").text_content() == f"{SCRIPT} fined {IMAGE}"
    assert shown.page.locator("#details mark").first.text_content() == f"{IMAGE} said {SCRIPT}"
    quoted = shown.page.locator("#details blockquote").first.text_content()
    assert quoted is not None and "${alert(3)}" in quoted
    # An id that is the name of something in JavaScript is no more than an id.
    assert "constructor" in shown.read_details() and "native code" not in shown.read_details()


def test_browser_links_only_to_the_web(visit: Visitor, hostile_page: Path) -> None:
    """Of javascript:, data: and https: addresses only the last becomes a link; the others stand there as text."""
    shown = visit(hostile_page, "#action=a1")
    links = shown.page.locator("#details a")
    assert links.count() == 1
    assert str(links.get_attribute("href")).startswith("https://example.org/?a=1")
    assert URL in shown.read_details()


def test_browser_label_can_not_turn_the_text_around(visit: Visitor, hostile_page: Path) -> None:
    """A name that turns the writing direction is kept apart from what stands beside it."""
    shown = visit(hostile_page, "#agent=turn")
    heading = shown.page.locator("#details h2 bdi")
    assert heading.text_content() == TURN + IMAGE
    assert shown.ask("() => getComputedStyle(document.querySelector('#details h2 bdi')).unicodeBidi") == "isolate"


def test_browser_policy_stops_what_would_get_in(visit: Visitor, hostile_page: Path) -> None:
    """Even markup that got into the page would run nothing and reach nobody, with the network on."""
    with serve_nothing() as (address, calls):
        shown = visit(hostile_page, offline=False)
        shown.wait_until_drawn()
        shown.ask(
            """async (address) => {
              const box = document.createElement("div");
              box.innerHTML = `<img src="${address}x.png" onerror="document.title='pwned'">`
                + `<iframe src="${address}"></iframe><link rel="stylesheet" href="${address}x.css">`;
              document.body.append(box);
              const script = document.createElement("script");
              script.textContent = "document.title = 'pwned'";
              document.body.append(script);
              try { await fetch(address); } catch { /* refused */ }
              await new Promise((resolve) => setTimeout(resolve, 300));
            }""",
            address,
        )
        assert shown.page.title() != "pwned"
        assert calls == []
    assert len([error for error in shown.errors if "Content Security Policy" in error]) >= 5
    shown.errors.clear()
    # The browser announces what it then refuses to ask for.
    shown.requests[:] = [request for request in shown.requests if not request.startswith(address)]


def test_browser_empty_store_says_so(visit: Visitor, tmp_path: Path) -> None:
    """A store without actions gives a page that says so."""
    path = tmp_path / "empty.html"
    path.write_text(render_page(build_view_data(StoreBuilder().build())), encoding="utf-8")
    shown = visit(path)
    assert "The store holds no actions." in shown.page.inner_text("#nothing")
