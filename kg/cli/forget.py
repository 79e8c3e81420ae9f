"""``kg forget``: take a person out of a graph, for good."""

from __future__ import annotations

import dataclasses
import datetime
import getpass
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.changes import list_changes
from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import judgements_option, quiet_option

if TYPE_CHECKING:
    from kg.pipeline.forget import ForgetSummary

_SHOWN = 20


@click.command(
    cls=ExampleCommand,
    short_help="Take a person out of the graph, now and in later builds.",
    examples=(
        ("kg forget jane-doe.person -o store", "take out all that is said of her (kg export --agent shows it before)"),
        ("kg forget 'Jane Doe' -o store --why 'letter of 2026-11-20'", "the same by name, with the reason noted"),
    ),
)
@click.argument("persons", nargs=-1, required=True, metavar="AGENT...")
@click.option("-o", "--output", "store", required=True, metavar="STORE", help="The folder of the store to change.")
@click.option("--why", default="", metavar="TEXT", help="The reason to note; it should name nobody.")
@click.option("--by", default=None, metavar="NAME", help="Who decides; by default the name of the user.")
@click.option("--when", metavar="DAY", help="The day of the decision; today by default.")
@judgements_option
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@quiet_option
def command(
    persons: tuple[str, ...],
    store: str,
    why: str,
    by: str | None,
    when: str | None,
    judgements: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take the persons AGENT, by id or name, out of STORE: what they did, suffered or said, and what they are.

    In the texts and quotes that are left their names are masked. It holds for all later builds: the decision is a line
    of forgotten.jsonl in the store's folder, which has digests and no names. The files of STORE are written anew, so
    that no byte is left in them. Copies elsewhere (exports, pages, the sources themselves) stay as they are.
    """
    from kg.judge import decode_time
    from kg.pipeline.forget import forget

    day = decode_time(when)[:10] if when else datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    summary = forget(persons, store, by=by or _name_user(), when=day, why=why, judgements=judgements)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
    elif not quiet:
        for line in [*_describe_summary(summary, store), *_list_remains(summary, store, judgements)]:
            click.echo(clean_line(line))


def _describe_summary(summary: ForgetSummary, store: str) -> list[str]:
    agents = f"{', '.join(summary.agents[:_SHOWN])}{', …' if len(summary.agents) > _SHOWN else ''}"
    return [
        f"{agents}: {summary.claims_removed:,} claims and {summary.facts_removed:,} facts of "
        f"{len(summary.documents):,} documents are gone",
        *list_changes(summary.actions_changed, _SHOWN),
        f"{summary.claims:,} claims, {summary.facts:,} facts, {summary.actions:,} actions are left in "
        f"{summary.seconds:.0f} s: {store}",
    ]


def _list_remains(summary: ForgetSummary, store: str, judgements: str | None) -> list[str]:
    """Point out what may still name them: the page, and judgements of claims of their documents."""
    from kg.judge import find_quoting
    from kg.kb import load_knowledge_base
    from kg.pipeline.build_graph import load_judgements

    page = Path(store) / "graph.html"
    remains = [f"{page} may still name them: kg view {store} makes it anew"] if page.is_file() else []
    entries = load_judgements(store, judgements, load_knowledge_base()).entries
    if places := find_quoting(entries, summary.documents):
        lines = ", ".join(place.rpartition(":")[2] for place in places)
        remains.append(f"{places[0].rpartition(':')[0]} quotes their documents: look at line {lines}")
    return remains


def _name_user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "unknown"
