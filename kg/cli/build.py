"""``kg build``: from articles to a graph."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import add_reading_options, quiet_option, sources_argument
from kg.cli.progress import make_progress
from kg.cli.refusals import show_refusals

if TYPE_CHECKING:
    from kg.pipeline import BuildSummary


@click.command(
    cls=ExampleCommand,
    short_help="Read articles and build the graph.",
    examples=(
        ("kg build articles/ notes.md -o store", "read a folder and a file"),
        ("kg build news.csv --map text=body,date=day -o store", "read a table, a document a row"),
        ("kg build articles/ -o http://localhost:7878/", "write into a SPARQL endpoint"),
    ),
)
@sources_argument
@click.option("-o", "--output", "store", required=True, metavar="STORE", help="The folder or SPARQL endpoint to write.")
@add_reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@quiet_option
def command(
    sources: tuple[str, ...],
    store: str,
    model: str | None,
    processes: int,
    columns: dict[str, str] | None,
    no_progress: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read SOURCES and write the graph of what they say to STORE, in place of what it holds.

    SOURCES are files (.txt, .md, .html, .pdf, .json, .jsonl, .csv, .tsv, each also as .gz), folders, globs, or
    - for standard input. What can't be read is named with its reason, and the rest is read. The former graph stays
    until the new one is whole.
    """
    from kg.pipeline import build

    with make_progress(hidden=quiet or no_progress) as progress:
        summary = build(sources, store, model=model, processes=processes, columns=columns, progress=progress)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
    elif not quiet:
        show_refusals(summary.refused)
        click.echo(_describe_summary(summary, store))


def _describe_summary(summary: BuildSummary, store: str) -> str:
    refused = f" ({len(summary.refused):,} refused)" if summary.refused else ""
    return (
        f"{summary.documents:,} documents{refused}, {summary.claims:,} claims, {summary.facts:,} facts, "
        f"{summary.actions:,} actions, {summary.agents:,} agents in {summary.seconds:.0f} s: {store}"
    )
