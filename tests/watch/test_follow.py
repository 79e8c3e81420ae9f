"""Feeds are followed: what is new is fetched once, politely, and kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Document
from kg.sources import read_documents
from kg.watch.state import FILE_NAME, load_state
from tests.sources.archives import make_page
from tests.watch.conftest import Watcher
from tests.watch.site import ATOM, HTML, RSS, Answer, Asked, Site, make_atom, make_rss


def _serve_pages(site: Site, count: int) -> None:
    for number in range(count):
        site.answers[f"/{number}"] = Answer(make_page(number))


def _read_kept(folder: Path) -> list[Document]:
    archives = [str(path) for path in sorted(folder.glob("*.warc.gz"))]
    return [item for item in read_documents(archives) if isinstance(item, Document)] if archives else []


def test_new_pages_are_fetched_once(site: Site, watcher: Watcher) -> None:
    """Pages of an RSS and an Atom feed are kept with address and day; the next look fetches only what came since."""
    _serve_pages(site, 4)
    site.answers["/rss"] = Answer(make_rss(("/0", "Mon, 01 Jan 2024 10:00:00 GMT"), ("/1", None)), RSS)
    site.answers["/atom"] = Answer(make_atom("/1", "/2"), ATOM)
    feeds = [f"{site.base}/rss", f"{site.base}/atom"]
    news = watcher.look(*feeds)
    assert (news.looked, news.unchanged, news.fetched, news.refused) == (2, 0, 3, [])
    documents = _read_kept(watcher.folder)
    assert [(document.id, str(document.published and document.published.iso)) for document in documents] == [
        (f"{site.base}/0", "2024-01-01"),
        (f"{site.base}/2", "2024-05-06"),
        (f"{site.base}/1", "2024-07-03"),
    ]
    assert {document.retrieved for document in documents} == {"2024-07-03T09:46:40Z"}
    site.answers["/rss"] = Answer(make_rss(("/3", None), ("/0", None)), RSS)
    assert watcher.look(*feeds).fetched == 1
    assert sorted(site.list_paths()) == ["/0", "/1", "/2", "/3", "/atom", "/atom", "/rss", "/rss"]


@pytest.mark.parametrize(
    ("mark", "asks", "value"),
    [
        ("ETag", "if-none-match", 'W/"abc"'),
        ("Last-Modified", "if-modified-since", "Mon, 01 Jan 2024 10:00:00 GMT"),
    ],
)
def test_a_feed_is_asked_whether_it_has_changed(mark: str, asks: str, value: str, site: Site, watcher: Watcher) -> None:
    """The mark that a server gave comes with the next request; 304 means that there is nothing to do."""

    def answer(asked: Asked) -> Answer:
        if asked.headers.get(asks) == value:
            return Answer("", status=304)
        return Answer(make_rss(("/0", None)), RSS, headers={mark: value})

    _serve_pages(site, 1)
    site.answers["/rss"] = answer
    assert watcher.look(f"{site.base}/rss").unchanged == 0
    assert watcher.look(f"{site.base}/rss").unchanged == 1
    assert site.list_paths() == ["/rss", "/0", "/rss"]


def test_a_mark_that_is_no_header_is_forgotten(site: Site, watcher: Watcher) -> None:
    """A server can't make a feed unreadable, or a request another, by the mark that it gives."""
    site.answers["/rss"] = Answer(make_rss(), RSS, headers={"ETag": "x" * 5000})
    for _ in range(2):
        assert watcher.look(f"{site.base}/rss").refused == []
    assert "if-none-match" not in site.asked[-1].headers


def test_a_page_behind_two_links_is_kept_once(site: Site, watcher: Watcher) -> None:
    """Two links that lead to one page give one document, by the address of the page."""
    _serve_pages(site, 1)
    site.answers |= {path: Answer("", status=302, headers={"Location": "/0"}) for path in ("/short", "/other")}
    site.answers["/rss"] = Answer(make_rss(("/short", None), ("/other", None), ("/0", None)), RSS)
    watcher.look(f"{site.base}/rss")
    assert [document.id for document in _read_kept(watcher.folder)] == [f"{site.base}/0"]


