"""What a sentence tells beyond its own subject and object: lists, laws, commands, what was undone, who is meant."""

from __future__ import annotations

import pytest

from tests.extract.reading import annotate_text, describe_text

TOLD = [
    # who orders unnamed others to block something bans it; who asks for it plans it
    ("A Spanish judge ordered internet providers to block Telegram.", ("Spain", "ban", "Telegram", "actual")),
    ("Vietnam has asked telecom providers to block Telegram.", ("Vietnam", "ban", "Telegram", "planned")),
    # several places are several authorities
    ("Discord was blocked in Turkey and Russia.", ("Turkey", "ban", "Discord", "actual")),
    ("Discord was blocked in Turkey and Russia.", ("Russia", "ban", "Discord", "actual")),
    # what is lifted stood
    ("Indonesia lifted its ban on TikTok Shop.", ("Indonesia", "ban", "TikTok Shop", "actual")),
    # each other
    ("Microsoft and Samsung sued each other over patents.", ("Microsoft", "sue", "Samsung", "actual")),
    ("Microsoft and Samsung sued each other over patents.", ("Samsung", "sue", "Microsoft", "actual")),
    # a *by* phrase that the parser hangs on a verb below
    ("Meta ordered to stop using the data of children by Ofcom", ("Ofcom", "order", "Meta", "actual")),
    # a fine *for* something is on somebody else
    ("Ofcom slapped TikTok with a fine for failing its users.", ("Ofcom", "fine", "TikTok", "actual")),
    # what is restricted on a platform
    ("Roskomnadzor has begun to restrict calls on WhatsApp.", ("Roskomnadzor", "ban", "WhatsApp", "actual")),
    ("Roskomnadzor has slowed down the traffic of YouTube.", ("Roskomnadzor", "ban", "YouTube", "actual")),
    # nobody blocks itself
    ("Ethiopia restored access to Facebook months after blocking it.", ("Ethiopia", "ban", "Facebook", "actual")),
    # provisional findings are charges, by the guidelines
    (
        "The European Commission preliminarily found Meta in breach of the law.",
        ("European Commission", "charge", "Meta", "actual"),
    ),
    # an investigation that is to come
    (
        "Amazon faces an EU antitrust investigation that could be announced this week.",
        ("European Union", "investigate", "Amazon", "planned"),
    ),
    # a country's own court, which the knowledge base does not know by name
    ("Kenya's Supreme Court ruled against Meta.", ("Supreme Court of Kenya", "convict", "Meta", "actual")),
    # said in a sentence whose verb comes behind it
    ('"Apple keeps breaking the law," said Tim Sweeney.', ("Tim Sweeney", "accuse", "Apple", "actual")),
]


@pytest.mark.parametrize(("sentence", "claim"), TOLD, ids=[f"{s[:40]}-{c[0]}" for s, c in TOLD])
def test_reach_tells(sentence: str, claim: tuple[str, str, str, str]) -> None:
    """The claim is told, and with no other status."""
    told = describe_text(sentence)
    assert claim in told, told
    assert {one[3] for one in told if one[:3] == claim[:3]} == {claim[3]}


def test_reach_reads_a_list_behind_the_noun_that_tells_what_they_are() -> None:
    """Each member of a long list of people, titles between them, is a target."""
    told = describe_text("Facebook bans the activists Ann Lee, Acme leader Bob Roy, Carl Poe and Dee Fox.")
    assert {one[2] for one in told if one[1] == "moderate"} == {"Ann Lee", "Bob Roy", "Carl Poe", "Dee Fox"}


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("The analyst Ann Lee was suspended from CNN over comments on Twitter.", ("X", "moderate")),
        ("TikTok denies sharing data with China.", ("TikTok", "deny", "China")),
        ("The law bans TikTok on state devices.", ("law", "ban")),
    ],
)
def test_reach_tells_not(sentence: str, wrong: tuple[str, ...]) -> None:
    """A platform that is only the scene, a country that is only denied of, and a law are no parties."""
    assert not [one for one in describe_text(sentence) if one[: len(wrong)] == wrong]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The regulator fined LinkedIn. The Microsoft-owned network paid.", "Microsoft-owned network", "LinkedIn"),
        ("The regulator fined Meta and ordered it to stop.", "it", "Meta"),
        ("India fined WhatsApp. India will ask the Supreme Court.", "Supreme Court", "Supreme Court of India"),
        ("Some 42 attorneys general met. It was in California.", "42 attorneys general", "42 attorneys"),
    ],
)
def test_reach_finds_who_is_meant(text: str, words: str, name: str) -> None:
    """The owner in a description is not what it describes; a pronoun's own subject, an app's home are not meant."""
    _, mentions = annotate_text(text)
    found = {m.span.text: m.agent.name for m in mentions.values() if m.agent is not None}
    assert found.get(words) == name, found


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The Data Protection Commission found that TikTok had not verified the age of its users.", "actual"),
        ("The court ruled that Apple did not infringe the patent.", "negated"),
    ],
)
def test_reach_tells_a_breach_by_omission_from_a_clearance(sentence: str, status: str) -> None:
    """Who has not done what the law asks is found in breach; who has not done what it forbids is cleared."""
    assert {one[3] for one in describe_text(sentence) if one[1] == "convict"} == {status}


def test_reach_takes_no_request_for_comment_for_an_action() -> None:
    """A request for comment is the press at its work."""
    assert describe_text("Visa did not respond to a request for comment by Reuters.") == set()
