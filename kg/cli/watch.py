"""``kg watch``: let a store follow folders and feeds."""

from __future__ import annotations

import dataclasses
import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from kg.cli.changes import count_changes
from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import add_reading_options, judgements_option, quiet_option, tracker_option
from kg.cli.refusals import show_refusals
from kg.cli.stores import is_address

if TYPE_CHECKING:
    from kg.watch import Round, Settings

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST_SECONDS = 60


class Terminated(BaseException):
    """The system asks the process to end."""


def parse_duration(context: click.Context, parameter: click.Parameter, value: str) -> float:
    """Read a span of time as seconds: 90, 90s, 15m, 6h, 1d."""
    match = re.fullmatch(r"([0-9]{1,6})([smhd]?)", value.strip())
    if match is None or not int(match[1]):
        raise click.BadParameter(f"{value!r}: want such as 90s, 15m, 6h or 1d")
    return float(int(match[1]) * _UNITS[match[2]])


@click.command(
    cls=ExampleCommand,
    short_help="Follow folders and feeds: what is new there comes into the graph.",
    examples=(
        ("kg watch articles/ -o store", "read what is put into a folder, until Ctrl-C"),
        ("kg watch https://example.org/news.rss -o store --contact me@example.org", "follow a feed, every 15 minutes"),
        ("kg watch --feeds feeds.txt -o store --contact me@example.org --once", "look once, for cron"),
        ("kg watch --feeds feeds.txt -o store --once && kg alert rules/ store", "and tell what is new (see kg alert)"),
    ),
)
@click.argument("sources", nargs=-1, metavar="[SOURCES]...")
@click.option("-o", "--output", "store", required=True, metavar="STORE", help="The folder or SPARQL endpoint to write.")
@click.option("--feeds", "lists", multiple=True, metavar="FILE", help="A file of addresses of feeds, one a line.")
@click.option("--once", is_flag=True, help="Look once, then end.")
@click.option(
    "--every",
    callback=parse_duration,
    default="15m",
    metavar="TIME",
    help="How often to look at feeds; by default 15m, at least 1m.",
)
@click.option(
    "--look-every",
    callback=parse_duration,
    default="10s",
    metavar="TIME",
    help="How often to look at folders; by default 10s.",
)
@click.option(
    "--contact",
    envvar="KG_CONTACT",
    metavar="ADDRESS",
    help="Your e-mail address or page, which servers are told with each request; wanted for feeds. Or set KG_CONTACT.",
)
@click.option(
    "--delay", type=click.FloatRange(0.5), default=2.0, metavar="SECONDS", help="Between two requests to one host; 2."
)
@click.option("--timeout", type=click.FloatRange(1), default=30.0, metavar="SECONDS", help="For one request; 30.")
@click.option("--max-pages", type=click.IntRange(1), default=200, metavar="N", help="To fetch in one look; 200.")
@click.option(
    "--allow-private",
    "private",
    multiple=True,
    metavar="HOST",
    help="Let this host lie at an address of a private network, which no feed may lead to otherwise.",
)
@click.option("--state", metavar="DIR", help="Where it keeps what it remembers and fetched; by default STORE.watch.")
@tracker_option
@judgements_option
@add_reading_options
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each look.")
@quiet_option
@click.pass_context
def command(
    context: click.Context,
    sources: tuple[str, ...],
    store: str,
    lists: tuple[str, ...],
    once: bool,
    every: float,
    look_every: float,
    contact: str | None,
    delay: float,
    timeout: float,
    max_pages: int,
    private: tuple[str, ...],
    state: str | None,
    trackers: tuple[str, ...],
    judgements: str | None,
    model: str | None,
    processes: int,
    columns: dict[str, str] | None,
    no_progress: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Follow SOURCES, folders, files and addresses of RSS or Atom feeds, and add what is new to the graph in STORE.

    It runs until Ctrl-C or SIGTERM; with --once it looks once. Stopped at any moment it loses nothing, and goes on
    where it was. Pages that feeds point to are fetched where the robots.txt of their host lets, one at a time, and kept
    as WARC archives in STORE.watch, which kg build reads too.
    """
    feeds = [source for source in sources if is_address(source)]
    folders = [source for source in sources if not is_address(source)]
    for path in lists:
        feeds += [feed for feed in _read_list(path) if feed not in feeds]
    if not feeds and not folders:
        raise click.UsageError("nothing to watch: want folders or addresses of feeds")
    if every < _LEAST_SECONDS and feeds:
        raise click.BadParameter(f"{every:g} s: want 1m or more", param_hint="--every")
    if state is None and is_address(store):
        raise click.UsageError("want --state DIR: beside an endpoint there is no folder")
    options = {
        "model": model,
        "processes": processes,
        "columns": columns,
        "trackers": trackers,
        "judgements": judgements,
    }
    settings = _make_settings(contact, delay, timeout, max_pages, private) if feeds else None
    from kg.watch import watch

    folder = Path(state) if state else Path(f"{store.rstrip('/')}.watch")
    rounds = watch(
        folders,
        feeds,
        store,
        folder,
        settings=settings,
        once=once,
        every=every,
        look_every=look_every,
        options=options,
    )
    is_good = True
    try:
        with _noticing_end():
            for found in rounds:
                # Each feed that can't be looked at is one refusal; so are pages, of which all may be bad.
                failed = {refusal.source for refusal in found.refused}.intersection(feeds)
                is_good = bool(found.summary or not found.refused or len(failed) < found.feeds)
                _show_round(found, store, as_json=as_json, quiet=quiet)
    except Terminated:
        if not quiet:
            click.echo("kg: stopped; nothing is lost", err=True)
    finally:
        rounds.close()
    if once and not is_good:
        context.exit(1)


@contextmanager
def _noticing_end() -> Iterator[None]:
    """Turn SIGTERM into an exception, so that what is open is closed as for Ctrl-C."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Terminated

    former = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def _make_settings(
    contact: str | None, delay: float, timeout: float, max_pages: int, private: tuple[str, ...]
) -> Settings:
    if not contact:
        raise click.UsageError("want --contact ADDRESS (or KG_CONTACT): servers are told whom to ask about the visits")
    from kg.watch import Settings

    hosts = frozenset(host.strip().strip("[]").lower() for host in private)
    return Settings(contact=contact, delay=delay, timeout=timeout, max_pages=max_pages, private=hosts)


def _read_list(path: str) -> list[str]:
    """Read addresses of feeds, one a line; empty lines and those that begin with # are passed over."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise click.BadParameter(f"{path}: {reason}", param_hint="--feeds") from error
    feeds = []
    for number, line in enumerate(lines, 1):
        feed = line.strip()
        if not feed or feed.startswith("#"):
            continue
        if not is_address(feed):
            raise click.BadParameter(f"{path}:{number}: {feed[:80]!r}: want http(s)://…", param_hint="--feeds")
        feeds.append(feed)
    return feeds


def _show_round(found: Round, store: str, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
        return
    if quiet:
        return
    show_refusals(found.refused)
    parts = []
    if found.feeds:
        waiting = f", {found.waiting:,} waiting" if found.waiting else ""
        parts.append(f"{found.feeds:,} feeds ({found.unchanged:,} unchanged): {found.fetched:,} pages fetched{waiting}")
    if summary := found.summary:
        parts.append(
            f"{len(summary.added):,} documents new, {len(summary.changed):,} changed; {summary.documents:,} documents, "
            f"{summary.actions:,} actions: {store}"
        )
        if changes := count_changes(summary.actions_changed):
            parts.append(changes)
    click.echo(clean_line("; ".join(parts) or "nothing new"))
