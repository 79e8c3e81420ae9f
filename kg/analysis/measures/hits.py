"""Who acts against those that many act against (hubs), and who is acted against by such hubs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analysis.engines import list_links
from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.projections import project_against
from kg.analysis.records import GraphData
from kg.query.table import Value

_STEPS = 20_000
_TOLERANCE = 1e-13


def compute_hits(graph: Any) -> tuple[dict[Any, float], dict[Any, float]]:
    """Compute hubs and authorities; each sums to 1, as in ``networkx.hits``.

    A good hub acts against much-targeted agents, a good authority (Kleinberg's word: here a *target*) is acted
    against by good hubs. One hub high above others means that one agent leads a field that many act in.

    Parameters
    ----------
    graph
        Who acts against whom; ``weight`` counts.

    Returns
    -------
    tuple of dict
        Hubs, and targets.

    Notes
    -----
    Iterated from equal scores, as in the paper, with numpy. That has one answer even where networkx and igraph, which
    start their eigenvectors elsewhere, may give different ones: where parts of the graph tie for the first place, the
    tie stays. Elsewhere the three agree to 1e-6.

    References
    ----------
    J. M. Kleinberg (1999), Authoritative sources in a hyperlinked environment, Journal of the ACM 46(5).
    """
    nodes, source, target, weight = list_links(graph)
    if not len(source):
        return dict.fromkeys(nodes, 0.0), dict.fromkeys(nodes, 0.0)
    hubs: NDArray[Any] = np.full(len(nodes), 1 / len(nodes))
    for _ in range(_STEPS):
        targets: NDArray[Any] = np.bincount(target, weight * hubs[source], len(nodes))
        targets = targets / targets.sum()
        former, hubs = hubs, np.bincount(source, weight * targets[target], len(nodes))
        hubs = hubs / hubs.sum()
        if np.abs(hubs - former).sum() < _TOLERANCE:
            break
    return dict(zip(nodes, hubs.tolist(), strict=True)), dict(zip(nodes, targets.tolist(), strict=True))


def list_hits(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the agents, the strongest in either role first."""
    hubs, targets = compute_hits(project_against(data))
    best = {agent: max(round_score(hubs[agent]), round_score(targets[agent])) for agent in hubs}
    for agent in sorted(best, key=lambda agent: (-best[agent], agent)):
        yield data.get_name(agent), data.agents[agent].type, round_score(hubs[agent]), round_score(targets[agent])


MEASURE = Measure(
    name="hits",
    title="Who acts against those that many act against?",
    source="HITS (Kleinberg 1999), on who acts against whom",
    columns={
        "agent": "its name",
        "type": "what kind of agent it is",
        "hub": "how much it acts against good targets; all sum to 1",
        "target": "how much it is acted against by good hubs (Kleinberg's authority); all sum to 1",
    },
    run=list_hits,
    ranks=("agent", "target"),
)
