"""The charts of a report, from the actions that it counts."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from kg.analysis import GraphData
from kg.analysis.measures.fines import list_fines
from kg.analysis.measures.ladders import load_rungs
from kg.model.vocabulary import ACTION_GROUPS
from kg.query import Table
from kg.report.charts import draw_bars, draw_columns, draw_matrix

_MOST_BARS = 15
_FEW_YEARS = 3


def draw_time(data: GraphData) -> Markup:
    """Draw the actions over time by group: by month where they span few years, else by year."""
    dates = [action.when for action in data.actions if action.when]
    if not dates:
        return Markup("")
    first, last = int(min(dates)[:4]), int(max(dates)[:4])
    by_month = last - first < _FEW_YEARS and all(len(date) >= 7 for date in dates)
    if by_month:
        begin, end = min(date[:7] for date in dates), max(date[:7] for date in dates)
        labels = [f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13)]
        labels = [label for label in labels if begin <= label <= end]
    else:
        labels = [str(year) for year in range(first, last + 1)]
    width = 7 if by_month else 4
    counts = Counter((action.group, action.when[:width]) for action in data.actions if action.when)
    series = [(group, [counts[group, label] for label in labels]) for group in ACTION_GROUPS]
    return draw_columns(f"Actions by {'month' if by_month else 'year'} and group", labels, series, unit="actions")


def draw_ranking(table: Table, label: str, value: str, title: str, *, unit: str = "") -> Markup:
    """Draw the first rows of a table that ranks, as bars."""
    names, values = table.columns.index(label), table.columns.index(value)
    rows = [row for row in table.rows if row[values]][:_MOST_BARS]
    return draw_bars(title, [str(row[names]) for row in rows], [float(row[values] or 0) for row in rows], unit=unit)


def draw_fines(data: GraphData, price_year: int) -> Markup:
    """Draw the euros fined by year, in the money of one year."""
    sums: Counter[int] = Counter()
    for fine in list_fines(data, price_year=price_year):
        if fine.real and fine.told_before is None and fine.action.when:
            sums[int(fine.action.when[:4])] += round(fine.real)
    if not sums:
        return Markup("")
    years = range(min(sums), max(sums) + 1)
    values = [sums[year] for year in years]
    title = f"Fines by year, in euros of {price_year}"
    return draw_columns(title, [str(year) for year in years], [("fines", values)], unit=f"euros of {price_year}")


def draw_transitions(table: Table) -> Markup:
    """Draw what follows what as a matrix."""
    if not table.rows:
        return Markup("")
    names = [name for _, name in sorted(load_rungs()[0].items())]
    cells = {
        (str(record["from"]), str(record["to"])): (float(record["share"] or 0), f"{record['count']}")
        for record in table.list_records()
    }
    return draw_matrix("What follows what: from the row to the column", names, cells)
