"""What a measure is: a function of a graph's actions that gives a table, with its meaning and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analysis.records import GraphData
from kg.query.table import Table, Value

DIGITS = 6  # engines agree to so many digits: what is written is cut there, so that it does not depend on the engine


@dataclass(frozen=True, slots=True)
class Options:
    """What a measure may be told beside the actions.

    Parameters
    ----------
    engine
        ``igraph`` or ``networkx``; None takes igraph where it is installed.
    seed
        For communities, which draw lots.
    price_year
        The year in whose money fines are told too; None takes the last of the index.
    min_jurisdictions
        From how many countries on a burst is a wave.
    former
        The data of an earlier build, for what changed.
    """

    engine: str | None = None
    seed: int = 20_261_122
    price_year: int | None = None
    min_jurisdictions: int = 3
    former: GraphData | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the catalogue.

    Parameters
    ----------
    name, title
        What it is called, and the question that it answers.
    source
        Where the method comes from.
    columns
        What each column of its table means.
    run
        Computes the table.
    ranks
        The column of agents and the column that ranks them, where it ranks agents.
    """

    name: str
    title: str
    source: str
    columns: Mapping[str, str]
    run: Callable[[GraphData, Options], Iterable[tuple[Value, ...]]]
    ranks: tuple[str, str] | None = None

    def make_table(self, data: GraphData, options: Options | None = None) -> Table:
        """Compute the table."""
        return Table(tuple(self.columns), tuple(self.run(data, options or Options())))


def round_score(score: float) -> float:
    """Cut a score to the digits that every engine agrees on."""
    rounded = round(float(score), DIGITS)
    return rounded or 0.0  # no minus zero


def rank_agents(scores: Mapping[str, Any]) -> list[str]:
    """Order agents by their rounded scores, the highest first, and equals by id."""
    return sorted(scores, key=lambda agent: (-round_score(scores[agent]), agent))
