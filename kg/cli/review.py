"""``kg review``: judge agents and claims, and make gold of what was judged."""

from __future__ import annotations

import json

import click

from kg.cli.command import ExampleCommand
from kg.cli.deciding import Decisions, find_file, judgements_option
from kg.cli.options import store_argument
from kg.cli.output import open_output
from kg.cli.review_agents import agents
from kg.cli.review_candidates import candidates
from kg.cli.review_claims import claims
from kg.cli.stores import opened_store
from kg.errors import KgError


class ExampleGroup(ExampleCommand, click.Group):
    """A group of commands whose help ends with examples."""


@click.group(
    cls=ExampleGroup,
    short_help="Decide which agents are one and which claims are right.",
    examples=(
        ("kg review agents store", "are these two agents one?"),
        ("kg review claims store", "does the sentence say that?"),
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


for _part in (agents, claims, candidates, export):
    command.add_command(_part)
