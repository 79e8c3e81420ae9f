"""``kg import``: what others hold, into a store of one's own."""

from __future__ import annotations

import dataclasses
import json

import click

from kg.cli.build import describe_summary
from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import count_processors, quiet_option
from kg.cli.progress import make_progress
from kg.cli.refusals import show_refusals


@click.command(
    cls=ExampleCommand,
    short_help="Take in other stores, RDF, or entities of FollowTheMoney.",
    examples=(
        ("kg import theirs -o ours", "merge a store into another: as if all had been built at once"),
        ("kg import graph.trig.gz -o store", "take in RDF that kg export wrote, or another program"),
        ("kg import sanctions.ftm.json -o store", "take in sanctions, each record the proof"),
        ("kg import --reread untrusted.nq -o store", "take the texts alone, and read them here"),
    ),
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option("-o", "--output", "store", required=True, metavar="STORE", help="The folder or SPARQL endpoint to write.")
@click.option("--reread", is_flag=True, help="Take the texts of INPUTS alone, and read them anew.")
@click.option("--with-judgements", is_flag=True, help="Take over what reviewers decided on stores among INPUTS.")
@click.option("--model", metavar="NAME", help="Another installed spaCy pipeline, for texts that must be read anew.")
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=count_processors,
    metavar="N",
    help="Processes to read in; the result is the same with any number. By default the processors, at most 4.",
)
@click.option("--no-progress", is_flag=True, help="Show no progress bar (it is for terminals only).")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@quiet_option
def command(
    inputs: tuple[str, ...],
    store: str,
    reread: bool,
    with_judgements: bool,
    model: str | None,
    processes: int,
    no_progress: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take what INPUTS hold into STORE, which is made if it is not there: the same, to the byte, as one build of all.

    INPUTS are folders and addresses of other stores, files of RDF in the terms of kg export (.nq, .trig, .ttl, .nt,
    .jsonld), and entities of FollowTheMoney (.ftm.json, .ftm.jsonl, .ftm), each also as .gz. Documents come with what
    was read from them; actions and cases are worked out anew. A text that another version of kg had read is read again.
    What breaks the shapes, or quotes what its text does not say, is refused by name. docs/formats.md says more.
    """
    from kg.pipeline import import_graphs

    with make_progress(hidden=quiet or no_progress) as progress:
        summary = import_graphs(
            inputs,
            store,
            reread=reread,
            with_judgements=with_judgements,
            model=model,
            processes=processes,
            progress=progress,
            say=lambda line: None if quiet else click.echo(clean_line(line), err=True),
        )
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False))
    elif not quiet:
        show_refusals(summary.refused)
        for line in describe_summary(summary, store):
            click.echo(clean_line(line))
