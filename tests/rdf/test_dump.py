import io
import random

import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import XSD

from kg.errors import StoreError
from kg.rdf import FORMATS, dump_store
from kg.rdf.jsonld import load_context
from kg.rdf.rdflib_view import as_rdflib
from kg.rdf.terms import NAMED_AS
from tests.rdf.samples import fill_store, make_quads

PARSERS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
RDFLIB_PARSERS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}


def dump(quads, format):
    """Dump quads as bytes."""
    out = io.BytesIO()
    dump_store(fill_store(quads), format, out)
    return out.getvalue()


def list_rdflib(dataset):
    """List the quads of an rdflib dataset; a plain literal is a string, as RDF 1.1 has it."""
    return {
        (s, p, str(o), getattr(o, "language", None), getattr(o, "datatype", None) or XSD.string, g)
        for s, p, o, g in dataset.quads()
    }


@pytest.fixture(scope="module")
def quads():
    """Encode the small world, with a name and a text that are hard to write."""
    hard = make_quads(2)
    graph = hard[-1].graph_name
    for number, text in enumerate(('"""', "a\\b", "\x00\r\n\t", "\u202e\u2028", "]]>", "@en", "it's \U0001f600", "")):
        subject = ox.NamedNode(f"https://w3id.org/platform-regulation/id/agent/x%2F{number}.y")
        hard.append(ox.Quad(subject, NAMED_AS, ox.Literal(text), graph))
    return hard


@pytest.mark.parametrize("format", FORMATS)
def test_dump_store_is_the_same_bytes_in_any_order(quads, format):
    """Stores of equal content dump to equal bytes, in whatever order they were filled."""
    shuffled = list(quads)
    random.Random(3).shuffle(shuffled)
    assert dump(shuffled, format) == dump(quads, format)


@pytest.mark.parametrize("format", sorted(PARSERS))
def test_dump_store_is_read_back_by_oxigraph(quads, format):
    """The formats with graphs lose nothing, as Oxigraph reads them."""
    assert set(ox.parse(dump(quads, format), format=PARSERS[format])) == set(quads)


@pytest.mark.parametrize("format", sorted(RDFLIB_PARSERS))
def test_dump_store_is_read_back_by_rdflib(quads, format):
    """The formats with graphs lose nothing, as rdflib reads them."""
    dataset = rdflib.Dataset()
    # rdflib's own parser of N-Quads takes no NUL.
    tame = [quad for quad in quads if "\x00" not in str(quad.object)]
    dataset.parse(data=dump(tame, format), format=RDFLIB_PARSERS[format])
    assert list_rdflib(dataset) == list_rdflib(as_rdflib(fill_store(tame)))


def test_dump_store_nquads_is_sorted_by_graph_and_line(quads):
    """Graphs come in order, and lines in order within a graph."""
    lines = dump(quads, "nquads").split(b"\n")[:-1]
    keys = [(line.rsplit(b" ", 2)[1], line) for line in lines]
    assert keys == sorted(keys)
    assert len(lines) == len(set(quads))


def test_dump_store_turtle_merges_the_graphs(quads):
    """Turtle has every triple, without graphs."""
    triples = {triple for triple in ox.parse(dump(quads, "turtle"), format=RdfFormat.TURTLE)}
    assert {str(triple.triple) for triple in triples} == {str(quad.triple) for quad in quads}


def test_dump_store_jsonld_reads_as_a_person_would(quads):
    """The context gives short names: an action's node says fine, actor, target and status in plain words."""
    text = dump(quads, "jsonld").decode()
    (line,) = [line for line in text.splitlines() if line.startswith('{"@id":"action:a-fine"')]
    assert '"@type":["Action","Coercion","Fine"]' in line
    assert '"actor":"agent:germany"' in line
    assert '"status":"actual"' in line
    assert '"bestDate":{"@value":"2022","@type":"xsd:gYear"}' in line


def test_dump_store_follows_the_base():
    """Under another data base IRI the prefixes lead there."""
    base = "http://graph.example/x/"
    quads = make_quads(1, base)
    out = io.BytesIO()
    dump_store(fill_store(quads, base), "jsonld", out)
    assert load_context(base)["agent"] == "http://graph.example/x/agent/"
    assert b'{"@id":"agent:germany"' in out.getvalue()
    assert set(ox.parse(out.getvalue(), format=RdfFormat.JSON_LD)) == set(quads)


def test_dump_store_of_an_empty_store_is_valid():
    """An empty store dumps to an empty dataset in each format."""
    for format in FORMATS:
        parser = PARSERS.get(format, RdfFormat.TURTLE)
        assert list(ox.parse(dump([], format), format=parser)) == []


def test_dump_store_refuses_another_format():
    """An unknown format is refused with the known ones."""
    with pytest.raises(StoreError, match="'xml'.*nquads, trig, turtle, jsonld"):
        dump([], "xml")
