"""``kg review``: judge agents and claims, and make gold of what was judged."""

from __future__ import annotations

import json

import click

from kg.cli.changes import list_changes
from kg.cli.command import ExampleCommand
from kg.cli.deciding import Decisions, find_file, judgements_option
from kg.cli.lines import clean_line
from kg.cli.options import quiet_option, store_argument
from kg.cli.output import open_output
from kg.cli.review_agents import agents
from kg.cli.review_candidates import candidates
from kg.cli.review_claims import claims
from kg.cli.stores import opened_store
from kg.errors import KgError

_SHOWN = 20
_MEANINGS = {
    "undecided": "undecided",
    "unknown": "no such agent in the store",
    "unfit": "not read any more",
}


class ExampleGroup(ExampleCommand, click.Group):
    """A group of commands whose help ends with examples."""


@click.group(
    cls=ExampleGroup,
    short_help="Decide which agents are one and which claims are right.",
    examples=(
        ("kg review agents store", "are these two agents one?"),
        ("kg review claims store", "does the sentence say that?"),
        ("kg review apply store", "let the graph follow"),
        ("kg review export store --gold gold.jsonl", "make gold of the decisions"),
    ),
)
def command() -> None:
    """Judge what was read: which agents are one, and which claims are right.

    Decisions are lines of the file judgements.jsonl in the store's folder: who decided what, when and why. kg build
    applies them each time; a later line supersedes an earlier one, and without its line a decision is undone.
    """


@click.command(
    cls=ExampleCommand,
    short_help="Make gold documents of the decisions on claims.",
    examples=(
        (
            "kg review export store --gold gold.jsonl --texts docs.jsonl",
            "write the gold, and the documents that it is of",
        ),
    ),
)
@store_argument
@judgements_option
@click.option(
    "--gold", required=True, metavar="FILE", help="Where the gold goes: a JSON object a document; - to print."
)
@click.option("--texts", metavar="FILE", help="Where the documents go, a JSON object each.")
def export(store: str, path: str | None, gold: str, texts: str | None) -> None:
    """Write the documents of STORE with a judged claim as gold, in the format of the annotation guidelines.

    Accepted and corrected claims are events, rejected ones are left out, and those that nobody has judged are optional
    events: a scorer counts them neither as missed nor as wrong.
    """
    from kg.review import export_gold

    file = find_file(store, path)
    if not file.exists():
        raise KgError(f"{file}: no such file: nothing was judged yet")
    decisions = Decisions(file, None, None, "")
    laws = {law.id: law.name for law in decisions.kb.laws.values()}
    with opened_store(store) as opened:
        found = list(export_gold(opened, decisions.judgements, laws))
    if not found:
        raise KgError(f"{file}: no claim of {store} was judged")
    for target, position in ((gold, 0), (texts, 1)):
        if target is not None:
            with open_output(target) as out:
                for pair in found:
                    print(json.dumps(pair[position], ensure_ascii=False), file=out)


@click.command(
    cls=ExampleCommand,
    short_help="Let the graph follow the decisions.",
    examples=(("kg review apply store", "work the graph out anew, without reading any source"),),
)
@store_argument
@judgements_option
@quiet_option
def apply(store: str, path: str | None, quiet: bool) -> None:
    """Work STORE out anew by the decisions of now, from what was read before; kg build does so too."""
    from kg.pipeline import rejudge

    summary = rejudge(store, judgements=path)
    if not quiet:
        for line in list_changes(summary.actions_changed, _SHOWN):
            click.echo(clean_line(line))
        totals = f"{summary.claims:,} claims, {summary.actions:,} actions, {summary.agents:,} agents"
        click.echo(f"{totals} in {summary.seconds:.0f} s: {store}")


@click.command(
    cls=ExampleCommand,
    short_help="Tell what was decided, and what fits nothing any more.",
    examples=(
        ("kg review report store", "see what holds, what is undecided, and what was read otherwise since"),
        ("kg review report store --json | jq .unfit", "list the decisions whose claims are gone"),
    ),
)
@store_argument
@judgements_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def report(store: str, path: str | None, as_json: bool) -> None:
    """Report the decisions on STORE: how many hold, what is undecided, and which mean no agent or claim that it has."""
    from kg.pipeline import report_review
    from kg.review.report import describe_entry

    found = report_review(store, judgements=path)
    lists = {"undecided": found.undecided, "unknown": found.unknown, "unfit": found.unfit}
    told = {name: [describe_entry(entry) for entry in entries] for name, entries in lists.items()}
    if as_json:
        click.echo(json.dumps({"counts": found.counts, "superseded": found.superseded, **told}, ensure_ascii=False))
        return
    for name, count in found.counts.items():
        click.echo(f"{name:18}{count:>7,}")
    click.echo(f"{'superseded':18}{found.superseded:>7,}")
    for name, meaning in _MEANINGS.items():
        for line in told[name]:
            click.echo(clean_line(f"{meaning}: {line}"))


for _part in (agents, claims, candidates, apply, report, export):
    command.add_command(_part)
