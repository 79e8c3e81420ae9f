"""``kg view``: the graph as one page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import quiet_option, store_argument
from kg.cli.output import named_in_errors
from kg.cli.stores import is_address, opened_store


@click.command(
    cls=ExampleCommand,
    short_help="Write the graph as one HTML page.",
    examples=(
        ("kg view store", "write store/graph.html"),
        ("kg view store -o telegram.html --title 'Telegram, 2022 to 2024'", "write another file"),
        ("kg view store --pages site", "write an overview with charts, a page an agent and a case, and the graph"),
        ("kg view http://localhost:7878/query -o graph.html", "show what a SPARQL endpoint holds"),
    ),
)
@store_argument
@click.option("-o", "--output", metavar="FILE", help="The page to write; by default STORE/graph.html.")
@click.option("--pages", metavar="DIR", help="Write the graph and pages beside it into this folder.")
@click.option("--title", default="Who acted against whom", help="The heading of the page.")
@quiet_option
def command(store: str, output: str | None, pages: str | None, title: str, quiet: bool) -> None:
    """Write the graph of STORE as one HTML page, which needs no network and no server: open it in a browser.

    With --pages it comes with pages to read: an overview with charts, a dossier of each agent, a timeline of each case.
    """
    if pages is not None and output is not None:
        raise click.UsageError("-o and --pages exclude each other: the graph is DIR/graph.html")
    if pages is not None:
        _write_pages(store, pages, title, quiet)
        return
    from kg.view import write_view

    path = output or ("graph.html" if is_address(store) else str(Path(store, "graph.html")))
    with opened_store(store) as opened, named_in_errors(path):
        summary = write_view(opened, path, title=title)
    if not quiet:
        click.echo(f"{summary.actions:,} actions among {summary.agents:,} agents: {summary.path}")


def _write_pages(store: str, folder: str, title: str, quiet: bool) -> None:
    from kg.view.pages import write_pages

    with opened_store(store) as opened:
        summary = write_pages(opened, folder, title=title)
    if not quiet:
        click.echo(f"{summary.agents:,} agents, {summary.cases:,} cases: {summary.path}")
