"""``kg validate``: check a store against its shapes."""

from __future__ import annotations

import json

import click

from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import quiet_option, store_argument
from kg.cli.stores import opened_store

_SHOWN = 50


@click.command(
    cls=ExampleCommand,
    short_help="Check the graph against its SHACL shapes.",
    examples=(
        ("kg validate store", "name what breaks a shape; the exit code is 1 if anything does"),
        ("kg validate store --json", "list all of it for a script"),
    ),
)
@store_argument
@click.option("--json", "as_json", is_flag=True, help="Print what breaks a shape as JSON.")
@quiet_option
@click.pass_context
def command(context: click.Context, store: str, as_json: bool, quiet: bool) -> None:
    """Check STORE against the SHACL shapes of the ontology: what a claim, an action, an agent and so on must have."""
    from kg.rdf.shapes import check_store

    with opened_store(store) as opened:
        violations = list(check_store(opened))
    if as_json:
        names = ("focus", "shape", "path", "component", "value", "message")
        click.echo(json.dumps([{name: getattr(violation, name) for name in names} for violation in violations]))
    elif not quiet:
        for violation in violations[:_SHOWN]:
            click.echo(clean_line(str(violation)))
        if len(violations) > _SHOWN:
            click.echo(f"{len(violations) - _SHOWN:,} more (--json lists all)")
        found = f"{len(violations):,} violations" if violations else "it keeps its shapes"
        click.echo(clean_line(f"{store}: {found}"))
    if violations:
        context.exit(1)
