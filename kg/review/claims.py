"""Which claims to show a reviewer: the least certain first, each with its document."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import NamedNode

from kg.judge import Judgements
from kg.model import Claim, ClaimJudgement, ClaimKey, Document, Reading
from kg.rdf import Store
from kg.rdf.decode import decode_document, decode_reading
from kg.rdf.graph_reader import GraphReader
from kg.rdf.iris import Iris

_CLAIMS = """
PREFIX plr: <https://w3id.org/platform-regulation#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?claim ?document ?confidence WHERE {
  ?claim a plr:Claim ; plr:confidence ?confidence ; prov:wasDerivedFrom ?document
}"""
_REMEMBERED = 256  # documents that are kept decoded: claims of one sort often lie in one document


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """A claim to judge, with its document; ``key`` names it as it was read, ``judged`` is what holds of it so far."""

    claim: Claim
    document: Document
    key: ClaimKey
    judged: ClaimJudgement | None


def list_questions(
    store: Store, judgements: Judgements, *, again: bool = False, only: Container[str] | None = None
) -> Iterator[ClaimQuestion]:
    """List the claims of a store, those of the least confidence first.

    Parameters
    ----------
    store
        The store; its documents are read as they are needed.
    judgements
        What was judged so far, built into the store or not.
    again
        Whether to list the claims that were judged too, but for those that were rejected: they are not in the store.
    only
        The ids of the claims to list; None is all.
    """
    rows: Any = store.query(_CLAIMS)
    found = sorted(
        (float(row["confidence"].value), str(row["document"].value), str(row["claim"].value)) for row in rows
    )
    iris, by_id = Iris(store.base), {one.id: one for one in judgements.judgements if isinstance(one, ClaimJudgement)}

    @lru_cache(_REMEMBERED)
    def read(iri: str) -> tuple[Document, Reading]:
        reader = GraphReader(iris, store.quads(NamedNode(iri)))
        return decode_document(iri, reader), decode_reading(iri, reader)

    for _, document_iri, claim_iri in found:
        identifier = iris.read("claim", claim_iri)
        if only is not None and identifier not in only:
            continue
        document, reading = read(document_iri)
        claim = next(claim for claim in reading.claims if claim.id == identifier)
        question = _make_question(claim, document, judgements, by_id)
        if question is not None and (again or question.judged is None):
            yield question


def _make_question(
    claim: Claim, document: Document, judgements: Judgements, by_id: dict[str, ClaimJudgement]
) -> ClaimQuestion | None:
    built_in = by_id.get(claim.review.judgement) if claim.review else None
    if built_in is not None:
        # The claim may have been corrected: what was read, and who was judged, the judgement knows.
        return ClaimQuestion(claim, document, built_in.key, built_in)
    if claim.review and claim.review.revision_of:
        return None  # its judgement was taken back, and what was read comes with the next build
    return ClaimQuestion(claim, document, ClaimKey.from_claim(claim, document), judgements.claims.find(claim, document))
