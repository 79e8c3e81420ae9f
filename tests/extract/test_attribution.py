"""Who says what a claim says."""

from __future__ import annotations

import pytest

from kg.extract.attribution import find_speaker
from tests.extract.attributes import parse_trigger


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Reuters reported that Russia blocked Telegram.", "blocked", "Reuters"),
        ("Apple said that the Commission fined Meta.", "fined", "Apple"),
        ("According to Bloomberg, the Commission fined Meta.", "fined", "Bloomberg"),
        ("The Commission fined Meta, Reuters reported.", "fined", "Reuters"),
        ("Pavel Durov claimed that Russia had blocked Telegram.", "blocked", "Pavel Durov"),
    ],
)
def test_attribution_finds_the_speaker(text: str, word: str, speaker: str) -> None:
    """The subject of the verb of saying above or beside a claim says it, or who follows "according to"."""
    _, mentions, trigger = parse_trigger(text, word)
    found = find_speaker(trigger, mentions)
    assert found is not None
    assert found.name == speaker


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Russia blocked Telegram.", "blocked"),
        ("Ireland fined Meta, which said that it would appeal.", "fined"),
        ("The law allows Russia to block Telegram.", "block"),
    ],
)
def test_attribution_is_none_where_the_text_speaks_itself(text: str, word: str) -> None:
    """What the text says in its own voice has no speaker."""
    _, mentions, trigger = parse_trigger(text, word)
    assert find_speaker(trigger, mentions) is None
