"""Literals of the graph, in the canonical forms that a store keeps as they are."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError
from kg.model import Money, PartialDate
from kg.rdf.terms import make_term

_SURROGATES = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 40

_DECIMAL = make_term("xsd:decimal")
_ANY_URI = make_term("xsd:anyURI")
_DATE_TYPES: dict[int, NamedNode] = {
    4: make_term("xsd:gYear"),
    7: make_term("xsd:gYearMonth"),
    10: make_term("xsd:date"),
}


def make_text(text: str) -> Literal:
    """Make a string literal.

    No RDF syntax can carry a lone surrogate; each becomes U+FFFD, one code point for one, so that offsets stay right.
    """
    try:
        return Literal(text)
    except ValueError:
        return Literal(_SURROGATES.sub("\ufffd", text))


def make_url(url: str) -> Literal:
    """Make a literal of a URL, which comes from outside and need not be a good one."""
    return Literal(make_text(url).value, datatype=_ANY_URI)


def make_date(date: PartialDate) -> Literal:
    """Make a literal of a day, a month or a year."""
    return Literal(date.iso, datatype=_DATE_TYPES[len(date.iso)])


@lru_cache(maxsize=16384)
def make_confidence(confidence: float) -> Literal:
    """Make a decimal of four digits of a number from 0 to 1.

    Raises
    ------
    DataError
        If the number lies outside.
    """
    if not 0 <= confidence <= 1:
        raise DataError(f"confidence {confidence!r}: want a number from 0 to 1")
    return Literal(f"{confidence:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def format_decimal(number: Decimal) -> str:
    """Write a number without exponent and without needless zeros.

    Raises
    ------
    DataError
        If it takes more than forty digits before or behind the point.
    """
    if not number:
        return "0"
    digits = number.as_tuple()
    exponent = int(digits.exponent)
    if number.adjusted() >= _MOST_DIGITS or exponent < -_MOST_DIGITS:
        raise DataError(f"amount {number}: want at most {_MOST_DIGITS} digits before and behind the point")
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def make_amount(money: Money) -> Literal:
    """Make a decimal of an amount of money."""
    return Literal(format_decimal(money.amount), datatype=_DECIMAL)


def make_amount_key(money: Money) -> str:
    """Name an amount by its content, such as ``EUR-5100000``; see `read_amount_key`."""
    return f"{money.currency}-{format_decimal(money.amount)}"


def read_amount_key(key: str) -> Money:
    """Undo `make_amount_key`."""
    currency, _, number = key.partition("-")
    return Money(Decimal(number), currency)