def test_what_gives_nothing_is_told_and_left(site: Site, watcher: Watcher) -> None:
    """A page that is not there or none is told once; one whose server fails is tried again, five times in all."""
    site.answers |= {
        "/a": Answer("", status=410),
        "/b": Answer(b"%PDF-", "application/pdf"),
        "/c": Answer("", status=500),
    }
    site.answers["/rss"] = Answer(make_rss(("/a", None), ("/b", None), ("/c", None), ("/d", None)), RSS)
    reasons = watcher.refusals(watcher.look(f"{site.base}/rss"))
    assert reasons == ["status 410", "this is 'application/pdf': want a web page", "status 500", "status 404"]
    for _ in range(4):
        assert watcher.refusals(watcher.look(f"{site.base}/rss")) == ["status 500"]
    assert watcher.refusals(watcher.look(f"{site.base}/rss")) == [] and not watcher.state.pages
    assert site.list_paths().count("/c") == 5 and site.list_paths().count("/a") == 1


def test_a_bad_feed_costs_no_other(site: Site, watcher: Watcher) -> None:
    """Feeds that are not there, gone, hostile or no feeds are named; the good one is followed."""
    _serve_pages(site, 1)
    site.answers |= {
        "/gone": Answer("", status=410),
        "/html": Answer("<html></html>", HTML),
        "/giant": Answer("x" * 6_000_000, RSS),
        "/loop": Answer("", status=302, headers={"Location": "/loop"}),
        "/good": Answer(make_rss(("/0", None)), RSS),
    }
    feeds = [f"{site.base}{path}" for path in ("/missing", "/gone", "/html", "/giant", "/loop", "/good")]
    news = watcher.look(*feeds, "http://10.0.0.1/feed", "ftp://x/feed")
    assert watcher.refusals(news) == [
        "status 404",
        "status 410",
        "this is a web page, no feed: want the address of its RSS or Atom",
        "too large: more than 5,000,000 bytes",
        "it redirects more than 5 times",
        "10.0.0.1 lies at 10.0.0.1, in a private network (--allow-private 10.0.0.1 lets it)",
        "'ftp://x/feed': want http or https",
    ]
    assert news.fetched == 1
    assert watcher.refusals(watcher.look(f"{site.base}/gone")) == [
        "it is gone for good (status 410), and is asked no more"
    ]
    assert site.list_paths().count("/gone") == 1


def test_a_feed_leads_nowhere_private(site: Site, watcher: Watcher) -> None:
    """Links into the private network are not followed, though the feed's own host was let."""
    port = site.base.rpartition(":")[2]
    links = (f"http://127.0.0.2:{port}/x", f"http://localhost:{port}/x", "http://169.254.169.254/latest/meta-data/")
    site.answers["/rss"] = Answer(make_rss(*((link, None) for link in links)), RSS)
    news = watcher.look(f"{site.base}/rss")
    assert len(news.refused) == 3 and all("in a private network" in reason for reason in watcher.refusals(news))
    assert site.list_paths() == ["/rss"] and not watcher.state.pages


def test_a_large_feed_is_read_in_turns(site: Site, watcher: Watcher) -> None:
    """A look fetches so many pages at most, of all feeds in turn; the rest is fetched by the next looks."""
    _serve_pages(site, 8)
    site.answers["/large"] = Answer(make_rss(*((f"/{number}", None) for number in range(6))), RSS)
    site.answers["/small"] = Answer(make_rss(("/6", None), ("/7", None)), RSS)
    feeds = (f"{site.base}/large", f"{site.base}/small")
    assert watcher.look(*feeds, max_pages=4).fetched == 4
    assert [path for path in site.list_paths() if path[1:].isdigit()] == ["/0", "/6", "/1", "/7"]
    assert (watcher.look(max_pages=3).fetched, watcher.look(max_pages=3).fetched) == (3, 1)
    assert len(_read_kept(watcher.folder)) == 8


def test_a_feed_without_end_takes_no_memory(site: Site, watcher: Watcher) -> None:
    """A feed of new links at every look is noted up to a bound, and is then asked again in full."""
    looks = iter(range(100))

    def answer(asked: Asked) -> Answer:
        look = next(looks)
        links = (f"http://127.0.0.2/{look}-{number}" for number in range(1000))
        return Answer(make_rss(*((link, None) for link in links)), RSS, headers={"ETag": str(look)})

    site.answers["/rss"] = answer
    for _ in range(4):
        watcher.look(f"{site.base}/rss", max_pages=1)
    assert len(watcher.state.pages) <= 2000 and watcher.state.feeds[f"{site.base}/rss"].etag is None


