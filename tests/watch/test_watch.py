"""The whole of it: ``kg watch`` as a process, over a folder and a feed of a real server."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.watch import command
from kg.errors import SourceError, StoreError
from kg.rdf import dump_store, open_store
from kg.watch import Round, watch
from tests.watch.conftest import make_settings
from tests.watch.site import RSS, Answer, Site, make_rss

FINE = "Germany fined Telegram 5.1 million euros in October 2022 for the lack of a way to complain about content."
BAN = "Russia banned Telegram in April 2018. The messenger had refused to hand its keys to the security service."
_OPTIONS = ("--contact", "test@example.org", "--allow-private", "127.0.0.1", "--delay", "0.5", "--processes", "1")


def _make_article(title: str, text: str) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def _serve_articles(site: Site) -> None:
    site.answers["/fine"] = Answer(_make_article("Regulator of Germany fines a messenger", FINE))
    site.answers["/rss"] = Answer(make_rss(("/fine", "Mon, 17 Oct 2022 10:00:00 GMT")), RSS)


def _start(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "watch", *map(str, arguments), *_OPTIONS]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _dump(store: Path, into: Path) -> bytes:
    opened = open_store(store)
    with into.open("wb") as stream:
        dump_store(opened, "nquads", stream)
    opened.close()
    return into.read_bytes()


def test_watch_follows_until_it_is_told_to_end(site: Site, tmp_path: Path) -> None:
    """A page of a feed and a file come into the graph, then another file; SIGTERM ends it cleanly, with success."""
    _serve_articles(site)
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    (folder / "ban.txt").write_text(BAN)
    process = _start(folder, f"{site.base}/rss", "-o", store, "--look-every", "1s", "--json")
    assert process.stdout and process.stderr
    try:
        first: dict[str, Any] = json.loads(process.stdout.readline())
        assert (first["feeds"], first["fetched"], first["refused"]) == (1, 1, [])
        assert first["summary"]["added"] == ["ban", f"{site.base}/fine"]
        with pytest.raises(StoreError, match="another watch is at work"):
            next(watch([str(folder)], [], str(store), tmp_path / "store.watch", once=True))
        (folder / "later.txt").write_text("Italy fined TikTok 10 million euros on 14 March 2024.")
        second: dict[str, Any] = json.loads(process.stdout.readline())
        assert (second["feeds"], second["summary"]["added"], second["summary"]["unchanged"]) == (0, ["later"], 1)
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "kg: stopped; nothing is lost\n")
    assert sorted(os.listdir(tmp_path / "store.watch")) == ["000001.warc.gz", "lock", "state.json"]
    opened = open_store(store)
    assert opened.query("ASK { ?fine a <https://w3id.org/platform-regulation#Fine> }")
    opened.close()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "nothing to watch"),
        (("https://example.org/rss",), "want --contact"),
        (("https://example.org/rss", "--contact", "nobody"), "contact 'nobody': want an e-mail address"),
        (("https://example.org/rss", "--contact", "a@b", "--every", "5s"), "want 1m or more"),
        (("in", "--every", "soon"), "'soon': want such as 90s, 15m, 6h or 1d"),
        (("in", "--feeds", "missing.txt"), "missing.txt: No such file"),
        (("in", "--feeds", "feeds.txt"), "feeds.txt:3: 'example.org': want http(s)://"),
        (("missing", "--once"), "missing: no such file or folder"),
    ],
)
def test_watch_says_what_it_wants(
    arguments: tuple[str, ...], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong command line is told before anything is fetched, in words that help."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_CONTACT", raising=False)
    (tmp_path / "in").mkdir()
    (tmp_path / "feeds.txt").write_text("# my feeds\nhttps://example.org/rss\nexample.org\n")
    result = CliRunner().invoke(command, [*arguments, "-o", "store"])
    assert result.exit_code != 0
    assert reason in result.output + str(result.exception)


def test_watch_once_tells_by_its_exit_code(site: Site, tmp_path: Path) -> None:
    """1 if nothing at all could be looked at, else 0: one bad feed of two is no failure."""
    site.answers["/rss"] = Answer(make_rss(), RSS)
    options = ["-o", str(tmp_path / "store"), "--contact", "a@example.org", "--once", "--allow-private", "127.0.0.1"]
    result = CliRunner().invoke(command, [f"{site.base}/missing", *options])
    assert (result.exit_code, result.stdout) == (1, "1 feeds (0 unchanged): 0 pages fetched\n")
    assert result.stderr == f"refused: {site.base}/missing: status 404\n"
    assert CliRunner().invoke(command, [f"{site.base}/missing", f"{site.base}/rss", *options]).exit_code == 0


def test_watch_of_a_damaged_state_ends(tmp_path: Path) -> None:
    """A damaged state is an error and not a watch that begins anew, for that would fetch all again."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.json").write_text("{")
    (tmp_path / "in").mkdir()
    with pytest.raises(StoreError, match="is damaged"):
        next(watch([str(tmp_path / "in")], [], str(tmp_path / "store"), tmp_path / "state", once=True))


