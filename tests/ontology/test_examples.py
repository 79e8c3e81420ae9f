import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat

from kg.rdf.namespaces import make_prefixes
from kg.rdf.shacl import validate_graph
from kg.rdf.shapes import check_store, compile_shapes
from kg.rdf.store import LocalStore
from kg.resources import find_ontology

ONTOLOGY = find_ontology()
VALID = sorted((ONTOLOGY / "examples" / "valid").glob("*.ttl"))
INVALID = sorted((ONTOLOGY / "examples" / "invalid").glob("*.ttl"))


def check_example(path):
    """Check an example, with the charges, by the compiled queries and by pyshacl."""
    store = ox.Store()
    data = rdflib.Graph()
    for part in (path, ONTOLOGY / "charges.ttl"):
        store.load(path=part, format=RdfFormat.TURTLE, to_graph=NamedNode(f"file:{part.name}"))
        data.parse(part)
    return list(check_store(LocalStore(store))), validate_graph(data)


def read_stated(path):
    """Read the reason that the first line of an invalid example states: shape, path and component."""
    word, *stated = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split()
    assert word == "fails:"
    return tuple("" if part == "-" else part for part in stated)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_examples_valid_pass(path):
    """A valid example breaks nothing, by either processor."""
    assert check_example(path) == ([], [])


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_examples_invalid_fail_for_their_stated_reason(path):
    """An invalid example breaks the constraint that its first line states, and both processors say so alike."""
    ours, theirs = check_example(path)
    assert read_stated(path) in {(found.shape, found.path, found.component) for found in ours}
    assert {(v.focus, v.shape, v.component, v.message) for v in ours} == {
        (v.focus, v.shape, v.component, v.message) for v in theirs
    }


def test_examples_break_every_kind_of_constraint():
    """Each component that the shapes use is broken by some example."""
    used = {constraint.component for constraint in compile_shapes()}
    assert {read_stated(path)[2] for path in INVALID} == used


def test_examples_break_every_shape():
    """Each shape is broken by some example."""
    assert {read_stated(path)[0] for path in INVALID} == {constraint.shape for constraint in compile_shapes()}


@pytest.mark.parametrize("path", VALID + INVALID, ids=lambda path: path.stem)
def test_examples_use_the_prefixes_of_the_code(path):
    """The prefixes of an example are those of namespaces.py."""
    parser = ox.parse(path=path)
    for _ in parser:
        pass
    assert parser.prefixes.items() <= make_prefixes().items()
