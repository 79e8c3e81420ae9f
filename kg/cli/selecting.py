"""Options by which commands choose the actions that they count."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.analysis import Selection

Function = TypeVar("Function", bound=Callable[..., Any])

STATUSES = ("actual", "planned", "negated", "any")


def add_selecting_options(function: Function) -> Function:
    """Add the options that say which actions count."""
    for option in (
        click.option(
            "--action", "kinds", metavar="ACTION,...", help="Only these actions or groups: fine,ban or coercion."
        ),
        click.option(
            "--min-sources",
            type=click.IntRange(1),
            default=1,
            metavar="N",
            help="Told by N independent sources or more.",
        ),
        click.option(
            "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Of confidence X or more."
        ),
        click.option(
            "--status", type=click.Choice(STATUSES), default="actual", help="Whether it happened; by default actual."
        ),
        click.option(
            "--window",
            metavar="FROM..TO",
            help="When: 2024, 2022..2024, 2024-03.. or ..2023-12-31, both ends included.",
        ),
    ):
        function = option(function)
    return function


def make_selection(
    window: str | None, status: str, min_confidence: float, min_sources: int, kinds: str | None
) -> Selection:
    """Make a selection of what the options say."""
    from kg.analysis import Selection, parse_window

    return Selection(
        window=parse_window(window) if window is not None else None,
        statuses=STATUSES[:-1] if status == "any" else (status,),
        min_confidence=min_confidence,
        min_sources=min_sources,
        kinds=None if kinds is None else tuple(kind.strip() for kind in kinds.split(",")),
    )
