"""Decode documents, their readings and actions from a store: the way back from the encoders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.model import Action, Claim, Document, Evidence, Fact, PartialDate, Reading, Review
from kg.rdf import terms
from kg.rdf.graph_reader import GraphReader
from kg.rdf.iris import Iris
from kg.rdf.store import Store


def decode_documents(store: Store) -> Iterator[Document]:
    """Decode the documents, in order of their IRIs; a document's ``source`` is not in the store."""
    for iri, reader in _read_document_graphs(store):
        yield decode_document(iri, reader)


def decode_readings(store: Store) -> Iterator[Reading]:
    """Decode what each document says, in order of the documents' IRIs."""
    for iri, reader in _read_document_graphs(store):
        yield decode_reading(iri, reader)


def decode_claims(store: Store) -> Iterator[Claim]:
    """Decode the claims of all documents, document by document."""
    for reading in decode_readings(store):
        yield from reading.claims


def decode_facts(store: Store) -> Iterator[Fact]:
    """Decode the facts of all documents, document by document."""
    for reading in decode_readings(store):
        yield from reading.facts


def decode_actions(store: Store) -> Iterator[Action]:
    """Decode the actions, in order of their IRIs."""
    iris = Iris(store.base)
    reader = GraphReader(iris, store.quads(iris.actions))
    for node in reader.find_subjects(terms.ACTION):
        dates = reader.read_list(node, "dates", reader.read_all(node, terms.DATE))
        yield Action(
            id=iris.read("action", node),
            type=_read_type(reader.read_all(node, terms.TYPE)),
            actor=reader.read_party(node, terms.ACTOR, "actor"),
            target=reader.read_party(node, terms.TARGET, "target"),
            status=reader.read_one(node, terms.STATUS).partition("#")[2],
            claim_ids=reader.read_list(node, "claims", reader.read_ids(node, terms.CLAIM, "claim")),
            source_count=int(reader.read_one(node, terms.SOURCE_COUNT)),
            confidence=float(reader.read_one(node, terms.CONFIDENCE)),
            case_id=iris.read("case", reader.read_one(node, terms.PART_OF_CASE)),
            charges=reader.read_list(node, "charges", reader.read_ids(node, terms.CHARGE, "charge")),
            laws=reader.read_list(node, "laws", reader.read_ids(node, terms.LEGAL_BASIS, "law")),
            amounts=reader.read_amounts(node),
            dates=tuple(PartialDate(date) for date in dates),
            stage=_read_stage(reader.find_one(node, terms.STAGE)),
            reported=reader.find_date(node, terms.REPORTED),
        )


def decode_document(iri: str, reader: GraphReader) -> Document:
    """Decode the document that a graph describes."""
    group = reader.find_one(iri, terms.COPY_GROUP)
    return Document(
        id=reader.iris.read("doc", iri),
        text=reader.read_one(iri, terms.TEXT),
        title=reader.find_one(iri, terms.TITLE),
        url=reader.find_one(iri, terms.URL),
        published=reader.find_date(iri, terms.ISSUED),
        publisher=reader.find_one(iri, terms.PUBLISHER),
        author=reader.find_one(iri, terms.CREATOR),
        language=reader.read_one(iri, terms.LANGUAGE),
        licence=reader.find_one(iri, terms.LICENSE),
        retrieved=reader.find_one(iri, terms.RETRIEVED),
        group=None if group is None else reader.iris.read("doc", group),
    )


def decode_reading(iri: str, reader: GraphReader) -> Reading:
    """Decode what the document of a graph says."""
    claims = {claim.id: claim for claim in _decode_claims(iri, reader)}
    in_text = sorted(claims.values(), key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))
    facts = {fact.id: fact for fact in _decode_facts(iri, reader)}
    facts_in_text = sorted(facts.values(), key=lambda fact: (fact.start, fact.end, fact.id))
    return Reading(
        document_id=reader.iris.read("doc", iri),
        claims=tuple(claims[key] for key in reader.read_list(iri, "claims", [claim.id for claim in in_text])),
        facts=tuple(facts[key] for key in reader.read_list(iri, "facts", [fact.id for fact in facts_in_text])),
    )


