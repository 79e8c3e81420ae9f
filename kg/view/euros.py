"""What amounts were worth in euros at the time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.view.data import ViewAction, ViewAmount

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=T|$)")


def convert_amounts(actions: tuple[ViewAction, ...], published: Mapping[str, str | None]) -> tuple[ViewAction, ...]:
    """Give each amount of an action its worth in euros at the action's date, else when it was first told of.

    Amounts in a currency, or of a time, for which there is no rate stay without.

    Parameters
    ----------
    actions
        Actions, the best date first.
    published
        The dates of the documents, by id.
    """
    return tuple(
        replace(action, amounts=tuple(_convert(amount, _find_date(action, published)) for amount in action.amounts))
        if action.amounts
        else action
        for action in actions
    )


def _find_date(action: ViewAction, published: Mapping[str, str | None]) -> str | None:
    told = sorted(day for claim in action.claims if (day := published.get(claim.document)))
    for text in (*action.dates[:1], *told[:1]):
        if (found := _DATE.match(text)) is not None:
            return found.group()
    return None


def _convert(amount: ViewAmount, when: str | None) -> ViewAmount:
    # Imported here, since most graphs have few amounts and many pages none.
    from kg.analysis.money import convert_to_euros

    try:
        value = float(amount.value)
        euros = convert_to_euros(value, amount.currency, when).euros
    except ValueError:  # no number, or no such day
        return amount
    return amount if euros is None else replace(amount, euro=round(euros, 2))
