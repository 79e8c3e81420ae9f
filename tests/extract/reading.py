"""One loaded pipeline and knowledge base for all tests of a session; loading takes seconds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from kg.annotate import Annotator, load_pipeline
from kg.extract import ClaimReader
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Claim, Document, Reading
from kg.model.mention import Mention
from kg.pipeline.read import read_claims
from kg.resources import find_data
from tests.factories import make_document


@cache
def load_kb() -> KnowledgeBase:
    """Load the knowledge base, once."""
    return load_knowledge_base()


@cache
def load_annotator() -> Annotator:
    """Load the pipeline and what finds mentions, once."""
    annotator = Annotator(load_pipeline(), load_kb())
    # As the pipeline does: the sums are the same everywhere, and threads do not fight for the processors.
    threadpool_limits(limits=1, user_api="blas")
    return annotator


@cache
def load_reader() -> ClaimReader:
    """Load what reads claims and facts, once."""
    return ClaimReader(load_kb())


@cache
def annotate_text(text: str) -> tuple[Doc, dict[int, Mention]]:
    """Parse a text and find its mentions by the index of their head token."""
    return next(load_annotator().read_many([text]))


def find_mentions(text: str) -> dict[str, Mention]:
    """Find the mentions of a text by the words that they consist of; of equal words the last counts."""
    return {mention.span.text: mention for mention in annotate_text(text)[1].values()}


def read_documents(documents: Iterable[Document], batch_size: int = 8) -> list[Reading]:
    """Read documents whose parses are made in batches of this size."""
    documents = list(documents)
    parsed = load_annotator().read_many((document.text for document in documents), batch_size)
    return [load_reader().read(one, doc, mentions) for one, (doc, mentions) in zip(documents, parsed, strict=True)]


@cache
def read_text(text: str, published: str | None = "2024-08-24") -> tuple[Document, Reading]:
    """Read one text, as published on a day."""
    document = make_document(text, published=published)
    return document, read_documents([document])[0]


TREE = Path(__file__).resolve().parents[2]


@cache
def load_expected() -> dict[str, dict[str, Any]]:
    """Load which sets of documents have gold, and the figures that the extraction must keep on each."""
    content = (find_data() / "gold" / "expected.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(content))


def locate_gold(name: str) -> Path | None:
    """Locate the gold of a set; None where it is absent."""
    gold = TREE / load_expected()[name]["gold"]
    return gold if gold.exists() else None


@cache
def read_gold_texts() -> tuple[tuple[Document, Reading], ...]:
    """Read all documents that have gold, once a session, as ``kg.pipeline.extract`` does."""
    paths = [str(TREE / one["documents"]) for name, one in load_expected().items() if locate_gold(name)]
    none: dict[str, Any] = dict.fromkeys(("model", "columns", "progress", "refuse"))
    return tuple(read_claims(paths, processes=1, **none))


def describe_claim(claim: Claim) -> tuple[str, str, str, str]:
    """Reduce a claim to who did what to whom, and whether it happened."""
    return claim.actor.name, claim.action, claim.target.name, claim.status


def describe_text(text: str) -> set[tuple[str, str, str, str]]:
    """Read one text and reduce its claims to who did what to whom, and whether it happened."""
    return {describe_claim(claim) for claim in read_text(text)[1].claims}
