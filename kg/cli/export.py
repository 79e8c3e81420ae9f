"""``kg export``: the graph in an RDF format."""

from __future__ import annotations

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import store_argument
from kg.cli.output import open_binary_output
from kg.cli.stores import opened_store

# The same as kg.rdf.FORMATS, which takes long to import; a test holds the two together.
FORMATS = ("nquads", "trig", "turtle", "jsonld")


@click.command(
    cls=ExampleCommand,
    short_help="Write the graph in an RDF format.",
    examples=(
        ("kg export store -f nquads -o graph.nq", "write all quads, sorted: equal graphs give equal bytes"),
        ("kg export store -f trig | less", "read it"),
    ),
)
@store_argument
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="nquads", help="By default nquads.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
def command(store: str, form: str, output: str) -> None:
    """Write all that STORE holds, sorted. Turtle has no graphs: what two documents say alike stands there twice."""
    from kg.rdf import dump_store

    with opened_store(store) as opened, open_binary_output(output) as stream:
        dump_store(opened, form, stream)
