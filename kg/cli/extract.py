"""``kg extract``: what each document says, as JSON lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.command import ExampleCommand
from kg.cli.options import add_reading_options, quiet_option, sources_argument, tracker_option
from kg.cli.output import open_output
from kg.cli.progress import make_progress
from kg.cli.refusals import show_refusals

if TYPE_CHECKING:
    from kg.model import Refusal


@click.command(
    cls=ExampleCommand,
    short_help="Write what each document says as JSON lines.",
    examples=(
        ("kg extract articles/ -o out.jsonl", "read a folder"),
        ("kg extract - < article.txt | jq .events", "read standard input"),
        ("kg extract shutdowns.tsv --tracker keepiton -o out.jsonl", "read a tracker's table, a claim or more a row"),
        ("kg extract fines.csv --map text=summary,date=decided -o out.jsonl", "read a table, a document a row"),
    ),
)
@sources_argument
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@tracker_option
@add_reading_options
@quiet_option
def command(
    sources: tuple[str, ...],
    output: str,
    trackers: tuple[str, ...],
    model: str | None,
    processes: int,
    columns: dict[str, str] | None,
    no_progress: bool,
    quiet: bool,
) -> None:
    """Write what each document says, one JSON object a line: its events and facts, each with its quote.

    An event's action_id is the same for all that tell of one action, in whichever of the documents; its case_id is
    that of the matter.

    SOURCES are files (.txt, .md, .html, .pdf, .json, .jsonl, .csv, .tsv, .xlsx, .warc, or with .gz), folders, globs, or
    - for standard input.
    """
    from kg.pipeline import extract

    refused: list[Refusal] = []
    # A bar and the lines it counts would write over one another on one terminal.
    hidden = quiet or no_progress or (output == "-" and sys.stdout.isatty())
    with open_output(output) as stream, make_progress(hidden=hidden) as progress:
        for described in extract(
            sources,
            model=model,
            processes=processes,
            columns=columns,
            trackers=trackers,
            progress=progress,
            refuse=refused.append,
        ):
            print(json.dumps(described, ensure_ascii=False), file=stream)
    if not quiet:
        show_refusals(refused)
