"""Read the sums and days that cells tell, whatever their writing, or say why a cell tells none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from dateutil import parser as dateutil_parser

from kg.errors import SourceError
from kg.model import Money, PartialDate
from kg.normalize.currencies import load_currencies
from kg.trackers.mapping import Amount, Date
from kg.trackers.values import find_values

_ISO = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:[T ]\d{2}:\d{2}.*)?")
_LENGTHS = {"day": 10, "month": 7, "year": 4}
_LARGEST = Decimal(10) ** 18


def read_amount(source: Amount, cells: Mapping[str, str]) -> Money | None:
    """Read the sum of a row; None if the row tells none.

    Raises
    ------
    SourceError
        If a text is no number, or the currency is unknown.
    """
    found = find_values(source, cells)
    if not found:
        return None
    text = found[0].text
    number = re.sub(r"[\s'’]", "", text)
    number = number.replace(",", "") if source.decimal == "." else number.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(number) * source.unit
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _LARGEST:
        raise SourceError(f"{found[0].column}: {text[:80]!r} is no amount")
    return Money(amount.normalize() + 0, _read_currency(source, cells))


def _read_currency(source: Amount, cells: Mapping[str, str]) -> str:
    if source.currency is not None:
        return source.currency
    assert source.currency_column is not None
    cell = cells.get(source.currency_column, "")
    codes = load_currencies().read(cell) if cell else ()
    if not codes:
        raise SourceError(f"{source.currency_column}: {cell[:40]!r} is no currency")
    return codes[0]


def read_date(source: Date, cells: Mapping[str, str]) -> PartialDate | None:
    """Read the day of a row, no more precise than it is told; None if the row tells none.

    Raises
    ------
    SourceError
        If a text is no date.
    """
    found = find_values(source, cells)
    if not found:
        return None
    chosen = found[0]
    assert isinstance(chosen.source, Date)
    date = _parse_date(chosen.text, chosen.source.day_first)
    if date is None:
        raise SourceError(f"{chosen.column}: {chosen.text[:80]!r} is no date")
    return PartialDate(date[: _LENGTHS[chosen.source.precision]])


def _parse_date(text: str, day_first: bool) -> str | None:
    if match := _ISO.fullmatch(text):
        return match[1] if _is_date(match[1]) else None
    # dateutil fills in what is missing from its default: what differs between two defaults was not told.
    try:
        one, other = (
            dateutil_parser.parse(text, dayfirst=day_first, default=default, ignoretz=True)
            for default in (datetime.datetime(2000, 1, 1), datetime.datetime(2001, 2, 2))
        )
    except (ValueError, OverflowError):
        return None
    if one.year != other.year:
        return None
    if one.month != other.month:
        return f"{one.year:04}"
    return f"{one.year:04}-{one.month:02}" if one.day != other.day else one.date().isoformat()


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
