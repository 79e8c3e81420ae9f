from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.belief import combine_confidences

CONFIDENCES = st.lists(st.floats(0, 1, exclude_max=True), max_size=12)


@pytest.mark.parametrize(
    ("confidences", "combined"),
    [
        ([], 0.0),
        ([0.0], 0.0),
        ([0.6], 0.6),
        ([0.6, 0.5], 0.8),
        ([0.5, 0.5, 0.5], 0.875),
        ([0.3, 1.0], 1.0),
        ([0.9] * 9, 0.99),
    ],
)
def test_belief_is_the_chance_that_not_all_sources_are_misread(confidences: list[float], combined: float) -> None:
    """Worked by hand: 1 minus the product of the doubts, at most 0.99; but what a reviewer has read is certain."""
    assert combine_confidences(confidences) == combined


@given(CONFIDENCES, st.floats(0, 1, exclude_max=True))
def test_belief_grows_with_each_source(confidences: list[float], another: float) -> None:
    """One more source never makes an action less sure, and the belief stays between 0 and 0.99."""
    before, after = combine_confidences(confidences), combine_confidences([*confidences, another])
    assert 0 <= before <= after <= 0.99


@given(CONFIDENCES)
def test_belief_does_not_mind_the_order(confidences: list[float]) -> None:
    """The same sources in another order are believed as much."""
    assert combine_confidences(reversed(confidences)) == pytest.approx(combine_confidences(confidences), abs=1e-4)
