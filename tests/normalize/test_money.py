"""Amounts of money are read as news writes them, at the right place and in the right currency."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.model import Money
from kg.normalize.currencies import load_currencies
from kg.normalize.money import find_money, parse_number


def read_all(text: str) -> list[tuple[str, str, str]]:
    """Reduce the amounts of a text to their words, number and currency."""
    return [(text[m.start : m.end], f"{m.money.amount:f}", m.money.currency) for m in find_money(text)]


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("€5.1m", "5100000", "EUR"),
        ("£12.7 million", "12700000", "GBP"),
        ("Rs 1,337 crore", "13370000000", "INR"),
        ("Rs. 1,337.76 crore", "13377600000", "INR"),
        ("₹1,33,76,000", "13376000", "INR"),
        ("5 lakh rupees", "500000", "INR"),
        ("AU$610,500", "610500", "AUD"),
        ("A$50m", "50000000", "AUD"),
        ("US $5 billion", "5000000000", "USD"),
        ("$7 millions", "7000000", "USD"),
        ("$60 million AUD", "60000000", "AUD"),
        ("$2.5-billion", "2500000000", "USD"),
        ("$400k", "400000", "USD"),
        ("2.95 billion euros", "2950000000", "EUR"),
        ("a billion dollars", "1000000000", "USD"),
        ("half a million euros", "500000", "EUR"),
        ("50-million-euro", "50000000", "EUR"),
        ("EUR 60.000", "60000", "EUR"),
        ("EUR 11,5 million", "11500000", "EUR"),
        ("60.000,50 euros", "60000.5", "EUR"),
        ("€1 200 000", "1200000", "EUR"),
        ("100 000 €", "100000", "EUR"),
        ("1,5 Mio EUR", "1500000", "EUR"),
        ("CHF 1'500'000", "1500000", "CHF"),
        ("10 million won", "10000000", "KRW"),
        ("2.42 trillion Korean won", "2420000000000", "KRW"),
        ("4bn roubles", "4000000000", "RUB"),
        ("R$ 5 million", "5000000", "BRL"),
        ("HUF 11,000,000", "11000000", "HUF"),
        ("75 million Swedish kronor", "75000000", "SEK"),
        ("1.2 million liras", "1200000", "TRY"),
        ("5 million TL", "5000000", "TRY"),
        ("RM10 million", "10000000", "MYR"),
        ("Rp 202.5 billion", "202500000000", "IDR"),
        ("NT$ 3 million", "3000000", "TWD"),
        ("₦290 million", "290000000", "NGN"),
        ("N766.2 million", "766200000", "NGN"),
        ("766.2 million naira", "766200000", "NGN"),
        ("Rp202.5 billion", "202500000000", "IDR"),
        ("202.5 billion rupiah", "202500000000", "IDR"),
        ("IDR 202.5 billion", "202500000000", "IDR"),
        ("¥2.1 billion", "2100000000", "JPY"),
        ("2.1 billion yen", "2100000000", "JPY"),
        ("JPY 2.1bn", "2100000000", "JPY"),
        ("₩207.4 billion", "207400000000", "KRW"),
        ("W20 billion", "20000000000", "KRW"),
        ("KRW 207.4 billion", "207400000000", "KRW"),
        ("18.2 billion yuan", "18200000000", "CNY"),
        ("R10 million", "10000000", "ZAR"),
        ("Rs 2.5 lakh crore", "2500000000000", "INR"),
        ("INR 5 lakh", "500000", "INR"),
        ("Rs 1,337 cr", "13370000000", "INR"),
        ("12,7 Mio. Euro", "12700000", "EUR"),
        ("1,2 Mrd. Euro", "1200000000", "EUR"),
        ("20.000,- Euro", "20000", "EUR"),
        ("20.000 €", "20000", "EUR"),
        ("CAD $15 million", "15000000", "CAD"),
        ("5 million US-Dollar", "5000000", "USD"),
        ("twenty-five million euros", "25000000", "EUR"),
        ("two hundred and fifty million dollars", "250000000", "USD"),
        ("one hundred thousand euros", "100000", "EUR"),
        ("half-billion-dollar", "500000000", "USD"),
        ("2.26 million kuna", "2260000", "HRK"),
        ("3 billion FCFA", "3000000000", "XOF"),
    ],
)
def test_money_reads_usual_forms(words: str, amount: str, currency: str) -> None:
    """Each usual form is one amount, found whole in the middle of a sentence."""
    assert read_all(f"The regulator fined it {words} on Monday.") == [(words, amount, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "They won 10 games.",
        "She won 3 and lost 12.",
        "He weighs 150 pounds.",
        "The COP 26 summit and PHP 8 were named.",
        "The court heard 20 lev of evidence.",
        "Section 2020.5 of ISO 27001.",
        "Call 1000000000000000000000 dollars a number.",
        "a real 5 and a rand of 7",
        "N26 and R2D2 met on K2; W32 spread, the W3C said.",
        "The soles of 20 shoes, and 3 Cordoba fans.",
        "One hundred of us, and half of them won.",
        "no money at all",
        "",
    ],
)
def test_money_leaves_other_numbers(text: str) -> None:
    """What only looks like money is none."""
    assert read_all(text) == []


def test_money_shares_the_multiplier_of_a_range() -> None:
    """In a range the multiplier behind the second number counts for the first."""
    assert [amount for _, amount, _ in read_all("between $3 and $5 billion")] == ["3000000000", "5000000000"]
    assert [amount for _, amount, _ in read_all("$4-5 billion")] == ["4000000000"]


def test_money_reads_the_conversions_in_brackets() -> None:
    """Each currency of a conversion is an amount of its own."""
    found = [(amount, currency) for _, amount, currency in read_all("€1.6bn ($1.8bn; £1.3bn)")]
    assert found == [("1600000000", "EUR"), ("1800000000", "USD"), ("1300000000", "GBP")]


def test_money_leaves_the_stop_of_a_sentence() -> None:
    """A stop behind a one-letter multiplier ends the sentence, not the amount; that of *Mio.* is its own."""
    text = "It fined Meta €200m. Meta was fined $5B. It paid €3 Mio. Euro."
    assert [words for words, _, _ in read_all(text)] == ["€200m", "$5B", "€3 Mio."]


def test_money_reads_both_amounts_of_a_conversion_by_slash() -> None:
    """An Australian fine with its worth in US dollars behind it is two amounts, each in its own currency."""
    assert read_all("fined AU$610,500 (US$385,000), or €390m/$414m.") == [
        ("AU$610,500", "610500", "AUD"),
        ("US$385,000", "385000", "USD"),
        ("€390m", "390000000", "EUR"),
        ("$414m", "414000000", "USD"),
    ]


def test_money_tells_what_else_a_sign_may_mean() -> None:
    """A bare dollar may be Australian, a rupee Pakistani; a euro is nothing else."""
    dollar, rupee, euro = find_money("$60m, Rs 5 crore, €3m")
    assert (dollar.money.currency, "AUD" in dollar.others) == ("USD", True)
    assert (rupee.money.currency, "PKR" in rupee.others) == ("INR", True)
    assert euro.others == ()


@pytest.mark.parametrize(
    ("text", "scaled", "number"),
    [
        ("1.337", True, "1.337"),
        ("1,337", True, "1337"),
        ("1.337", False, "1337"),
        ("1.337.000", False, "1337000"),
        ("1,337,000.50", False, "1337000.50"),
        ("1.337.000,50", False, "1337000.50"),
        ("0.345", False, "0.345"),
        ("0,5", True, "0.5"),
    ],
)
def test_money_parse_number_reads_separators(text: str, scaled: bool, number: str) -> None:
    """A separator is a decimal point or parts thousands, as its place and the multiplier tell."""
    assert parse_number(text, scaled) == Decimal(number)


@given(st.text())
def test_money_never_raises_and_offsets_stand_in_the_text(text: str) -> None:
    """Any text is read without an error; mentions lie in it, in order, apart, not empty and below the limit."""
    end = 0
    for mention in find_money(text):
        assert end <= mention.start < mention.end <= len(text)
        assert 0 <= mention.money.amount < Decimal(10) ** 18
        assert any(character.isdigit() for character in text[mention.start : mention.end]) or "illion" in text.lower()
        end = mention.end


@given(
    st.text(alphabet=" .,-€$£₹0123456789mbnkMEURSDXRscroillion()\n", max_size=60),
)
def test_money_never_raises_on_what_looks_like_money(text: str) -> None:
    """Runs of signs, digits and multipliers are read without an error, at the offsets that they have."""
    for mention in find_money(text):
        assert mention.money.currency in load_currencies().codes
        assert text[mention.start : mention.end].strip()


@given(st.integers(min_value=1, max_value=10**14), st.sampled_from(["€", "£", "₹", "EUR ", "CHF "]))
def test_money_reads_back_grouped_numbers(number: int, sign: str) -> None:
    """A number written with commas is read as that number, whatever stands around it."""
    (found,) = find_money(f"a fine of {sign}{number:,} today")
    assert found.money == Money(Decimal(number), load_currencies().read(sign.strip())[0])


def test_money_countries_have_their_own_currency() -> None:
    """The euro is paid in Ireland and by the Union, the rupee in India, the pound in the United Kingdom."""
    by_country = load_currencies().by_country
    assert [by_country[code] for code in ("ie", "eu", "in", "gb", "us", "au")] == [
        "EUR",
        "EUR",
        "INR",
        "GBP",
        "USD",
        "AUD",
    ]


def test_money_currencies_refuse_a_bad_table(tmp_path: Path) -> None:
    """A row without a code is refused with its file and line."""
    file = tmp_path / "currencies.csv"
    file.write_text("code,symbols,words,countries\nEuro,€,euro,eu\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"currencies.csv:2: 'Euro,€,euro,eu'"):
        load_currencies(file)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The office fined Acme 10 million euros and Beta 5 million because of its cookies.", ["10000000", "5000000"]),
        ("It fined Acme €10m, Beta Corp 2.5m and Gamma 1m.", ["10000000", "2500000", "1000000"]),
        ("It fined Acme 10 million euros and Beta 5 million users left.", ["10000000"]),
        ("It fined Acme 10 million euros. Beta has 5 million.", ["10000000"]),
    ],
)
def test_money_says_its_currency_once_for_all_that_share(text: str, amounts: list[str]) -> None:
    """An amount behind another name goes on in the currency before it; a number of something else does not."""
    found = list(find_money(text))
    assert [str(mention.money.amount) for mention in found] == amounts
    assert {mention.money.currency for mention in found} == {"EUR"}
