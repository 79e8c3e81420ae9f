"""Whether two sums are one, as different papers print it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Money
from kg.resolve.amounts import convert_to_euro, is_near_sum, is_same_sum

DAY = datetime.date(2023, 9, 15)
SUMS = st.builds(
    Money, st.decimals(0, 10**10, allow_nan=False, places=2), st.sampled_from(["EUR", "USD", "GBP", "INR", "XAF"])
)


def money(text: str) -> Money:
    """Read ``5 EUR``."""
    amount, currency = text.split()
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("345000000 EUR", "345000000.00 EUR", True),
        ("5100000 EUR", "5125000 EUR", True),
        ("2400000000 EUR", "2420000000 EUR", True),
        ("798000000 EUR", "797720000 EUR", True),
        ("5000000 EUR", "5400000 EUR", False),
        ("4340000000 EUR", "4125000000 EUR", False),
        ("390000000 EUR", "380000000 EUR", False),
        ("345000000 EUR", "368000000 USD", True),
        ("345000000 EUR", "379000000 USD", True),
        ("345000000 EUR", "297000000 GBP", True),
        ("345000000 EUR", "345000000 USD", False),
        ("368000000 USD", "297000000 GBP", True),
        ("100 XAF", "100 EUR", False),
    ],
)
def test_amounts_are_one_if_rounded_or_converted(one: str, other: str, same: bool) -> None:
    """Rounded to two digits or more, or converted at about the day's rate of the European Central Bank."""
    assert is_same_sum(money(one), money(other), (DAY,)) is same


def test_amounts_convert_at_the_reference_rate_of_the_day() -> None:
    """On 15 September 2023 the euro was 1.0658 dollars; a Sunday has the rate of the Friday; some have none."""
    assert convert_to_euro(money("1.0658 USD"), DAY) == pytest.approx(Decimal(1))
    assert convert_to_euro(money("1 USD"), DAY) == convert_to_euro(money("1 USD"), datetime.date(2023, 9, 17))
    assert convert_to_euro(money("5 EUR"), DAY) == 5
    assert convert_to_euro(money("5 XAF"), DAY) is None


def test_amounts_of_two_currencies_want_a_day() -> None:
    """Without a day nobody knows the rate."""
    assert not is_same_sum(money("100 EUR"), money("100 USD"), ())


@given(SUMS, SUMS)
def test_amounts_do_not_mind_the_order(one: Money, other: Money) -> None:
    """Each sum is itself, and neither question depends on which sum comes first."""
    assert is_same_sum(one, one, (DAY,))
    assert is_same_sum(one, other, (DAY,)) == is_same_sum(other, one, (DAY,))
    assert is_near_sum(one, other) == is_near_sum(other, one)
