import random

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.rdf.shacl import validate_store
from kg.rdf.shapes import check_store, compile_shapes
from kg.rdf.terms import make_term
from tests.rdf.samples import fill_store, make_quads


def list_findings(violations):
    """Reduce violations to what both processors tell alike."""
    return {(found.focus, found.shape, found.component, found.message) for found in violations}


def test_shapes_pass_what_the_encoders_write():
    """A store that the encoders wrote breaks no constraint, by the compiled queries and by pyshacl."""
    store = fill_store(make_quads(1))
    assert list(check_store(store)) == []
    assert validate_store(store) == []


@pytest.mark.parametrize("seed", range(6))
def test_shapes_compiled_and_pyshacl_agree_on_damage(seed):
    """Where quads are lost or doubled, the compiled queries and pyshacl find the same."""
    chance, quads = random.Random(seed), sorted(make_quads(1), key=str)
    ontology = [quad for quad in quads if quad.graph_name.value.endswith("ontology")]
    data = [quad for quad in quads if not quad.graph_name.value.endswith("ontology")]
    kept = [quad for quad in data if chance.random() > 0.1]
    doubled = [
        ox.Quad(q.subject, q.predicate, chance.choice(data).object, q.graph_name) for q in chance.sample(data, 5)
    ]
    store = fill_store(ontology + kept + doubled)
    found = list_findings(check_store(store))
    assert found
    assert found == list_findings(validate_store(store))


def test_shapes_name_what_is_wrong_in_one_line():
    """A violation says which thing, what value, and what is wanted, in one line."""
    quads = [quad for quad in make_quads(1) if quad.predicate != make_term("plr:actor")]
    lines = [str(violation) for violation in check_store(fill_store(quads))]
    assert any("action/a-fine: an action has one actor, an agent" in line for line in lines)
    assert not [line for line in lines if "\n" in line]


def test_shapes_leave_alone_a_sum_too_great_for_the_store():
    """A sum beyond what Oxigraph can compare is no violation: such fines have been told."""
    quads = make_quads(1)
    huge = ox.Literal("2" + "0" * 36, datatype=make_term("xsd:decimal"))
    changed = [
        ox.Quad(quad.subject, quad.predicate, huge, quad.graph_name)
        if quad.predicate == make_term("schema:value")
        else quad
        for quad in quads
    ]
    assert list(check_store(fill_store(changed))) == []


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("sh:targetClass plr:Action ; sh:closed true", "closed"),
        ("sh:targetNode plr:Action", "targetClass or sh:targetSubjectsOf"),
        (
            "sh:targetClass plr:Action ; sh:property [ sh:path plr:actor ; sh:maxLength 3 ; sh:message '' ]",
            "maxLength",
        ),
        ("sh:targetClass plr:Action ; sh:property [ sh:path plr:actor ; sh:minCount 1 ]", "message"),
        (
            "sh:targetClass plr:Action ; sh:property"
            " [ sh:path [ sh:zeroOrMorePath plr:actor ] ; sh:minCount 1 ; sh:message 'm' ]",
            "path",
        ),
        (
            "sh:targetClass plr:Action ; sh:property [ sh:path plr:actor ; sh:nodeKind sh:Literal ; sh:message '' ]",
            "nodeKind",
        ),
        ("a plr:Nothing", "rdf-syntax-ns#type|targetClass"),
    ],
)
def test_shapes_refuse_what_the_compiler_does_not_know(tmp_path, shape, words):
    """A part of SHACL that would be passed over silently is refused by name."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix plr: <https://w3id.org/platform-regulation#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"plr:S a sh:NodeShape ; {shape} .\n"
    )
    with pytest.raises(DataError, match=words):
        compile_shapes(path)


def test_shapes_compile_every_constraint():
    """Every constraint of the file becomes a query: none is lost on the way."""
    import rdflib
    from rdflib import SH

    from kg.resources import find_ontology

    graph = rdflib.Graph().parse(find_ontology() / "shapes.ttl")
    written = sum(
        1
        for node in graph.objects(None, SH.property)
        for predicate in graph.predicates(node)
        if predicate not in (SH.path, SH.message)
    ) + len(list(graph.objects(None, SH.sparql)))
    assert len(compile_shapes()) == written > 150


def test_shapes_are_checked_alike_by_several_threads():
    """Threads find the same in the same order."""
    quads = [quad for quad in sorted(make_quads(1), key=str) if quad.predicate != make_term("plr:actor")]
    store = fill_store(quads[::2])
    found = list(check_store(store))
    assert found
    assert list(check_store(store, threads=3)) == found


@pytest.mark.parametrize("damage", ["exact", "start", "text"])
def test_shapes_hold_mentions_against_their_document(damage):
    """A mention that its document does not bear out is found, also where the document has no text at all."""
    predicate = make_term({"exact": "oa:exact", "start": "oa:start", "text": "schema:text"}[damage])
    other = {"exact": ox.Literal("Nobody"), "start": ox.Literal(1), "text": None}[damage]
    changed = []
    for quad in make_quads(1):
        if quad.predicate == predicate:
            if other is None:
                continue
            quad = ox.Quad(quad.subject, quad.predicate, other, quad.graph_name)
        changed.append(quad)
    messages = {found.message for found in check_store(fill_store(changed)) if found.shape == "Mention"}
    assert "a mention is what its document says at its offsets" in messages
