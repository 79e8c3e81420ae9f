"""The loaded pipeline, knowledge base and reader as fixtures; ``tests.extract.reading`` loads each once a session."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.extract import ClaimReader
from kg.kb import KnowledgeBase
from tests.extract.reading import load_annotator, load_kb, load_reader


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """Give the knowledge base."""
    return load_kb()


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """Give the annotator over the default pipeline."""
    return load_annotator()


@pytest.fixture(scope="session")
def reader() -> ClaimReader:
    """Give the reader of claims and facts."""
    return load_reader()
