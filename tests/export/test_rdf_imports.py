"""RDF comes back as the store it came from, and what is unfit in it is refused by name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.errors import KgError, SourceError
from kg.kb import load_knowledge_base
from kg.model import Refusal
from kg.pipeline import import_graphs
from kg.pipeline.import_rdf import read_rdf_file
from kg.rdf import open_store
from tests.export.stores import export, write_rdf

BASE = "https://w3id.org/platform-regulation/id/"
SUFFIXES = {"nquads": "nq", "trig": "trig", "turtle": "ttl", "jsonld": "jsonld"}


# The others differ in Oxigraph's parser alone, but for Turtle: its way is also that of what was written by hand, below.
@pytest.mark.parametrize(
    "form", ["nquads", *(pytest.param(form, marks=pytest.mark.slow) for form in ("jsonld", "trig", "turtle"))]
)
def test_import_of_rdf_gives_the_bytes_of_the_store_it_came_from(world_folder: Path, tmp_path: Path, form: str) -> None:
    """Each RDF format brings all back, those of one graph too, where no agent has two names; packed or not."""
    path = tmp_path / f"world.{SUFFIXES[form]}.gz"
    path.write_bytes(gzip.compress(export(world_folder, form), 1))
    summary = import_graphs([str(path)], tmp_path / "store")
    assert summary.refused == ()
    assert export(tmp_path / "store") == export(world_folder)


def test_import_takes_what_was_written_by_hand(tree: Path, tmp_path: Path) -> None:
    """The example of a fine that the ontology ships, in one graph and with no word on how agents are named, goes in."""
    text = (tree / "ontology/examples/valid/fine.ttl").read_text(encoding="utf-8").replace("run:kg-0.1.0", "run:hand")
    summary = import_graphs([write_rdf(tmp_path, "fine.ttl", text)], tmp_path / "store")
    assert (summary.documents, summary.claims, summary.actions) == (1, 1, 1)
    opened = open_store(tmp_path / "store")
    fined = ox.NamedNode("https://w3id.org/platform-regulation#fined")
    edges = [quad for quad in opened.quads() if quad.predicate == fined]
    assert [(edge.subject.value, edge.object.value) for edge in edges] == [
        (f"{BASE}agent/germany", f"{BASE}agent/telegram")
    ]
    opened.close()


def test_import_refuses_a_bad_document_and_takes_the_rest(world_folder: Path, tmp_path: Path) -> None:
    """A quote that its text does not say, and a status that there is not, cost their documents, each with a reason."""
    lines = export(world_folder).replace(b'/text> "Germany may fine', b'/text> "Germany will fine')
    ban = b"<https://w3id.org/platform-regulation#statedStatus> <https://w3id.org/platform-regulation#"
    out = []
    for line in lines.splitlines(keepends=True):
        if b"/id/doc/ban> ." in line:
            line = line.replace(ban + b"actual", ban + b"perhaps")
        out.append(line)
    summary = import_graphs([write_rdf(tmp_path, "x.nq", b"".join(out))], tmp_path / "store")
    reasons = {refusal.reason.split(": ")[0]: refusal.reason for refusal in summary.refused}
    assert set(reasons) == {f"{BASE}doc/plan", f"{BASE}doc/ban"}
    assert "what the document says at its offsets" in reasons[f"{BASE}doc/plan"]
    assert "actual, planned or negated" in reasons[f"{BASE}doc/ban"]
    assert summary.documents == 3


DOC = f"<{BASE}doc/d>"
PLR = "https://w3id.org/platform-regulation#"
TYPED = f"{DOC} a <{PLR}Document> ."
HOSTILE = {
    "empty.nq": (b"", "no document: want RDF such as kg export writes"),
    "noise.trig": (b"\x00\xff" * 1000, "not TriG: "),
    "html.ttl": (b"<html><body>", "not Turtle: "),
    "cut.nq": (b"<http://a> <http://b> <http://c", "not N-Quads: "),
    "iri.nt": (b"<http://a b> <http://b> <http://c> .\n", "not N-Triples: "),
    "remote.jsonld": (b'{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "http://a/b"}', "not JSON-LD: "),
    "deep.jsonld": (b"[" * 200_000, "not JSON-LD: "),
    "deep.ttl": (b"<http://a> <http://b> " + b"[ <http://b> " * 200_000, "not Turtle: "),
    "other.ttl": (b"<http://a> <http://b> <http://c> .", "no document: want RDF"),
    "bases.ttl": (
        f"{TYPED} <http://x.example/doc/e> a <{PLR}Document> .".encode(),
        "documents under 2 bases: http://x.example/",
    ),
    "bare.ttl": (TYPED.encode(), "a document has one id"),
    "blank.trig": (f"GRAPH {DOC} {{ {TYPED} {DOC} <http://b> [ <http://c> 1 ] }}".encode(), f"{BASE}doc/d: "),
    "packed.nq.gz": (b"no gzip", "no intact gzip"),
    "short.nq.gz": (gzip.compress(b"<http://a> <http://b> <http://c> .\n" * 1000)[:-9], "cut off"),
}


# Those that parse are held against the shapes, which takes a second each.
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name == "bare.ttl" else name for name in sorted(HOSTILE)]
)
def test_import_of_hostile_rdf_is_one_clear_line(name: str, tmp_path: Path) -> None:
    """What is no RDF, not ours, or not whole, fails with one line that names the file and what is wrong."""
    content, reason = HOSTILE[name]
    with pytest.raises(SourceError) as caught:
        import_graphs([write_rdf(tmp_path, name, content)], tmp_path / "store")
    message = str(caught.value)
    assert name in message and reason in message
    assert "\n" not in message and len(message) < 800
    with pytest.raises(KgError):
        open_store(tmp_path / "store")


@pytest.mark.slow
@settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_import_of_mangled_rdf_breaks_nothing(world_folder: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Lines that are dropped, doubled, moved between graphs, given other objects: each document is read or refused."""
    lines = [line for line in export(world_folder).splitlines() if line.endswith(b"> .") and b"/id/doc/" in line]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = lines[data.draw(st.integers(0, len(lines) - 1))]
        subject, predicate, rest = lines[at].split(b" ", 2)
        kind = data.draw(st.sampled_from(["drop", "object", "predicate", "subject", "literal", "blank", "graph"]))
        objects = {
            "object": other.split(b" ", 2)[2],
            "literal": b'"'
            + data.draw(st.text("abc0123456789.-=", max_size=8)).encode()
            + b'" '
            + rest.rsplit(b" ", 2)[1]
            + b" .",
            "blank": b"_:b " + rest.rsplit(b" ", 2)[1] + b" .",
            "graph": rest.rsplit(b" ", 2)[0] + b" " + other.rsplit(b" ", 2)[1] + b" .",
        }
        lines[at] = b" ".join(
            (
                other.split(b" ", 1)[0] if kind == "subject" else subject,
                other.split(b" ", 2)[1] if kind == "predicate" else predicate,
                objects.get(kind, rest),
            )
        )
        if kind == "drop":
            del lines[at]
    path = write_rdf(tmp_path, "mangled.nq", b"\n".join(lines))
    try:
        found = list(read_rdf_file(path, load_knowledge_base()))
    except SourceError as error:
        assert "mangled.nq" in str(error)
        return
    for one in found:
        if not isinstance(one, Refusal):
            for claim in one[1].claims:
                claim.evidence.check(one[0].text)
