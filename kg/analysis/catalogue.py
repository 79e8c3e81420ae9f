"""The catalogue of measures."""

from __future__ import annotations

import difflib

from kg.analysis.measure import Measure
from kg.analysis.measures import (
    betweenness,
    changes,
    communities,
    concentration,
    dyads,
    fine_totals,
    fines,
    hits,
    ladders,
    leads,
    pagerank,
    reciprocity,
    similarity,
    strength,
    transitions,
    waves,
)
from kg.errors import QueryError

MEASURES: dict[str, Measure] = {
    module.MEASURE.name: module.MEASURE
    for module in (
        strength,
        pagerank,
        hits,
        betweenness,
        communities,
        reciprocity,
        dyads,
        ladders,
        transitions,
        waves,
        leads,
        fines,
        fine_totals,
        concentration,
        similarity,
        changes,
    )
}


def find_measure(name: str) -> Measure:
    """Find a measure by its name.

    Raises
    ------
    QueryError
        If there is none.
    """
    if name not in MEASURES:
        near = difflib.get_close_matches(name.lower(), MEASURES, n=2)
        wanted = f"did you mean {' or '.join(near)}?" if near else f"want one of {', '.join(MEASURES)}"
        raise QueryError(f"no measure is named {name!r}: {wanted}")
    return MEASURES[name]
