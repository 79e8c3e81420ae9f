"""How far acting against somebody is answered in kind, over the whole network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.projections import project_against
from kg.analysis.records import GraphData
from kg.query.table import Value


def compute_reciprocity(graph: Any) -> dict[str, float]:
    """Compute the share of links that are returned, and how that compares with chance.

    Returns
    -------
    dict
        ``links``; ``mutual``, those whose reverse is there too; ``reciprocity``, their share (what
        ``networkx.overall_reciprocity`` gives); ``density``, the share expected if links fell at random; ``excess``,
        (reciprocity - density) / (1 - density): 0 as at random, 1 if all are returned, below 0 if fewer than at random.

    References
    ----------
    D. Garlaschelli, M. I. Loffredo (2004), Patterns of link reciprocity in directed networks, Physical Review Letters
    93.
    """
    count = graph.number_of_nodes()
    links = sum(1 for source, target in graph.edges() if source != target)
    mutual = sum(1 for source, target in graph.edges() if source != target and graph.has_edge(target, source))
    density = links / (count * (count - 1)) if count > 1 else 0.0
    share = mutual / links if links else 0.0
    excess = (share - density) / (1 - density) if density < 1 else 0.0
    return {"links": links, "mutual": mutual, "reciprocity": share, "density": density, "excess": excess}


def list_reciprocity(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the figures, one a row."""
    for name, value in compute_reciprocity(project_against(data)).items():
        yield name, round_score(value), _MEANINGS[name]


_MEANINGS = {
    "links": "ordered pairs of agents of which the first acted against the second",
    "mutual": "those among them whose second acted against the first too",
    "reciprocity": "mutual / links",
    "density": "links / possible links: the reciprocity to expect at random",
    "excess": "reciprocity above chance: 0 as at random, 1 if all links are returned",
}

MEASURE = Measure(
    name="reciprocity",
    title="How often is acting against somebody answered in kind?",
    source="reciprocity against chance (Garlaschelli & Loffredo 2004)",
    columns={"figure": "which figure", "value": "its value", "meaning": "what it means"},
    run=list_reciprocity,
)
