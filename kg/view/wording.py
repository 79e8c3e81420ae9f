"""The words for what the data says, as the pages without a script have them."""

from __future__ import annotations

from kg.view.data import ViewAction, ViewAmount
from kg.view.tables import load_table


def format_amount(amount: ViewAmount) -> str:
    """Write ``EUR 5,125,000``; what is no number stays as it is."""
    try:
        number = float(amount.value)
    except ValueError:
        return f"{amount.value} {amount.currency}".strip()
    return f"{amount.currency} {number:,.2f}".removesuffix(".00").strip()


def format_euros(euros: float) -> str:
    """Write a sum in whole euros."""
    return f"EUR {euros:,.0f}"


def say_deed(action: ViewAction) -> str:
    """Say what was done, so that nobody takes a plan or a denial for a deed."""
    words = load_table("words")[action.action]
    if action.status == "planned":
        return f"may {words['infinitive']}"
    if action.status == "negated":
        return f"did not {words['infinitive']}"
    return str(words["past"])