def test_a_feed_of_silent_hosts_keeps_no_other_waiting(site: Site, watcher: Watcher) -> None:
    """After some hosts that do not answer, a feed is left until the next look; the good one is read all the same."""
    _serve_pages(site, 12)
    site.answers["/evil"] = Answer(make_rss(*((f"http://127.0.0.1:{port}/x", None) for port in range(2, 100))), RSS)
    site.answers["/good"] = Answer(make_rss(*((f"/{number}", None) for number in range(12))), RSS)
    news = watcher.look(f"{site.base}/evil", f"{site.base}/good")
    assert (news.fetched, len(news.refused), len(watcher.state.pages)) == (12, 10, 98)


def test_a_feed_of_slow_pages_has_its_time(site: Site, watcher: Watcher) -> None:
    """Pages that take long are fetched for ten minutes, and the rest at the next look."""

    def answer(asked: Asked) -> Answer:
        watcher.time += 100.0
        return Answer(make_page(0))

    site.answers |= {f"/{number}": answer for number in range(12)}
    site.answers["/rss"] = Answer(make_rss(*((f"/{number}", None) for number in range(12))), RSS)
    assert watcher.look(f"{site.base}/rss").fetched == 6
    assert watcher.look().fetched == 6


def test_a_busy_host_is_left_and_asked_again(site: Site, watcher: Watcher) -> None:
    """429 ends the visits to a host for the time that it asks for, without a page being given up."""
    _serve_pages(site, 3)
    good, site.answers["/0"] = site.answers["/0"], Answer("", status=429, headers={"Retry-After": "600"})
    site.answers["/rss"] = Answer(make_rss(*((f"/{number}", None) for number in range(3))), RSS)
    news = watcher.look(f"{site.base}/rss")
    assert (news.fetched, len(news.refused), len(watcher.state.pages)) == (0, 1, 3)
    assert site.list_paths() == ["/rss", "/0"]
    site.answers["/0"] = good
    assert watcher.look().fetched == 0
    watcher.time += 601
    assert watcher.look().fetched == 3


def test_what_was_fetched_survives_an_interruption(site: Site, watcher: Watcher) -> None:
    """Ctrl-C in the middle keeps what is there; the next look fetches the rest and nothing twice."""
    _serve_pages(site, 4)
    good = site.answers["/2"]

    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    site.answers["/rss"] = Answer(make_rss(*((f"/{number}", None) for number in range(4))), RSS)
    site.answers["/2"] = Answer("", status=302, headers={"Location": "http://127.0.0.1:1/"})
    original, calls = watcher._sleep, iter(range(100))
    watcher._sleep = lambda seconds: interrupt(seconds) if next(calls) == 3 else original(seconds)  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        watcher.look(f"{site.base}/rss", delay=1.0)
    fetched = len(_read_kept(watcher.folder))
    assert 0 < fetched < 4
    watcher._sleep, site.answers["/2"] = original, good  # type: ignore[method-assign]
    watcher.look(f"{site.base}/rss")
    paths = [path for path in site.list_paths() if path[1:].isdigit()]
    assert sorted(document.id[-1] for document in _read_kept(watcher.folder)) == ["0", "1", "2", "3"]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "feeds": 7}', "\x00"])
def test_a_damaged_state_is_one_line(content: str, tmp_path: Path) -> None:
    """A state that can't be read is named, with what to do."""
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(StoreError, match=r"state.json is damaged .*: delete it") as caught:
        load_state(tmp_path)
    assert len(str(caught.value).splitlines()) == 1


def test_the_state_is_replaced_whole(site: Site, watcher: Watcher) -> None:
    """No part of a file is left beside the state, nor beside the archives."""
    _serve_pages(site, 1)
    site.answers["/rss"] = Answer(make_rss(("/0", None)), RSS)
    watcher.look(f"{site.base}/rss")
    assert sorted(os.listdir(watcher.folder)) == ["000001.warc.gz", "state.json"]
