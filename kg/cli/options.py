"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

_MAX_DEFAULT_PROCESSES = 4  # each loads its own pipeline, about 500 MB


def count_processors() -> int:
    """Count the processors that this process may use, up to a number that fits in memory."""
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(available, _MAX_DEFAULT_PROCESSES)


def parse_columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str] | None:
    """Read ``text=body,date=day`` as the columns of a table by what they hold."""
    if value is None:
        return None
    columns: dict[str, str] = {}
    for part in value.split(","):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not (field and sign and column):
            raise click.BadParameter(f"{part!r}: want FIELD=COLUMN, as in text=body,date=day")
        columns[field] = column
    return columns


sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
store_argument = click.argument("store", metavar="STORE")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")


tracker_option = click.option(
    "--tracker",
    "trackers",
    multiple=True,
    metavar="MAPPING",
    help="How the rows of a tracker's table make claims: keepiton, etid, or a .yml of your own (docs/trackers.md). "
    "Tables with the columns of keepiton or etid are known without it.",
)


judgements_option = click.option(
    "--judgements",
    metavar="FILE",
    help="The file of judgements to apply; by default judgements.jsonl in the store's folder, if it is there.",
)


def add_reading_options(function: Function) -> Function:
    """Add the options of the commands that read documents."""
    for option in (
        click.option("--no-progress", is_flag=True, help="Show no progress bar (it is for terminals only)."),
        click.option(
            "--map",
            "columns",
            metavar="FIELD=COLUMN,...",
            callback=parse_columns,
            help="Columns of CSV and TSV files, such as text=body,date=day,title=headline.",
        ),
        click.option(
            "--processes",
            type=click.IntRange(1, 256),
            default=count_processors,
            metavar="N",
            help="Processes to read in; the result is the same with any number. By default the processors, at most 4.",
        ),
        click.option("--model", metavar="NAME", help="Another installed spaCy pipeline, such as en_core_web_trf."),
    ):
        function = option(function)
    return function
