from __future__ import annotations

import datetime
import zipfile
from decimal import Decimal
from itertools import pairwise

import currency_converter
import pytest

from kg.analysis import Options, find_measure
from kg.analysis.measures.concentration import compute_gini, compute_hhi
from kg.analysis.measures.fines import list_fines
from kg.analysis.money import choose_price_year, convert_to_euros, convert_to_prices, load_prices
from kg.errors import QueryError
from tests.analysis.samples import make_action, make_data


def read_rates(currency: str) -> dict[datetime.date, float]:
    """Read the file of the European Central Bank itself."""
    with zipfile.ZipFile(currency_converter.currency_converter.CURRENCY_FILE) as archive:
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
    place = lines[0].split(",").index(currency)
    rows = (line.split(",") for line in lines[1:])
    return {datetime.date.fromisoformat(row[0]): float(row[place]) for row in rows if row[place] not in ("", "N/A")}


def test_euros_are_at_the_rate_of_the_day() -> None:
    """On Friday, 23 August 2024, and on the weekend after it, the rate of that Friday holds."""
    rate = read_rates("USD")[datetime.date(2024, 8, 23)]
    for day in ("2024-08-23", "2024-08-24", "2024-08-25"):
        converted = convert_to_euros(100, "USD", day)
        assert converted.euros == pytest.approx(100 / rate)
        assert converted.how == "rate of the day"


def test_euros_of_a_month_are_at_its_mean_rate() -> None:
    """Where only the month is known, the mean of its days' rates holds; it lies between the least and the greatest."""
    rates = [1 / rate for day, rate in read_rates("GBP").items() if (day.year, day.month) == (2023, 4)]
    converted = convert_to_euros(1, "GBP", "2023-04")
    assert converted.how == "mean rate of the month"
    assert min(rates) < (converted.euros or 0) < max(rates)
    assert converted.euros == pytest.approx(sum(rates) / len(rates), rel=2e-3)  # weekends count too


@pytest.mark.parametrize(
    ("currency", "when", "why"),
    [
        ("NGN", "2024-07-19", "no rates of NGN"),
        ("RUB", "2024-07-19", "to 2022-03-01 only"),
        ("USD", "1998", "from 1999-01-04"),
        ("USD", None, "no date"),
    ],
)
def test_euros_without_a_rate_say_why(currency: str, when: str | None, why: str) -> None:
    """No rate, or no date, gives no number, and the reason."""
    converted = convert_to_euros(1, currency, when)
    assert converted.euros is None
    assert why in converted.how


def test_prices_are_a_whole_table() -> None:
    """The index has every year from 1996 to 2025, is 100 in 2015, and never moves by 10 per cent in a year."""
    prices = load_prices()
    assert list(prices) == list(range(1996, 2026))
    assert prices[2015] == 100
    assert all(0.99 < after / before < 1.10 for before, after in pairwise(prices.values()))


def test_prices_carry_money_through_the_years() -> None:
    """100 euros of 2015 are as much as the index of another year says; before the index there is no answer."""
    assert convert_to_prices(100, "2015-06-01", 2022) == pytest.approx(load_prices()[2022])
    assert convert_to_prices(100, "2022", 2022) == 100
    assert convert_to_prices(100, "1990", 2022) is None
    assert convert_to_prices(100, None, 2022) is None
    assert choose_price_year(None) == max(load_prices())
    with pytest.raises(QueryError, match="from 1996"):
        choose_price_year(1776)


FINES = make_data(
    make_action("a", "cnil", "fine", "tiktok", "2023-01-12", money="EUR 5000000", sources=2),
    make_action("b", "france", "fine", "tiktok", "2023", money="EUR 5000000"),
    make_action("c", "someone", "fine", "tiktok", "2023-01", money="EUR 5000000"),
    make_action("d", "dpc", "fine", "tiktok", "2023-09-15", money="EUR 345000000"),
    make_action("e", "dpc", "fine", "telegram", "2024", money="NGN 100"),
    make_action("f", "dpc", "fine", "telegram", "2024"),
    make_action("g", "dpc", "settle", "telegram", "2024", money="EUR 1"),
)


def test_fines_told_twice_count_once() -> None:
    """The same sum on the same target in one year, told of the regulator, its country and somebody unknown, is one."""
    told = {fine.action.id: fine.told_before for fine in list_fines(FINES)}
    assert told == {"a": None, "b": "a", "c": "a", "d": None, "e": None}


def test_fine_totals_sum_what_counts() -> None:
    """Totals by country and year leave out what was told before, and count what has no rate."""
    rows = find_measure("fine-totals").make_table(FINES, Options(price_year=2023)).rows
    assert rows == (
        ("France", 2023, 1, 5_000_000, 5_000_000, 2023, 0),
        ("Ireland", 2023, 1, 345_000_000, 345_000_000, 2023, 0),
        ("Ireland", 2024, 1, 0, 0, 2023, 1),
    )


def test_fines_table_names_the_action() -> None:
    """The largest fine comes first, with its sum as told and the id to ask for its proof."""
    table = find_measure("fines").make_table(FINES)
    first = table.list_records()[0]
    assert (first["actor"], first["amount"], first["euros"]) == ("DPC", Decimal(345000000), 345000000)
    assert first["action"] == "d"
    assert table.list_records()[-1]["how"] == "the ECB has no rates of NGN"


def test_hhi_and_gini_by_hand() -> None:
    """Equals have the least concentration, one holder the most; 1, 2, 3 have a Gini of 2/9 and an HHI of 14/36."""
    assert compute_hhi([5, 5, 5, 5]) == 0.25 and compute_gini([5, 5, 5, 5]) == 0
    assert compute_hhi([7]) == 1 and compute_gini([0, 0, 0, 8]) == 0.75
    assert compute_hhi([1, 2, 3]) == pytest.approx(14 / 36)
    # Half the mean absolute difference of all pairs over the mean: (8 / 9) / 2 / 2.
    assert compute_gini([3, 1, 2]) == pytest.approx(2 / 9)
    assert compute_hhi([]) == compute_gini([]) == 0


def test_concentration_of_fines_is_by_target() -> None:
    """Of the euros, TikTok has all; of the actions of authorities against platforms, the figures count each."""
    rows = {row[0]: row[1:] for row in find_measure("concentration").make_table(FINES).rows}
    assert rows["fines by target"] == (1, 350_000_000, 1, 1, 0, "TikTok", 1)
    assert rows["actions by platform or company"][:2] == (2, 5)


def test_prices_rose_as_published() -> None:
    """The index, which came at second hand, gives the yearly rates of inflation that Eurostat published, to a tenth."""
    prices = load_prices()
    published = {2008: 3.3, 2009: 0.3, 2010: 1.6, 2011: 2.7, 2012: 2.5, 2014: 0.4, 2018: 1.8, 2019: 1.2, 2020: 0.3}
    published |= {2021: 2.6, 2022: 8.4, 2023: 5.4, 2024: 2.4}
    for year, rate in published.items():
        assert 100 * (prices[year] / prices[year - 1] - 1) == pytest.approx(rate, abs=0.101), year
