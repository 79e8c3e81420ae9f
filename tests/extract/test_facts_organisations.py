"""Seats, owners, wholes and users, read from sentences of many constructions."""

from __future__ import annotations

import pytest

from kg.extract.facts.proposal import Proposal
from tests.extract.facts import find_facts, list_pairs, load_finder
from tests.extract.reading import annotate_text

SEATS = [
    ("The Dubai-based messaging app Telegram will appeal.", {("Telegram", "Dubai")}),
    ("Telegram, which is based in Dubai, will appeal.", {("Telegram", "Dubai")}),
    ("Telegram is registered in the British Virgin Islands.", {("Telegram", "British Virgin Islands")}),
    ("The Chinese company ByteDance will appeal.", {("ByteDance", "China")}),
    ("China sued US tech giants such as Google, Microsoft and even Amazon.", {
        ("Google", "United States"), ("Microsoft", "United States"), ("Amazon", "United States"),
    }),
    ("Google, Microsoft and other US companies will appeal.", {
        ("Google", "United States"), ("Microsoft", "United States"),
    }),
    ("Cloudflare, a San Francisco web company, dropped the forum.", {("Cloudflare", "San Francisco")}),
    ("The police searched a flat in Berlin after a post on Telegram.", set()),
    ("Microsoft was sued in Germany by a rival.", set()),
]  # fmt: skip
OWNERS = [
    ("Alphabet's Google was fined.", {("Alphabet", "Google")}),
    ("TikTok is owned by ByteDance.", {("ByteDance", "TikTok")}),
    ("TikTok's parent company ByteDance will appeal.", {("ByteDance", "TikTok")}),
    ("WhatsApp and its parent company Meta will appeal.", {("Meta", "WhatsApp")}),
    ("Meta, the parent company of Facebook and Instagram, will appeal.", {("Meta", "Facebook"), ("Meta", "Instagram")}),
    ("Meta-owned WhatsApp will appeal.", {("Meta", "WhatsApp")}),
    ("X owner Elon Musk will appeal.", {("Elon Musk", "X")}),
    ("Google, a subsidiary of Alphabet, will appeal.", {("Alphabet", "Google")}),
    ("YouTube, Google's video platform, will appeal.", {("Google", "YouTube")}),
    ("Google bought YouTube in 2006.", {("Google", "YouTube")}),
    ("Google and YouTube were fined.", set()),
    ("Microsoft wants to buy TikTok.", set()),
    ("Twitter sued Meta.", set()),
]
WHOLES = [
    ("OFMIN, an agency of the French police, opened the inquiry.", ("OFMIN", "French National Police")),
    ("The European Commission, the executive arm of the European Union, opened an inquiry.", (
        "European Commission", "European Union",
    )),
]  # fmt: skip
USERS = [
    ("Telegram has more than 950 million active users.", ("Telegram", None, "950 million")),
    ("Telegram, with 900 million users, will appeal.", ("Telegram", None, "900 million")),
    ("WhatsApp has 120 million users in Brazil.", ("WhatsApp", "Brazil", "120 million")),
    ("Instagram has two billion users worldwide.", ("Instagram", None, "two billion")),
    ("Forty percent of Russia's Internet users used Telegram in 2023.", ("Telegram", "Russia", "40%")),
    ("The surge in Telegram's user count to 950 million led to problems.", ("Telegram", None, "950 million")),
]
NO_USERS = [
    "Meta leaked the data of 533 million users.",
    "Meta was fined 91 million euros over the passwords of its users.",
    "Telegram has 30 employees.",
]


@pytest.mark.parametrize(("text", "expected"), SEATS, ids=[row[0] for row in SEATS])
def test_facts_seats(text: str, expected: set[tuple[str, str]]) -> None:
    """A place of business or registration, or a country's adjective on a kind of organisation, is a seat."""
    assert list_pairs(text, "based_in") == expected


@pytest.mark.parametrize(("text", "expected"), OWNERS, ids=[row[0] for row in OWNERS])
def test_facts_owners(text: str, expected: set[tuple[str, str]]) -> None:
    """Possessives, nouns and verbs of ownership tell an owner; plans, lists and lawsuits do not."""
    assert list_pairs(text, "owns") == expected


@pytest.mark.parametrize(("text", "expected"), WHOLES, ids=[row[0] for row in WHOLES])
def test_facts_wholes(text: str, expected: tuple[str, str]) -> None:
    """An organ named with its larger organisation is a part of it."""
    assert expected in {
        (fact.subject.name, fact.object.name)
        for fact in _propose_all(text)
        if fact.relation == "part_of" and fact.object
    }


@pytest.mark.parametrize(("text", "expected"), USERS, ids=[row[0] for row in USERS])
def test_facts_users(text: str, expected: tuple[str, str | None, str]) -> None:
    """A large number of users that a clause gives a platform is told with its country, as written."""
    facts = [fact for fact in find_facts(text) if fact.relation == "users"]
    assert [(f.subject.name, f.object.name if f.object else None, f.value) for f in facts] == [expected]


@pytest.mark.parametrize("text", NO_USERS)
def test_facts_users_of_other_numbers(text: str) -> None:
    """Amounts of money, victims of a leak and employees are no users."""
    assert not [fact for fact in find_facts(text) if fact.relation == "users"]


def test_facts_names_of_the_text() -> None:
    """A fact names an agent as the text does: the usual name if the text uses it, else the fullest that it has."""
    [fact] = [f for f in find_facts("FBI Director Ann Berger warned of Telegram.") if f.relation == "role"]
    assert fact.object is not None
    assert (fact.object.name, fact.object.id) == ("FBI", "us-fbi")


def _propose_all(text: str) -> list[Proposal]:
    finder = load_finder()
    return list(finder.propose(finder.look(*annotate_text(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The channel was linked to ISIS-K, an affiliate of the Islamic State group.", {("ISIS-K", "Islamic State")}),
        ("WhatsApp, a unit of Meta, was fined.", set()),
    ],
)
def test_facts_wholes_by_what_they_are_called(text: str, expected: set[tuple[str, str]]) -> None:
    """An affiliate or an arm belongs to its whole; the unit of a company is owned."""
    assert list_pairs(text, "part_of") == expected


def test_facts_owners_leave_rivals_out() -> None:
    """Whose rival something is called does not belong to its maker."""
    assert ("Meta", "ChatGPT") not in list_pairs("Meta announced its ChatGPT rival Meta AI.", "owns")
