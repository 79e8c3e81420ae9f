"""Days of publication, as precise as they are certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.published import find_day_line, parse_published


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-08", "2024-08"),
        ("2024-08-24", "2024-08-24"),
        ("2024-08-24T10:00:00+02:00", "2024-08-24"),
        ("2024-08-24 10:00:00", "2024-08-24"),
        ("20240824", "2024-08-24"),
        ("August 24, 2024", "2024-08-24"),
        ("Aug. 4, 2024", "2024-08-04"),
        ("Sat, 24 Aug 2024 10:00:00 GMT", "2024-08-24"),
        ("24th of August 2024", "2024-08-24"),
        ("September 2024", "2024-09"),
        ("24/08/2024", "2024-08-24"),
        ("08/24/2024", "2024-08-24"),
        ("24.08.2024", "2024-08-24"),
        ("05/05/2024", "2024-05-05"),
        ("03/04/2024", "2024"),
    ],
)
def test_published_reads_what_sources_write(written: str, iso: str) -> None:
    """A date keeps its precision; where day and month could change places only the year is sure."""
    assert str(parse_published(written)) == iso


@pytest.mark.parametrize("written", ["", "yesterday", "2024-13-01", "24 Smarch 2024", "n/a", "99999999", "31/31/2024"])
def test_published_makes_nothing_up(written: str) -> None:
    """What is no date is none."""
    found = parse_published(written)
    assert found is None or (written == "31/31/2024" and str(found) == "2024")


@given(st.text(max_size=40))
def test_published_never_fails(written: str) -> None:
    """Any text gives a date or none."""
    found = parse_published(written)
    assert found is None or found.year >= 0


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        ("A fine\n\n3 May 2025\n\nDUBLIN – The", "2025-05-03"),
        ("A fine\nFriday, May 3, 2024\nThe", "2024-05-03"),
        ("Published on 3rd May 2024.\nThe", "2024-05-03"),
        ("2024-05-03\nThe", "2024-05-03"),
        ("It was on\n3 May 2025 that the fine came", None),
        ("May 2025\nThe", None),
        ("one\ntwo\nthree\nfour\nfive\n3 May 2025", None),
        ("03/04/2021\nThe", None),
    ],
)
def test_day_line_dates_a_text(head: str, iso: str | None) -> None:
    """A line at the head that is a day and nothing else dates a text; a day within a sentence or far down does not."""
    day = find_day_line(head)
    assert (day.iso if day else None) == iso
