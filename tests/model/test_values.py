from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Money, PartialDate

DATES = st.dates().map(lambda day: day.isoformat())
PARTIAL_DATES = st.tuples(DATES, st.sampled_from((4, 7, 10))).map(lambda pair: PartialDate(pair[0][: pair[1]]))


@pytest.mark.parametrize(
    ("amount", "currency", "named"),
    [
        ("1", "euro", "euro"),
        ("1", "eur", "eur"),
        ("1", "EURO", "EURO"),
        ("1", "", "''"),
        ("1", "€", "€"),
        ("-1", "EUR", "-1"),
        ("NaN", "EUR", "NaN"),
        ("Infinity", "EUR", "Infinity"),
    ],
)
def test_values_money_refuses(amount: str, currency: str, named: str) -> None:
    """A currency that is no ISO 4217 code and an amount that is negative or not finite are refused by their value."""
    with pytest.raises(ValueError, match="want") as refused:
        Money(Decimal(amount), currency)
    assert named in str(refused.value)


def test_values_money_compares_by_number() -> None:
    """Amounts written with and without cents are one amount; another currency makes another."""
    assert Money(Decimal("5.10"), "EUR") == Money(Decimal("5.1"), "EUR")
    assert len({Money(Decimal("5.10"), "EUR"), Money(Decimal("5.1"), "EUR")}) == 1
    assert Money(Decimal(5), "EUR") != Money(Decimal(5), "USD")
    assert Money(Decimal(0), "EUR").amount == 0


@pytest.mark.parametrize("iso", ["2024", "2024-08", "2024-08-24", "0999-12-31"])
def test_values_date_keeps_its_precision(iso: str) -> None:
    """Year, month and day are kept as precise as they are written."""
    date = PartialDate(iso)
    assert str(date) == iso
    assert date.year == int(iso[:4])


@pytest.mark.parametrize(
    "iso",
    [
        "",
        "24",
        "2024-",
        "2024-13",
        "2024-00",
        "2024-8",
        "2024-08-32",
        "2024-08-00",
        "24-08-2024",
        "2024-08-24T",
        "August",
    ],
)
def test_values_date_refuses(iso: str) -> None:
    """What is not one of the three ISO forms is refused, with the value and the forms in the message."""
    with pytest.raises(ValueError, match="want YYYY, YYYY-MM or YYYY-MM-DD") as refused:
        PartialDate(iso)
    assert repr(iso) in str(refused.value)


@pytest.mark.parametrize(
    ("one", "other", "compatible"),
    [
        ("2024", "2024-08-24", True),
        ("2024-08", "2024-08-24", True),
        ("2024-08-24", "2024-08-24", True),
        ("2024-08", "2024-09", False),
        ("2024", "2023-12-31", False),
        ("2024-08-24", "2024-08-25", False),
    ],
)
def test_values_dates_are_compatible_when_one_is_the_other_less_precisely(
    one: str, other: str, compatible: bool
) -> None:
    """August 2024 may be the 24th; it is not September."""
    assert PartialDate(one).is_compatible(PartialDate(other)) is compatible


@given(PARTIAL_DATES, PARTIAL_DATES)
def test_values_date_compatibility_is_symmetric(one: PartialDate, other: PartialDate) -> None:
    """It does not matter which of two dates is asked, and each is compatible with itself and its year."""
    assert one.is_compatible(other) == other.is_compatible(one)
    assert one.is_compatible(one)
    assert one.is_compatible(PartialDate(one.iso[:4]))
