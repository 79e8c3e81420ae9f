import io
from dataclasses import replace

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.rdf import (
    decode_actions,
    decode_claims,
    decode_documents,
    decode_facts,
    decode_readings,
    encode_actions,
    encode_document,
    write_nquads,
)
from tests.rdf.samples import fill_store, make_actions, make_quads, make_reading
from tests.rdf.strategies import actions, read_documents

slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def load_written(quads):
    """Send quads through a file, as a build does."""
    file = io.BytesIO()
    write_nquads(quads, file)
    return fill_store(ox.parse(file.getvalue(), format=ox.RdfFormat.N_QUADS))


@slow
@given(read_documents())
def test_encode_document_loses_nothing(drawn):
    """A document and its reading come back equal, whatever characters, orders and repetitions they hold."""
    document, reading = drawn
    store = load_written(encode_document(document, reading, {}))
    assert list(decode_documents(store)) == [document]
    assert list(decode_readings(store)) == [reading]


@slow
@given(st.lists(actions, max_size=3, unique_by=lambda action: action.id))
def test_encode_actions_loses_nothing(drawn):
    """Actions come back equal, with the order of their claims, sums and dates."""
    store = load_written(encode_actions(drawn))
    assert sorted(decode_actions(store), key=repr) == sorted(drawn, key=repr)


def test_decode_finds_all_documents_under_another_base():
    """Documents, claims, facts and actions are found under any data base IRI, in order."""
    base = "http://graph.example/x/"
    store = fill_store(make_quads(3, base), base)
    assert [document.id for document in decode_documents(store)] == ["doc-1", "doc-2", "doc-3"]
    assert [reading for reading in decode_readings(store)] == [make_reading(n)[1] for n in (1, 2, 3)]
    assert len(list(decode_claims(store))) == 6
    assert len(list(decode_facts(store))) == 3
    assert {action.id: action for action in decode_actions(store)} == {a.id: a for a in make_actions(3)}


def test_decode_leaves_out_where_a_document_was_read_from():
    """The path of a source is in no store: it is no part of the document, and may lie in somebody's home."""
    document, reading = make_reading()
    quads = list(encode_document(replace(document, source="/home/somebody/a.txt"), reading, {}))
    assert "somebody" not in str(quads)
