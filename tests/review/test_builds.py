"""Judgements in real builds of a store: any change of them ends in the bytes of a fresh build."""

from __future__ import annotations

import io
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from kg.errors import DataError, StoreError
from kg.judge import FILE_NAME
from kg.pipeline import build, build_graph, judged, rejudge, remove, remove_documents, report_review
from kg.pipeline.runs import describe_run
from kg.rdf import decode_actions, decode_claims, dump_store, open_store
from tests.review.judging import judge_agents
from tests.review.test_claims import judge_claim
from tests.review.world import make_stories

OFFICE = "office-of-communications.regulator"
STORIES = {document.id: (document, reading, describe_run()) for document, reading in make_stories()}


def make_lines():
    """Make judgements of each kind, two of them of one pair and one of a document under another name."""
    told = {id: (document, reading) for id, (document, reading, _) in STORIES.items()}
    return [
        judge_agents("gb-ofcom", OFFICE, "same"),
        judge_agents("zorbo-holdings.company", "zorbo-holdngs.company", "same"),
        judge_agents("gb-ofcom", OFFICE, "undecided"),
        judge_claim(told["one"], 0, "rejected"),
        judge_claim(told["two"], 0, "accepted"),
        judge_claim(told["four"], 0, "corrected", correction={"action": "warn", "target": "tiktok"}),
        judge_claim(told["five"], 0, "rejected"),
        judge_claim(told["five"], 0, "undecided"),
    ]


LINES = make_lines()


def write(folder, lines):
    """Write the file of judgements that a store's builds read."""
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def put(store, *ids, **options):
    """Build documents into a store."""
    return build((), store, ready=[STORIES[id] for id in ids], **options)


def export(store):
    """Export a store."""
    opened, out = open_store(store), io.BytesIO()
    dump_store(opened, "nquads", out)
    opened.close()
    return out.getvalue()


def read(store, what):
    """Read the actions or the claims of a store."""
    opened = open_store(store)
    found = list(what(opened))
    opened.close()
    return found


