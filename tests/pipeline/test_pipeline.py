from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import SourceError, StoreError
from kg.kb import load_knowledge_base
from kg.model import Refusal
from kg.pipeline import BuildSummary, build, extract
from kg.pipeline.describe import describe_reading
from kg.pipeline.read import _cut_batches
from kg.rdf import StoreWriter, dump_store, open_store, read_manifest
from kg.rdf.graph_content import measure_content
from tests.factories import make_fine

TEXTS = {
    "fine": "Germany fined Telegram 5.1 million euros in October 2022 for the lack of a way to complain about content.",
    "ban": "Russia banned Telegram in April 2018. The messenger had refused to hand its keys to the security service.",
    "arrest": "French police arrested Pavel Durov, the chief executive of Telegram, at an airport near Paris in 2024.",
    "sue": "Texas sued TikTok on Thursday. The company denied the allegations of the attorney general the same day.",
    "plan": "Italy has threatened to ban TikTok, but the regulator has no plans to fine the Chinese-owned company.",
    "nothing": "The weather in the valley was fine on Tuesday, and the trains of the northern line ran as they should.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write six short documents, a text in French and a file of bytes that are no text."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    french = "La CNIL a infligé hier une amende de cent millions d'euros à Google pour ses traceurs publicitaires."
    (folder / "french.txt").write_text(french, encoding="utf-8")
    (folder / "noise.txt").write_bytes(random.Random(1).randbytes(2000))
    return folder


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildSummary]:
    """Build the store of the folder, in this process."""
    store = tmp_path_factory.mktemp("stores") / "one"
    return store, build([str(folder)], store)


def dump(store: Path) -> bytes:
    """Export a store as N-Quads."""
    opened, out = open_store(store), io.BytesIO()
    dump_store(opened, "nquads", out)
    opened.close()
    return out.getvalue()


def test_pipeline_counts_what_it_read(built: tuple[Path, BuildSummary]) -> None:
    """Six documents are read, two are refused by name with the reason, and the Telegram fine is among the actions."""
    store, summary = built
    assert summary.documents == len(TEXTS)
    assert {Path(refusal.source).name for refusal in summary.refused} == {"french.txt", "noise.txt"}
    assert all(refusal.reason and "\n" not in refusal.reason for refusal in summary.refused)
    assert summary.claims >= summary.actions > 0
    opened = open_store(store)
    fined = "ASK { ?germany <https://w3id.org/platform-regulation#fined> ?telegram }"
    assert bool(opened.query(fined))
    opened.close()


def test_pipeline_gives_the_same_bytes_in_any_order(
    folder: Path, built: tuple[Path, BuildSummary], tmp_path: Path
) -> None:
    """Files named one by one, backwards and twice, in two processes, give the N-Quads of the folder in one."""
    paths = sorted((str(path) for path in folder.iterdir()), reverse=True)
    build([*paths, *paths[:2]], tmp_path / "two", processes=2)
    assert dump(tmp_path / "two") == dump(built[0])


def test_pipeline_extracts_with_quotes_that_hold(folder: Path) -> None:
    """Each event has the fields of the schema, and its quote stands in the document at its offsets."""
    described = list(extract([str(folder)]))
    assert [one["id"] for one in described] == sorted(TEXTS)
    events = [(one["id"], event) for one in described for event in one["events"]]
    assert events
    for id, event in events:
        assert TEXTS[id][event["start"] : event["end"]] == event["quote"]
        assert 0 <= event["confidence"] <= 1


def test_pipeline_extracts_one_action_from_several_documents(tmp_path: Path) -> None:
    """Two reports of one fine, in two currencies, have one action_id; the fine and the appeal have one case_id."""
    (tmp_path / "a.md").write_text(
        "---\npublished_date: 2023-09-15\n---\nIreland's Data Protection Commission fined TikTok 345 million euros.\n"
    )
    (tmp_path / "b.md").write_text(
        "---\npublished_date: 2023-09-16\n---\nIreland fined TikTok $368 million on Friday. TikTok appealed against "
        "the Data Protection Commission's decision.\n"
    )
    events = [event for one in extract([str(tmp_path)]) for event in one["events"]]
    fines = [event for event in events if event["action"] == "fine"]
    assert [fine["actor"] for fine in fines] == ["Data Protection Commission", "Ireland"]
    assert len({fine["action_id"] for fine in fines}) == 1
    assert len({event["action_id"] for event in events}) == len(events) - 1
    assert len({event["case_id"] for event in events}) == 1


