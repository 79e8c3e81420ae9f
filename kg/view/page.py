"""Render the page: one HTML file that asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import html
import random
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kg.errors import KgError
from kg.view.data import ViewData
from kg.view.deflate import format_json, pack_text
from kg.view.network import build_network
from kg.view.payload import build_payload
from kg.view.tables import TEMPLATES

# In this order: a script may use at once only what stands before it.
SCRIPTS = (
    "unpack",
    "dom",
    "model",
    "wording",
    "state",
    "theme",
    "period",
    "facets",
    "filters",
    "groups",
    "routes",
    "compare",
    "places",
    "drawing",
    "camera",
    "moving",
    "picture",
    "labels",
    "sparql",
    "claims",
    "agent_panel",
    "panel",
    "table",
    "timeline",
    "search",
    "svg",
    "exports",
    "address",
    "main",
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_SEED = 20240824
_LAST_WORDS = """  document.getElementById("count").textContent =
    "This page needs a browser of 2023 or later (Chrome 80, Firefox 113, Safari 16.4). " + error;
  throw error;
"""


def render_page(data: ViewData, *, title: str = "Who acted against whom", seed: int = _SEED) -> str:
    """Render the page of the data; the same data, title and seed give the same page.

    The style and the scripts are inlined and named by hash in the content security policy, which allows nothing else:
    a name out of a document that got itself read as HTML would still load and run nothing.
    """
    library_hash, packed = _pack_library()
    network = build_network(data, random.Random(seed))
    style = _read_template("style.css")
    script = _join_scripts()
    policy = (
        f"default-src 'none'; script-src {library_hash} {_hash_content(script)}; "
        f"style-src {_hash_content(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return _fill_slots(
        _read_template("page.html"),
        {
            "policy": policy,
            "title": html.escape(title),
            "style": style,
            "data": pack_text(format_json(build_payload(data, network, title))),
            "library": packed,
            "script": script,
        },
    )


@cache
def _join_scripts() -> str:
    # What goes wrong before there is a page to show it on is told in the page all the same.
    body = "\n".join(_read_template(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(async () => {{\n{body}}})().catch((error) => {{\n{_LAST_WORDS}}});\n'


def _fill_slots(template: str, values: Mapping[str, str]) -> str:
    # One pass: what is put in is not looked through for slots again.
    return _SLOT.sub(lambda match: values[match.group(1)], template)


def _read_template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _pack_library() -> tuple[str, str]:
    library = _read_library()
    return _hash_content(library), pack_text(library.encode(), 6)


def _read_library() -> str:
    """Read vis-network as the installed pyvis carries it.

    Its style sheet (220 KB) is left out: it dresses the tooltips, buttons and editors of vis-network, and the page has
    none of them.
    """
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise KgError("the package 'pyvis' is not installed; the viewer takes vis-network from it: pip install pyvis")
    found = sorted(Path(spec.origin).parent.glob("templates/lib/vis-*/vis-network.min.js"), key=_get_version)
    if not found:
        raise KgError(f"no vis-network.min.js in {Path(spec.origin).parent}; want pyvis 0.3.2")
    return _SOURCE_MAP.sub("", found[-1].read_text(encoding="utf-8"))


def _get_version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", path.parent.name))


def _hash_content(content: str) -> str:
    # The browser hashes what it has read: line ends are single line feeds by then.
    digest = hashlib.sha256(content.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
