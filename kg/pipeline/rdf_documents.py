"""Put what RDF says of a document into a graph of its own, where the file (Turtle, say) has none."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.kb import KnowledgeBase
from kg.rdf import PLR, Iris, LocalStore, terms

_USED = terms.make_term("prov:used")
_FOLLOWED = ("evidence", "penalty", "agent")
_OF_AGENTS = (terms.NAMED_AS, terms.TYPED_AS, terms.COUNTRY_CODE)


def list_loose_documents(store: LocalStore, iris: Iris) -> list[NamedNode]:
    """List the documents that are described elsewhere than in their own graphs, sorted."""
    found: dict[str, bool] = {}
    for quad in store.oxigraph.quads_for_pattern(None, terms.TYPE, terms.DOCUMENT):
        node = quad.subject
        if isinstance(node, NamedNode) and iris.is_document(node.value):
            found[node.value] = found.get(node.value, False) or quad.graph_name == node
    return [NamedNode(name) for name, is_own in sorted(found.items()) if not is_own]


def move_document(store: LocalStore, iris: Iris, document: NamedNode) -> None:
    """Gather what is said of a document, of its claims and facts and of their proof, in the document's own graph.

    What an agent is called belongs to a document, but Turtle does not tell to which: an agent that is called otherwise
    in two documents has two names in both, and the decoder refuses them.
    """
    gathered: set[Quad] = set()
    claims = _list_subjects(store, terms.DERIVED_FROM, document)
    waiting: list[NamedNode] = [document, *claims]
    seen = set(waiting)
    starts = (f"{document.value}#", *(f"{iris.base}{folder}/" for folder in _FOLLOWED))
    while waiting:
        node = waiting.pop()
        is_agent = node.value.startswith(f"{iris.base}agent/")
        for quad in store.oxigraph.quads_for_pattern(node, None, None):
            if is_agent and quad.predicate not in _OF_AGENTS:
                continue
            gathered.add(Quad(quad.subject, quad.predicate, quad.object, document))
            other = quad.object
            if isinstance(other, NamedNode) and other not in seen and other.value.startswith(starts):
                seen.add(other)
                waiting.append(other)
    gathered |= {Quad(run, _USED, document, document) for run in _list_subjects(store, _USED, document)}
    store.oxigraph.extend(gathered)


def list_missing_names(source: LocalStore, graph: NamedNode, iris: Iris, kb: KnowledgeBase) -> Iterator[Quad]:
    """List how a document's graph should call the agents that it names, where RDF by other hands leaves that out.

    An agent is called what the file calls it (``rdfs:label``, its class), else what the knowledge base does.
    """
    said: dict[str, set[str]] = {}
    for quad in source.quads(graph):
        for node in (quad.subject, quad.object):
            if isinstance(node, NamedNode) and node.value.startswith(f"{iris.base}agent/"):
                said.setdefault(node.value, set())
        if isinstance(quad.subject, NamedNode) and quad.subject.value in said:
            said[quad.subject.value].add(quad.predicate.value)
    for iri, predicates in sorted(said.items()):
        if terms.NAMED_AS.value in predicates:
            continue
        node, known = NamedNode(iri), kb.agents.get(iris.read("agent", iri))
        labels = _list_values(source, node, terms.LABEL) or ([Literal(known.name)] if known else [])
        kinds = [kind for kind in _list_values(source, node, terms.TYPE) if kind != terms.AGENT]
        kinds = kinds or ([NamedNode(PLR + known.type)] if known else [])
        codes = _list_values(source, node, terms.COUNTRY_CODE)
        codes = codes or ([Literal(known.country)] if known and known.country else [])
        for predicate, values in ((terms.NAMED_AS, labels), (terms.TYPED_AS, kinds), (terms.COUNTRY_CODE, codes)):
            yield from (Quad(node, predicate, value, graph) for value in values[:1])


def _list_values(source: LocalStore, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
    found = {quad.object for quad in source.oxigraph.quads_for_pattern(node, predicate, None)}
    return sorted((value for value in found if isinstance(value, NamedNode | Literal)), key=str)


def list_stated_agents(store: LocalStore, iris: Iris, kb: KnowledgeBase) -> Iterator[Quad]:
    """List quads that say that the agents which documents name are agents, for the shapes; known ones are known."""
    seen: set[str] = set()
    for quad in store.oxigraph.quads_for_pattern(None, terms.TYPED_AS, None):
        node, kind = quad.subject, quad.object
        if not isinstance(node, NamedNode) or not isinstance(kind, NamedNode) or node.value in seen:
            continue
        seen.add(node.value)
        if node.value.startswith(f"{iris.base}agent/") and iris.read("agent", node.value) not in kb.agents:
            yield Quad(node, terms.TYPE, terms.AGENT, iris.actions)
            yield Quad(node, terms.TYPE, kind, iris.actions)
            yield Quad(node, terms.LABEL, Literal(node.value), iris.actions)


def _list_subjects(store: LocalStore, predicate: NamedNode, document: NamedNode) -> list[NamedNode]:
    found = {quad.subject for quad in store.oxigraph.quads_for_pattern(None, predicate, document)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)