def test_pipeline_describes_a_claim_by_names() -> None:
    """Names and not ids stand in the description, an amount of whole units is a whole number."""
    _, reading, _ = make_fine()
    laws = {law.id: law.name for law in load_knowledge_base().laws.values()}
    (event,) = describe_reading(reading, laws)["events"]
    assert event == {
        "action": "fine",
        "actor": "Germany",
        "target": "Telegram",
        "actor_mention": "Germany",
        "target_mention": "Telegram",
        "status": "actual",
        "charges": ["missing-complaint-channel"],
        "law": [laws["netzdg"]],
        "amount": 5_100_000,
        "currency": "EUR",
        "date": "2022",
        "speaker": None,
        "quote": "Germany fined Telegram in 2022.",
        "start": 0,
        "end": 31,
        "confidence": 0.9,
    }
    assert isinstance(event["amount"], int)


def test_pipeline_tells_how_far_it_is(folder: Path, tmp_path: Path) -> None:
    """Each phase is told up to its end, and never backwards."""
    told: list[tuple[str, int, int | None]] = []
    build([str(folder)], tmp_path / "store", progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(phase for phase, _, _ in told)) == ["reading", "extracting", "writing"]
    for phase in ("extracting", "writing"):
        steps = [(done, total) for name, done, total in told if name == phase]
        assert steps == sorted(steps)
        assert steps[-1] == (len(TEXTS), len(TEXTS))


def test_pipeline_keeps_the_store_when_there_is_nothing_to_read(folder: Path, built: tuple[Path, BuildSummary]) -> None:
    """A build without a document is an error that says why, and the former graph stays."""
    before = read_manifest(built[0])
    with pytest.raises(SourceError, match=r"no document could be read: .*french\.txt"):
        build([str(folder / "french.txt")], built[0])
    assert read_manifest(built[0]) == before


@pytest.mark.parametrize("url", ["memory:", "ftp://example.org/store"])
def test_pipeline_refuses_a_store_that_it_cannot_keep(folder: Path, url: str) -> None:
    """A build goes to a folder or an endpoint."""
    with pytest.raises(StoreError, match="want a folder or an http"):
        build([str(folder)], url)


def test_pipeline_hears_of_refusals_as_they_come(folder: Path) -> None:
    """``extract`` names what it did not read to whoever listens."""
    heard: list[Refusal] = []
    list(extract([str(folder / "fine.txt"), str(folder / "french.txt")], refuse=heard.append))
    assert [Path(refusal.source).name for refusal in heard] == ["french.txt"]


def start_build(source: Path, store: Path) -> subprocess.Popen[str]:
    """Start ``kg build`` in a process group of its own, as a terminal does."""
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(store), "--processes", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def copy_store(built: tuple[Path, BuildSummary], folder: Path) -> Path:
    """Copy the store, for a test that may harm it."""
    return Path(shutil.copytree(built[0], folder / "store"))


@pytest.mark.parametrize("seconds", [0.5, 2.5, 4.0])
def test_pipeline_killed_leaves_a_whole_store(built: tuple[Path, BuildSummary], tmp_path: Path, seconds: float) -> None:
    """A build that is killed, early or late, leaves one graph, old or new, whole, and the next writer cleans up."""
    store = copy_store(built, tmp_path)
    (tmp_path / "more.txt").write_text(TEXTS["sue"], encoding="utf-8")
    with start_build(tmp_path / "more.txt", store) as process:
        time.sleep(seconds)
        process.kill()
    manifest = read_manifest(store)
    opened = open_store(store)
    assert measure_content(opened) == manifest.content
    opened.close()
    former = read_manifest(built[0])
    assert manifest == former or manifest.details["documents"] == former.details["documents"] + 1
    with StoreWriter(store):
        pass
    assert [path.name for path in (store / "versions").iterdir()] == [manifest.version]


def test_pipeline_interrupted_leaves_the_former_store(built: tuple[Path, BuildSummary], tmp_path: Path) -> None:
    """Ctrl-C ends a build with one line and 130, and the former graph stays."""
    store = copy_store(built, tmp_path)
    (tmp_path / "texts").mkdir()
    for number in range(400):
        text = f"{TEXTS['sue']} It was case number {number}."
        (tmp_path / "texts" / f"{number}.txt").write_text(text, encoding="utf-8")
    with start_build(tmp_path / "texts", store) as process:
        time.sleep(2.5)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "kg: interrupted\n")
    assert read_manifest(store) == read_manifest(built[0])


def test_pipeline_cuts_batches_by_number_and_length() -> None:
    """A batch has at most 16 documents and 40,000 characters, but for a single long document; all are in one."""
    lengths = [100] * 20 + [30_000, 20_000, 90_000, 5]
    batches = list(_cut_batches(lengths))
    assert [number for batch in batches for number in batch] == list(range(len(lengths)))
    assert [len(batch) for batch in batches] == [16, 5, 1, 1, 1]
