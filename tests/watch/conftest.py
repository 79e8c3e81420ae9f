"""A site, and somebody who visits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.model import Refusal
from kg.watch.fetch import Fetcher
from kg.watch.follow import FeedNews, fetch_pages, look_at_feeds
from kg.watch.settings import Settings
from kg.watch.state import WatchState, load_state
from kg.watch.visit import Visitor
from tests.watch.site import Site, open_site

LOCAL = frozenset({"127.0.0.1"})


def make_settings(**changes: object) -> Settings:
    """Make settings that let the loopback address be visited."""
    told = {"contact": "test@example.org", "delay": 0.0, "timeout": 3.0, "private": LOCAL, **changes}
    return Settings(**told)  # type: ignore[arg-type]


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site."""
    with open_site() as opened:
        yield opened


@dataclass
class Watcher:
    """Looks at feeds without building anything; ``slept`` is how long it waited in all."""

    folder: Path
    time: float = 1_720_000_000.0
    slept: list[float] = field(default_factory=list)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def look(self, *feeds: str, **changes: object) -> FeedNews:
        """Look once, with the state of the last look."""
        state, settings, news = load_state(self.folder), make_settings(**changes), FeedNews()
        with Fetcher(settings) as fetcher:
            visitor = Visitor(fetcher, settings, state.waits, now=lambda: self.time, sleep=self._sleep)
            look_at_feeds(feeds, state, self.folder, visitor, settings, news)
            fetch_pages(state, self.folder, visitor, settings, news, lambda: self.time)
        return news

    @property
    def state(self) -> WatchState:
        """What it remembers."""
        return load_state(self.folder)

    def refusals(self, news: FeedNews) -> list[str]:
        """List why things gave nothing."""
        return [refusal.reason for refusal in news.refused if isinstance(refusal, Refusal)]


@pytest.fixture
def watcher(tmp_path: Path) -> Watcher:
    """Make somebody who watches."""
    return Watcher(tmp_path)


@pytest.fixture
def visit() -> Iterator[Callable[..., object]]:
    """Fetch an address as a watch does."""
    fetchers: list[Fetcher] = []

    def run(url: str, limit: int = 100_000, **changes: object) -> object:
        settings = make_settings(**changes)
        fetchers.append(Fetcher(settings))
        return Visitor(fetchers[-1], settings, {}).visit(url, limit)

    yield run
    for fetcher in fetchers:
        fetcher.__exit__()
