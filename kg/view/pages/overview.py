"""The figures of the overview: actions over time, fines by authority and year, charges by country."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.view.pages.index import PageIndex, get_group

_MOST_ROWS = 14
_MOST_COLUMNS = 14


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values by row and column, the heaviest rows first; ``left_out`` says how many rows and columns are not shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: dict[tuple[str, str], float]
    totals: dict[str, float]
    left_out: int = 0


def count_by_year(index: PageIndex) -> dict[int, dict[str, int]]:
    """Count the actions that happened by year and group of kinds."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for action in index.actions:
        year = index.get_year(action)
        if year is not None and action.status == "actual":
            found[year][get_group(action)] += 1
    return {year: dict(sorted(counts.items())) for year, counts in sorted(found.items())}


def sum_fines(index: PageIndex) -> tuple[Matrix, int]:
    """Add up fines in euros by who imposed them and year; and count those whose sum or year is not known."""
    cells, unknown = [], 0
    for fine in index.list_fines(index.actions):
        year = index.get_year(fine)
        euros = fine.amounts[0].euro if fine.amounts else None
        if year is None or euros is None or euros <= 0:
            unknown += 1
        else:
            cells.append((index.get_name(fine.actor), str(year), euros))
    return make_matrix(cells, sort_columns=True), unknown


def count_charges(index: PageIndex) -> Matrix:
    """Count actions by charge and the country of who acts."""
    cells = []
    for action in index.actions:
        country = index.get_country(action.actor)
        if action.status == "actual" and country is not None:
            cells += [(index.get_label(charge), index.get_name(country), 1.0) for charge in action.charges]
    return make_matrix(cells)


def make_matrix(cells: Iterable[tuple[str, str, float]], *, sort_columns: bool = False) -> Matrix:
    """Add up values by row and column; keep the heaviest rows, and the heaviest columns or, sorted, the last."""
    values: dict[tuple[str, str], float] = defaultdict(float)
    rows: dict[str, float] = defaultdict(float)
    columns: dict[str, float] = defaultdict(float)
    for row, column, value in cells:
        values[row, column] += value
        rows[row] += value
        columns[column] += value
    kept_rows = _rank(rows)[:_MOST_ROWS]
    kept = sorted(columns)[-_MOST_COLUMNS:] if sort_columns else _rank(columns)[:_MOST_COLUMNS]
    return Matrix(
        rows=tuple(kept_rows),
        columns=tuple(kept),
        values={key: value for key, value in sorted(values.items()) if key[0] in kept_rows and key[1] in kept},
        totals={row: rows[row] for row in kept_rows},
        left_out=len(rows) - len(kept_rows) + len(columns) - len(kept),
    )


def _rank(counts: dict[str, float]) -> Sequence[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))
