"""The date that belongs to an action is found, as precise as the text gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.date_evidence import Telling
from kg.extract.dating import Dates
from kg.extract.spans_of_time import find_same, find_spans
from kg.model import PartialDate
from kg.normalize.dates import find_dates
from tests.extract.attributes import parse_trigger
from tests.extract.reading import read_text

CORPUS = Path(__file__).parents[2] / "data" / "corpus"
PUBLISHED = "2024-08-26"  # a Monday
FILLER = " ".join(["The company has offices in many countries and employs people all over the world."] * 10)


def read_date(
    text: str, word: str, action: str, status: str = "actual", published: str | None = PUBLISHED
) -> str | None:
    """Read the date of the action that a word tells."""
    doc, _, trigger = parse_trigger(text, word)
    dates = Dates(doc, PartialDate(published) if published else None)
    date = dates.date_of(trigger, status, None, action)
    return date.iso if date is not None else None


@pytest.mark.parametrize(
    ("text", "word", "action", "expected"),
    [
        ("Ireland fined Meta in September 2022 over privacy.", "fined", "fine", "2022-09"),
        ("The FTC sued Facebook last year.", "sued", "sue", "2023"),
        ("In 2019 the Commission fined Google.", "fined", "fine", "2019"),
        ("The court banned the app last month.", "banned", "ban", "2024-07"),
        ("On 24 August 2024 police arrested the founder.", "arrested", "arrest", "2024-08-24"),
        ("Regulators raided the offices of Google on Thursday.", "raided", "search", "2024-08-22"),
        ("Apple was ordered in 2016 to pay back taxes.", "ordered", "order", "2016"),
    ],
)
@pytest.mark.parametrize("padded", [False, True], ids=["item", "article"])
def test_dating_takes_the_date_of_the_clause(text: str, word: str, action: str, expected: str, padded: bool) -> None:
    """The date that modifies the action's verb is its date, in a one-line item and in an article."""
    assert read_date(f"{text}\n\n{FILLER}" if padded else text, word, action) == expected


def test_dating_gives_each_action_its_own_date() -> None:
    """A background fine has its own year beside the news of the day."""
    text = "The Commission, which fined Google in 2018, opened an inquiry into Meta on Friday."
    assert read_date(text, "fined", "fine") == "2018"
    assert read_date(text, "inquiry", "investigate") in {"2024-08-23", None}
    assert read_date(text, "opened", "investigate") == "2024-08-23"


def test_dating_dates_the_news_of_an_item_with_its_day() -> None:
    """A present-tense item happened on the day it was published."""
    assert read_date("Turkey blocks access to Instagram.", "blocks", "ban") == PUBLISHED
    assert read_date("Google is fined by a court in Paris.", "fined", "fine") == PUBLISHED


def test_dating_gives_no_date_without_any() -> None:
    """Where neither the text nor its publication tells a day there is none."""
    assert read_date("Turkey blocks access to Instagram.", "blocks", "ban", published=None) is None


def test_dating_leaves_the_remote_past_undated() -> None:
    """What an article tells in passing, without a date, is not given the day of publication."""
    text = f"{FILLER}\n\n{FILLER}\n\nThe firm had earlier been fined by the regulator for its conduct."
    assert read_date(text, "fined", "fine") is None


def test_dating_takes_the_date_of_another_telling() -> None:
    """Where an action is told twice, once with its date, both tellings have it."""
    text = (
        "The developer sued Apple in a federal court on August 9. The lawsuit is the second of its kind.\n\n"
        f"{FILLER}\n\nThe developer's complaint says that Apple broke an order of the court."
    )
    doc, _, trigger = parse_trigger(text, "complaint")
    again = Telling(next(token for token in doc if token.text == "sued"), None, same_actor=True)
    dates = Dates(doc, PartialDate(PUBLISHED))
    assert dates.date_of(trigger, "actual", None, "sue") is None
    assert dates.date_of(trigger, "actual", None, "sue", [again]) == PartialDate("2024-08-09")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("It has looked into Acme for more than a year.", "2023"),
        ("the 18-month investigation", "2023"),
        ("a year-long probe", "2023"),
        ("for the past year", "2023"),
        ("for two years", "2022"),
        ("for six months", "2024"),
    ],
)
def test_dating_reads_how_long_it_has_gone_on(text: str, year: str) -> None:
    """A span of time names the year in which it began."""
    assert [mention.date.iso for mention in find_spans(text, PartialDate(PUBLISHED))] == [year]


@pytest.mark.parametrize("text", ["jailed for two years in 2019", "a two-year-old app", "for years", "a year ago"])
def test_dating_leaves_other_spans(text: str) -> None:
    """A sentence, an age and a vague span name no beginning."""
    assert list(find_spans(text, PartialDate(PUBLISHED))) == []
    assert list(find_spans("for two years", None)) == []


@pytest.mark.parametrize("status", ["actual", "planned"])
def test_dating_puts_nothing_that_was_done_after_its_publication(status: str) -> None:
    """A day to come is no day of what the text tells as done; it may be that of a plan."""
    date = read_date("Ofcom fined TikTok in 2031.", "fined", "fine", status)
    assert (date or "2024")[:4] == ("2024" if status == "actual" else "2031")


@pytest.mark.parametrize(
    ("text", "action", "date"),
    [
        ("Brazil fined X on 8 October, 39 days after the country banned TikTok.", "ban", "2024-08-30"),
        ("Brazil banned X in August. On Tuesday the court lifted the ban on X.", "ban", "2024-08"),
        ("The largest was that of May 2023, when Ireland fined Meta.", "fine", "2023-05"),
    ],
)
def test_dates_are_reckoned_and_not_taken_from_what_undoes(text: str, action: str, date: str) -> None:
    """What happened N days before a date has its own; what is lifted on a day was not imposed on it."""
    claims = [claim for claim in read_text(text, published="2024-10-09")[1].claims if claim.action == action]
    assert [claim.date.iso if claim.date else None for claim in claims] == [date]


def test_fine_of_another_sum_keeps_its_date_to_itself() -> None:
    """An older fine on the same party dates itself, and not the one that the text is about."""
    text = (CORPUS / "tiktok-dpc-china.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    claims = read_text(text, published="2025-05-02")[1].claims
    dates = {claim.money.amount: claim.date for claim in claims if claim.money is not None}
    older, newer = dates[345_000_000], dates[530_000_000]
    assert older is not None and older.iso == "2023"
    assert newer is not None and newer.iso.startswith("2025-05")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Fined in May 2022, it was banned in the same year.", "2022"),
        ("Fined on 3 May 2022, it was banned that same month.", "2022-05"),
        ("Fined in 2022, it was banned on the same day.", None),
        ("It was banned in the same year.", None),
    ],
)
def test_same_year_is_that_of_the_date_before(text: str, date: str | None) -> None:
    """The same year, month or day is that of the date told last, if that is told so precisely."""
    found = [mention.date.iso for mention in find_same(text, list(find_dates(text, None)))]
    assert found == ([date] if date else [])


def test_day_of_lifting_is_none_of_the_ban() -> None:
    """What is undone in the same breath does not share the day on which it was."""
    claims = read_text("On Tuesday Brazil lifted the ban on X.", published="2024-10-09")[1].claims
    dates = {claim.action: claim.date.iso if claim.date else None for claim in claims}
    assert dates["release"] == "2024-10-08"
    assert dates["ban"] is None
