from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.candidates import CandidateFinder
from kg.kb.lexicon import load_lexicon
from tests.extract.reading import annotate_text

TABLE = Path(__file__).with_name("phrasings.tsv")


def list_phrasings() -> Iterator[tuple[str, str, str, str, str]]:
    """List the ways in which news says who acts against whom: action, actor, target, status and a sentence of ours."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield row["action"], row["actor"], row["target"], row["status"], row["text"]


def propose(text: str) -> set[tuple[str, str, str, str]]:
    """Reduce what is proposed for a text to action, parties and status."""
    doc, mentions = annotate_text(text)
    found = set()
    for candidate in CandidateFinder(load_lexicon()).find(doc, mentions):
        if candidate.actor is not None and candidate.target is not None:
            actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
            if actor is not None and target is not None:
                found.add((candidate.action, actor.id, target.id, candidate.status))
    return found


@pytest.mark.parametrize(("action", "actor", "target", "status", "text"), list(list_phrasings()))
def test_phrasing_is_proposed(action: str, actor: str, target: str, status: str, text: str) -> None:
    """A usual way of telling an action proposes it, of these parties and with this status."""
    assert (action, actor, target, status) in propose(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "Apple and Intel were sued by five engineers accusing the companies of collusion.",
            ("accuse", "apple", "intel"),
        ),
        ("According to Reuters, Shein tricks its customers.", ("accuse", "reuters", "shein")),
        ("4chan did not respond to a request for comment from Ofcom.", ("refuse", "4chan", "gb-ofcom")),
        ("Ireland ordered Meta to suspend its service in Norway.", ("withdraw", "meta", "norway")),
        ("The European Commission said that Meta should change its terms.", ("order", "european-commission", "meta")),
        ("Ireland's court allowed a lawsuit against Google to proceed.", ("release", "ireland", "google")),
    ],
)
def test_phrasing_proposes_nothing_false(text: str, wrong: tuple[str, str, str]) -> None:
    """What looks like a phrasing of the table, and says something else, is not proposed."""
    assert wrong not in {edge[:3] for edge in propose(text)}