def test_watch_of_nothing_readable_is_told(tmp_path: Path) -> None:
    """An empty folder is nothing new; a file that can't be read is told, and not read again before it changes."""
    (tmp_path / "in").mkdir()

    def look() -> Round:
        return next(watch([str(tmp_path / "in")], [], str(tmp_path / "store"), tmp_path / "state", once=True))

    assert look() == Round(0, 0, 0, 0, (), None)
    (tmp_path / "in" / "picture.png").write_bytes(b"x")
    assert "no document could be read" in look().refused[0].reason


def _look(site: Site, tmp_path: Path, folder: Path) -> Round:
    settings = make_settings(delay=0.0)
    (found,) = watch(
        [str(folder)],
        [f"{site.base}/rss"],
        str(tmp_path / "store"),
        tmp_path / "store.watch",
        settings=settings,
        once=True,
        options={"processes": 1},
    )
    return found


@pytest.mark.slow
def test_a_store_that_was_deleted_is_made_again(site: Site, tmp_path: Path) -> None:
    """What was fetched is kept: a new store has it without a request for a page, and the bytes are those of a build."""
    import shutil

    from kg.pipeline import build

    _serve_articles(site)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ban.txt").write_text(BAN)
    _look(site, tmp_path, folder)
    before = _dump(tmp_path / "store", tmp_path / "a.nq")
    shutil.rmtree(tmp_path / "store")
    assert _look(site, tmp_path, folder).fetched == 0
    assert _dump(tmp_path / "store", tmp_path / "b.nq") == before
    build([str(folder), str(tmp_path / "store.watch" / "*.warc.gz")], tmp_path / "other")
    assert _dump(tmp_path / "other", tmp_path / "c.nq") == before
    assert site.list_paths().count("/fine") == 1


@pytest.mark.slow
def test_a_watch_waits_for_another_writer(tmp_path: Path) -> None:
    """Where somebody else writes the store, a watch says so, goes on, and builds when the store is free."""
    from kg.rdf import StoreWriter

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ban.txt").write_text(BAN)
    time_now = [0.0]

    def sleep(seconds: float) -> None:
        time_now[0] += seconds

    rounds = watch(
        [str(tmp_path / "in")],
        [],
        str(tmp_path / "store"),
        tmp_path / "state",
        options={"processes": 1},
        clock=lambda: time_now[0],
        sleep=sleep,
    )
    with StoreWriter(tmp_path / "store"):
        found = next(rounds)
        assert found.summary is None and "is writing it" in found.refused[0].reason
    found = next(rounds)
    assert found.summary is not None and found.summary.added == ("ban",) and time_now[0] >= 60
    rounds.close()


@pytest.mark.slow
def test_a_watch_that_is_killed_loses_nothing(site: Site, tmp_path: Path) -> None:
    """SIGKILL at 25 random moments; whatever was lost, the watch that ends has every page once and the same graph."""
    chance = random.Random(11)
    links = []
    for number in range(12):
        path = f"/{number}"
        text = f"{BAN} {FINE} This is article number {number} of a series."
        site.answers[path] = Answer(_make_article(f"Article number {number} of a series on messengers", text))
        links.append((path, None))
    site.answers["/rss"] = Answer(make_rss(*links), RSS)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ban.txt").write_text(BAN)
    arguments: tuple[str | Path, ...] = (
        folder,
        f"{site.base}/rss",
        "-o",
        tmp_path / "store",
        "--once",
        "--max-pages",
        "3",
    )
    for _ in range(25):
        process = _start(*arguments)
        try:
            process.wait(chance.uniform(0.3, 9.0))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    _run_to_end(lambda: _start(*arguments))
    opened = open_store(tmp_path / "store")
    rows: Any = opened.query("SELECT ?d { ?d a <https://w3id.org/platform-regulation#Document> }")
    assert len(list(rows)) == 13
    opened.close()


def _run_to_end(start: Callable[[], subprocess.Popen[str]]) -> None:
    for _ in range(8):
        process = start()
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        time.sleep(0.1)


def test_watch_of_feeds_without_settings_is_refused(tmp_path: Path) -> None:
    """Nobody is visited without a contact."""
    with pytest.raises(SourceError, match="wants a contact"):
        next(watch([], ["http://127.0.0.1/"], str(tmp_path / "store"), tmp_path / "state", once=True))
