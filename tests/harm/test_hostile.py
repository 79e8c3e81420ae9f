"""Bombs, names and words that are made to harm: each costs a line, and nothing else."""

from __future__ import annotations

import csv
import io
import resource
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import kg.kb.knowledge
from kg.cli.lines import clean_line
from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.model import Document, Reading, Refusal
from kg.pipeline import build
from kg.pipeline.runs import describe_run
from kg.rdf import open_store
from kg.sources import read_documents
from kg.trackers import tables
from kg.trackers.load import load_shipped_mappings
from kg.trackers.read import read_tracker
from kg.watch.addresses import parse_address
from kg.watch.feeds import parse_feed
from tests.harm import seeds
from tests.harm.guard import TookTooLong, bounded_memory, guarded
from tests.harm.world import use_small_knowledge
from tests.review.world import tell

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{above};" * 10}">' for above, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
"""Entities of entities: a few hundred bytes that would be a billion of laughs."""


def read_workbook(path: Path) -> list[object]:
    """Read a workbook by a shipped mapping; what refuses the whole is a list of one."""
    try:
        return list(read_tracker(str(path), load_shipped_mappings()[0], load_knowledge_base()))
    except SourceError as error:
        return [Refusal(str(path), str(error))]


def repack(path: Path, part: str, content: bytes, *, size: int | None = None) -> None:
    """Write a workbook in which one part is another, and may lie about its size."""
    with (
        zipfile.ZipFile(io.BytesIO(seeds.make_workbook())) as good,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, content if name == part else good.read(name))
        if size is not None:
            bad.getinfo(part).file_size = size


@pytest.fixture(scope="module", autouse=True)
def _small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let these tests read a knowledge base of few agents."""
    before = kg.kb.knowledge.find_data  # type: ignore[attr-defined]
    use_small_knowledge(tmp_path_factory.mktemp("knowledge"))
    yield
    kg.kb.knowledge.find_data = before  # type: ignore[attr-defined]


def test_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that unpacks to a thousand times its size is refused, and so is one that lies about its size."""
    spaces = b"<worksheet>" + b" " * 31_000_000 + b"</worksheet>"
    monkeypatch.setattr(tables, "_MAX_UNPACKED_SHEET", 30_000_000)  # It is 500 MB, which takes a while to write.
    for name, size in (("bomb.xlsx", None), ("liar.xlsx", 100)):
        repack(tmp_path / name, "xl/worksheets/sheet1.xml", spaces, size=size)
    del spaces
    with bounded_memory(300):
        for name, said in (("bomb.xlsx", "too large: more than"), ("liar.xlsx", "no intact workbook")):
            with guarded(tmp_path):
                (found,) = read_workbook(tmp_path / name)
            assert isinstance(found, Refusal) and said in found.reason, found


