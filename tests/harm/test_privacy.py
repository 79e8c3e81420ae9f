"""Persons are left out: who is forgotten stays so, private persons do if a store wants it, and no byte names them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.kb.knowledge
from kg.cli import build as build_command
from kg.cli import run
from kg.errors import DataError, KgError, SourceError, StoreError
from kg.export.agent import describe_agent
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import append_judgements
from kg.kb import load_knowledge_base
from kg.model import AgentJudgement, AgentRef, Origin
from kg.pipeline import build
from kg.pipeline.forget import forget
from kg.pipeline.plan import Told
from kg.pipeline.runs import Run, describe_run
from kg.privacy import FILE_NAME, MASK, PERSONS, digest_name, make_forgotten, mask_names, read_forgotten
from kg.rdf import dump_store, open_store, read_manifest
from kg.rdf.writer import _BESIDE
from tests.factories import make_agent
from tests.harm.world import use_small_knowledge
from tests.review.world import add_fact, tell

WHEN = {"by": "ada", "when": "2026-11-22"}
JANE, JOHN, CHIEF = (make_agent(name, "Person") for name in ("Jane Quimby", "John Ordway", "Zed Zorbo"))
MRS = make_agent("Mrs. Jane Quimby-Ordway", "Person")
ACME = make_agent("Acme Widgets", "Company")


def make_told(run: Run | None = None) -> list[Told]:
    """Make documents: of private persons, of one with an office, of a public one, and of none."""
    kb, run = load_knowledge_base(), run or describe_run()
    assert run == describe_run(None) or run.name != "kg-0.1.0"
    germany, telegram, durov, tiktok = (kb.refer_to(id) for id in ("germany", "telegram", "pavel-durov", "tiktok"))
    stories = [
        tell("jane", (JANE, "sue", "sued", tiktok, 0.9), (germany, "fine", "fined", telegram, 0.9)),
        tell("both", (tiktok, "deny", "denied what is said by", JANE, 0.8), (JOHN, "sue", "sued", tiktok, 0.7)),
        add_fact(tell("chief", (CHIEF, "accuse", "accused", telegram, 0.9)), CHIEF, "role", ACME),
        tell("arrest", (germany, "arrest", "arrested", durov, 0.9), (germany, "fine", "fined", telegram, 0.6)),
        tell("mrs", (MRS, "sue", "sued", telegram, 0.9)),
    ]
    document, reading = stories[0]
    title = replace(document, title="Quimby, Jane", author="JANE  QUIMBY", url="https://news.example/jane-quimby-sues")
    return [(title, reading, run), *((*story, run) for story in stories[1:])]


def export(store: Path) -> bytes:
    """Export a store."""
    opened, out = open_store(store), io.BytesIO()
    dump_store(opened, "nquads", out)
    opened.close()
    return out.getvalue()


def find_words(store: Path, *words: str) -> list[str]:
    """Find the files of a store that have one of these words, in any case."""
    wanted = [word.lower().encode() for word in words]
    files = (path for path in store.rglob("*") if path.is_file())
    return sorted(path.name for path in files if any(word in path.read_bytes().lower() for word in wanted))


@pytest.fixture(scope="module", autouse=True)
def _small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let these tests read a knowledge base of few agents, which takes a second less a build."""
    before = kg.kb.knowledge.find_data  # type: ignore[attr-defined]
    use_small_knowledge(tmp_path_factory.mktemp("knowledge"))
    yield
    kg.kb.knowledge.find_data = before  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of all of them."""
    store = tmp_path_factory.mktemp("begun") / "store"
    build((), store, ready=make_told())
    return store


def test_forgotten_stays_forgotten(begun: Path, tmp_path: Path) -> None:
    """A person's claims go and her name is masked, now, in later builds, and in a store built afresh with the file."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    summary = forget(["jane quimby"], store, **WHEN)
    assert summary.agents == (JANE.id,)
    assert (summary.documents, summary.claims_removed) == (("both", "jane"), 2)
    assert {change.label: change.after for change in summary.actions_changed} == {
        "Jane Quimby — sue — TikTok": 0,
        "TikTok — deny — Jane Quimby": 0,
    }
    left = export(store)
    assert b"Quimby" in left  # Mrs. Quimby-Ordway is somebody else.
    assert f"{MASK * 11} sued TikTok".encode() in left and b"Quimby, Jane" not in left and b"/jane-quimby" not in left
    again = build((), store, ready=make_told())
    assert (again.unchanged, again.added, again.changed) == (5, (), ())
    assert export(store) == left
    (tmp_path / "afresh").mkdir()
    shutil.copy(store / FILE_NAME, tmp_path / "afresh")
    build((), tmp_path / "afresh", ready=reversed(make_told()))
    assert export(tmp_path / "afresh") == left
    build((), store, ready=make_told(), fresh=True)
    assert export(store) == left


