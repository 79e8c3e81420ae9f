"""Dates are found as news writes them, and resolved against the day of publication."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import PartialDate
from kg.normalize.dates import find_dates, resolve_date

MONDAY = PartialDate("2024-08-26")


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2024-08-24", "2024-08-24"),
        ("15 September 2023", "2023-09-15"),
        ("September 15, 2023", "2023-09-15"),
        ("Sept. 15, 2023", "2023-09-15"),
        ("the 15th of September 2023", "2023-09-15"),
        ("15 SEPTEMBER 2023", "2023-09-15"),
        ("13.05.2020", "2020-05-13"),
        ("13/05/2020", "2020-05-13"),
        ("05/13/2020", "2020-05-13"),
        ("05/06/2020", "2020"),
        ("November 2019", "2019-11"),
        ("2019", "2019"),
        ("early 2019", "2019"),
        ("mid-2020", "2020"),
    ],
)
def test_dates_reads_what_needs_no_anchor(words: str, date: str) -> None:
    """A date with its year is the same whenever the text was published, even if nobody knows when."""
    assert resolve_date(words, None) == PartialDate(date)
    assert resolve_date(f"fined in {words} by the court", MONDAY) == PartialDate(date)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("today", "2024-08-26"),
        ("this morning", "2024-08-26"),
        ("yesterday", "2024-08-25"),
        ("last night", "2024-08-25"),
        ("tomorrow", "2024-08-27"),
        ("on Monday", "2024-08-26"),
        ("last Monday", "2024-08-19"),
        ("on Friday", "2024-08-23"),
        ("on Friday last week", "2024-08-23"),
        ("on Tuesday of last week", "2024-08-20"),
        ("in recent weeks", "2024-08"),
        ("over the past few months", "2024"),
        ("by the end of the year", "2024"),
        ("next Friday", "2024-08-30"),
        ("Monday, August 19", "2024-08-19"),
        ("20 March", "2024-03-20"),
        ("Nov. 5", "2023-11-05"),
        ("in July", "2024-07"),
        ("in December", "2023-12"),
        ("last August", "2023-08"),
        ("in April last year", "2023-04"),
        ("this month", "2024-08"),
        ("earlier this month", "2024-08"),
        ("last month", "2024-07"),
        ("last week", "2024-08"),
        ("next week", "2024-09"),
        ("two weeks ago", "2024-08"),
        ("Two days ago", "2024-08-24"),
        ("12 months ago", "2023-08"),
        ("a year ago", "2023"),
        ("last year", "2023"),
        ("this summer", "2024"),
    ],
)
def test_dates_resolves_against_the_day_of_publication(words: str, date: str) -> None:
    """A relative date counts from the day of publication, at its own precision, and is none without that day."""
    assert resolve_date(words, MONDAY) == PartialDate(date)
    assert resolve_date(words, None) is None
    assert resolve_date(words, PartialDate("2024-08")) is None


@pytest.mark.parametrize(
    "text",
    [
        "it may march on",
        "in 2007–2010",
        "the 2018-19 season",
        "€2019 a year",
        "today's world",
        "Sundays and Mondays",
        "30 February 2023",
        "2024-02-31",
        "ISO 27001",
        "10 Downing Street",
        "for three years",
        "",
    ],
)
def test_dates_leaves_what_is_no_date(text: str) -> None:
    """Verbs, ranges, sums, days that the calendar has not and spans of time are no dates."""
    assert list(find_dates(text, MONDAY)) == []


def test_dates_keeps_the_order_and_offsets_of_a_text() -> None:
    """Each date stands where its mention says, in the order of the text."""
    text = "Fined in 2019, sued last month and banned on Friday (Aug. 23)."
    found = [(text[mention.start : mention.end], mention.date.iso) for mention in find_dates(text, MONDAY)]
    assert found == [("2019", "2019"), ("last month", "2024-07"), ("Friday", "2024-08-23"), ("Aug. 23", "2024-08-23")]


@given(
    st.text(),
    st.sampled_from([None, MONDAY, PartialDate("2024"), PartialDate("2024-02-29"), PartialDate("2024-02-31")]),
)
def test_dates_never_raises_and_offsets_stand_in_the_text(text: str, published: PartialDate | None) -> None:
    """Any text is read without an error, against any day or none; mentions lie in it, in order and apart."""
    end = 0
    for mention in find_dates(text, published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    resolve_date(text, published)


_WORDS = [
    *("Monday", "May", "March", "31", "30", "2", "12/31/1999", "2020", "0001-01-01", "last", "next", "this", "week"),
    *("month", "year", "ago", "a", "99", "of", ",", ".", "-", "–", "(", ")", "Feb.", "Sept"),
]


@given(st.lists(st.sampled_from(_WORDS), max_size=12), st.dates())
def test_dates_never_raises_on_what_looks_like_dates(words: list[str], day: datetime.date) -> None:
    """Any run of the words of dates is read without an error, from the first day of the calendar to the last."""
    for mention in find_dates(" ".join(words), PartialDate(day.isoformat())):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", mention.date.iso)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2069, 12, 31)))
def test_dates_reads_back_every_day(day: datetime.date) -> None:
    """Every day is read back from each way to write it in full."""
    month = day.strftime("%B")
    for words in (day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
        assert resolve_date(words, None) == PartialDate(day.isoformat())
