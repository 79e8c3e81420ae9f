from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import DataError, EvidenceError
from kg.model import AgentRef, Document, Fact, Money, Reading, Span
from kg.rdf import Iris, decode_documents, decode_readings, encode_document
from kg.rdf.terms import make_term
from tests.rdf.samples import DUROV, TELEGRAM, fill_store, make_reading

IRIS = Iris()


def encode(document, reading, **more):
    """Encode a document whose claims are about no action yet."""
    return list(encode_document(document, reading, {}, **more))


def test_encode_document_keeps_to_the_graph_of_the_document():
    """All that a document says lies in one named graph, which has its IRI: dropping it takes the document back."""
    assert {quad.graph_name for quad in encode(*make_reading())} == {IRIS.make("doc", "doc-1")}


def test_encode_document_is_the_same_every_time():
    """Two encodings of one reading are equal, quad by quad."""
    assert encode(*make_reading()) == encode(*make_reading())


def test_encode_document_names_the_run_by_the_version_and_has_no_clock():
    """A claim leads to the run of the extractor's version, to its document, and to its speaker; no time is written."""
    quads = encode(*make_reading(), extractor="kg-9.9")
    claim = IRIS.make("claim", "c1-charge")
    said = {quad.predicate: quad.object for quad in quads if quad.subject == claim}
    assert said[make_term("prov:wasGeneratedBy")] == IRIS.make("run", "kg-9.9")
    assert said[make_term("prov:wasDerivedFrom")] == IRIS.make("doc", "doc-1")
    assert said[make_term("prov:wasAttributedTo")] == IRIS.make("agent", "germany")
    assert not [q for q in quads if isinstance(q.object, ox.Literal) and "dateTime" in q.object.datatype.value]


def test_encode_document_states_a_fact_directly_too():
    """The role of a person is one triple pattern away."""
    triple = (IRIS.make("agent", DUROV.id), make_term("plr:role"), IRIS.make("agent", TELEGRAM.id))
    assert triple in {(quad.subject, quad.predicate, quad.object) for quad in encode(*make_reading())}


def test_encode_document_makes_no_direct_edge():
    """Who acted on whom directly is for the resolved actions to say, not for one document."""
    edges = {make_term(f"plr:{name}") for name in ("fined", "charged", "actedAgainst", "actedTowards")}
    assert not edges & {quad.predicate for quad in encode(*make_reading())}


def test_encode_document_types_no_agent_in_its_graph():
    """One document's opinion of an agent's type never makes the agent a thing of two types."""
    agents = {IRIS.make("agent", name) for name in ("germany", "telegram", DUROV.id)}
    assert not [q for q in encode(*make_reading()) if q.subject in agents and q.predicate == make_term("rdf:type")]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"action": "scold"}, DataError, "scold"),
        ({"status": "rumoured"}, DataError, "rumoured"),
        ({"charges": ("bad-manners",)}, DataError, "bad-manners"),
        ({"confidence": 1.5}, DataError, "1.5"),
        ({"confidence": float("nan")}, DataError, "nan"),
        ({"target": AgentRef("x", "X", "Robot")}, DataError, "Robot"),
    ],
)
def test_encode_document_refuses_what_the_ontology_has_not(change, error, words):
    """A claim never carries a term that is not in the ontology, and the error names it."""
    document, reading = make_reading()
    with pytest.raises(error, match=words):
        encode(document, replace(reading, claims=(replace(reading.claims[0], **change),)))


def test_encode_document_refuses_a_quote_that_is_not_there():
    """No claim without a quote that the document holds at its offsets."""
    document, reading = make_reading()
    evidence = replace(reading.claims[0].evidence, quote="Germany fined Telegram 9 million euros.")
    with pytest.raises(EvidenceError, match="9 million"):
        encode(document, replace(reading, claims=(replace(reading.claims[0], evidence=evidence),)))


def test_encode_document_refuses_offsets_before_the_text():
    """A negative offset, which Python would count from the end, is refused."""
    document = Document("d", "abc")
    fact = Fact("f", "users", TELEGRAM, None, "c", "d", -1, 3, "c", 0.5)
    with pytest.raises(EvidenceError, match="-1"):
        encode(document, Reading("d", (), (fact,)))


def test_encode_document_refuses_the_reading_of_another():
    """Readings, claims and facts of another document are refused."""
    document, reading = make_reading(1)
    other, other_reading = make_reading(2)
    for wrong in (
        other_reading,
        replace(other_reading, document_id="doc-1", facts=()),
        replace(other_reading, document_id="doc-1", claims=()),
    ):
        with pytest.raises(EvidenceError, match="doc-2"):
            encode(document, wrong)


