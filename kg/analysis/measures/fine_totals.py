"""How much each country fined in each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.analysis.measure import Measure, Options
from kg.analysis.measures.fines import Fine, list_fines
from kg.analysis.money import choose_price_year
from kg.analysis.records import GraphData
from kg.query.table import Value


def sum_fines(data: GraphData, *, price_year: int | None = None) -> dict[tuple[str, str], list[Fine]]:
    """Gather the fines that count by the country (or union) that imposed them, and by year; see `list_fines`."""
    sums: dict[tuple[str, str], list[Fine]] = defaultdict(list)
    for fine in list_fines(data, price_year=price_year):
        if fine.told_before is None:
            home = data.find_jurisdiction(fine.action.actor) or fine.action.actor
            sums[home, (fine.action.when or "")[:4]].append(fine)
    return dict(sums)


def list_totals(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List countries and years, in their order."""
    year = choose_price_year(options.price_year)
    named = sorted(
        ((str(data.get_name(home)), when, fines) for (home, when), fines in sum_fines(data, price_year=year).items()),
        key=lambda row: row[:2],
    )
    for name, when, fines in named:
        yield (
            name,
            int(when) if when else None,
            len(fines),
            round(sum(fine.euros or 0 for fine in fines)),
            round(sum(fine.real or 0 for fine in fines)),
            year,
            sum(fine.euros is None for fine in fines),
        )


MEASURE = Measure(
    name="fine-totals",
    title="How much did each country fine in each year?",
    source="sums of the measure fines, each fine once",
    columns={
        "jurisdiction": "the country or union",
        "year": "the year of the fines",
        "fines": "how many whose sum is told",
        "euros": "their sum at the rates of their days",
        "real_euros": "their sum in the money of the price year",
        "price_year": "the year of that money",
        "without_rate": "how many are not in the sums, for want of a rate",
    },
    run=list_totals,
)
