"""A store that documents come to and go from is, to the byte, the store of those that are left."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from kg.errors import SourceError, StoreError
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import encode_key, read_judgements
from kg.kb import load_knowledge_base
from kg.model import Action, ClaimKey, Document, Reading
from kg.pipeline import BuildSummary, build, remove
from kg.pipeline.check import check_part
from kg.pipeline.ledger import FILE_NAME as LEDGER
from kg.pipeline.plan import Plan
from kg.pipeline.runs import Run
from kg.pipeline.target import open_target
from kg.rdf import Iris, Store, StoreWriter, decode_actions, dump_store, open_store, read_manifest
from kg.rdf.graph_content import measure_content
from kg.rdf.terms import make_term
from tests.pipeline.conftest import CHANGED, TEXTS, Told

Forms = dict[tuple[str, int], Told]
State = dict[str, int]  # which form of which document is in the store
Steps = list[tuple[str, list[str]]]
Afresh = Callable[[State], bytes]


def export(store: Path) -> bytes:
    """Export a store, and hold what its manifest says of it against what is there."""
    opened, out = open_store(store), io.BytesIO()
    try:
        dump_store(opened, "nquads", out)
        assert measure_content(opened) == read_manifest(store).content
    finally:
        opened.close()
    return out.getvalue()


def put(told: Forms, store: Path, *which: tuple[str, int]) -> BuildSummary:
    """Put forms of documents into a store."""
    return build((), store, ready=[told[one] for one in which])


def copy(store: Path, folder: Path) -> Path:
    """Copy a store, for a test that changes it."""
    return Path(shutil.copytree(store, folder / "store"))


def list_documents(opened: Store) -> list[str]:
    """List the ids of the documents of an open store."""
    iris = Iris()
    return [iris.read("doc", graph.value) for graph in opened.graphs() if iris.is_document(graph.value)]


def read_actions(store: Path) -> list[Action]:
    """Read the actions of a store."""
    opened = open_store(store)
    actions = list(decode_actions(opened))
    opened.close()
    return actions


def find_bytes(store: Path, words: bytes) -> list[str]:
    """Find the files below a folder that have these bytes."""
    return sorted(path.name for path in store.rglob("*") if path.is_file() and words in path.read_bytes())


BEGUN = ("de-1", "de-2", "ru-1")
"""The documents of the store that most tests begin with."""


@pytest.fixture(scope="module")
def begun(told: Forms, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the store that most tests begin with."""
    store = tmp_path_factory.mktemp("begun") / "store"
    put(told, store, *dict.fromkeys(BEGUN, 1).items())
    return store


@pytest.fixture(scope="module")
def afresh(told: Forms, tmp_path_factory: pytest.TempPathFactory) -> Afresh:
    """Build a set of documents afresh, once for each set, and give its export."""
    exports: dict[tuple[tuple[str, int], ...], bytes] = {}

    def build_afresh(state: State) -> bytes:
        which = tuple(sorted(state.items()))
        if which not in exports:
            store = tmp_path_factory.mktemp("afresh") / "store"
            put(told, store, *(which or [("none", 1)]))
            if not which:
                remove(["none"], store, erase=False)
            exports[which] = export(store)
        return exports[which]

    return build_afresh


IDS = sorted(TEXTS)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "change", "remove"]),
        st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True),
    ),
    min_size=2,
    max_size=6,
)


