"""What an action was for, and under which law."""

from __future__ import annotations

import pytest

from kg.extract.charge_evidence import find_remits
from kg.extract.charges import ChargeFinder, choose_charges
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon
from kg.model import AgentRef
from tests.extract.attributes import parse_trigger


@pytest.fixture(scope="module")
def finder(kb: KnowledgeBase) -> ChargeFinder:
    """Load the finder of charges, once."""
    return ChargeFinder(kb, load_lexicon())


@pytest.mark.parametrize(
    ("text", "word", "action", "expected"),
    [
        (
            "The Irish regulator fined TikTok for how it handled children's data.",
            "fined",
            "fine",
            {"childrens-privacy"},
        ),
        ("The SEC sued Telegram over an unregistered offering of securities.", "sued", "sue", {"securities"}),
        (
            "The Commission opened an antitrust investigation into Microsoft.",
            "investigation",
            "investigate",
            {"antitrust"},
        ),
        (
            "Facebook removed posts that spread misinformation about vaccines.",
            "removed",
            "moderate",
            {"disinformation"},
        ),
        ("Twitter suspended the account for hate speech.", "suspended", "moderate", {"hate-speech"}),
        ("A court banned the sale of the phone over a patent.", "banned", "ban", {"other"}),
        ("Italy investigates Google for tax evasion.", "investigates", "investigate", {"tax"}),
        ("The labels sued Napster for copyright infringement.", "sued", "sue", {"copyright"}),
    ],
)
def test_charges_come_from_the_phrases(
    finder: ChargeFinder, text: str, word: str, action: str, expected: set[str]
) -> None:
    """A phrase of the field beside the action tells its charge."""
    doc, _, trigger = parse_trigger(text, word)
    assert set(finder.read(doc).charges_of(trigger, action)) == expected


def test_charges_of_a_list_stand_together(finder: ChargeFinder) -> None:
    """All that a clause lists is charged."""
    text = "Police arrested the founder in an inquiry into drug trafficking, fraud and terrorism."
    doc, _, trigger = parse_trigger(text, "arrested")
    assert set(finder.read(doc).charges_of(trigger, "arrest")) == {"drug-trafficking", "fraud", "terrorism"}


def test_charges_come_from_the_headline(finder: ChargeFinder) -> None:
    """What an article is about is the charge of an action that names none itself."""
    text = "Antitrust probe of Google widens\n\nThe antitrust inquiry goes on. Regulators raided the company's offices."
    doc, _, trigger = parse_trigger(text, "raided")
    assert finder.read(doc).charges_of(trigger, "search") == ("antitrust",)


def test_charges_are_none_where_nothing_tells_one(finder: ChargeFinder) -> None:
    """A sentence without a phrase, a law or an authority with a remit has no charge."""
    doc, _, trigger = parse_trigger("The mayor praised the company for its new building.", "praised")
    assert finder.read(doc).charges_of(trigger, "support") == ()


def test_charges_may_come_from_the_remit_of_an_authority(finder: ChargeFinder) -> None:
    """What an authority watches over may be the charge, though no phrase tells it."""
    doc, _, trigger = parse_trigger("The authority opened an investigation into the app.", "investigation")
    evidence = finder.read(doc).evidence
    actor = AgentRef("dpa", "Data Protection Authority", "Regulator", "be")
    assert set(evidence.describe(trigger, "investigate", None, (actor, None))) == {"privacy"}
    assert evidence.describe(trigger, "investigate", None) == {}


@pytest.mark.parametrize(
    ("name", "charges"),
    [
        ("Competition and Markets Authority", {"antitrust"}),
        ("Information Commissioner's Office", {"privacy"}),
        ("Securities and Exchange Commission", {"securities"}),
        ("Ministry of Defence", set()),
    ],
)
def test_charges_remits_are_read_from_names(name: str, charges: set[str]) -> None:
    """The words of an authority's name tell what it watches over."""
    assert find_remits(name) == charges


def test_charges_laws_are_those_of_the_sentence(finder: ChargeFinder) -> None:
    """A law belongs to the action whose sentence names it, and to no other."""
    text = "The Commission fined Meta under the GDPR. It also sued Google."
    doc, _, fined = parse_trigger(text, "fined")
    charges = finder.read(doc)
    assert charges.laws_of(fined) == ("gdpr",)
    assert charges.laws_of(parse_trigger(text, "sued")[2]) == ()


@pytest.mark.parametrize(
    ("scored", "listed", "expected"),
    [
        ([(0.9, "tax"), (0.2, "fraud")], [], ("tax",)),
        ([(0.9, "tax"), (0.6, "fraud")], [], ("fraud", "tax")),
        ([(0.1, "tax")], [], ()),
        ([], [], ()),
        ([(0.9, "tax"), (0.35, "fraud")], [{"tax", "fraud"}], ("fraud", "tax")),
        ([(0.9, "tax"), (0.2, "fraud")], [{"tax", "fraud"}], ("tax",)),
        ([(0.9, "csam"), (0.8, "child-safety"), (0.7, "tax")], [], ("csam", "tax")),
    ],
)
def test_charges_choose_the_likely(
    scored: list[tuple[float, str]], listed: list[set[str]], expected: tuple[str, ...]
) -> None:
    """The likeliest above the threshold counts, another if likely or listed with it; of three a general one yields."""
    assert choose_charges(scored, 0.2, listed) == expected
