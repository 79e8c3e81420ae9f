"""Feeds as people write them, and as people do who mean harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.watch.addresses import parse_address
from kg.watch.feeds import Entry, parse_feed
from tests.watch.site import ATOM, RSS, make_atom, make_rss

HOME = parse_address("https://example.org/feeds/news.xml")
_MAX_SECONDS = 5.0
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION_LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]><rss version="2.0"><channel>'
    "<title>&l11;</title><item><title>&l11;</title><link>/one</link></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    "<title>&x;</title><link>/one?&x;</link></item></channel></rss>"
)


def _parse(text: str | bytes, kind: str = RSS) -> list[Entry]:
    data = text.encode() if isinstance(text, str) else text
    return parse_feed(data, {"content-type": kind}, HOME)


def test_parse_feed_reads_rss() -> None:
    """Links come whole, each once and without what tracks, with the time of publication in UTC if there is one."""
    feed = make_rss(
        ("https://example.org/a?utm_source=x", "Mon, 06 May 2024 07:08:09 +0200"),
        ("/b", None),
        ("https://example.org/a", "Tue, 07 May 2024 07:08:09 GMT"),
        ("https://other.example/c", "some day"),
    )
    assert _parse(feed) == [
        Entry("https://example.org/a", "2024-05-06T05:08:09Z"),
        Entry("https://example.org/b", None),
        Entry("https://other.example/c", None),
    ]


def test_parse_feed_reads_atom() -> None:
    """Atom's time of publication is taken, not that of the last change."""
    assert _parse(make_atom("../a", "https://other.example/b"), ATOM) == [
        Entry("https://example.org/a", "2024-05-06T05:08:09Z"),
        Entry("https://other.example/b", "2024-05-06T05:08:09Z"),
    ]


def test_parse_feed_passes_over_what_is_no_web_address() -> None:
    """Entries without a page, or with one of another scheme, cost nothing."""
    links = ("javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "", "http://u:p@x.example/", "/good")
    assert [entry.url for entry in _parse(make_rss(*((link, None) for link in links)))] == ["https://example.org/good"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no feed"),
        ("hello", "no feed"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "no feed"),
        ("<!DOCTYPE html><html><body>News</body></html>", "web page, no feed"),
        (b"\x00" * 1000, "not text|no feed"),
        (b"\x89PNG\r\n\x1a\n" * 9, "PNG image"),
        ("<rss><channel>" + "<a>" * 100_000, "nested more than"),
        ("<rss><channel>" + "<item/>" * 200_000, "more than 100000 tags"),
        ("<rss><channel>&bad;<item " + "a='1' " * 800_000, "a tag of more than"),
        ("\n" * 4_000_000 + "<html>", "web page, no feed"),
        ("<!DOCTYPE rss [" + "\n \t" * 1_500_000 + "]><nothing/>", "a tag of more than"),
    ],
)
def test_parse_feed_refuses_what_is_none(text: str | bytes, reason: str) -> None:
    """What is no feed, or one beyond reason, is refused in a line and at once."""
    begun = time.monotonic()
    with pytest.raises(SourceError, match=reason):
        _parse(text)
    assert time.monotonic() - begun < _MAX_SECONDS


@pytest.mark.parametrize("encode", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("text", [BILLION_LAUGHS, OUTSIDE])
def test_parse_feed_expands_no_entities(text: str, encode: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Entities that multiply, or stand for files, are not looked at, in whatever encoding they hide."""
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"declares entities|no feed|not text"):
        parse_feed(text.encode(encode), {"content-type": f"application/xml; charset={encode}"}, HOME)
    assert time.monotonic() - begun < 2 and capfd.readouterr() == ("", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("says", ["server", "feed"])
def test_parse_feed_decodes(encoding: str, says: str) -> None:
    """The encoding is that of the server's word, of the feed's own, or what the bytes are."""
    name = encoding.removesuffix("-sig")
    text = make_rss(("https://example.org/caf\N{LATIN SMALL LETTER E WITH ACUTE}", None))
    if says == "feed":
        text = text.replace('version="1.0"', f'version="1.0" encoding="{name}"')
    kind = f"text/xml; charset={name}" if says == "server" else "text/xml"
    assert _parse(text.encode(encoding), kind) == [Entry("https://example.org/caf%C3%A9", None)]


@settings(max_examples=100, deadline=2000)
@given(
    text=st.one_of(
        st.binary(max_size=300),
        st.tuples(st.integers(0, 300), st.binary(max_size=30)).map(
            lambda edit: make_rss(("/a", "Mon, 06 May 2024 07:08:09 GMT")).encode()[: edit[0]] + edit[1]
        ),
    )
)
def test_parse_feed_takes_or_refuses_any_bytes(text: bytes) -> None:
    """Whatever a server sends, it gives entries or one line."""
    try:
        entries = _parse(text)
    except SourceError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert all(entry.url.startswith(("http://", "https://")) for entry in entries)