def test_encode_document_refuses_two_claims_of_one_id():
    """Two claims of one id would melt into one; the error names the id."""
    document, reading = make_reading()
    with pytest.raises(DataError, match="c1-fine"):
        encode(document, replace(reading, claims=(reading.claims[0],) * 2))


def test_encode_document_replaces_a_lone_surrogate_and_keeps_offsets():
    """A lone surrogate, which no RDF can carry, becomes U+FFFD, one for one, in text and quotes alike."""
    text = "\ud800 Ofcom fined \udfff X."
    document = Document("d\ud800", text, title="\udc00")
    name = AgentRef("x", "X\ud800", "Platform")
    fact = Fact("f", "users", name, None, "\ud800", "d\ud800", 8, len(text), text[8:], 0.5)
    store = fill_store(encode(document, Reading("d\ud800", (), (fact,))))
    (found,), (reading,) = decode_documents(store), decode_readings(store)
    assert (found.id, found.text, found.title) == ("d\ud800", "\ufffd Ofcom fined \ufffd X.", "\ufffd")
    assert found.text[reading.facts[0].start : reading.facts[0].end] == reading.facts[0].quote
    assert reading.facts[0].subject.name == "X\ufffd"


@pytest.mark.parametrize(
    "name",
    [
        '"> <img src=x onerror=alert(1)>',
        '" . <http://evil/s> <http://evil/p> <http://evil/o> .\n',
        "a\\nb\\u0022",
        "\x00NUL",
        "\u202egnp.exe",
        "line\u2028separator\x85next",
        "M" * 1_000_000,
    ],
    ids=["html", "nquads", "escapes", "nul", "bidi", "separators", "megabyte"],
)
def test_encode_document_carries_hostile_names_whole(name):
    """A hostile name stays one string: it adds no statement, and comes back as it was."""
    document, reading = make_reading()
    hostile = replace(reading.claims[0], actor=AgentRef(name, name, "Group"), rule=name, laws=(name,))
    document = replace(document, title=name, url=name, publisher=name, author=name)
    quads = encode(document, replace(reading, claims=(hostile,)))
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text.count(b"\n") == len(quads)
    store = fill_store(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    assert list(decode_documents(store)) == [document]
    assert list(decode_readings(store))[0].claims == (hostile,)


def test_encode_document_takes_the_greatest_fine_told():
    """A fine of two undecillion roubles, as told of a Russian court and Google, is encoded in full."""
    document, reading = make_reading()
    money = Money(2 * reading.claims[0].money.amount.__class__(10) ** 36, "RUB")
    claim = replace(reading.claims[0], money=money)
    store = fill_store(encode(document, replace(reading, claims=(claim,))))
    assert list(decode_readings(store))[0].claims[0].money == money


def test_encode_document_refuses_a_sum_of_endless_digits():
    """A sum with an absurd exponent is refused, not written out."""
    document, reading = make_reading()
    amount = reading.claims[0].money.amount.__class__("1e999999")
    with pytest.raises(DataError, match="digits"):
        encode(document, replace(reading, claims=(replace(reading.claims[0], money=Money(amount, "EUR")),)))


def test_encode_document_keeps_text_around_the_quote():
    """Evidence has up to 120 characters before and behind its quote."""
    text = "a" * 200 + "fact" + "b" * 50
    fact = Fact("f", "users", TELEGRAM, None, "1", "d", 200, 204, "fact", 0.5)
    quads = encode(Document("d", text), Reading("d", (), (fact,)))
    said = {q.predicate: q.object.value for q in quads if q.subject == IRIS.make("evidence", "f")}
    assert said[make_term("oa:prefix")] == "a" * 120
    assert said[make_term("oa:suffix")] == "b" * 50


def test_encode_document_gives_a_mention_the_iri_of_its_span():
    """A mention's IRI is the document's with the offsets as an RFC 5147 fragment, and it has its words."""
    mention = ox.NamedNode(IRIS.make("doc", "doc-1").value + "#char=8,13")
    said = {q.predicate: q.object.value for q in encode(*make_reading()) if q.subject == mention}
    assert said[make_term("oa:exact")] == "fined"
    assert Span(int(said[make_term("oa:start")]), int(said[make_term("oa:end")]), "fined") == Span(8, 13, "fined")
