"""Write a report into a folder: the page, and each table whole as a CSV file beside it."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.analysis import Options, Selection, read_graph_data, select_actions
from kg.analysis.tables import LAYOUTS
from kg.query import Table
from kg.rdf import Store
from kg.report.charts import format_number
from kg.report.sections import SHOWN, make_sections

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_RAW = ("actions", "claims")


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What was written: the page, the number of tables beside it, and of actions that it counts."""

    path: Path
    tables: int
    actions: int


def write_report(
    store: Store,
    folder: str | Path,
    *,
    selection: Selection | None = None,
    options: Options | None = None,
    title: str = "Who acted against whom: a report",
    name: str = "STORE",
) -> ReportSummary:
    """Write ``index.html`` and ``tables/*.csv``; the same store and options give the same bytes.

    Parameters
    ----------
    store
        The store.
    folder
        Where to write; made if it is not there. Files of an earlier report of the same names are replaced.
    selection
        What counts; by default every action that happened.
    options
        For the measures.
    title
        The heading.
    name
        How the commands that the page quotes call the store.
    """
    chosen, options = selection or Selection(), options or Options()
    data = read_graph_data(store)
    counted = select_actions(data, chosen)
    sections = list(make_sections(data, chosen, options))
    home = Path(folder)
    (home / "tables").mkdir(parents=True, exist_ok=True)
    tables = [table for section in sections for table in section.tables]
    for raw in _RAW:
        columns = LAYOUTS[raw].read_columns(store)
        tables.append((raw, Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))))
    for file, table in tables:
        replace_file(home / "tables" / f"{file}.csv", format_csv(table.columns, table.rows))
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["cell"] = format_cell
    page = environment.get_template("report.html").render(
        title=title,
        name=name,
        selection=chosen.describe(),
        flags=list_flags(chosen),
        data=data,
        statuses=Counter(action.status for action in data.actions),
        counted=counted,
        sections=sections,
        shown=SHOWN,
    )
    replace_file(home / "index.html", page)
    return ReportSummary(home / "index.html", len(tables), len(counted.actions))


def format_cell(value: Any) -> str:
    """Write a cell for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return format_number(number) if abs(number) >= 10_000 or number != int(number) else str(int(number))
    return str(value)


def format_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; what a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_defuse(cell) for cell in row] for row in rows)
    return out.getvalue()


def _defuse(cell: object) -> str:
    text = "" if cell is None else "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text) else text


def list_flags(selection: Selection) -> str:
    """The options of ``kg analyze`` that select the same."""
    flags = []
    if selection.window:
        flags.append(f"--window {selection.window}")
    if selection.statuses != ("actual",):
        flags.append(f"--status {selection.statuses[0] if len(selection.statuses) == 1 else 'any'}")
    if selection.min_confidence:
        flags.append(f"--min-confidence {selection.min_confidence:g}")
    if selection.min_sources > 1:
        flags.append(f"--min-sources {selection.min_sources}")
    if selection.kinds:
        flags.append(f"--action {','.join(selection.kinds)}")
    return " ".join(flags)


def replace_file(path: Path, text: str) -> None:
    """Write a file that is whole or not there."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial.write_text(text, encoding="utf-8", errors="replace", newline="")
    os.replace(partial, path)
