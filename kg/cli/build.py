"""``kg build``: from articles to a graph, and from more articles to more of it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from kg.cli.changes import count_changes
from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import add_reading_options, judgements_option, quiet_option, sources_argument, tracker_option
from kg.cli.progress import make_progress
from kg.cli.refusals import show_refusals

if TYPE_CHECKING:
    from kg.pipeline import BuildSummary

_SHOWN = 10
# The same as kg.privacy.PERSONS; a test holds the two together.
PERSONS = ("all", "known")


@click.command(
    cls=ExampleCommand,
    short_help="Read articles and build the graph, or add them to it.",
    examples=(
        ("kg build articles/ notes.md -o store", "read a folder and a file"),
        ("kg build articles/ -o store", "later: read what is new there or has changed"),
        ("kg build articles/ -o store --fresh", "forget what the store holds, and read all anew"),
        ("kg build news.csv --map text=body,date=day -o store", "read a table, a document a row"),
        ("kg build articles/ shutdowns.tsv --tracker keepiton -o store", "add a tracker, a claim or more a row"),
        ("kg build articles/ -o http://localhost:7878/query", "write into a SPARQL endpoint"),
        ("kg build articles/ -o store --engine spark --master 'local[2]'", "read on Spark, here by two workers"),
    ),
)
@sources_argument
@click.option("-o", "--output", "store", required=True, metavar="STORE", help="The folder or SPARQL endpoint to write.")
@click.option("--fresh", is_flag=True, help="Forget what STORE holds, and read all SOURCES anew.")
@tracker_option
@judgements_option
@click.option(
    "--persons",
    type=click.Choice(PERSONS),
    help="known leaves out persons who are not in the knowledge base and of whom a document does not say which office "
    "they have, and masks their names in it (docs/privacy.md); all is the default. A store goes on as it was built.",
)
@add_reading_options
@click.option(
    "--engine",
    type=click.Choice(("processes", "spark")),
    default="processes",
    help="Who reads: processes of this machine, or the workers of a Spark cluster; the result is the same.",
)
@click.option("--master", metavar="URL", help="Spark's master, such as spark://host:7077 or yarn; by default local[*].")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@quiet_option
def command(
    sources: tuple[str, ...],
    store: str,
    fresh: bool,
    trackers: tuple[str, ...],
    judgements: str | None,
    persons: str | None,
    model: str | None,
    processes: int,
    engine: str,
    master: str | None,
    columns: dict[str, str] | None,
    no_progress: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read SOURCES and add what they say to the graph in STORE, which is made if it is not there.

    SOURCES are files (.txt, .md, .html, .pdf, .json, .jsonl, .csv, .tsv, .xlsx, .warc, or with .gz), folders, globs, or
    - for standard input. What can't be read is named with its reason, and the rest is read. Of documents that STORE
    has already, by their ids, only those are read that have changed; those that SOURCES lack stay (kg remove takes
    them out). The graph is the same as if all were read at once. The former graph stays until the new one is whole.

    What reviewers decided (kg review) is applied each time: two agents become one, a claim is left out or corrected.
    """
    from kg.pipeline import build

    if master and engine != "spark":
        raise click.UsageError(f"--master {master} is for --engine spark")
    with make_progress(hidden=quiet or no_progress) as progress:
        summary = build(
            sources,
            store,
            fresh=fresh,
            model=model,
            processes=processes,
            master=(master or "local[*]") if engine == "spark" else None,
            columns=columns,
            trackers=trackers,
            judgements=judgements,
            persons=persons,
            progress=progress,
            say=lambda line: None if quiet else click.echo(line, err=True),
        )
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
    elif not quiet:
        show_refusals(summary.refused)
        for line in describe_summary(summary, store):
            click.echo(clean_line(line))


def describe_summary(summary: BuildSummary, store: str) -> list[str]:
    """Say in a few lines what came into a store, and what it then holds."""
    refused = f" ({len(summary.refused):,} refused)" if summary.refused else ""
    judged = f", {summary.judgements:,} judgements" if summary.judgements else ""
    totals = (
        f"{summary.documents:,} documents{refused}, {summary.claims:,} claims, {summary.facts:,} facts, "
        f"{summary.actions:,} actions, {summary.agents:,} agents{judged} in {summary.seconds:.0f} s: {store}"
    )
    if len(summary.added) == summary.documents:
        return [totals]
    reread = f", {len(summary.reread):,} read again" if summary.reread else ""
    lines = [f"{len(summary.added):,} new, {_name_changed(summary)}, {summary.unchanged:,} unchanged{reread}"]
    if changes := count_changes(summary.actions_changed):
        lines.append(changes)
    return [*lines, totals]


def _name_changed(summary: BuildSummary) -> str:
    # By its id a document takes the place of another: whoever did not mean that should see it.
    names = ", ".join(summary.changed[:_SHOWN]) + (", …" if len(summary.changed) > _SHOWN else "")
    return f"{len(summary.changed):,} changed" + (f" ({names})" if names else "")
