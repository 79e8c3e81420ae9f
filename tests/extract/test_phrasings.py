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
        ("Reddit removed a post condemning Greece.", ("accuse", "reddit", "greece")),
        ("Ann Lee called the step a disgrace on Mastodon.", ("request", "ann-lee.person", "mastodon")),
        (
            "Microsoft agreed to buy LinkedIn after the European Commission had looked at the deal.",
            ("comply", "microsoft", "european-commission"),
        ),
        ("Amazon provides vans to the Metropolitan Police.", ("comply", "amazon", "gb-met")),
        (
            "Bo Kim was taken off the team, his coach wrote on Instagram.",
            ("moderate", "instagram", "bo-kim.person"),
        ),
        ("X will label state media in the United States.", ("moderate", "x", "united-states")),
        ("Snapchat announced a crackdown on misuse of its service in Spain.", ("ban", "spain", "snapchat")),
        (
            "The senator spoke against breaking up Google, which the United States had thought of.",
            ("order", "united-states", "google", "actual"),
        ),
        ("The European Commission opened a case against Shein.", ("sue", "european-commission", "shein")),
        ("Grab is backed by SoftBank.", ("support", "softbank", "grab")),
        (
            "Ann Lee asked an aide to make sure that the Federal Trade Commission sued Uber.",
            ("sue", "us-ftc", "uber", "actual"),
        ),
        ("The FTC's decision to end the case against Yelp was welcomed.", ("convict", "us-ftc", "yelp")),
        ("A singer took out an injunction against TikTok.", ("order", "singer.person", "tiktok")),
        ("Vinted has settled a lawsuit with the CNIL.", ("sue", "vinted", "fr-cnil")),
        ("France fined Shein. Shein declined to disclose its sales.", ("refuse", "shein", "france")),
        (
            "Ofcom opened an inquiry into the deal, which was criticised by Telefonica.",
            ("investigate", "gb-ofcom", "telefonica"),
        ),
        ("Japan did not say whether Rakuten would be subject to a fine.", ("fine", "japan", "rakuten", "actual")),
        (
            "Iran banned Signal after Signal had refused to hand over keys or to block channels of students.",
            ("moderate", "signal", "students.group", "planned"),
        ),
        (
            "Bo Kim was taken into custody as he stepped off a jet, which he told on Telegram.",
            ("moderate", "telegram", "bo-kim.person"),
        ),
        (
            "The court decided that Apple must pay back 13 billion euros of taxes to Ireland.",
            ("fine", "ireland", "apple"),
        ),
        ("Ann Lee announced her new book on Twitter.", ("misuse", "ann-lee.person", "x")),
        ("Rivals followed suit, and Etsy sold less in Spain.", ("sue", "rivals.group", "etsy")),
        ("Vinted faces complaints from users about its fees.", ("sue", "users.group", "vinted")),
        ("Google removed a feature from Android.", ("moderate", "google", "feature.group")),
        ("Snapchat suspended its service in Spain.", ("moderate", "snapchat", "spain")),
        ("Telegram appealed to young traders.", ("appeal", "telegram", "young-traders.group")),
        ("Netflix challenges Disney in streaming.", ("appeal", "netflix", "disney")),
        (
            "Ireland has not sued TikTok, but warned it on Monday.",
            ("warn", "ireland", "tiktok", "negated"),
        ),
        (
            "France opened an inquiry after a video of the attack had been posted on Facebook.",
            ("investigate", "france", "facebook"),
        ),
        (
            "A group asks the court so that Italy fines Shein.",
            ("fine", "italy", "shein", "actual"),
        ),
        ("The United States asked Turkey to block TikTok.", ("ban", "turkey", "tiktok", "actual")),
    ],
)
def test_phrasing_proposes_nothing_false(text: str, wrong: tuple[str, ...]) -> None:
    """What looks like a phrasing of the table, and says something else, is not proposed."""
    assert wrong not in {edge[: len(wrong)] for edge in propose(text)}
