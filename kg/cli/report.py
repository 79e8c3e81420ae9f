"""``kg report``: the measures as a page with plots."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import quiet_option, store_argument
from kg.cli.selecting import add_selecting_options, make_selection
from kg.cli.stores import opened_store


@click.command(
    cls=ExampleCommand,
    short_help="Write the measures as a page with plots and tables.",
    examples=(
        ("kg report store -o report/", "write report/index.html and report/tables/*.csv"),
        ("kg report store -o 2024/ --window 2024 --min-confidence 0.7", "one year, and only what is surer"),
    ),
)
@store_argument
@click.option("-o", "--output", required=True, metavar="FOLDER", help="The folder to write; made if it is not there.")
@click.option("--title", default="Who acted against whom: a report", help="The heading of the page.")
@click.option("--price-year", type=int, metavar="YEAR", help="The year in whose money fines are told too.")
@add_selecting_options
@quiet_option
def command(
    store: str,
    output: str,
    title: str,
    price_year: int | None,
    window: str | None,
    status: str,
    min_confidence: float,
    min_sources: int,
    kinds: str | None,
    quiet: bool,
) -> None:
    """Write a report on STORE: who is pressed, who answers whom, escalation, waves, fines, and how sure it all is.

    The page needs no network; beside it stands each table as CSV, and the sentence behind every action.
    """
    from kg.analysis import Options
    from kg.errors import KgError
    from kg.report import write_report

    selection = make_selection(window, status, min_confidence, min_sources, kinds)
    if Path(output).exists() and not Path(output).is_dir():
        raise KgError(f"{output}: it is a file; name a folder")
    with opened_store(store) as opened:
        options = Options(price_year=price_year)
        summary = write_report(opened, output, selection=selection, options=options, title=title, name=store)
    if not quiet:
        click.echo(f"{summary.actions:,} actions, {summary.tables} tables: {summary.path}")