def _read_document_graphs(store: Store) -> Iterator[tuple[str, GraphReader]]:
    iris = Iris(store.base)
    for graph in store.graphs():
        if iris.is_document(graph.value):
            yield graph.value, GraphReader(iris, store.quads(graph))


@cache
def _map_classes() -> dict[str, str]:
    return {known.leaf.value: action for action, known in terms.load_action_terms().items()}


def _read_type(classes: list[str]) -> str:
    return next(_map_classes()[iri] for iri in classes if iri in _map_classes())


def _read_stage(iri: str | None) -> str | None:
    return None if iri is None else next(name for name, node in terms.load_stages().items() if node.value == iri)


@cache
def _map_relations() -> dict[str, str]:
    return {node.value: relation for relation, node in terms.load_relations().items()}


def _decode_claims(document: str, reader: GraphReader) -> Iterator[Claim]:
    iris = reader.iris
    for node in reader.find_subjects(terms.CLAIM_CLASS):
        evidence = reader.read_one(node, terms.EVIDENCE)
        quote = reader.read_span(evidence)
        yield Claim(
            id=iris.read("claim", node),
            action=_read_type([reader.read_one(node, terms.STATED_TYPE)]),
            actor=reader.read_party(node, terms.STATED_ACTOR, "actor"),
            target=reader.read_party(node, terms.STATED_TARGET, "target"),
            status=reader.read_one(node, terms.STATED_STATUS).partition("#")[2],
            evidence=Evidence(
                document_id=iris.read("doc", document),
                start=quote.start,
                end=quote.end,
                quote=quote.text,
                trigger=reader.read_span(reader.read_one(evidence, terms.TRIGGER)),
                actor_chain=reader.read_chain(evidence, terms.ACTOR_MENTION, "actor", document),
                target_chain=reader.read_chain(evidence, terms.TARGET_MENTION, "target", document),
            ),
            confidence=float(reader.read_one(node, terms.CONFIDENCE)),
            rule=reader.read_one(node, terms.RULE),
            charges=reader.read_list(node, "charges", reader.read_ids(node, terms.STATED_CHARGE, "charge")),
            laws=reader.read_list(node, "laws", reader.read_ids(node, terms.STATED_LAW, "law")),
            money=reader.find_money(node, terms.STATED_PENALTY),
            date=reader.find_date(node, terms.STATED_DATE),
            speaker=reader.find_party(node, terms.ATTRIBUTED_TO, "speaker"),
            review=_decode_review(node, reader),
            published=reader.find_date(document, terms.ISSUED),
        )


def _decode_review(node: str, reader: GraphReader) -> Review | None:
    judgement, original = reader.find_one(node, terms.REVIEW), reader.find_one(node, terms.REVISION_OF)
    if judgement is None:
        return None
    iris = reader.iris
    return Review(iris.read("judgement", judgement), original and iris.read("claim", original))


def _decode_facts(document: str, reader: GraphReader) -> Iterator[Fact]:
    iris = reader.iris
    for node in reader.find_subjects(terms.FACT):
        quote = reader.read_span(reader.read_one(node, terms.EVIDENCE))
        yield Fact(
            id=iris.read("fact", node),
            relation=_map_relations()[reader.read_one(node, terms.RELATION)],
            subject=reader.read_party(node, terms.SUBJECT, "subject"),
            object=reader.find_party(node, terms.OBJECT, "object"),
            value=reader.find_one(node, terms.VALUE),
            document_id=iris.read("doc", document),
            start=quote.start,
            end=quote.end,
            quote=quote.text,
            confidence=float(reader.read_one(node, terms.CONFIDENCE)),
        )
