"""``kg stats``: how much a store holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import store_argument
from kg.cli.stores import opened_store
from kg.model.vocabulary import ACTIONS

if TYPE_CHECKING:
    from kg.rdf import Store

_PREFIX = "PREFIX plr: <https://w3id.org/platform-regulation#>"
_TOTALS = {
    "documents": "?thing a plr:Document",
    "claims": "?thing a plr:Claim",
    "facts": "?thing a plr:Fact",
    "actions": "?thing a plr:Action",
    "agents": "?action a plr:Action ; plr:actor|plr:target ?thing",
}


@click.command(
    cls=ExampleCommand,
    short_help="Count what the graph holds.",
    examples=(
        ("kg stats store", "count documents, claims, actions and agents"),
        ("kg stats store --json | jq .by_action.fine", "take one figure"),
    ),
)
@store_argument
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(store: str, as_json: bool) -> None:
    """Count what STORE holds: documents, claims, facts, the agents of actions, and the actions by what they are."""
    with opened_store(store) as opened:
        totals, actions = _count_totals(opened), _count_actions(opened)
    if as_json:
        click.echo(json.dumps({**totals, "by_action": actions}))
        return
    for name, count in totals.items():
        click.echo(f"{name:12}{count:>9,}")
    for name, by_status in actions.items():
        details = ", ".join(f"{count:,} {status}" for status, count in by_status.items())
        click.echo(f"  {name:10}{sum(by_status.values()):>9,}  ({details})")


def _count_totals(store: Store) -> dict[str, int]:
    return {name: _count(store, what)[()] for name, what in _TOTALS.items()}


def _count_actions(store: Store) -> dict[str, dict[str, int]]:
    classes = " ".join(f"plr:{action.capitalize()}" for action in sorted(ACTIONS))
    counts = _count(store, f"VALUES ?type {{ {classes} }} ?thing a ?type ; plr:status ?status", "type", "status")
    actions: dict[str, dict[str, int]] = {}
    for (kind, status), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        actions.setdefault(kind.lower(), {})[status] = count
    return actions


def _count(store: Store, pattern: str, *by: str) -> dict[tuple[str, ...], int]:
    """Count the different things of a pattern, by the local names of other variables of it."""
    keys = " ".join(f"?{name}" for name in by)
    grouping = f"GROUP BY {keys}" if by else ""
    rows: Any = store.query(f"{_PREFIX} SELECT {keys} (COUNT(DISTINCT ?thing) AS ?n) {{ {pattern} }} {grouping}")
    return {tuple(row[name].value.rpartition("#")[2] for name in by): int(row["n"].value) for row in rows}
