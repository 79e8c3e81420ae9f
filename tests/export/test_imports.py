"""What comes from other stores and from RDF is what one build of all would give; what is unfit is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import append_judgements
from kg.model import AgentJudgement, Origin
from kg.pipeline import build, import_graphs
from kg.pipeline.runs import Run, describe_run
from tests.export.conftest import FORMULA, MARKUP
from tests.export.stores import export, put, write_rdf
from tests.server import serve_endpoint


def test_import_of_a_store_gives_the_bytes_of_one_build(told, world_folder: Path, tmp_path: Path) -> None:
    """Two stores that share a document, one merged into the other, are the store of all documents; again is nothing."""
    ours, theirs = put(told[:3], tmp_path / "ours"), put(told[2:], tmp_path / "theirs")
    before = export(theirs)
    summary = import_graphs([str(theirs)], ours)
    assert (len(summary.added), summary.unchanged, summary.refused) == (2, 1, ())
    assert export(ours) == export(world_folder)
    assert export(theirs) == before
    again = import_graphs([str(theirs)], ours)
    assert (again.added, again.changed, again.unchanged) == ((), (), 3)


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_import_in_any_parts_gives_the_bytes_of_one_build(
    told, world_folder: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """However the documents are spread over stores, and in whatever order these are merged, the bytes are the same."""
    folder = tmp_path_factory.mktemp("parts")
    places = [data.draw(st.sets(st.integers(0, 2), min_size=1), label=one[0].id) for one in told]
    stores = []
    for number in range(3):
        if part := [one for one, place in zip(told, places, strict=True) if number in place]:
            stores.append(str(put(data.draw(st.permutations(part)), folder / f"part-{number}")))
    import_graphs(data.draw(st.permutations(stores)), folder / "merged")
    assert export(folder / "merged") == export(world_folder)


@pytest.mark.slow
def test_import_of_real_trackers_gives_the_bytes_of_one_build(shared: Path, tmp_path: Path) -> None:
    """Two real tables, 1,325 rows that make 3,239 claims: merged as stores, and brought back from N-Quads."""
    tables = [str(next((shared / "reference").glob(f"{name}*.tsv"))) for name in ("gdpr-enforcement", "keepiton")]
    for name, paths in (("gdpr", tables[:1]), ("keepiton", tables[1:]), ("all", tables)):
        build(paths, tmp_path / name)
    import_graphs([str(tmp_path / "keepiton")], tmp_path / "gdpr")
    whole = export(tmp_path / "all")
    assert export(tmp_path / "gdpr") == whole
    import_graphs([write_rdf(tmp_path, "all.nq", whole)], tmp_path / "from-rdf")
    assert export(tmp_path / "from-rdf") == whole


@pytest.mark.slow
def test_import_of_read_texts_gives_the_bytes_of_one_build(tmp_path: Path) -> None:
    """So it is with texts that the pipeline read: two folders, two stores, one of them merged into the other."""
    texts = {
        "a": {"de": "Germany fined Telegram 5.1 million euros in October 2022 over complaints."},
        "b": {
            "de-2": "In October 2022 Germany fined the messenger Telegram 5 million euros. Telegram appealed.",
            "us": "Acme Widgets Ltd sued Telegram in May 2021.",
        },
    }
    for folder, files in texts.items():
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / f"{name}.txt").write_text(text, encoding="utf-8")
        build([str(tmp_path / folder)], tmp_path / f"store-{folder}")
    import_graphs([str(tmp_path / "store-b")], tmp_path / "store-a")
    build([str(tmp_path / "a"), str(tmp_path / "b")], tmp_path / "store-all")
    assert export(tmp_path / "store-a") == export(tmp_path / "store-all")


@pytest.mark.slow
def test_import_of_an_endpoint_gives_the_bytes_of_a_folder(told, world_folder: Path, tmp_path: Path) -> None:
    """A SPARQL endpoint is a store like any other: what it holds comes in, and graphs of others stay out."""
    serving = serve_endpoint()
    endpoint = next(serving)
    endpoint.load(Path(write_rdf(tmp_path, "foreign.nq", "<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n")))
    build((), endpoint.url, ready=told)
    import_graphs([endpoint.url], tmp_path / "store")
    serving.close()
    assert export(tmp_path / "store") == export(world_folder)


@pytest.mark.slow
def test_import_reads_texts_anew_that_another_version_read(told, tmp_path: Path) -> None:
    """A document of another version, or any with ``reread``, is read here: its former claims do not count."""
    other = [(document, reading, Run("kg-0.0.1", ("rules of old",))) for document, reading, _ in told[:1]]
    store, heard = put(other, tmp_path / "old"), []
    import_graphs([str(store)], tmp_path / "new", say=heard.append)
    assert heard == ["1 documents were read by another version, or judged since: what is new of them is read here"]
    assert b"kg-0.0.1" not in export(tmp_path / "new")
    assert export(tmp_path / "new").count(b"/claim/") > 0
    again = import_graphs([str(store)], tmp_path / "new")
    assert (again.added, again.changed, again.unchanged) == ((), (), 1)


@pytest.mark.slow
def test_import_reads_all_texts_anew_if_told_to(told, tmp_path: Path) -> None:
    """With ``reread`` a document of this very version is read here too, as a build from its text would."""
    import_graphs([str(put(told[:1], tmp_path / "ours"))], tmp_path / "reread", reread=True)
    document = told[0][0]
    build((), tmp_path / "read", documents=[document])
    assert export(tmp_path / "reread") == export(tmp_path / "read")
    assert export(tmp_path / "reread") != export(tmp_path / "ours")


@pytest.mark.slow
def test_import_takes_judgements_over_if_told_to(told, tmp_path: Path) -> None:
    """Judgements of another store are told of; with them, the bytes are those of one build with both files."""
    judgement = AgentJudgement(
        tuple(sorted((FORMULA.id, MARKUP.id))), ("a", "b"), "same", Origin("ada", "2026-11-22", "one firm")
    )
    theirs = put(told[3:], tmp_path / "theirs")
    append_judgements(theirs / JUDGEMENTS, [judgement])
    build((), theirs)  # which takes it up
    ours, heard = put(told[:3], tmp_path / "ours"), []
    import_graphs([str(theirs)], tmp_path / "without", say=heard.append)
    assert any("1 judgements are not taken over (--with-judgements" in line for line in heard)
    import_graphs([str(theirs)], ours, with_judgements=True)
    (tmp_path / "all").mkdir()
    append_judgements(tmp_path / "all" / JUDGEMENTS, [judgement])
    assert export(ours) == export(put(told, tmp_path / "all"))
    assert (ours / JUDGEMENTS).read_bytes() == (theirs / JUDGEMENTS).read_bytes()


@pytest.mark.slow
def test_import_of_judged_rdf_reads_its_texts_anew(told, tmp_path: Path) -> None:
    """Nothing in the RDF of a judged store says what was read before it was judged, so its texts are read again."""
    judgement = AgentJudgement(
        tuple(sorted((FORMULA.id, MARKUP.id))), ("a", "b"), "same", Origin("ada", "2026-11-22", "one firm")
    )
    (tmp_path / "judged").mkdir()
    append_judgements(tmp_path / "judged" / JUDGEMENTS, [judgement])
    path, heard = write_rdf(tmp_path, "judged.nq", export(put(told[3:], tmp_path / "judged"))), []
    import_graphs([path], tmp_path / "from-rdf", say=heard.append)
    assert heard == ["2 documents were read by another version, or judged since: what is new of them is read here"]


@pytest.mark.slow
def test_import_refuses_one_id_of_two_texts(told, tmp_path: Path) -> None:
    """Of two inputs with a document of the same id and another text the later is refused, as in a build."""
    document, reading, run = told[0]
    one = put([(document, reading, run)], tmp_path / "one")
    other = put([(told[1][0], told[1][1], describe_run())], tmp_path / "other")
    renamed = export(other).replace(b"%3Dagain", b"fine").replace(b'"=again"', b'"fine"')
    summary = import_graphs([str(one), write_rdf(tmp_path, "other.nq", renamed)], tmp_path / "store")
    assert [refusal.reason for refusal in summary.refused] == [
        "'fine' has the id of another document of an earlier input"
    ]
    assert export(tmp_path / "store") == export(one)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.nq", "No such file"),
        ("gone.ftm.json", "No such file"),
        ("notes.docx", "can't import it: want the folder or address of a store, or a file of RDF"),
        (".", "is a folder and no store"),
    ],
)
def test_import_names_what_it_takes(path: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is missing or of another kind, and a folder that is no store, are told in one line."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=reason):
        import_graphs([path], tmp_path / "store")
