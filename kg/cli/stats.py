"""``kg stats``: how much a store holds."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import store_argument
from kg.cli.stores import is_address, opened_store
from kg.model.vocabulary import ACTIONS

if TYPE_CHECKING:
    from kg.rdf import Store

_PREFIX = (
    "PREFIX plr: <https://w3id.org/platform-regulation#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX schema: <https://schema.org/>"
)
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
    """Count what STORE holds: documents, claims, facts, the agents of actions, and the actions by what they are.

    Then it tells what read the documents: the version of kg, and the packages, rules and knowledge that it had. Of a
    folder it tells since when it is as it is.
    """
    with opened_store(store) as opened:
        totals, actions, runs = _count_totals(opened), _count_actions(opened), _list_runs(opened)
    written = None if is_address(store) else _read_time(store)
    if as_json:
        click.echo(json.dumps({**totals, "by_action": actions, "read_by": runs, "written": written}))
        return
    for name, count in totals.items():
        click.echo(f"{name:12}{count:>9,}")
    for name, by_status in actions.items():
        details = ", ".join(f"{count:,} {status}" for status, count in by_status.items())
        click.echo(f"  {name:10}{sum(by_status.values()):>9,}  ({details})")

    for run in runs:
        components = "".join(f", {component}" for component in run["components"])
        click.echo(clean_line(f"read by {run['run']}{components}: {run['documents']:,} documents"))
    if written:
        click.echo(f"written {written}")


def _list_runs(store: Store) -> list[dict[str, Any]]:
    pattern = "?run a plr:Run ; schema:softwareVersion ?version"
    counts = _count(store, f"{pattern} ; prov:used ?thing", "version")
    rows: Any = store.query(f"{_PREFIX} SELECT ?version ?component {{ {pattern} ; plr:component ?component }}")
    components: dict[str, list[str]] = {}
    for row in rows:
        components.setdefault(row["version"].value, []).append(row["component"].value)
    return [
        {"run": version, "documents": count, "components": sorted(components.get(version, ()))}
        for (version,), count in sorted(counts.items())
    ]


def _read_time(store: str) -> str:
    moment = datetime.fromtimestamp((Path(store) / "CURRENT").stat().st_mtime, tz=timezone.utc)
    return moment.strftime("%Y-%m-%d %H:%M UTC")


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
