"""How often agents act and are acted on, by group of actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.measure import Measure, Options
from kg.analysis.projections import project_actions
from kg.analysis.records import GraphData
from kg.model.vocabulary import ACTION_GROUPS
from kg.query.table import Value


def compute_strength(graph: Any) -> dict[str, dict[str, int]]:
    """Count the actions that leave and that reach each agent.

    Strength is the weighted degree: here an edge is an action, and weighs one. Who has much ``out`` in coercion acts
    with power; who has much ``in`` is under pressure.

    Parameters
    ----------
    graph
        The multigraph of actions, with ``group`` on its edges.

    Returns
    -------
    dict
        By agent: ``out``, ``in``, and ``out_coercion``, ``in_words`` … for each group.

    References
    ----------
    A. Barrat, M. Barthélemy, R. Pastor-Satorras, A. Vespignani (2004), The architecture of complex weighted networks,
    PNAS 101(11).
    """
    names = ["out", "in", *(f"{side}_{group}" for side in ("out", "in") for group in ACTION_GROUPS)]
    counts = {node: dict.fromkeys(names, 0) for node in graph}
    for actor, target, group in graph.edges(data="group"):
        for agent, side in ((actor, "out"), (target, "in")):
            counts[agent][side] += 1
            counts[agent][f"{side}_{group}"] += 1
    return counts


def list_strength(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the agents, the busiest first."""
    counts = compute_strength(project_actions(data))
    for agent in sorted(counts, key=lambda agent: (-counts[agent]["in"] - counts[agent]["out"], agent)):
        yield (data.get_name(agent), data.agents[agent].type, *counts[agent].values())


MEASURE = Measure(
    name="strength",
    title="How often does each agent act, and how often is it acted on, by group of actions?",
    source="weighted degree (Barrat et al. 2004)",
    columns={
        "agent": "its name",
        "type": "what kind of agent it is",
        "out": "actions that it took",
        "in": "actions taken towards it",
        **{f"out_{group}": f"actions of the group {group} that it took" for group in ACTION_GROUPS},
        **{f"in_{group}": f"actions of the group {group} taken towards it" for group in ACTION_GROUPS},
    },
    run=list_strength,
    ranks=("agent", "in"),
)