@settings(
    max_examples=int(os.environ.get("KG_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
@given(steps=STEPS)
def test_incremental_any_order_gives_the_bytes_of_a_fresh_build(
    told: Forms, begun: Path, afresh: Afresh, tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> None:
    """Whatever comes, changes and goes in whatever order: the export is that of the final documents built afresh."""
    store = tmp_path_factory.mktemp("random") / "store"
    shutil.copytree(begun, store)
    state = dict.fromkeys(BEGUN, 1)
    for what, ids in steps:
        if what == "remove":
            if there := [id for id in ids if id in state]:
                remove(there, store, erase=False)
                state = {id: form for id, form in state.items() if id not in there}
            continue
        forms = {id: 2 if what == "change" and id in CHANGED else 1 for id in ids}
        put(told, store, *forms.items())
        state |= forms
    assert export(store) == afresh(state)


def test_incremental_reads_nothing_twice(told: Forms, begun: Path, tmp_path: Path) -> None:
    """A document that the store has as it is costs nothing: no new version is written, and it counts as unchanged."""
    store = copy(begun, tmp_path)
    before = (store / "CURRENT").stat().st_mtime_ns
    summary = put(told, store, *dict.fromkeys(BEGUN, 1).items())
    assert (summary.added, summary.changed, summary.unchanged) == ((), (), len(BEGUN))
    assert (store / "CURRENT").stat().st_mtime_ns == before
    summary = put(told, store, ("de-1", 2), ("de-2", 1))
    assert (summary.changed, summary.unchanged) == (("de-1",), 1)


def test_incremental_remove_tells_what_rested_on_it_alone(told: Forms, begun: Path, tmp_path: Path) -> None:
    """Of a fine that two documents tell of one source goes; a ban that one tells of goes, and so do both texts."""
    store = copy(begun, tmp_path)
    summary = remove(["ru-1", "de-1"], store)
    told_of = {change.label.split(" (")[0]: (change.before, change.after) for change in summary.actions_changed}
    assert told_of["Germany — fine — Telegram"] == (2, 1)
    assert told_of["Russia — ban — Telegram"] == (1, 0)
    assert summary.documents == len(BEGUN) - 2
    exported = export(store).decode()
    assert TEXTS["ru-1"] not in exported and "security service" not in exported
    assert {action.type for action in read_actions(store)} >= {"fine", "appeal"}


def test_incremental_remove_leaves_no_byte_in_the_files(told: Forms, begun: Path, tmp_path: Path) -> None:
    """The words of a document that was taken back are in no file of the store, unless it was done quickly."""
    store = copy(begun, tmp_path)
    run = told["de-1", 1][2]
    # Words that no compression hides.
    gone, stays = (hashlib.sha256(name).hexdigest() for name in (b"gone", b"stays"))
    for id, word in (("gone", gone), ("stays", stays)):
        document = Document(id, f"The weather was {word}.")
        build((), store, ready=[(document, Reading(id, (), ()), run)])
    remove(["ru-1"], store, erase=False)
    assert find_bytes(store, gone.encode()) and find_bytes(store, stays.encode())
    remove(["gone"], store, erase=False)
    assert find_bytes(store, gone.encode()) and gone.encode() not in export(store)
    remove(["de-2"], store)
    assert find_bytes(store, stays.encode()) and not find_bytes(store, gone.encode())


def test_incremental_remove_refuses_ids_that_are_not_there(begun: Path, tmp_path: Path) -> None:
    """An unknown id is refused in one line with those that are near, and nothing goes."""
    store = copy(begun, tmp_path)
    with pytest.raises(SourceError, match=r"no document 'de-9'; near are 'de-[12]', 'de-[12]'$"):
        remove(["de-1", "de-9"], store)
    with pytest.raises(StoreError, match="is no store"):
        remove(["de-1"], tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    assert read_manifest(store) == read_manifest(begun)


def test_incremental_fresh_forgets_what_was_there(told: Forms, begun: Path, afresh: Afresh, tmp_path: Path) -> None:
    """With ``fresh`` the store is that of the sources alone."""
    store = copy(begun, tmp_path)
    assert build((), store, ready=[told["us-1", 1]], fresh=True).documents == 1
    assert export(store) == afresh({"us-1": 1})


def test_incremental_another_reader_reads_all_anew(told: Forms, begun: Path, afresh: Afresh, tmp_path: Path) -> None:
    """A store that another version read is read anew from the texts that it holds, and one line says why."""
    store = tmp_path / "store"
    older = Run("kg-0.0.1", ("rules 0",))
    build((), store, ready=[(*told[id, 1][:2], older) for id in BEGUN])
    said: list[str] = []
    summary = build((), store, ready=[told["us-1", 1]], say=said.append)
    assert said == [summary.reason]
    assert "3 documents of the store are read anew: they were read by kg-0.0.1" in said[0]
    assert (summary.reread, summary.added) == (BEGUN, ("us-1",))
    assert export(store) == afresh({**dict.fromkeys(BEGUN, 1), "us-1": 1})


def test_incremental_works_without_a_ledger(told: Forms, begun: Path, afresh: Afresh, tmp_path: Path) -> None:
    """A store that has lost its ledger is worked out from its quads, without reading a text."""
    store = copy(begun, tmp_path)
    (store / "versions" / read_manifest(store).version / LEDGER).unlink()
    put(told, store, ("us-2", 1))
    assert export(store) == afresh({**dict.fromkeys(BEGUN, 1), "us-2": 1})


def test_incremental_judgements_are_applied_and_taken_back(told: Forms, begun: Path, tmp_path: Path) -> None:
    """A rejected claim leaves the graph with the next build, and is there again when the judgement is withdrawn."""
    store = copy(begun, tmp_path)
    before = export(store)
    document, reading, _ = told["ru-1", 1]
    claim = next(claim for claim in reading.claims if claim.action == "ban")
    key = encode_key(ClaimKey.from_claim(claim, document))
    line = {"claim": key, "is": "rejected", "by": "ada", "when": "2026-11-22", "why": "a test"}
    (store / JUDGEMENTS).write_text(json.dumps(line) + "\n", encoding="utf-8")
    put(told, store, ("de-1", 1))
    assert "ban" not in {action.type for action in read_actions(store)}
    assert b"/graph/judgements>" in export(store)
    remove(["ru-1"], store)
    assert claim.evidence.quote.encode() not in export(store)
    put(told, store, ("ru-1", 1))
    assert "ban" not in {action.type for action in read_actions(store)}
    (store / JUDGEMENTS).unlink()
    put(told, store, ("ru-1", 1))
    assert export(store) == before


def test_incremental_part_that_breaks_a_shape_is_refused(told: Forms, begun: Path) -> None:
    """What has changed is held against the shapes as the whole would be: an edge without an action is found."""
    opened = open_store(begun)
    iris = Iris()
    document, edge = iris.make("doc", "de-1"), make_term("plr:actedAgainst")
    good = [quad for quad in opened.quads() if quad.graph_name in (document, iris.actions)]
    check_part(good, opened)
    bad = Quad(iris.make("agent", "germany"), edge, iris.make("agent", "russia"), iris.actions)
    with pytest.raises(StoreError, match="breaks its shapes.*direct edge"):
        check_part([*good, bad], opened)
    lacking = [quad for quad in good if quad.predicate != make_term("plr:statedStatus")]
    with pytest.raises(StoreError, match="a claim states that the action is actual"):
        check_part(lacking, opened)
    opened.close()


def test_incremental_keeps_writers_apart(told: Forms, begun: Path, tmp_path: Path) -> None:
    """Who comes to write or to remove while another writes is told so, and by which process."""
    store = copy(begun, tmp_path)
    with StoreWriter(store):
        for change in (lambda: put(told, store, ("us-1", 1)), lambda: remove(["de-1"], store)):
            with pytest.raises(StoreError, match=f"process {os.getpid()} is writing it"):
                change()
    assert put(told, store, ("us-1", 1)).added == ("us-1",)


def test_incremental_readers_read_on(told: Forms, begun: Path, tmp_path: Path) -> None:
    """Who opened the store before a build goes on reading what was there; who opens it meanwhile sees it whole."""
    store = copy(begun, tmp_path)
    early = open_store(store)
    seen: list[tuple[int, int]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            opened = open_store(store)
            quads, version = sum(1 for _ in opened.quads(Iris().actions)), len(list_documents(opened))
            seen.append((version, quads))
            opened.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        put(told, store, ("us-1", 1))
        put(told, store, ("us-2", 1))
        remove(["us-1"], store)
    finally:
        done.set()
        reader.join()
    assert list_documents(early) == list(BEGUN)
    assert early.query("ASK { ?a <https://w3id.org/platform-regulation#fined> ?b }")
    early.close()
    sizes = dict(seen)
    assert {documents for documents, _ in seen} <= {3, 4, 5}
    assert len(set(seen)) <= 4 and sizes


def test_incremental_keeps_what_can_not_be_read_again(told: Forms, tmp_path: Path) -> None:
    """A text that the reader of now can't read stays as an older one read it, and is refused by name."""
    run = told["de-1", 1][2]
    older, store = Run("kg-0.0.1"), tmp_path / "store"
    document, reading, _ = told["de-1", 1]
    build((), store, ready=[(document, reading, older)])
    plan = Plan(None, run, read_judgements(None, load_knowledge_base()), None, lambda refusal: None)
    assert list(plan.list_kept(())) == []
    with open_target(store) as target:
        plan = Plan(target.former, run, read_judgements(None, load_knowledge_base()), None, lambda refusal: None)
        assert plan.begins_afresh
        assert [one.id for one in plan.select(())] == ["de-1"]
        assert [(one.id, by) for one, _, by in plan.list_kept(())] == [("de-1", older)]
        assert list(plan.list_kept(["de-1"])) == []
