"""The page as a file: the same each time, closed to the outside, its data harmless."""

from __future__ import annotations

import base64
import json
import random
import re
import string
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.view import ViewSummary, build_view_data, render_page, write_view
from kg.view.deflate import format_json, pack_text
from kg.view.page import SCRIPTS
from tests.view.factories import Deed, Saying, StoreBuilder
from tests.view.story import build_story

TEMPLATES = Path(sys.modules["kg.view"].__file__ or "").parent / "templates"


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.is_in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.is_in_script = tag == "script"
        if self.is_in_script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_in_script = False

    def handle_data(self, data: str) -> None:
        if self.is_in_script:
            self.scripts[-1] += data


def test_page_is_the_same_each_time() -> None:
    """The same store and title give the same bytes."""
    assert render_page(build_view_data(build_story())) == render_page(build_view_data(build_story()))


def test_page_refers_to_nothing_outside() -> None:
    """A document type, UTF-8, a strict policy, and no element that loads anything."""
    text = render_page(build_view_data(build_story()))
    assert text.startswith("<!doctype html>\n") and "sourceMappingURL" not in text
    page = _Page(text)
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert not [tag for tag, _ in page.tags if tag in {"link", "img", "iframe", "object", "embed", "base", "form"}]
    assert not [attributes for _, attributes in page.tags if {"src", "href", "srcset", "style"} & attributes.keys()]
    (policy,) = [a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None and policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy and "connect" not in policy
    # Names of vocabularies, which nothing asks for.
    assert set(re.findall(r"https?://[^\s\"'`>)]+", text)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/ns/oa#",
        "http://www.w3.org/ns/prov#",
        "https://w3id.org/platform-regulation#",
    }


def test_page_holds_its_data_as_json() -> None:
    """The data is read back from the page with all claims, also where names look like the template's slots."""
    builder = StoreBuilder()
    builder.add_agent("slot", "{{script}}</script>{{data}}", "Person")
    builder.add_deed("zz", Deed("slot", "warn", "telegram", (Saying("fine-2022", "q"),)))
    page = _Page(render_page(build_view_data(build_story(builder)), title="{{policy}} & <b>"))
    payload = json.loads(zlib.decompress(base64.b64decode(page.scripts[0])))
    assert payload["title"] == "{{policy}} & <b>"
    tables, strings = payload["tables"], payload["strings"]
    assert len(tables["claims"]["id"][1]) == sum(tables["actions"]["claims"][1]) == 69
    assert "{{script}}</script>{{data}}" in {strings[number] for number in tables["agents"]["name"][1]}
    assert len(strings) == len(set(strings))


def test_page_grows_by_less_than_a_kilobyte_a_claim() -> None:
    """A claim with 220 letters and 120 of context on both sides, all its own, costs less than 1,000 bytes."""
    rng = random.Random(3)

    def write(length: int) -> str:
        return "".join(rng.choices(string.ascii_letters + " ,.", k=length))

    sizes = []
    for count in (100, 300):
        builder = StoreBuilder()
        builder.add_agent("a", "A", "Government")
        builder.add_agent("b", "B", "Platform")
        builder.add_document("d", "D", None, "2024", "P")
        for _ in range(count):
            saying = Saying("d", write(220), write(120), write(120), "a")
            charges = ("privacy", "data-transfer")
            deed = Deed("a", "fine", "b", (saying,), date="2024-01-01", amount=("1000000", "EUR"), charges=charges)
            builder.add_deed(f"{rng.randrange(2**64):016x}", deed)
        sizes.append(len(render_page(build_view_data(builder.build())).encode()))
    assert 400 < (sizes[1] - sizes[0]) / 200 < 1000


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_payload_json_is_harmless_and_whole(value: object) -> None:
    """Whatever the strings hold, no character is left that HTML could take for its own, and all reads back the same."""
    packed = pack_text(format_json(value))
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", packed)
    assert json.loads(zlib.decompress(base64.b64decode(packed))) == value


def test_templates_never_read_data_as_html() -> None:
    """Our own scripts have no way to turn text into elements or code, and hold nothing that would end their element."""
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|ContextualFragment"
    )
    scripts = sorted(TEMPLATES.glob("*.js"))
    assert {path.stem for path in scripts} == set(SCRIPTS)
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        assert not re.search(banned, text), path.name
        assert not re.search(r"</script|<!--", text, re.IGNORECASE), path.name


def test_view_import_is_light() -> None:
    """Importing kg.view loads neither pyvis nor IPython, igraph or networkx."""
    heavy = {"pyvis", "IPython", "igraph", "networkx", "currency_converter"}
    code = f"import sys, kg.view; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_write_view_counts_what_it_wrote(tmp_path: Path) -> None:
    """The summary tells agents, actions, claims, documents and bytes; a missing folder is made; no other file stays."""
    path = tmp_path / "new" / "graph.html"
    summary = write_view(build_story(), path, title="A <title>")
    assert summary == ViewSummary(path, 37, 59, 68, 8, path.stat().st_size)
    assert "<title>A &lt;title&gt;</title>" in path.read_text(encoding="utf-8")
    assert [item.name for item in path.parent.iterdir()] == ["graph.html"]


def test_write_view_that_fails_leaves_the_former_page(tmp_path: Path) -> None:
    """A store that can't be shown leaves the file as it was."""
    path = tmp_path / "graph.html"
    path.write_text("former")
    builder = StoreBuilder()
    builder.add("graph/actions", "action/a", "rdf:type", "plr:Action")
    with pytest.raises(StoreError, match="has no type"):
        write_view(builder.build(), path)
    assert path.read_text() == "former"
