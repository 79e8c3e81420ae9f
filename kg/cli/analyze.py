"""``kg analyze``: measures of the graph."""

from __future__ import annotations

import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.command import ExampleCommand
from kg.cli.output import open_output
from kg.cli.selecting import add_selecting_options, make_selection
from kg.cli.stores import is_address, opened_store

if TYPE_CHECKING:
    from kg.cli.answers import Answer
    from kg.query import Table

FORMATS = ("table", "csv", "json")


@click.command(
    cls=ExampleCommand,
    short_help="Measure the graph: who is central, who answers whom, what it cost.",
    examples=(
        ("kg analyze --list", "list the measures, what each means and where it comes from"),
        ("kg analyze --list fines", "say what each column of one means"),
        ("kg analyze store pagerank", "compute one of them"),
        ("kg analyze store dyads --window 2022..2024 --min-sources 2", "count less: by time and by sources"),
        ("kg analyze store fines --format csv -o fines.csv", "fines in euros, for a spreadsheet"),
        ("kg analyze store pagerank --sensitivity", "how much does it move without what is less sure?"),
        ("kg analyze new changes --former old", "what did the last build change?"),
    ),
)
@click.argument("store", metavar="STORE", required=False)
@click.argument("measure", metavar="MEASURE", required=False)
@click.option("--list", "listing", is_flag=True, help="List the measures, or the columns of one.")
@add_selecting_options
@click.option("--sensitivity", is_flag=True, help="Tell how the ranks move when what is less sure is left out.")
@click.option("--former", metavar="STORE", help="For changes: the store of an earlier build.")
@click.option("--price-year", type=int, metavar="YEAR", help="For fines: the year in whose money they are told too.")
@click.option("--min-countries", type=click.IntRange(1), default=3, metavar="N", help="For waves: from how many on.")
@click.option(
    "--engine", type=click.Choice(("igraph", "networkx")), help="What computes; igraph where it is installed."
)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", help="By default table.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@click.pass_context
def command(
    context: click.Context,
    store: str | None,
    measure: str | None,
    listing: bool,
    window: str | None,
    status: str,
    min_confidence: float,
    min_sources: int,
    kinds: str | None,
    sensitivity: bool,
    former: str | None,
    price_year: int | None,
    min_countries: int,
    engine: str | None,
    form: str,
    output: str,
) -> None:
    """Compute a MEASURE of what STORE holds; without one, list the measures.

    By default every action that happened counts once, whatever its confidence and the number of its sources.
    """
    if listing or measure is None:
        if store is None and not listing:
            context.fail("want a store and a measure, or --list")
        name = measure or store
        # A store may stand there, as for other commands, though the list needs none.
        _list_measures(None if name is None or is_address(name) or Path(name).is_dir() else name)
        return
    assert store is not None
    from kg.analysis import Options, find_measure, measure_sensitivity, read_graph_data, select_actions
    from kg.cli.answers import write_answer

    found = find_measure(measure)
    selection = make_selection(window, status, min_confidence, min_sources, kinds)
    before = None
    if former is not None:
        with opened_store(former) as opened:
            before = select_actions(read_graph_data(opened), selection)
    options = Options(engine=engine, price_year=price_year, min_jurisdictions=min_countries, former=before)
    with opened_store(store) as opened:
        data = read_graph_data(opened)
    if sensitivity:
        table = measure_sensitivity(data, found, selection, options)
    else:
        table = found.make_table(select_actions(data, selection), options)
    width = shutil.get_terminal_size().columns if output == "-" and sys.stdout.isatty() else None
    with open_output(output) as out:
        write_answer(make_answer(table), form, out, prefixes={}, width=width)


def make_answer(table: Table) -> Answer:
    """Make an answer to a query of a table of plain values, to be written as one."""
    import pyoxigraph as ox

    from kg.cli.answers import Answer

    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")

    def make_term(value: object) -> object:
        if isinstance(value, Decimal | float):
            return ox.Literal(format(Decimal(str(value)), "f"), datatype=decimal)
        return None if value is None else ox.Literal(value)  # type: ignore[arg-type]

    return Answer(table.columns, tuple(tuple(make_term(value) for value in row) for row in table.rows))


def _list_measures(name: str | None) -> None:
    from kg.analysis import MEASURES, find_measure

    for measure in [find_measure(name)] if name else MEASURES.values():
        click.echo(f"{measure.name}\n    {measure.title}\n    After: {measure.source}")
        for column, meaning in measure.columns.items() if name else ():
            click.echo(f"      {column:16} {meaning}")
