from __future__ import annotations

import pytest

from tests.extract.reading import find_mentions


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("The regulator fined the shop Verdano last week.", "Verdano", "Company"),
        ("Kordaplex denied it. Regulators had fined Kordaplex in May.", "Kordaplex", "Company"),
        ("Judge Ann Weatherby ruled on Monday. Weatherby fined the firm.", "Weatherby", "Person"),
        ("The Dutch authority fined CP&A in May.", "CP&A", "Company"),
    ],
)
def test_unseen_name_is_found(text: str, name: str, type: str) -> None:
    """A name that no list knows is found by the noun before it, by its return, by the full name or by its form."""
    assert find_mentions(text)[name].type == type


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Recently the firm was fined.", "Recently"),
        ("Court Lets Firm Walk Free", "Walk"),
        ("The app was blocked. Apps like it were not.", "Apps"),
    ],
)
def test_unseen_name_is_no_word(text: str, word: str) -> None:
    """A capital at a sentence's start or in a heading makes no name of a word."""
    assert all(mention.kind != "name" for text_, mention in find_mentions(text).items() if text_ == word)


def test_unseen_list_is_parted() -> None:
    """What the recogniser takes for one name is a list where commas part it; a body's name with commas is one."""
    mentions = find_mentions("JPMorgan Chase, HSBC, Citigroup, and Bank of America were sued.")
    assert {"HSBC", "Citigroup", "Bank of America"} <= set(mentions)


@pytest.mark.parametrize(
    ("text", "name", "agent"),
    [
        ("The CNIL fined Carrefour France over its adverts.", "Carrefour France", "carrefour"),
        ("Ottawa ordered TikTok Canada to close.", "TikTok Canada", "tiktok"),
        ("Norway fined the Municipality of Oslo.", "Municipality of Oslo", "municipality-of-oslo.company"),
    ],
)
def test_unseen_name_takes_in_its_place(text: str, name: str, agent: str) -> None:
    """The place that ends a firm's or a body's name is a part of it, no country that is acted on."""
    mention = find_mentions(text)[name]
    assert mention.agent is not None
    assert mention.agent.id == agent


@pytest.mark.parametrize(
    "text", ["California's AB 1076 bans the practice.", "The report by Reuters / File Photo named firms."]
)
def test_unseen_name_is_no_bill_and_no_credit(text: str) -> None:
    """A bill by its number and a line of credits are nobody who acts."""
    words = {name for name, mention in find_mentions(text).items() if mention.agent is not None}
    assert not any("1076" in name or "/" in name for name in words)
