from __future__ import annotations

import pytest

from kg.extract.features import classify_grammar
from tests.extract.test_candidates import propose


@pytest.mark.parametrize(
    ("text", "action", "actors", "targets"),
    [
        ("The Bundeskartellamt fined channels run by Meta.", "fine", {"de-bundeskartellamt"}, {"meta"}),
        ("Officials from France sued Telegram.", "sue", {"france"}, {"telegram"}),
        ("Dozens of firms including Meta and Google were fined by Ofcom.", "fine", {"gb-ofcom"}, {"meta", "google"}),
        ("The French and Italian regulators fined TikTok.", "fine", {"france", "italy"}, {"tiktok"}),
        ("Meta was fined by German and Polish authorities.", "fine", {"germany", "poland"}, {"meta"}),
        ("Turkey blocked access to Wikipedia.", "ban", {"turkey"}, {"wikipedia"}),
        ("Ofcom fined Meta's Instagram.", "fine", {"gb-ofcom"}, {"instagram"}),
        ("Ofcom fined the app TikTok.", "fine", {"gb-ofcom"}, {"tiktok"}),
        ("Ofcom fined TikTok, a Chinese-owned app.", "fine", {"gb-ofcom"}, {"tiktok"}),
        ("Apple and Google were fined. Texas sued the two companies.", "sue", {"texas"}, {"apple", "google"}),
        ("TikTok was fined in Ireland.", "fine", {"ireland"}, {"tiktok"}),
        pytest.param("Texas sued a founder of Telegram, Pavel Durov.", "sue", {"texas"}, {"pavel-durov"},
                     marks=pytest.mark.xfail(strict=False, reason="the name in apposition to a title")),
        pytest.param("Ofcom fined Meta's subsidiary.", "fine", {"gb-ofcom"}, {"metas-subsidiary.company"},
                     marks=pytest.mark.xfail(strict=False, reason="a subsidiary is taken for its parent")),
    ],
)  # fmt: skip
def test_parties_are_who_the_words_lead_to(text: str, action: str, actors: set[str], targets: set[str]) -> None:
    """Channels, access, users and lists lead to the agent that is meant; a service is not its owner."""
    found = propose(text, action)
    assert {c.actor.mention.agent.id for c in found if c.actor and c.actor.mention.agent} == actors
    assert {c.target.mention.agent.id for c in found if c.target and c.target.mention.agent} == targets


@pytest.mark.parametrize(
    ("text", "action", "grammar"),
    [
        ("Ofcom fined TikTok.", "fine", "direct"),
        ("TikTok was fined by Ofcom.", "fine", "direct"),
        ("Ofcom decided to fine TikTok.", "fine", "indirect"),
        ("TikTok was fined in Ireland.", "fine", "place"),
        ("Texas sued Google. The suit accuses the company of lying.", "accuse", "implied"),
    ],
)
def test_parties_know_how_the_grammar_led_to_them(text: str, action: str, grammar: str) -> None:
    """A subject is firmer than a control verb's, a place than a guess; the confidence rests on that."""
    (candidate,) = propose(text, action)
    assert candidate.actor is not None
    assert classify_grammar(candidate.actor) == grammar