def test_xml_bombs_blow_up_nothing(tmp_path: Path) -> None:
    """Entities that grow without end are refused or left as they are, in pages, feeds and workbooks."""
    (tmp_path / "bomb.xhtml").write_text(f"{LAUGHS}<html><body><p>&j; {seeds.TEXT}</p></body></html>", encoding="utf-8")
    repack(tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", f"{LAUGHS}<worksheet>&j;</worksheet>".encode())
    repack(tmp_path / "book.xlsx", "xl/workbook.xml", f"{LAUGHS}<workbook>&j;</workbook>".encode())
    feed = f"{LAUGHS}{seeds.FEED.partition('?>')[2].replace('Fined', '&j;')}".encode()
    with bounded_memory(300), guarded(tmp_path):
        (page,) = read_documents([str(tmp_path / "bomb.xhtml")])
        assert isinstance(page, Refusal) or len(page.text) < 2 * len(seeds.TEXT)
        assert all(isinstance(read_workbook(tmp_path / name)[0], Refusal) for name in ("bomb.xlsx", "book.xlsx"))
        try:
            assert len(parse_feed(feed, {}, parse_address("http://news.example/feed"))) <= 1
        except SourceError as error:
            assert "can't be parsed" in str(error) or "no feed" in str(error)


@pytest.mark.parametrize("charset", ["undefined", "zlib", "rot13", "idna", "utf-7", "unicode_escape", "x" * 39, "mbcs"])
def test_charsets_that_are_none_cost_nothing(tmp_path: Path, charset: str) -> None:
    """A page may declare any charset: one that is no encoding of texts is passed over."""
    page = f"<html><head><meta charset={charset}></head><body><p>caf\xe9 {seeds.TEXT}</p></body></html>"
    (tmp_path / "x.html").write_bytes(page.encode("latin-1", "replace"))
    (found,) = read_documents([str(tmp_path / "x.html")])
    assert isinstance(found, Document) and "Germany fined Telegram" in found.text


NAMES = (
    "../../x",
    "/etc/x",
    "a\nb",
    "a\x1b[31mb",
    "\u202egnp.x",
    "=1+1",
    "<img src=x onerror=alert(1)>",
    "a b'\"`$(id)",
)


def test_names_of_documents_stay_names(tmp_path: Path) -> None:
    """Ids that are paths, formulas, markup or commands are carried as they are, and written nowhere else."""
    kb, run = load_knowledge_base(), describe_run()
    germany, telegram = kb.refer_to("germany"), kb.refer_to("telegram")
    store = tmp_path / "deep" / "er" / "store"
    told = [(*tell(name, (germany, "fine", "fined", telegram, 0.9)), run) for name in NAMES]
    build((), store, ready=told)
    assert {path.name for path in tmp_path.rglob("*") if path.name.startswith(("x", "=", "<"))} == set()
    opened = open_store(store)
    found = {
        str(row["id"].value) for row in opened.query("SELECT ?id { ?d <http://purl.org/dc/terms/identifier> ?id }")
    }  # type: ignore[union-attr]
    opened.close()
    assert found == set(NAMES)


def run_kg(*arguments: str | Path) -> bytes:
    """Run a command line, and give what it prints."""
    return subprocess.run([sys.executable, "-m", "kg", *map(str, arguments)], check=True, capture_output=True).stdout


def test_words_of_documents_harm_no_reader(tmp_path: Path) -> None:
    """Titles and ids that are formulas are defused in CSV; escape sequences and turned text do not reach a terminal."""
    kb, run = load_knowledge_base(), describe_run()
    germany, telegram = kb.refer_to("germany"), kb.refer_to("telegram")
    for number, id in enumerate(("=cmd|' /C calc'!A0", "\x1b]0;owned\x07", "\u202eevil\u2066")):
        document, reading = tell(id, (germany, "fine", "fined", telegram, 0.5 + number / 10))
        build((), tmp_path / "store", ready=[(document, reading, run)])
    question = ("query", tmp_path / "store", "who-acted-against", "--platform", "Telegram")
    table = run_kg("export", tmp_path / "store", "-f", "csv", "--table", "documents")
    rows = list(csv.reader(io.StringIO(table.decode())))
    assert any("cmd|" in cell for row in rows for cell in row)
    assert not any(cell.startswith(("=", "@", "\t")) for row in rows for cell in row)
    shown = run_kg(*question).decode()
    assert "evil" in shown
    assert not set(shown) & set("\x1b\x07\u202e\u2066")
    assert (
        clean_line("a\u202eb\x00c\u200bd")
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}d"
    )


def test_names_that_only_look_alike_are_others() -> None:
    """A name with letters of another alphabet is not taken for the platform that it imitates."""
    aliases = load_knowledge_base().aliases
    for name in ("Теlegram", "Telegrаm", "TikТok", "ТikTok", "Τelegram"):
        assert not name.isascii() and name not in aliases


def test_text_with_lone_surrogates_is_sayable(tmp_path: Path) -> None:
    """JSON can spell half a character: it is replaced, so that the store can hold the text."""
    (tmp_path / "x.jsonl").write_text('{"id": "a", "text": "\\ud800 ' + seeds.TEXT + ' \\udfff"}\n', encoding="utf-8")
    (document,) = read_documents([str(tmp_path / "x.jsonl")])
    assert isinstance(document, Document)
    document.text.encode("utf-8")
    build((), tmp_path / "store", ready=[(document, Reading("a", (), ()), describe_run())])


def test_tests_of_memory_can_fail() -> None:
    """The bound on memory that these tests set is one that code can break."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    with pytest.raises(AssertionError, match="the memory grew by"), bounded_memory(50):
        bytearray(most + 200_000_000)


def test_guard_hears_what_it_should(tmp_path: Path) -> None:
    """The guard of these tests hears a file that is opened elsewhere, a call, another process, and time."""
    for act, said in (
        (lambda: open("/etc/passwd"), "opens '/etc/passwd'"),  # noqa: SIM115
        (lambda: open("/nowhere/x", "w"), "opens '/nowhere/x'"),  # noqa: SIM115
        (lambda: socket.create_connection(("127.0.0.1", 1), 1), "socket."),
        (lambda: subprocess.run(["true"]), "subprocess.Popen"),
    ):
        with pytest.raises(AssertionError, match=said), guarded(tmp_path / "own"), suppress(OSError):
            act()  # type: ignore[no-untyped-call]
    with pytest.raises(TookTooLong), guarded(tmp_path, seconds=0.05):
        while True:
            pass
