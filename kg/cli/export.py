"""``kg export``: the graph in the formats of other tools."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import quiet_option, store_argument
from kg.cli.output import open_binary_output, open_output
from kg.cli.stores import opened_store
from kg.errors import KgError, describe_os_error
from kg.export import FOLDER_FORMATS, FORMATS, TABLE_FORMATS, TABLE_NAMES


@click.command(
    cls=ExampleCommand,
    short_help="Write the graph in the formats of other tools.",
    examples=(
        ("kg export store -f nquads -o graph.nq", "write all quads, sorted: equal graphs give equal bytes"),
        ("kg export store -f trig | less", "read it"),
        ("kg export store -f csv -o fines.csv", "what authorities did, a row a measure, for a spreadsheet"),
        ("kg export store -f parquet --table claims -o claims.parquet", "another table, with its types"),
        ("kg export store -f gexf -o graph.gexf", "the network of actions, for Gephi"),
        ("kg export store -f followthemoney -o entities.ftm.json", "sanctions, parties and articles as entities"),
        ("kg export store -f neo4j -o neo4j/", "the files of neo4j-admin database import"),
        ("kg export store --agent jane-doe.person", "all that the store says of her"),
        ("kg export store -f quotes -o quotes.md", "the words that say so, to read and to cite"),
    ),
)
@store_argument
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="nquads", help="By default nquads.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@click.option("--agent", metavar="ID", help="Only what documents say of this agent, with the quotes, as JSON.")
@click.option("--table", type=click.Choice(TABLE_NAMES), help="For csv and parquet; by default enforcement.")
@quiet_option
@click.pass_context
def command(
    context: click.Context, store: str, form: str, output: str, agent: str | None, table: str | None, quiet: bool
) -> None:
    """Write what STORE holds, sorted, so that equal stores give equal bytes; docs/formats.md describes each format.

    nquads, trig, turtle and jsonld hold all of it (Turtle has no graphs: what two documents say alike stands there
    twice), the others a part. neo4j is several files: FILE is then a folder.
    """
    from kg.export import export_file, export_folder

    if agent is not None:
        _export_agent(context, store, agent, output)
        return
    if table is not None and form not in TABLE_FORMATS:
        context.fail(f"--table is for {' and '.join(TABLE_FORMATS)}, not for {form}")
    if form in FOLDER_FORMATS:
        folder = Path(output)
        if output == "-":
            context.fail(f"{form} is several files: name a folder with -o")
        if folder.exists() and not folder.is_dir():
            raise KgError(f"{output}: it is a file; {form} wants a folder")
        with opened_store(store) as opened:
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise KgError(describe_os_error(error)) from error
            export_folder(opened, form, lambda name: open_binary_output(str(folder / name)))
        return
    with opened_store(store) as opened, open_binary_output(output) as stream:
        left_out = export_file(opened, form, stream, table=table or TABLE_NAMES[0])
    if left_out and not quiet:
        click.echo(left_out, err=True)


def _export_agent(context: click.Context, store: str, agent: str, output: str) -> None:
    from kg.export.agent import describe_agent

    if context.get_parameter_source("form") is not click.core.ParameterSource.DEFAULT:
        context.fail("--agent has a form of its own: leave out --format")
    with opened_store(store) as opened:
        found = describe_agent(opened, agent)
    with open_output(output) as out:
        print(json.dumps(found, ensure_ascii=False, indent=2), file=out)
