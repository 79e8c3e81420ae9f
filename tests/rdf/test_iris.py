import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf import Iris, format_prefixes, make_prefixes, open_store
from kg.rdf.iris import quote_id, unquote_id
from kg.rdf.records import decode_record, encode_record


@given(st.text(st.characters()))
def test_iris_quote_id_is_safe_and_reversible(text):
    """Any string, lone surrogates included, becomes one safe segment of an IRI, and comes back."""
    quoted = quote_id(text)
    assert unquote_id(quoted) == text
    assert quoted.isascii()
    assert not set(quoted) & set('<>"{}|\\^`/?# \n\x00')
    assert quoted not in (".", "..")
    assert Iris().read("doc", Iris().make("doc", text).value) == text


@given(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=4))
def test_records_are_reversible(name, fields):
    """A record gives its name and its fields back, whatever they hold."""
    name = quote_id(name) or "x"
    assert decode_record(encode_record(name, fields)) == (name, tuple(fields))


def test_iris_leaves_plain_ids_readable():
    """A slug is its own quoted form."""
    assert Iris().make("agent", "pavel-durov.person").value.endswith("/agent/pavel-durov.person")


@pytest.mark.parametrize("base", ["", "x/", "http://a/b", "http://a b/", "http://a/<", "http://a/#", "http://a/?q/"])
def test_namespaces_refuse_a_base_that_breaks_iris(base):
    """A data base IRI that is relative, open-ended or holds what no IRI may is refused by name."""
    with pytest.raises(KgError, match="data base IRI"):
        make_prefixes(base)


def test_namespaces_prefixes_work_in_a_query():
    """The prefix lines stand before a query as they are, and name both terms and things."""
    query = format_prefixes() + "SELECT ?x { agent:germany plr:fined ?x }"
    assert list(open_store("memory:").query(query)) == []
