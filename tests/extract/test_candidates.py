from __future__ import annotations

import pytest

from kg.extract.candidates import Candidate, CandidateFinder
from kg.kb.lexicon import load_lexicon
from tests.extract.reading import annotate_text


def propose(text: str, action: str) -> list[Candidate]:
    """Propose the claims of one action in a text."""
    doc, mentions = annotate_text(text)
    found = CandidateFinder(load_lexicon()).find(doc, mentions)
    return [candidate for candidate in found if candidate.action == action]


def describe(candidate: Candidate) -> tuple[str | None, str | None]:
    """Give the words by which a candidate's parties stand in the text."""
    actor, target = candidate.actor, candidate.target
    return (actor.mention.span.text if actor else None, target.mention.span.text if target else None)


@pytest.mark.parametrize(
    ("text", "action", "frame", "parties"),
    [
        ("Ofcom fined TikTok.", "fine", "verb:fine::active", [("Ofcom", "TikTok")]),
        ("TikTok was fined by Ofcom.", "fine", "verb:fine::passive", [("Ofcom", "TikTok")]),
        (
            "Turkey and Iran banned Wikipedia.",
            "ban",
            "verb:ban::active",
            [("Turkey", "Wikipedia"), ("Iran", "Wikipedia")],
        ),
        ("India imposed a ban on TikTok.", "ban", "noun:ban:impose", [("India", "TikTok")]),
        ("Durov was arrested.", "arrest", "verb:arrest::passive", [(None, "Durov")]),
        ("Officials from France sued Telegram.", "sue", "verb:sue::active", [("Officials", "Telegram")]),
    ],
)
def test_candidates_name_their_frame_and_parties(
    text: str, action: str, frame: str, parties: list[tuple[str | None, str]]
) -> None:
    """A trigger proposes a candidate for each pair of parties, under the frame that fired; nobody stays nobody."""
    found = propose(text, action)
    assert [describe(candidate) for candidate in found] == parties
    assert {candidate.frame for candidate in found} == {frame}


def test_candidates_of_a_light_verb_have_both_words() -> None:
    """The noun is the trigger, the verb that carries it is kept beside it."""
    (candidate,) = propose("India imposed a ban on TikTok.", "ban")
    assert candidate.light_verb is not None
    assert (candidate.trigger.text, candidate.light_verb.text) == ("ban", "imposed")


def test_candidates_let_a_paper_speak_for_its_author() -> None:
    """What *the suit* accuses somebody of, the plaintiff does; the plaintiff is remembered within a text only."""
    (accusing,) = propose("Texas sued Google. The suit accuses the company of lying.", "accuse")
    assert describe(accusing) == ("Texas", "company")
    alone = propose("The suit accuses Google of lying.", "accuse")
    assert all(describe(candidate)[0] != "Texas" for candidate in alone)


def test_candidates_never_act_on_themselves() -> None:
    """A party is not its own counterpart."""
    for text in ("Meta sued Meta.", "Google said that Google had fined itself.", "Russia banned Russia."):
        for action in ("sue", "fine", "ban"):
            assert all(
                candidate.actor is None
                or candidate.target is None
                or candidate.actor.mention.agent != candidate.target.mention.agent
                for candidate in propose(text, action)
            )


def test_candidates_come_in_the_order_of_the_text() -> None:
    """Triggers come as the text has them, and twice the same."""
    doc, mentions = annotate_text("Texas sued Google. Ofcom fined TikTok. India imposed a ban on TikTok.")
    finder = CandidateFinder(load_lexicon())
    first = [(candidate.trigger.i, candidate.action) for candidate in finder.find(doc, mentions)]
    assert first == sorted(first, key=lambda pair: pair[0])
    assert len({index for index, _ in first}) >= 3
    assert first == [(candidate.trigger.i, candidate.action) for candidate in finder.find(doc, mentions)]
