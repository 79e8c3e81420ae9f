"""Follow feeds: look which pages are new, fetch them, and keep them in archives."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from kg.errors import SourceError
from kg.model import Refusal
from kg.watch.archive import name_archive, write_archive
from kg.watch.feeds import parse_feed
from kg.watch.fetch import Fetched, FetchError
from kg.watch.settings import Settings
from kg.watch.state import FeedState, PendingPage, WatchState, save_state
from kg.watch.visit import LeftAlone, Visitor

_FEED_TYPES = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MAX_TRIES = 5
_MAX_PENDING = 2000
# A feed may lead to any number of hosts that answer slowly or not at all: so far it may keep a look from the others.
_MAX_HOST_FAILURES = 2
_MAX_FEED_FAILURES = 10
_MAX_FEED_SECONDS = 600.0
_BATCH = 20
_LASTING = range(400, 500)  # Statuses that say that it is of no use to ask again.


@dataclass(slots=True)
class FeedNews:
    """What came of looking at feeds: how many were looked at, how many of them had not changed, pages, complaints."""

    looked: int = 0
    unchanged: int = 0
    fetched: int = 0
    refused: list[Refusal] = field(default_factory=list)


def look_at_feeds(
    feeds: Iterable[str], state: WatchState, folder: Path, visitor: Visitor, settings: Settings, news: FeedNews
) -> None:
    """Ask each feed for what is new, and note the pages that it points to."""
    for url in feeds:
        news.looked += 1
        try:
            news.unchanged += not _look_at_feed(url, state, visitor, settings)
        except SourceError as error:
            news.refused.append(Refusal(url, str(error)))
        save_state(state, folder)


def _look_at_feed(url: str, state: WatchState, visitor: Visitor, settings: Settings) -> bool:
    """Note the new pages of a feed, or tell that it has not changed."""
    feed = state.feeds.setdefault(url, FeedState())
    if feed.is_gone:
        raise FetchError("it is gone for good (status 410), and is asked no more")
    headers = {"Accept": _FEED_TYPES}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    fetched = visitor.visit(url, settings.max_feed_bytes, headers)
    if fetched.status == 304:
        return False
    feed.is_gone = fetched.status == 410
    if fetched.status != 200:
        raise FetchError(f"status {fetched.status}")
    entries = parse_feed(fetched.body, fetched.headers, fetched.address)
    waiting = Counter(page.feed for page in state.pages.values())[url]
    new = [entry for entry in entries if entry.url not in state.pages and not state.has_seen(entry.url)]
    for entry in new[: max(_MAX_PENDING - waiting, 0)]:
        state.pages[entry.url] = PendingPage(url, entry.published)
    # Where some had to be left out, the feed must be read again, changed or not.
    is_whole = waiting + len(new) <= _MAX_PENDING
    feed.etag = _keep_mark(fetched.headers.get("etag")) if is_whole else None
    feed.modified = _keep_mark(fetched.headers.get("last-modified")) if is_whole else None
    return True


def _keep_mark(text: str | None) -> str | None:
    """Keep what a server wants to hear again, if it can be a header."""
    return text if text and len(text) <= 500 and text.isascii() and text.isprintable() else None


def fetch_pages(
    state: WatchState,
    folder: Path,
    visitor: Visitor,
    settings: Settings,
    news: FeedNews,
    now: Callable[[], float] = time.time,
) -> None:
    """Fetch pages that are waiting, of all feeds in turn, and keep them; what was fetched is kept whatever happens."""
    batch: list[tuple[str, Fetched]] = []
    failures: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    try:
        for url in _take_turns(state)[: settings.max_pages]:
            host, feed = url.partition("://")[2].partition("/")[0], state.pages[url].feed
            if failures[host] >= _MAX_HOST_FAILURES or failures[feed] >= _MAX_FEED_FAILURES:
                continue
            if seconds.get(feed, 0.0) >= _MAX_FEED_SECONDS:
                continue
            begun = now()
            try:
                fetched = _fetch_page(url, visitor, settings)
            except LeftAlone as error:
                failures[host] = _MAX_HOST_FAILURES
                news.refused.append(Refusal(url, str(error)))
            except FetchError as error:
                page = state.pages[url]
                page.tries += 1
                is_silent = error.status is None and not error.is_final
                failures.update(dict.fromkeys((host, feed), int(is_silent)))
                if error.is_final or page.tries >= _MAX_TRIES:
                    del state.pages[url]
                    state.note_seen(url)
                news.refused.append(Refusal(url, str(error)))
            else:
                batch.append((url, fetched))
                if len(batch) >= _BATCH:
                    _keep_batch(batch, state, folder, news, now)
            seconds[feed] = seconds.get(feed, 0.0) + max(now() - begun, 0.0)
    finally:
        _keep_batch(batch, state, folder, news, now)


def _take_turns(state: WatchState) -> list[str]:
    by_feed: dict[str, list[str]] = {}
    for url, page in state.pages.items():
        by_feed.setdefault(page.feed, []).append(url)
    return [url for turn in zip_longest(*by_feed.values()) for url in turn if url is not None]


def _fetch_page(url: str, visitor: Visitor, settings: Settings) -> Fetched:
    fetched = visitor.visit(url, settings.max_page_bytes, {"Accept": ", ".join(_PAGE_TYPES)})
    if fetched.status != 200:
        raise FetchError(f"status {fetched.status}", is_final=fetched.status in _LASTING, status=fetched.status)
    kind = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _PAGE_TYPES:
        raise FetchError(f"this is {kind[:60] or 'nothing known'!r}: want a web page", is_final=True)
    return fetched


def _keep_batch(
    batch: list[tuple[str, Fetched]], state: WatchState, folder: Path, news: FeedNews, now: Callable[[], float]
) -> None:
    taken = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now()))
    kept = []
    for url, fetched in batch:
        page, final = state.pages.pop(url), str(fetched.address)
        # Two links may lead to one page.
        if final == url or not state.has_seen(final):
            kept.append((fetched, taken, page.published))
        state.note_seen(url)
        state.note_seen(final)
    batch.clear()
    if kept:
        write_archive(name_archive(folder, state.archives + 1), kept)
        state.archives += 1
        news.fetched += len(kept)
    save_state(state, folder)