def test_forgotten_leave_no_byte(begun: Path, tmp_path: Path) -> None:
    """When all who bear a name are forgotten, no file of the store has it, and the decision does not spell it."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    assert find_words(store, "quimby")
    forget([JANE.id, MRS.id], store, why="asked by letter", **WHEN)
    assert find_words(store, "quimby") == []
    lines = (store / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["why"] for line in lines] == ["asked by letter"] * 2


def test_forgotten_goes_whatever_read_it(begun: Path, tmp_path: Path) -> None:
    """Another version that reads all anew, from the masked texts of the store, brings nobody back."""
    store, older = tmp_path / "store", Run("kg-0.0.1", ("rules 0",))
    build((), store, ready=make_told(older))
    forget([JANE.id, MRS.id], store, **WHEN)
    build((), store, ready=make_told())
    assert find_words(store, "quimby") == [] and b"mrs" in export(store)


def test_forgotten_public_person_leaves_the_knowledge_base(begun: Path, tmp_path: Path) -> None:
    """Somebody of the knowledge base is forgotten there too; what he owned stays."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    assert b"pavel-durov" in export(store)
    assert forget(["Pavel Durov"], store, **WHEN).claims_removed == 1
    left = export(store)
    assert b"pavel-durov" not in left and b"Pavel Durov" not in left and b"/agent/telegram>" in left


def test_forgotten_with_those_judged_to_be_one(begun: Path, tmp_path: Path) -> None:
    """Who was judged to be one person is forgotten under each name."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    pair = AgentJudgement((JANE.id, MRS.id), (JANE.name, MRS.name), "same", Origin("ada", "2026-11-22", ""))
    append_judgements(store / JUDGEMENTS, [pair])
    build((), store)
    assert forget([JANE.id], store, **WHEN).agents == (JANE.id, MRS.id)
    assert find_words(store, "quimby") == [JUDGEMENTS]


def test_forget_says_what_went_and_what_may_remain(
    begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command tells what is gone, and points at a page that was made before."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    (store / "graph.html").touch()
    assert run(["forget", "Jane Quimby", "-o", str(store), "--why", "letter"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "jane-quimby.person: 2 claims and 0 facts of 2 documents are gone"
    assert "gone: Jane Quimby — sue — TikTok (2024-08-24)" in lines or "gone: Jane Quimby — sue — TikTok" in lines
    assert lines[-1] == f"{store}/graph.html may still name them: kg view {store} makes it anew"
    assert run(["forget", "Jane Quimby", "-o", str(store)]) == 1
    assert "the store has no person 'Jane Quimby'" in capsys.readouterr().err


def test_forget_refuses_in_one_line(begun: Path, tmp_path: Path) -> None:
    """Who is no person, or not there, is refused with who is near, and nothing is noted."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    with pytest.raises(SourceError, match=r"^'telegram' is no person: only persons are forgotten; kg remove "):
        forget(["telegram"], store, **WHEN)
    with pytest.raises(
        SourceError, match=r"^the store has no person 'jane-quimb.person'; near are 'jane-quimby.person"
    ):
        forget(["jane-quimb.person"], store, **WHEN)
    with pytest.raises(StoreError, match="is an endpoint"):
        forget([JANE.id], "http://localhost:1/query", **WHEN)
    assert not (store / FILE_NAME).exists()


