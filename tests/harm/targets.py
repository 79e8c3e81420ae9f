"""What is fuzzed: each target takes an input in a folder of its own, and may raise nothing but errors of kg."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.cli.run import run
from kg.errors import KgError
from kg.judge import load_judgements
from kg.kb import load_knowledge_base
from kg.model import Document, PartialDate, Refusal
from kg.normalize.datelines import find_datelines
from kg.normalize.dates import find_dates, resolve_date
from kg.normalize.money import find_money
from kg.normalize.text import normalize_text
from kg.pipeline.ledger import Ledger
from kg.privacy import digest_name, mask_names, read_forgotten
from kg.query import answer_question, list_questions
from kg.query.names import fold_name
from kg.rdf import open_store
from kg.rdf.store import LocalStore, load_nquads
from kg.resources import find_data
from kg.sources import read_documents
from kg.sources.language import find_foreign_language
from kg.sources.published import parse_published
from kg.trackers.load import load_mapping, load_shipped_mappings
from kg.trackers.read import TrackerRow, read_tracker
from kg.watch.addresses import parse_address
from kg.watch.feeds import parse_feed
from tests.harm import seeds
from tests.harm.mutate import TOKENS
from tests.harm.world import make_judgement, make_told
from tests.query.story import encode_story, make_story

Act = Callable[[bytes, Path], object]


@dataclass(frozen=True)
class Target:
    """What is tried, and good inputs for it."""

    name: str
    act: Act
    seeds: tuple[bytes, ...]


def read_text(data: bytes) -> str:
    """Decode an input; what is no UTF-8 becomes lone surrogates, as in the names of files."""
    return data.decode("utf-8", "surrogateescape")


def _read_source(name: str) -> Act:
    def act(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        for item in read_documents([str(folder / name)]):
            if isinstance(item, Refusal):
                assert item.reason.isprintable() and len(item.reason) < 1000, item.reason
            else:
                assert isinstance(item, Document) and len(item.text) <= 1_000_000
                item.text.encode("utf-8")  # What goes into the store must be sayable there.
                item.id.encode("utf-8")

    return act


def _read_table(name: str) -> Act:
    def act(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        for mapping in _list_mappings():
            for item in read_tracker(str(folder / name), mapping, load_knowledge_base()):
                if isinstance(item, TrackerRow):
                    for claim in item.reading.claims:
                        claim.evidence.check(item.document.text)

    return act


@cache
def _list_mappings() -> tuple[Any, ...]:
    return (*load_shipped_mappings(), load_mapping(find_data() / "trackers" / "samples" / "decisions.yml"))


def _read_sheet(part: str) -> Act:
    def act(data: bytes, folder: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(seeds.make_workbook())) as good, zipfile.ZipFile(packed, "w") as bad:
            for name in good.namelist():
                bad.writestr(name, data if name == part else good.read(name))
        _read_table("x.xlsx")(packed.getvalue(), folder)

    return act


def _load_mapping(data: bytes, folder: Path) -> None:
    (folder / "x.yml").write_bytes(data)
    mapping = load_mapping(folder / "x.yml")
    table = find_data() / "trackers" / "samples" / "decisions.csv"
    list(read_tracker(str(table), mapping, load_knowledge_base()))


def _normalize(data: bytes, folder: Path) -> None:
    text = read_text(data)
    clean, offsets = normalize_text(text)
    start, end = offsets.to_original_span(0, len(clean))
    assert 0 <= start <= end <= len(text)
    for money in find_money(text):
        assert text[money.start : money.end]
    for published in (None, PartialDate("2024"), PartialDate("2024-02-29"), PartialDate("0001-01-01")):
        for date in find_dates(text, published):
            assert text[date.start : date.end]
            assert date.date is None or PartialDate(date.date.iso)
        resolve_date(text, published)
    list(find_datelines(text))
    parse_published(text)
    find_foreign_language(clean.encode("utf-8", "replace").decode())
    fold_name(text)
    assert len(mask_names(text, {digest_name(text[:40])} - {""})) == len(text)


def _judge(data: bytes, folder: Path) -> None:
    (folder / "x.jsonl").write_bytes(data)
    load_judgements(folder / "x.jsonl", load_knowledge_base())


def _forget(data: bytes, folder: Path) -> None:
    (folder / "x.jsonl").write_bytes(data)
    read_forgotten(folder / "x.jsonl")


def _feed(data: bytes, folder: Path) -> None:
    for entry in parse_feed(data, {"content-type": "text/xml"}, parse_address("http://news.example/feed")):
        assert entry.url.startswith(("http://", "https://"))


@cache
def _open_story() -> LocalStore:
    store = open_store("memory:")
    assert isinstance(store, LocalStore)
    store.load(encode_story(make_story()))
    return store


def _ask(data: bytes, folder: Path) -> None:
    value, store = read_text(data), _open_story()
    before = len(store.oxigraph)
    for question in list_questions():
        for parameter in question.parameters:
            given = {other.name: other.example for other in question.parameters if other.required}
            try:
                list(answer_question(store, question.name, {**given, parameter.name: value}))  # type: ignore[arg-type]
            except KgError as error:
                assert "\n" not in str(error).replace(value, "") and "error at" not in str(error), error
    assert len(store.oxigraph) == before


def _query(data: bytes, folder: Path) -> None:
    store = _open_story()
    before = len(store.oxigraph)
    found = store.query(read_text(data))
    for _, _row in zip(range(1000), found if isinstance(found, Iterable) else (), strict=False):
        pass
    assert len(store.oxigraph) == before


def _load_quads(data: bytes, folder: Path) -> None:
    (folder / "x.nq").write_bytes(data)
    load_nquads(ox.Store(), folder / "x.nq")


def _read_ledger(data: bytes, folder: Path) -> None:
    (folder / "ledger.sqlite").write_bytes(data)
    ledger = Ledger(folder / "ledger.sqlite")
    try:
        for document in ledger.list_documents():
            ledger.find(document)
        ledger.count_totals()
        ledger.regroup()
        ledger.read_unit("j|")
    finally:
        ledger.close()


def _open_folder(name: str) -> Act:
    def act(data: bytes, folder: Path) -> None:
        version = folder / "versions" / "ab"
        version.mkdir(parents=True, exist_ok=True)
        manifest = {"format": 2, "base": "http://e/", "total": "0", "quads": 0, "graphs": 0, "details": {}}
        (folder / "CURRENT").write_bytes(b"ab\n")
        (version / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        (folder / name).write_bytes(data)
        open_store(folder).close()

    return act


def _run(data: bytes, folder: Path) -> None:
    # Paths that lead elsewhere are whoever's wish who types them; no system passes a NUL.
    said = read_text(data).replace("..", ".").replace("\0", "!").replace("/", "!")
    arguments = [part for part in said.split(" ") if part]
    if arguments[:1] in (["serve"], ["watch"]) or "-" in arguments:
        arguments = [*arguments[:1], "--help"]  # They go on for ever, or wait for standard input.
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        code = run([argument.replace("STORE", str(folder / "s")) for argument in arguments])
    err.flush()
    said = err.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]
    assert code in (0, 1, 2), code
    assert "an error of kg itself" not in said and "Traceback" not in said, (arguments, said)
    assert code == 0 or said.count("\n") == 1, (arguments, said)


def list_targets() -> list[Target]:
    """List all targets."""
    samples = find_data() / "trackers" / "samples"
    texts = (seeds.TEXT.encode(), *(one.encode() for one in (*seeds.MONEY, *seeds.DATES)))
    documents = {
        "x.txt": seeds.TEXT.encode(),
        "x.html": seeds.HTML.encode(),
        "x.md": seeds.MARKDOWN.encode(),
        "x.json": json.dumps([seeds.RECORD, seeds.RECORD]).encode(),
        "x.jsonl": seeds.JSON_LINES.encode(),
        "x.csv": seeds.TABLE.encode(),
        "x.tsv": seeds.TABLE.replace(",", "\t").encode(),
        "x.pdf": seeds.make_pdf(),
        "x.warc": seeds.make_warc(),
    }
    sources = [Target(name, _read_source(name), (data,)) for name, data in documents.items()]
    packed = [Target(f"{name}.gz", _read_source(f"{name}.gz"), (seeds.pack(data),)) for name, data in documents.items()]
    tables = tuple(path.read_bytes() for path in sorted(samples.glob("*.[ct]sv")))
    judged = json.dumps(_encode_judgement()).encode()
    agents = b'{"agents": ["a", "b"], "names": ["A", "B"], "is": "same", "by": "a", "when": "2026-11-22", "why": ""}'
    forgotten = json.dumps({"agent": "a" * 32, "names": ["2:" + "b" * 32], "by": "a", "when": "2026-11-22", "why": ""})
    quads = b'<http://e/s> <http://e/p> "a\\"b"@en <http://e/g> .\n_:b <http://e/p> "1"^^<http://e/t> .\n'
    return [
        *sources,
        *packed,
        Target("tracker.csv", _read_table("x.csv"), tables),
        Target("tracker.xlsx", _read_table("x.xlsx"), (seeds.make_workbook(),)),
        *(Target(f"{part} in a workbook", _read_sheet(part), (_read_part(part),)) for part in PARTS),
        Target("mapping.yml", _load_mapping, ((samples / "decisions.yml").read_bytes(),)),
        Target("texts", _normalize, texts),
        Target("judgements", _judge, (judged, agents)),
        Target("forgotten", _forget, (forgotten.encode(),)),
        Target("feed", _feed, (seeds.FEED.encode(),)),
        Target("parameters", _ask, (b"Telegram", b"Germany", b"2022", b"fine", b"action:5ae8bdb374f4a1d6", b"open")),
        Target("query", _query, (b"SELECT * { ?s ?p ?o } LIMIT 3", b"ASK { ?s a <http://e/c> FILTER(?s != 'x') }")),
        Target("quads", _load_quads, (quads,)),
        Target("ledger", _read_ledger, (_make_ledger(),)),
        Target(
            "manifest", _open_folder("versions/ab/manifest.json"), (b'{"format": 2, "base": "http://e/", "quads": 0}',)
        ),
        Target("CURRENT", _open_folder("CURRENT"), (b"ab\n", b"../../ab")),
        Target("command line", _run, tuple(line.encode() for line in LINES)),
    ]


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")


def _read_part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(seeds.make_workbook())) as archive:
        return archive.read(name)


LINES = (
    "stats STORE --json",
    "query STORE who-acted-against --platform Telegram --format csv",
    "query STORE x.rq --format table",
    "query --list",
    "remove a -o STORE --quick",
    "build nowhere.txt -o STORE --map text=body,date=day --processes 1",
    "build x.txt --tracker keepiton -o http://127.0.0.1/ --persons known",
    "export STORE -f nquads -o out.nq",
    "export STORE --agent germany",
    "forget germany -o STORE --when 2026-11-22",
    "review claims STORE --list --limit 2",
    "review agents STORE --answers a.jsonl",
    "review report STORE --json",
    "analyze STORE pagerank --window 2022..2024 --top 3",
    "analyze --list",
    "validate STORE",
    "evaluate gold out.jsonl --report r.html",
    "extract nowhere.txt",
    "view STORE -o page.html",
    "--version",
    " ".join(TOKENS[:20]),
)


def _encode_judgement() -> Any:
    from kg.judge import encode_judgement

    return encode_judgement(make_judgement(make_told()["b"]))


def _make_ledger() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        ledger.write_unit("j|", [b"<http://e/s> <http://e/p> <http://e/o> <http://e/g> .\n"])
        ledger.close()
        return (Path(folder) / "ledger.sqlite").read_bytes()