@pytest.fixture(scope="module", autouse=True)
def small_kb(kb):
    """Let builds take the small knowledge base: what they write, and hold against the shapes, is a tenth."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (build_graph, judged, remove_documents):
            patch.setattr(module, "load_knowledge_base", lambda: kb)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory, small_kb):
    """Build a store of all stories."""
    store = tmp_path_factory.mktemp("built") / "store"
    put(store, *STORIES)
    return store


@pytest.fixture
def store(built, tmp_path):
    """Copy the store of all stories."""
    return Path(shutil.copytree(built, tmp_path / "store"))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("judge"), st.lists(st.sampled_from(range(len(LINES))), max_size=6)),
        st.tuples(st.just("add"), st.lists(st.sampled_from(sorted(STORIES)), min_size=1, max_size=3, unique=True)),
        st.tuples(st.just("remove"), st.lists(st.sampled_from(sorted(STORIES)), min_size=1, max_size=1)),
    ),
    min_size=2,
    max_size=6,
)


@settings(
    max_examples=int(os.environ.get("KG_EXAMPLES", "4")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@example([("judge", [0, 3, 5]), ("add", ["three"]), ("remove", ["one"]), ("judge", [0, 2, 4]), ("judge", [])])
@given(STEPS)
def test_builds_any_change_of_judgements_gives_the_bytes_of_a_fresh_build(tmp_path_factory, steps):
    """Whatever is judged, taken back, added and removed in whatever order: the export is that of a fresh build."""
    folder = tmp_path_factory.mktemp("judged")
    store, present, lines = folder / "store", {"one", "two", "four", "five"}, []
    put(store, *sorted(present))
    for what, which in steps:
        if what == "judge":
            lines = [LINES[number] for number in which]
            write(store, lines)
            rejudge(store)
        elif what == "add":
            put(store, *which)
            present |= set(which)
        elif len(present) > 1 and present & set(which):
            remove([id for id in which if id in present], store, erase=False)
            present -= set(which)
    write(folder / "fresh", lines)
    put(folder / "fresh", *sorted(present, reverse=True))
    assert export(store) == export(folder / "fresh")


def test_builds_may_begin_with_judgements(tmp_path):
    """A folder that holds judgements and nothing else is as good as an empty one, and they are applied at once."""
    write(tmp_path / "store", LINES[:1])
    put(tmp_path / "store", "one", "two")
    assert {action.actor.id for action in read(tmp_path / "store", decode_actions)} == {"gb-ofcom"}


def test_builds_keep_and_count_the_judgements_when_all_is_forgotten(store):
    """A build that forgets what the store holds keeps the file of judgements, applies it, and counts its lines."""
    write(store, LINES[:1])
    summary = put(store, "one", "two", fresh=True)
    assert (summary.documents, summary.judgements) == (2, 1)
    assert (store / FILE_NAME).is_file()
    assert {action.actor.id for action in read(store, decode_actions)} == {"gb-ofcom"}


def test_builds_apply_a_file_that_is_named(store, tmp_path):
    """A build takes the judgements of the file that it is given rather than those beside the store."""
    write(store, LINES[3:4])
    write(tmp_path / "other", LINES[:1])
    put(store, "one", judgements=tmp_path / "other" / FILE_NAME)
    fines = [action for action in read(store, decode_actions) if action.type == "fine"]
    assert [(fine.actor.id, fine.source_count) for fine in fines] == [("gb-ofcom", 2)]


def test_builds_refuse_judgements_that_contradict_and_keep_the_store(store):
    """A contradiction is refused in a line before anything is read, and the graph stays as it was."""
    before = export(store)
    write(
        store,
        [*LINES[:1], judge_agents("gb-ofcom", "x.company", "same"), judge_agents("x.company", OFFICE, "different")],
    )
    with pytest.raises(DataError, match=r"judgements.jsonl:3: .* are different, but one by"):
        put(store, "one")
    with pytest.raises(DataError, match=r"judgements.jsonl:3"):
        rejudge(store)
    assert export(store) == before


def test_builds_make_an_accepted_claim_certain_and_its_action_too(store):
    """Accepted, a claim has confidence 1, and so has the action that it tells of."""
    write(store, LINES[4:5])
    rejudge(store)
    accepted = [claim for claim in read(store, decode_claims) if claim.review]
    assert [claim.confidence for claim in accepted] == [1.0]
    told = [action for action in read(store, decode_actions) if accepted[0].id in action.claim_ids]
    assert [action.confidence for action in told] == [1.0]


def test_builds_apply_judgements_to_a_document_under_another_id(store):
    """The same text under another id is judged alike, and the graph tells by which judgement."""
    document, reading, run = STORIES["two"]
    claims = tuple(
        replace(claim, id=f"x{claim.id}", evidence=replace(claim.evidence, document_id="renamed"))
        for claim in reading.claims
    )
    renamed = (replace(document, id="renamed"), replace(reading, document_id="renamed", claims=claims), run)
    write(store, LINES[4:5])
    remove(["two"], store, erase=False)
    build((), store, ready=[renamed])
    assert [claim.document_id for claim in read(store, decode_claims) if claim.review] == ["renamed"]
    assert report_review(store).unfit == ()


def test_builds_take_a_judged_quote_back_with_its_document(store):
    """When a document is taken back, the judgements of its claims leave the graph too, but not the file."""
    write(store, LINES[3:4])
    rejudge(store)
    quote = STORIES["one"][1].claims[0].evidence.quote.encode()
    assert quote in export(store)
    remove(["one"], store)
    assert quote not in export(store)
    assert (store / FILE_NAME).read_text(encoding="utf-8").count("\n") == 1


def test_report_names_decisions_whose_claim_was_read_otherwise(store):
    """When a new extraction lacks a judged claim, the report says so, rejected ones included."""
    write(store, [*LINES[3:5], judge_agents("gone.company", "gb-ofcom", "same")])
    rejudge(store)
    report = report_review(store)
    assert (report.unfit, [entry.judgement.agents[1] for entry in report.unknown]) == ((), ["gone.company"])
    document, reading, run = STORIES["one"]
    build((), store, ready=[(replace(document, text=document.text + " More."), replace(reading, claims=()), run)])
    assert [entry.place.rpartition(":")[2] for entry in report_review(store).unfit] == ["1"]


def test_report_wants_a_folder():
    """An endpoint does not keep what was read, and is refused."""
    for ask in (report_review, rejudge):
        with pytest.raises(StoreError, match="want the folder of a store"):
            ask("http://localhost:9/")
