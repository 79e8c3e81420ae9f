"""``kg remove``: take documents back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.changes import list_changes
from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import judgements_option, quiet_option

if TYPE_CHECKING:
    from kg.pipeline import RemoveSummary

_SHOWN = 50


@click.command(
    cls=ExampleCommand,
    short_help="Take documents back, and what rests on them alone.",
    examples=(
        ("kg remove 0042 -o store", "take one document back, and see what went with it"),
        ("kg remove 0042 0043 -o store --json | jq .actions_changed", "take two back, and keep the list"),
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "-o", "--output", "store", required=True, metavar="STORE", help="The folder or SPARQL endpoint to change."
)
@click.option(
    "--quick",
    is_flag=True,
    help="Leave the words of the documents in the files of a folder, where nobody can ask for them; else all files are "
    "written anew.",
)
@judgements_option
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@quiet_option
def command(ids: tuple[str, ...], store: str, quick: bool, judgements: str | None, as_json: bool, quiet: bool) -> None:
    """Take the documents with these IDs out of STORE: exactly what rested on them alone goes, and is told.

    An action that other documents tell of too stays, with fewer sources. The graph is the same as if the documents had
    never been there.
    """
    from kg.pipeline import remove

    summary = remove(ids, store, judgements=judgements, erase=not quick)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
    elif not quiet:
        for line in [*_describe_summary(summary, store), *_find_quotes(summary, store, judgements)]:
            click.echo(clean_line(line))


def _find_quotes(summary: RemoveSummary, store: str, judgements: str | None) -> list[str]:
    """Point out where a file of judgements, which belongs to its reviewers, goes on quoting what was taken back."""
    from kg.judge import find_quoting
    from kg.kb import load_knowledge_base
    from kg.pipeline.build_graph import load_judgements

    places = find_quoting(load_judgements(store, judgements, load_knowledge_base()).entries, summary.removed)
    lines = ", ".join(place.rpartition(":")[2] for place in places)
    return [f"{places[0].rpartition(':')[0]} still quotes them: delete line {lines}"] if places else []


def _describe_summary(summary: RemoveSummary, store: str) -> list[str]:
    names = ", ".join(summary.removed[:_SHOWN]) + (", …" if len(summary.removed) > _SHOWN else "")
    page = Path(store) / "graph.html"
    stale = [f"{page} may still show them: kg view {store} makes it anew"] if page.is_file() else []
    return [
        f"{len(summary.removed):,} documents ({names}), {summary.claims_removed:,} claims and "
        f"{summary.facts_removed:,} facts are gone",
        *list_changes(summary.actions_changed, _SHOWN),
        f"{summary.documents:,} documents, {summary.claims:,} claims, {summary.facts:,} facts, "
        f"{summary.actions:,} actions, {summary.agents:,} agents are left in {summary.seconds:.0f} s: {store}",
        *stale,
    ]
