"""What amounts were worth in euros on the day, by the reference rates of the European Central Bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from kg.view.data import ViewAction, ViewAmount


def convert_amounts(actions: tuple[ViewAction, ...], published: Mapping[str, str | None]) -> tuple[ViewAction, ...]:
    """Give each amount of an action its worth in euros at the action's date, else when it was first told of.

    Parameters
    ----------
    actions
        Actions, the best date first.
    published
        The dates of the documents, by id.

    Notes
    -----
    A year counts as its first of July, a month as its fifteenth. Amounts in a currency, or of a time, for which there
    is no rate stay without.
    """
    return tuple(
        replace(action, amounts=tuple(_convert(amount, _find_day(action, published)) for amount in action.amounts))
        if action.amounts
        else action
        for action in actions
    )


def _find_day(action: ViewAction, published: Mapping[str, str | None]) -> date | None:
    told = sorted(day for claim in action.claims if (day := published.get(claim.document)))
    for text in (*action.dates[:1], *told[:1]):
        parsed = parse_day(text)
        if parsed is not None:
            return parsed
    return None


def parse_day(text: str) -> date | None:
    """Read ``2022-10-17``, ``2022-10`` or ``2022`` (a time of day is passed over) as one day in the middle of it."""
    parts = text[:10].split("-")
    try:
        year, month, day = (int(part) for part in (parts + ["7", "1"] if len(parts) == 1 else [*parts, "15"])[:3])
        return date(year, month, day)
    except ValueError:
        return None


def _convert(amount: ViewAmount, day: date | None) -> ViewAmount:
    try:
        value = float(amount.value)
    except ValueError:
        return amount
    if amount.currency == "EUR":
        return replace(amount, euro=round(value, 2))
    if day is None or not amount.currency.isalpha():
        return amount
    converter = _load_converter()
    bounds = converter.bounds.get(amount.currency)
    if bounds is None or not bounds.first_date <= day <= bounds.last_date:
        return amount
    return replace(amount, euro=round(converter.convert(value, amount.currency, "EUR", date=day), 2))


@cache
def _load_converter() -> Any:
    from currency_converter import CurrencyConverter

    # There are no rates for weekends and holidays: take those of the days about them.
    return CurrencyConverter(fallback_on_missing_rate=True)
