"""When actions may have been, by what documents tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.model import PartialDate
from kg.resolve.times import Retelling, Timing, compare_times, load_retelling, make_timing

FINE, WORDS = Retelling(365, 60), Retelling(30, 14)
DATES = st.none() | st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2022", "2022-10", "2023-02-30"])


def tell(date: str | None, published: str | None = None) -> Timing:
    """Lay out what a document tells."""
    return make_timing(PartialDate(date) if date else None, PartialDate(published) if published else None)


@pytest.mark.parametrize(
    ("one", "other", "fine", "words"),
    [
        (("2022-10-17",), ("2022-10-17",), 2.0, 2.0),
        (("2022-10-17",), ("2022-10-20",), 1.5, 1.5),
        (("2022-10-17",), ("2022-10-26",), None, None),
        (("2022-10",), ("2022-10-17",), 2.0, 2.0),
        (("2022-10",), ("2022-10",), 2.0, 1.0),
        (("2022",), ("2022-10-17",), 1.0, 1.0),
        (("2022",), ("2023-01-03",), None, None),
        (("2022-10-17",), (None, "2022-10-18"), 1.0, 1.0),
        (("2022-10-17",), (None, "2023-03-01"), 0.75, None),
        (("2022-10-17",), (None, "2022-10-01"), None, None),
        (("2018-04-16", "2024-09-01"), (None, "2024-09-10"), 0.75, 0.75),
        ((None, "2022-10-17"), (None, "2022-10-18"), 1.5, 1.5),
        ((None, "2022-10-17"), (None, "2022-10-22"), 1.0, 1.0),
        ((None, "2022-10-17"), (None, "2022-11-17"), 0.75, None),
        ((None, "2022-10-17"), (None, "2023-11-17"), None, None),
        ((None,), (None, "2023-11-17"), 0.5, None),
    ],
)
def test_times_agree_as_far_as_is_told(
    one: tuple[str, ...], other: tuple[str, ...], fine: float | None, words: float | None
) -> None:
    """Days, months and years beside one another; undated news of measures and of words, soon after and late."""
    assert (compare_times(tell(*one), tell(*other), FINE), compare_times(tell(*one), tell(*other), WORDS)) == (
        fine,
        words,
    )


def test_times_of_undated_news_agree_by_the_day_that_a_third_tells() -> None:
    """Two undated documents years apart tell of one action if a third that both fit dates it."""
    one, other = tell(None, "2022-10-20"), tell(None, "2023-09-01")
    assert compare_times(one, other, FINE) is None
    assert compare_times(one, other, FINE, anchored=True) == 0.75


@given(DATES, DATES, DATES, DATES)
def test_times_do_not_mind_the_order(date: str | None, day: str | None, date2: str | None, day2: str | None) -> None:
    """Which of two documents comes first is all one, and dates that no calendar has do no harm."""
    one, other = tell(date, day), tell(date2, day2)
    assert compare_times(one, other, FINE) == compare_times(other, one, FINE)


def test_times_refuse_a_bad_table(tmp_path: Path) -> None:
    """A row that is wrong is refused with its line, and so is a table that lacks an action."""
    table = tmp_path / "retelling.csv"
    for row, message in (
        ("fine,a year,60", "retelling.csv:2: days 'a year': want a whole number"),
        ("forgive,5,5", "retelling.csv:2: action 'forgive' is not one of"),
        ("fine,5,5", "the table lacks accuse, appeal"),
    ):
        table.write_text(f"action,days,apart\n{row}\n", encoding="utf-8")
        with pytest.raises(DataError) as caught:
            load_retelling(table)
        assert message in str(caught.value)
