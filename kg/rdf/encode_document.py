"""Encode a document and what it says as the quads of its graph; `decode_readings` is the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import __version__
from kg.errors import DataError, EvidenceError
from kg.model import Claim, Document, Evidence, Fact, Reading, Span
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.literals import make_confidence, make_date, make_text, make_url
from kg.rdf.namespaces import DATA_BASE

CONTEXT_CHARACTERS = 120


def encode_document(
    document: Document,
    reading: Reading,
    action_of: Mapping[str, str],
    *,
    base: str = DATA_BASE,
    extractor: str = f"kg-{__version__}",
) -> Iterator[Quad]:
    """Encode one document, with its full text, and all that it says.

    Where the document was read from is left out: it is no part of its identity, and may lie in somebody's home.

    Parameters
    ----------
    document, reading
        The document and its reading; every span of the reading must say what the text says there.
    action_of
        The id of the action that each claim is about, by the id of the claim; a claim that it lacks is about none yet.
    base
        The data base IRI.
    extractor
        The version of what read the document; the IRI of the run is made of it.

    Raises
    ------
    EvidenceError
        If the reading is another document's, or a quote or span is not what the text says.
    DataError
        If an action, a status, a charge, a relation or a type is not in the vocabulary, or an id occurs twice.
    """
    encoder = _DocumentEncoder(document, Iris(base), extractor)
    encoder.add_document()
    encoder.add_reading(reading, action_of)
    return iter(encoder.writer.quads)


class _DocumentEncoder:
    def __init__(self, document: Document, iris: Iris, extractor: str) -> None:
        self.document = document
        self.iris = iris
        self.node = iris.make("doc", document.id)
        self.run = iris.make("run", extractor)
        self.writer = GraphWriter(iris, self.node)
        self.mentions: set[tuple[int, int]] = set()

    def add_document(self) -> None:
        document, node, writer = self.document, self.node, self.writer
        writer.add(node, terms.TYPE, terms.DOCUMENT)
        writer.add(node, terms.TYPE, terms.ARTICLE)
        writer.add_text(node, terms.IDENTIFIER, document.id)
        writer.add_text(node, terms.TEXT, document.text)
        writer.add_text(node, terms.TITLE, document.title)
        writer.add_text(node, terms.PUBLISHER, document.publisher)
        writer.add_text(node, terms.CREATOR, document.author)
        writer.add_text(node, terms.LANGUAGE, document.language)
        writer.add_text(node, terms.LICENSE, document.licence)
        writer.add_text(node, terms.RETRIEVED, document.retrieved)
        if document.url is not None:
            writer.add(node, terms.URL, make_url(document.url))
        if document.published is not None:
            writer.add(node, terms.ISSUED, make_date(document.published))
        if document.group is not None:
            writer.add(node, terms.COPY_GROUP, self.iris.make("doc", document.group))

    def add_reading(self, reading: Reading, action_of: Mapping[str, str]) -> None:
        if reading.document_id != self.document.id:
            raise EvidenceError(f"{self.document.id}: the reading is that of document {reading.document_id!r}")
        for name, ids in (("claims", [c.id for c in reading.claims]), ("facts", [f.id for f in reading.facts])):
            if len(set(ids)) != len(ids):
                raise DataError(f"{self.document.id}: two {name} have the id {max(ids, key=ids.count)!r}")
        for claim in reading.claims:
            self.add_claim(claim, action_of.get(claim.id))
        for fact in reading.facts:
            self.add_fact(fact)
        in_text = sorted(reading.claims, key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))
        self.writer.add_order(
            self.node, "claims", [claim.id for claim in reading.claims], [claim.id for claim in in_text]
        )
        facts = sorted(reading.facts, key=lambda fact: (fact.start, fact.end, fact.id))
        self.writer.add_order(self.node, "facts", [fact.id for fact in reading.facts], [fact.id for fact in facts])

    def add_claim(self, claim: Claim, action: str | None) -> None:
        writer, node = self.writer, self.iris.make("claim", claim.id)
        if claim.action not in terms.load_action_terms():
            raise DataError(f"claim {claim.id}: action {claim.action!r} is not in the ontology")
        if claim.status not in terms.load_statuses():
            raise DataError(f"claim {claim.id}: status {claim.status!r} is not in the ontology")
        writer.add(node, terms.TYPE, terms.CLAIM_CLASS)
        if action is not None:
            writer.add(node, terms.ABOUT, self.iris.make("action", action))
        writer.add(node, terms.DERIVED_FROM, self.node)
        self.add_origin(node, claim)
        writer.add(node, terms.CONFIDENCE, make_confidence(claim.confidence))
        writer.add_text(node, terms.RULE, claim.rule)
        writer.add(node, terms.STATED_TYPE, terms.load_action_terms()[claim.action].leaf)
        writer.add(node, terms.STATED_STATUS, terms.load_statuses()[claim.status])
        writer.add_party(node, terms.STATED_ACTOR, "actor", claim.actor)
        writer.add_party(node, terms.STATED_TARGET, "target", claim.target)
        if claim.speaker is not None:
            writer.add_party(node, terms.ATTRIBUTED_TO, "speaker", claim.speaker)
        writer.add_charges(node, terms.STATED_CHARGE, claim.charges)
        writer.add_laws(node, terms.STATED_LAW, claim.laws)
        if claim.money is not None:
            writer.add_amounts(node, terms.STATED_PENALTY, (claim.money,))
        if claim.date is not None:
            writer.add(node, terms.STATED_DATE, make_date(claim.date))
        self.add_claim_evidence(node, claim)

    def add_origin(self, node: NamedNode, claim: Claim) -> None:
        review, origin = claim.review, self.run
        if review is not None:
            judgement = self.iris.make("judgement", review.judgement)
            self.writer.add(node, terms.REVIEW, judgement)
            if review.revision_of is not None:
                # What a claim says that was corrected, a reviewer says; the run read something else.
                origin = judgement
                self.writer.add(node, terms.REVISION_OF, self.iris.make("claim", review.revision_of))
        self.writer.add(node, terms.GENERATED_BY, origin)

    def add_claim_evidence(self, claim_node: NamedNode, claim: Claim) -> None:
        evidence: Evidence = claim.evidence
        if evidence.document_id != self.document.id:
            raise EvidenceError(f"{self.document.id}: claim {claim.id} has evidence of {evidence.document_id!r}")
        evidence.check(self.document.text)
        node = self.add_quote(claim_node, claim.id, Span(evidence.start, evidence.end, evidence.quote))
        self.writer.add(node, terms.TRIGGER, self.add_mention(evidence.trigger))
        for predicate, name, chain in (
            (terms.ACTOR_MENTION, "actor", evidence.actor_chain),
            (terms.TARGET_MENTION, "target", evidence.target_chain),
        ):
            for span in chain:
                self.writer.add(node, predicate, self.add_mention(span))
            keys = [f"{span.start},{span.end}" for span in chain]
            self.writer.add_order(node, name, keys, sorted(set(keys)))

    def add_fact(self, fact: Fact) -> None:
        writer, node = self.writer, self.iris.make("fact", fact.id)
        relation = terms.load_relations().get(fact.relation)
        if relation is None:
            raise DataError(f"fact {fact.id}: relation {fact.relation!r} is not in the ontology")
        if fact.document_id != self.document.id:
            raise EvidenceError(f"{self.document.id}: fact {fact.id} is that of document {fact.document_id!r}")
        if self.document.text[fact.start : fact.end] != fact.quote:
            raise EvidenceError(f"{self.document.id}: {fact.quote!r} does not stand at {fact.start}:{fact.end}")
        writer.add(node, terms.TYPE, terms.FACT)
        writer.add(node, terms.DERIVED_FROM, self.node)
        writer.add(node, terms.GENERATED_BY, self.run)
        writer.add(node, terms.CONFIDENCE, make_confidence(fact.confidence))
        writer.add(node, terms.RELATION, relation)
        subject = writer.add_party(node, terms.SUBJECT, "subject", fact.subject)
        writer.add_text(node, terms.VALUE, fact.value)
        if fact.object is not None:
            target = writer.add_party(node, terms.OBJECT, "object", fact.object)
            if relation != terms.USERS:
                writer.add(subject, relation, target)
        if relation == terms.USERS:
            writer.add_text(subject, relation, fact.value)
        self.add_quote(node, fact.id, Span(fact.start, fact.end, fact.quote))

    def add_quote(self, subject: NamedNode, identifier: str, quote: Span) -> NamedNode:
        writer, node, text = self.writer, self.iris.make("evidence", identifier), self.document.text
        writer.add(subject, terms.EVIDENCE, node)
        writer.add(node, terms.TYPE, terms.EVIDENCE_CLASS)
        writer.add(node, terms.HAS_SOURCE, self.node)
        self.add_span(node, quote)
        before, after = max(0, quote.start - CONTEXT_CHARACTERS), quote.end + CONTEXT_CHARACTERS
        writer.add(node, terms.PREFIX, make_text(text[before : quote.start]))
        writer.add(node, terms.SUFFIX, make_text(text[quote.end : after]))
        return node

    def add_mention(self, span: Span) -> NamedNode:
        node = self.iris.make_span(self.node, span.start, span.end)
        if (span.start, span.end) not in self.mentions:
            self.mentions.add((span.start, span.end))
            self.writer.add(node, terms.TYPE, terms.MENTION)
            self.add_span(node, span)
        return node

    def add_span(self, node: NamedNode, span: Span) -> None:
        if span.start < 0:
            raise EvidenceError(f"{self.document.id}: offset {span.start}: want one of at least 0")
        self.writer.add(node, terms.START, Literal(span.start))
        self.writer.add(node, terms.END, Literal(span.end))
        self.writer.add(node, terms.EXACT, make_text(span.text))
