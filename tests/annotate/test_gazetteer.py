from __future__ import annotations

import pytest
import spacy

from kg.annotate.gazetteer import Gazetteer
from kg.kb import KnowledgeBase
from kg.model import Agent

AGENTS = [
    Agent("france", "Government", "France", country="fr", adjectives=("French",), metonyms=("Paris",)),
    Agent("paris-court", "Court", "Paris Judicial Court", country="fr"),
    Agent("meta", "Company", "Meta", aliases=("Meta Platforms", "Facebook")),
    Agent("facebook", "Platform", "Facebook", owner="meta"),
    Agent("x", "Platform", "X", aliases=("Twitter",)),
    Agent("durov", "Person", "Pavel Durov"),
    Agent("loreal", "Company", "L'Oréal"),
    Agent("paris-hilton", "Place", "Paris", country="us"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Make a gazetteer of eight agents over a bare tokeniser."""
    return Gazetteer(KnowledgeBase({agent.id: agent for agent in AGENTS}, {}), spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Meta Platforms sued.", [("Meta Platforms", "name", ("meta",))]),
        ("The Paris Judicial Court sat.", [("Paris Judicial Court", "name", ("paris-court",))]),
        ("Facebook paid France.", [("Facebook", "name", ("facebook", "meta")), ("France", "name", ("france",))]),
        ("A French law.", [("French", "adjective", ("france",))]),
        ("Pavel Durovs Pavel", []),
        ("meta france", []),
        ("L’Oréal and L'Oréal", [("L’Oréal", "name", ("loreal",)), ("L'Oréal", "name", ("loreal",))]),
        ("Pavel Durov", [("Pavel Durov", "name", ("durov",))]),
        ("", []),
    ],
)
def test_gazetteer_finds_the_longest_name(
    gazetteer: Gazetteer, text: str, found: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    """The longest name wins, all its bearers are given, curly apostrophes are straight ones, and case counts."""
    doc = spacy.blank("en")(text)
    assert [(doc[hit.first : hit.last].text, hit.kind, hit.ids) for hit in gazetteer.find(doc)] == found


def test_gazetteer_takes_a_name_before_a_metonym(gazetteer: Gazetteer) -> None:
    """What is somebody's name and another's metonym is the name."""
    doc = spacy.blank("en")("Paris")
    assert [(hit.kind, hit.ids) for hit in gazetteer.find(doc)] == [("name", ("paris-hilton",))]


def test_gazetteer_hits_do_not_overlap(gazetteer: Gazetteer) -> None:
    """Hits come left to right, and no token belongs to two."""
    doc = spacy.blank("en")("France Paris Judicial Court Facebook X Meta Platforms Pavel Durov French")
    hits = list(gazetteer.find(doc))
    assert len(hits) == 7
    assert all(one.last <= other.first for one, other in zip(hits, hits[1:], strict=False))
