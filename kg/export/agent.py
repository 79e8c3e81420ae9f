"""All that a store says of one agent: what somebody who is in it may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.model import AgentRef, Claim, Document, Fact
from kg.rdf import Iris, Store
from kg.rdf.decode import decode_document, decode_reading
from kg.rdf.graph_reader import GraphReader

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def describe_agent(store: Store, agent: str) -> dict[str, Any]:
    """Describe an agent by all that documents say of it, as a JSON object.

    Its claims are those in which it acts, is acted on or is quoted; each has its quote and its document.

    Raises
    ------
    SourceError
        If the store has no such agent.
    """
    iris = Iris(store.base)
    node = str(iris.make("agent", agent))
    names = sorted({row["name"].value for row in store.query(f"SELECT ?name {{ {node} <{_LABEL}> ?name }}")})  # type: ignore[union-attr]
    if not names:
        raise SourceError(f"the store has no agent {agent[:60]!r}: kg analyze or kg query tells the ids")
    claims, facts, documents = [], [], []
    for document, said in _read_said(store, agent):
        documents.append(_describe_document(document))
        claims += [_describe_claim(one) for one in said if isinstance(one, Claim)]
        facts += [_describe_fact(one) for one in said if isinstance(one, Fact)]
    return {"agent": {"id": agent, "names": names}, "claims": claims, "facts": facts, "documents": documents}


def _read_said(store: Store, agent: str) -> Iterator[tuple[Document, list[Claim | Fact]]]:
    iris = Iris(store.base)
    rows = store.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p {iris.make('agent', agent)} }} }}")
    graphs = {row["g"].value for row in rows}  # type: ignore[union-attr]
    for graph in sorted(graph for graph in graphs if iris.is_document(graph)):
        reader = GraphReader(iris, store.quads(iris.make("doc", iris.read("doc", graph))))
        reading = decode_reading(graph, reader)
        said: list[Claim | Fact] = [*reading.claims, *reading.facts]
        about = [one for one in said if any(party.id == agent for party in _list_parties(one))]
        if about:
            yield decode_document(graph, reader), about


def _list_parties(said: Claim | Fact) -> Iterator[AgentRef]:
    parties = (said.actor, said.target, said.speaker) if isinstance(said, Claim) else (said.subject, said.object)
    return (party for party in parties if party is not None)


def _describe_claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "action": claim.action,
        "actor": _describe_party(claim.actor),
        "target": _describe_party(claim.target),
        "status": claim.status,
        "speaker": claim.speaker and _describe_party(claim.speaker),
        "charges": list(claim.charges),
        "laws": list(claim.laws),
        "amount": str(claim.money.amount) if claim.money else None,
        "currency": claim.money.currency if claim.money else None,
        "date": claim.date and claim.date.iso,
        "confidence": claim.confidence,
        "quote": claim.evidence.quote,
        "document": claim.document_id,
    }


def _describe_fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "relation": fact.relation,
        "subject": _describe_party(fact.subject),
        "object": fact.object and _describe_party(fact.object),
        "value": fact.value,
        "confidence": fact.confidence,
        "quote": fact.quote,
        "document": fact.document_id,
    }


def _describe_party(party: AgentRef) -> dict[str, Any]:
    return {"id": party.id, "name": party.name, "type": party.type}


def _describe_document(document: Document) -> dict[str, Any]:
    published = document.published and document.published.iso
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "publisher": document.publisher,
        "published": published,
    }
