from dataclasses import replace

import pytest

from kg.errors import DataError
from kg.kb import KnowledgeBase, Law
from kg.model import Agent
from kg.rdf import Iris, encode_knowledge_base, encode_ontology
from kg.rdf.terms import make_term

IRIS = Iris()
LAND = Agent("germany", "Government", "Germany", country="de", source="iso-3166|own")
OWNER = Agent("meta", "Company", "Meta", country="us", external=(("lei", "BQ4BKCS1HXDV9HN80Z93"),), source="own")
APP = Agent("whatsapp", "Platform", "WhatsApp", aliases=("WA", "WhatsApp Messenger"), owner="meta", operator="meta")
LAW = Law("netzdg", "Network Enforcement Act", ("NetzDG",), "de", "2017", ("failure-to-moderate",), None, "own")


def make_knowledge(*agents):
    """Make a knowledge base of some agents and one law."""
    return KnowledgeBase({agent.id: agent for agent in agents}, {LAW.id: LAW})


def list_said(quads, node):
    """List what the quads say of a node."""
    return {(quad.predicate, quad.object.value) for quad in quads if quad.subject == node}


def test_encode_knowledge_base_tells_names_country_and_owner():
    """An agent has its name, aliases, country (an agent), owner and operator, in the graph of the knowledge base."""
    quads = list(encode_knowledge_base(make_knowledge(LAND, OWNER, APP)))
    assert {quad.graph_name for quad in quads} == {IRIS.kb}
    said = list_said(quads, IRIS.make("agent", "whatsapp"))
    meta = IRIS.make("agent", "meta").value
    assert {
        (make_term("rdfs:label"), "WhatsApp"),
        (make_term("skos:altLabel"), "WA"),
        (make_term("plr:owner"), meta),
        (make_term("plr:operator"), meta),
        (make_term("plr:inKnowledgeBase"), "true"),
    } <= said
    germany = IRIS.make("agent", "germany")
    assert (make_term("plr:country"), germany.value) in list_said(quads, germany)
    assert (make_term("schema:leiCode"), "BQ4BKCS1HXDV9HN80Z93") in list_said(quads, IRIS.make("agent", "meta"))


def test_encode_knowledge_base_tells_what_a_breach_of_a_law_means():
    """A law has its names, its year and its usual charges."""
    said = list_said(encode_knowledge_base(make_knowledge(LAND)), IRIS.make("law", "netzdg"))
    assert (make_term("plr:usualCharge"), IRIS.make("charge", "failure-to-moderate").value) in said
    assert {(make_term("plr:year"), "2017"), (make_term("skos:altLabel"), "NetzDG")} <= said


def test_encode_knowledge_base_refuses_a_wikidata_id_that_is_none():
    """An external id that would make a broken IRI is refused with the agent's id."""
    bad = replace(OWNER, external=(("wikidata", "Q1> <x"),))
    with pytest.raises(DataError, match="meta.*Q1"):
        list(encode_knowledge_base(make_knowledge(bad)))


def test_encode_ontology_moves_the_charges_with_the_base():
    """The charges lie under the data base IRI, whichever it is; the terms stay where they are."""
    quads = list(encode_ontology(base="http://graph.example/"))
    subjects = {quad.subject.value for quad in quads}
    assert "http://graph.example/charge/privacy" in subjects
    assert not [s for s in subjects if s.startswith("https://w3id.org/platform-regulation/id/")]
    assert make_term("plr:Fine").value in subjects
