"""Find the facts of a text, with one finder for all tests."""

from __future__ import annotations

from functools import cache

from kg.extract.facts import FactFinder, FoundFact
from kg.kb.lexicon import load_lexicon
from tests.extract.reading import annotate_text, load_kb


@cache
def load_finder() -> FactFinder:
    """Load the finder, once."""
    return FactFinder(load_lexicon(), load_kb())


@cache
def find_facts(text: str) -> tuple[FoundFact, ...]:
    """Find the facts of a text."""
    return tuple(load_finder().find(*annotate_text(text)))


def list_pairs(text: str, relation: str) -> set[tuple[str, str]]:
    """List the subjects and objects of a text's facts of one relation."""
    return {(f.subject.name, f.object.name) for f in find_facts(text) if f.relation == relation and f.object}
