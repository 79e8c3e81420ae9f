"""Look at folders and feeds, let the store follow, and wait for the next look."""

from __future__ import annotations

import fcntl
import glob
import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, SourceError, StoreError, describe_os_error
from kg.model import Refusal
from kg.model.ids import make_digest
from kg.pipeline import BuildSummary, build
from kg.sources.find import find_sources
from kg.watch.archive import name_archive
from kg.watch.state import WatchState, load_state, save_state

if TYPE_CHECKING:
    from kg.watch.follow import FeedNews
    from kg.watch.settings import Settings

_SETTLE = 1.0  # seconds that files must stay as they are, so that none is read while it is written
_MAX_SETTLES = 30
_RETRY = 60.0


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one look.

    ``feeds`` were looked at, ``unchanged`` of them had nothing new by their servers' word; ``fetched`` pages were, and
    ``waiting`` ones are left for later looks. ``refused`` are feeds, pages and documents that gave nothing. ``summary``
    is that of the build; None where there was nothing to build, or nothing that could be read.
    """

    feeds: int
    unchanged: int
    fetched: int
    waiting: int
    refused: tuple[Refusal, ...]
    summary: BuildSummary | None


def watch(
    folders: Sequence[str],
    feeds: Sequence[str],
    store: str,
    state_folder: Path,
    *,
    settings: Settings | None = None,
    once: bool = False,
    every: float = 900.0,
    look_every: float = 10.0,
    options: Mapping[str, Any] | None = None,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
) -> Generator[Round, None, None]:
    """Look at folders and feeds, once or for ever; give what came of each look at which there was something to do.

    Whoever stops it, at any moment, loses nothing: what was fetched is kept, and what was not built yet is built by the
    next watch with the same state.

    Parameters
    ----------
    folders
        Files, folders and globs, as for `kg.pipeline.build`.
    feeds
        Addresses of RSS and Atom feeds.
    store
        The folder or the SPARQL endpoint that follows.
    state_folder
        Where the watch keeps what it remembers, and the pages that it fetched.
    settings
        How feeds and pages are fetched; wanted where there are feeds.
    once
        Whether to look once.
    every, look_every
        Seconds between two looks at the feeds, and at the folders.
    options
        What else `kg.pipeline.build` is told.
    now, clock, sleep
        Tell the time since 1970, count seconds, and wait.

    Raises
    ------
    StoreError
        If another watch has the same state, or the state is damaged.
    SourceError
        If a folder is not there.
    KgError
        If it looks once and the build fails; a watch that goes on tells it as a refusal, and tries again.
    """
    for source in find_sources(path for path in folders if not glob.has_magic(path)):
        # Better told now than by each look; what is wrong with a single file is told by the build.
        if isinstance(source, Refusal) and source.source in folders:
            raise SourceError(f"{source.source}: {source.reason}")
    with _locked(state_folder):
        state = load_state(state_folder)
        next_feeds = next_build = clock()
        while True:
            is_due = bool(feeds) and clock() >= next_feeds
            news = _follow(feeds, state, state_folder, settings, now, sleep) if is_due else None
            if is_due:
                next_feeds = clock() + every
            refused, summary, is_built = list(news.refused) if news else [], None, False
            if clock() >= next_build:
                _forget_lost_store(state, store)
                paths, digest = _find_news(folders, state, state_folder, sleep if not once else None)
                try:
                    if paths:
                        is_built = True
                        summary = _build(paths, store, options or {}, refused)
                        state.built, state.folders = state.archives, digest
                        save_state(state, state_folder)
                except KgError as error:
                    if once:
                        raise
                    next_build = clock() + _RETRY
                    refused.append(Refusal(store, str(error)))
            if once or is_due or is_built:
                counts = (news.looked, news.unchanged, news.fetched) if news else (0, 0, 0)
                yield Round(*counts, len(state.pages), tuple(refused), summary)
            if once:
                return
            waits = [next_feeds - clock()] if feeds else []
            sleep(max(min([*waits, look_every] if folders or state.built < state.archives else waits), 0.1))


def _follow(
    feeds: Sequence[str],
    state: WatchState,
    folder: Path,
    settings: Settings | None,
    now: Callable[[], float],
    sleep: Callable[[float], object],
) -> FeedNews:
    try:
        from kg.watch.fetch import Fetcher
        from kg.watch.follow import FeedNews, fetch_pages, look_at_feeds
        from kg.watch.visit import Visitor
    except ImportError as error:
        raise SourceError(
            f"watching feeds wants the package {error.name!r}: pip install 'platform-regulation-kg[watch]'"
        ) from error
    if settings is None:
        raise SourceError("watching feeds wants a contact: an e-mail address or the address of a page")
    news = FeedNews()
    with Fetcher(settings) as fetcher:
        visitor = Visitor(fetcher, settings, state.waits, now=now, sleep=sleep)
        look_at_feeds(feeds, state, folder, visitor, settings, news)
        fetch_pages(state, folder, visitor, settings, news, now)
    return news


def _find_news(
    folders: Sequence[str], state: WatchState, state_folder: Path, sleep: Callable[[float], object] | None
) -> tuple[list[str], str]:
    """Find what to build: the archives that the store has not, and the folders if anything in them has changed."""
    archives = [str(name_archive(state_folder, number)) for number in range(state.built + 1, state.archives + 1)]
    archives = [path for path in archives if Path(path).is_file()]
    digest = _digest_folders(folders)
    if digest == state.folders:
        return archives, digest
    for _ in range(_MAX_SETTLES if sleep else 0):
        assert sleep is not None
        sleep(_SETTLE)
        former, digest = digest, _digest_folders(folders)
        if digest == former:
            break
    return [*folders, *archives], digest


def _digest_folders(folders: Sequence[str]) -> str:
    """Hash what lies in the folders: names, sizes and times, which is what can be looked at often."""
    lines = []
    for source in find_sources(folders):
        if isinstance(source, Refusal):
            lines.append(f"{source.source}: {source.reason}")
            continue
        try:
            status = os.stat(source)
            lines.append(f"{os.fsencode(source)!r} {status.st_size} {status.st_mtime_ns}")
        except OSError:
            lines.append(f"{os.fsencode(source)!r} gone")
    return make_digest(*lines) if lines else ""


def _build(paths: list[str], store: str, options: Mapping[str, Any], refused: list[Refusal]) -> BuildSummary | None:
    try:
        summary = build(paths, store, **options)
    except SourceError as error:
        # It would be no other the next time.
        refused.append(Refusal(store, str(error)))
        return None
    refused.extend(summary.refused)
    return summary


def _forget_lost_store(state: WatchState, store: str) -> None:
    """Begin a store anew that somebody deleted: the pages are still there."""
    if "://" not in store and not Path(store, "CURRENT").is_file():
        state.built, state.folders = 0, ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a+")
    except OSError as error:
        raise StoreError(f"{folder}: {describe_os_error(error, known=str(folder))}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{folder}: another watch is at work with it") from None
        yield
