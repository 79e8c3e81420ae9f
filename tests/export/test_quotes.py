"""The quote pack, read by a Markdown parser."""

from __future__ import annotations

import io
import re

import pytest
from markdown_it import MarkdownIt

from kg.export.quotes import escape_markdown, format_link, write_quotes
from kg.rdf import Store


def export(store: Store) -> str:
    """Write the pack."""
    out = io.BytesIO()
    write_quotes(store, out)
    return out.getvalue().decode()


def test_quotes_stand_under_what_they_prove(world) -> None:
    """Telegram's section has the fine with both quotes, its sum, its case and how many sources tell of it."""
    section = re.split(r"^## ", export(world), flags=re.M)
    (telegram,) = [part for part in section if part.startswith("Telegram\n")]
    fine = telegram[telegram.index("### 2022-10-17 — Germany: fine Telegram\n") :]
    assert "- Sum: USD 5,100,000\n" in fine
    assert "Independent sources: 2" in fine
    assert fine.index("> Germany fined Telegram in 2022.") < fine.index("> So Germany has fined Telegram.")
    assert "[A fine](<https://a.example/1>), 2022-10-17 (document fine, characters 0 to 31)" in fine
    assert "Germany: fine Telegram (planned)" in telegram


def test_quotes_are_shown_as_they_are(world) -> None:
    """The parser finds no HTML and no link but that to the web; the quotes come out word for word."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(export(world))
    inline = [child for token in tokens for child in token.children or ()]
    assert not [token for token in (*tokens, *inline) if token.type.startswith("html")]
    assert {token.attrs["href"] for token in inline if token.type == "link_open"} == {"https://a.example/1"}
    texts = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert any("Russia fined <script>alert(1)</script> [x](javascript:1) | Ltd." in text for text in texts)


@pytest.mark.parametrize(
    "text",
    ["# x", "1. x", "12) x", "- x", "+ x", "=== x", "> x", "*x* _y_ `z`", "<b>&amp;", "a|b", "![x](y)", "~~x~~", "\\*"],
)
def test_escape_markdown_gives_the_text_back(text: str) -> None:
    """What a parser makes of the escaped text is one paragraph of the text."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escape_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or ()) == text


def test_escape_markdown_leaves_no_control_and_no_address() -> None:
    """Line feeds become spaces, controls a mark, and a bare address no link."""
    assert escape_markdown("a\nb\x1b[2J\u202e") == "a b\N{REPLACEMENT CHARACTER}\\[2J\N{REPLACEMENT CHARACTER}"
    assert escape_markdown("http://x.example www.x.example a@b") == "http:\\//x.example www\\.x.example a\\@b"


def test_format_link_takes_the_web_alone() -> None:
    """Another scheme is no link, and no character of an address ends it."""
    assert format_link("x", "javascript:alert(1)") == "x"
    assert format_link("x", "http://[") == "x"
    assert format_link("x", "https://a.example/> <b>") == "[x](<https://a.example/%3E%20%3Cb%3E>)"