def test_forgotten_file_is_refused_where_it_is_damaged(begun: Path, tmp_path: Path) -> None:
    """A damaged line stops the build by file and line: better no graph than one that tells of the forgotten."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    good = make_forgotten(JANE.id, [JANE.name], **WHEN)
    for bad in (
        "{",
        "[]",
        json.dumps({**good, "agent": "jane"}),
        json.dumps({**good, "names": ["9:x"]}),
        '{"agent": 1}',
    ):
        (store / FILE_NAME).write_text(f"{json.dumps(good)}\n{bad}\n", encoding="utf-8")
        with pytest.raises(DataError, match=rf"{FILE_NAME}:2: .*; want a line that kg forget wrote$"):
            build((), store, ready=make_told())


def test_known_persons_leave_out_private_ones(tmp_path: Path) -> None:
    """With ``known`` only persons stay who are in the knowledge base or whose office the document tells."""
    store = tmp_path / "store"
    build((), store, ready=make_told(), persons="known")
    left = export(store)
    assert b"Zed Zorbo" in left and b"/agent/zed-zorbo.person>" in left
    assert find_words(store, "quimby", "ordway") == []
    assert {document.id for document, _, _ in make_told()} == {
        graph.rpartition("/")[2] for graph in list_graphs(store) if "/doc/" in graph
    }
    # A later build and a removal go on so, and what was left out comes from nowhere.
    build((), store, ready=make_told())
    assert export(store) == left and read_manifest(store).details["persons"] == "known"
    with pytest.raises(StoreError, match="it left out private persons, who are in no file of it; add --fresh"):
        build((), store, ready=make_told(), persons="all")
    build((), store, ready=make_told(), persons="all", fresh=True)
    assert b"Jane Quimby" in export(store)
    with pytest.raises(KgError, match=r"^persons 'none': want all or known$"):
        build((), store, ready=make_told(), persons="none")


def list_graphs(store: Path) -> list[str]:
    """List the names of the graphs of a store."""
    opened = open_store(store)
    names = [graph.value for graph in opened.graphs()]
    opened.close()
    return names


def test_known_persons_can_be_set_later(begun: Path, tmp_path: Path) -> None:
    """A store of all persons that is built with ``known`` once has the bytes of one that always was."""
    store = Path(shutil.copytree(begun, tmp_path / "store"))
    build((), store, persons="known")
    build((), tmp_path / "always", ready=make_told(), persons="known")
    assert export(store) == export(tmp_path / "always")
    assert find_words(store, "quimby") == []


def test_agent_is_described_by_all_that_is_said_of_it(begun: Path) -> None:
    """An export of one agent has its claims with their quotes, as actor and as target, and its documents."""
    opened = open_store(begun)
    found = describe_agent(opened, JANE.id)
    assert [(claim["actor"]["id"], claim["action"], claim["target"]["id"]) for claim in found["claims"]] == [
        ("tiktok", "deny", JANE.id),
        (JANE.id, "sue", "tiktok"),
    ]
    assert all(claim["quote"] for claim in found["claims"])
    assert [document["id"] for document in found["documents"]] == ["both", "jane"]
    assert describe_agent(opened, CHIEF.id)["facts"][0]["object"] == {
        "id": ACME.id,
        "name": ACME.name,
        "type": ACME.type,
    }
    with pytest.raises(SourceError, match="no agent 'nobody"):
        describe_agent(opened, "nobody> } #")
    opened.close()


TEXTS = st.text(alphabet=" \n.,-'’_aAbBéÉßſ█\u202e\u0301\U0001f600" + "Jane Quimby", max_size=60)


@given(text=TEXTS, name=st.sampled_from(["Jane Quimby", "JANE-QUIMBY", "Jane  Q. Quimby", "é", "ß", "", "Quimby " * 9]))
def test_masks_keep_the_length_and_are_stable(text: str, name: str) -> None:
    """A masked text has its length, no name that was sought, all else as it was, and is not masked further."""
    digests = {digest} if (digest := digest_name(name)) else set[str]()
    text = f"{text} {name} {text}"
    masked = mask_names(text, digests)
    assert len(masked) == len(text)
    assert all(after in (before, MASK) for before, after in zip(text, masked, strict=True))
    assert mask_names(masked, digests) == masked
    assert not digests or "Quimby" not in name or "Quimby" not in masked.replace("█", "")


def test_masks_find_a_name_however_it_is_written() -> None:
    """Case, hyphens and double spaces do not hide a name; another name, or one torn over a paragraph, is none."""
    digests = {digest_name("Jane Quimby")}
    for said in ("JANE QUIMBY", "Jane-Quimby", "jane  quimby", "Ｊａｎｅ Quimby", "Jane\nQuimby's"):
        assert MASK * 4 in mask_names(f"({said})", digests)
    for said in ("Jane and Quimby", "Janet Quimby", "Jane     Quimby"):
        assert mask_names(said, digests) == said
    assert mask_names("Jane Quimby. Quimby, Quimbys", digests) == f"{MASK * 11}. {MASK * 6}, Quimbys"


def test_settings_are_the_same_everywhere() -> None:
    """The command line and the writer of stores, which do not import kg.privacy, use its words."""
    assert build_command.PERSONS == PERSONS
    assert FILE_NAME in _BESIDE
    assert read_forgotten(Path("nowhere") / FILE_NAME).digest == ""
    assert AgentRef(JANE.id, JANE.name, "Person").id == "jane-quimby.person"
