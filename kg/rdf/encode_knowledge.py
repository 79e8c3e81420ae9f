"""Encode the knowledge base and the ontology as quads of their graphs."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import DataError
from kg.kb import KnowledgeBase, Law
from kg.model import Agent
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.namespaces import DATA_BASE, PLR
from kg.resources import find_ontology

_WIKIDATA = "http://www.wikidata.org/entity/"


def encode_knowledge_base(knowledge: KnowledgeBase, *, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode the agents and the laws of the knowledge base, in order of their ids."""
    iris = Iris(base)
    writer = GraphWriter(iris, iris.kb)
    for identifier in sorted(knowledge.agents):
        _add_agent(writer, knowledge.agents[identifier], knowledge)
    for identifier in sorted(knowledge.laws):
        _add_law(writer, knowledge.laws[identifier], knowledge)
    return iter(writer.quads)


def encode_ontology(*, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode the ontology, the charges and the mappings, so that a query has their labels, definitions and hierarchy.

    The charges lie under the data base IRI: another base than the usual moves them.
    """
    graph = Iris(base).ontology
    for name in ("plr.ttl", "charges.ttl", "mappings.ttl"):
        for quad in parse(path=find_ontology() / name, format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
                raise DataError(f"ontology/{name}: want no blank node, but {subject} has one")
            if isinstance(value, NamedNode):
                value = _move(value, base)
            yield Quad(_move(subject, base), quad.predicate, value, graph)


def _move(node: NamedNode, base: str) -> NamedNode:
    if base != DATA_BASE and node.value.startswith(DATA_BASE):
        return NamedNode(base + node.value[len(DATA_BASE) :])
    return node


def _add_country(writer: GraphWriter, node: NamedNode, country: str | None, knowledge: KnowledgeBase) -> None:
    if country is None:
        return
    writer.add_text(node, terms.COUNTRY_CODE, country)
    if government := knowledge.government_of.get(country):
        writer.add(node, terms.COUNTRY, writer.iris.make("agent", government))


def _add_agent(writer: GraphWriter, agent: Agent, knowledge: KnowledgeBase) -> None:
    node = writer.iris.make("agent", agent.id)
    writer.add(node, terms.TYPE, NamedNode(PLR + agent.type))
    writer.add(node, terms.TYPE, terms.AGENT)
    writer.add_text(node, terms.LABEL, agent.name)
    writer.add(node, terms.IN_KNOWLEDGE_BASE, Literal(True))
    for alias in sorted(set(agent.aliases)):
        writer.add_text(node, terms.ALT_LABEL, alias)
    _add_country(writer, node, agent.country, knowledge)
    for predicate, other in (
        (terms.OWNER, agent.owner),
        (terms.OPERATOR, agent.operator),
        (terms.PART_OF, agent.part_of),
    ):
        if other is not None:
            writer.add(node, predicate, writer.iris.make("agent", other))
    for scheme, identifier in agent.external:
        if scheme == "wikidata":
            writer.add(node, terms.SAME_AS, _make_wikidata(identifier, agent.id))
        elif scheme == "lei":
            writer.add_text(node, terms.LEI, identifier)
    for source in sorted({source for source in agent.source.split("|") if source}):
        writer.add_text(node, terms.SOURCE, source)


def _make_wikidata(identifier: str, agent: str) -> NamedNode:
    if not (identifier[:1] == "Q" and identifier[1:].isascii() and identifier[1:].isdigit()):
        raise DataError(f"agent {agent}: wikidata {identifier!r}: want an item such as 'Q42'")
    return NamedNode(_WIKIDATA + identifier)


def _add_law(writer: GraphWriter, law: Law, knowledge: KnowledgeBase) -> None:
    node = writer.iris.make("law", law.id)
    writer.add(node, terms.TYPE, terms.LEGAL_ACT)
    writer.add_text(node, terms.LABEL, law.name)
    for alias in sorted(set(law.aliases)):
        writer.add_text(node, terms.ALT_LABEL, alias)
    _add_country(writer, node, law.country, knowledge)
    if law.year is not None:
        if not (len(law.year) == 4 and law.year.isascii() and law.year.isdigit()):
            raise DataError(f"law {law.id}: year {law.year!r}: want four digits")
        writer.add(node, terms.YEAR, Literal(law.year, datatype=terms.make_term("xsd:gYear")))
    writer.add_text(node, terms.CELEX, law.celex)
    for charge in sorted(set(law.charges)):
        writer.add(node, terms.USUAL_CHARGE, writer.iris.make("charge", charge))
    for source in sorted({source for source in law.source.split("|") if source}):
        writer.add_text(node, terms.SOURCE, source)
