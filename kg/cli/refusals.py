"""Tell what was not read, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.lines import clean_line

if TYPE_CHECKING:
    from kg.model import Refusal

_SHOWN = 50


def show_refusals(refused: Sequence[Refusal]) -> None:
    """Write a line for each of the first on standard error, and the number of the rest."""
    for refusal in refused[:_SHOWN]:
        click.echo(clean_line(f"refused: {refusal.source}: {refusal.reason}"), err=True)
    if len(refused) > _SHOWN:
        click.echo(f"refused: {len(refused) - _SHOWN} more (kg build --json lists all)", err=True)
