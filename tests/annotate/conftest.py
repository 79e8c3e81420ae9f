"""The same loaded pipeline as the tests of the extraction use."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.kb import KnowledgeBase
from tests.extract.reading import load_annotator, load_kb


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """Give the knowledge base."""
    return load_kb()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Give the default pipeline."""
    return load_annotator()._nlp
