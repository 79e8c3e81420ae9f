"""Build what the picture draws: agents with their places, and one edge for all actions of a kind between two."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.view.data import ViewAction, ViewData
from kg.view.layout import compute_layout

_LARGE = 1500  # from so many edges on they are left out while the picture is dragged or zoomed
_LEAST_SIZE, _MOST_SIZE = 7, 30
_CROWD = 400  # from so many agents on they are drawn without a rim, which would be all that one sees of them

EdgeKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class DrawnAgent:
    """An agent in the picture: its position in the list of agents, its place, size, and the number of its community."""

    agent: int
    x: int
    y: int
    size: float
    community: int


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A line: agents by their positions in the list; ``bend`` is the roundness of a curve to the right of its way."""

    source: int
    target: int
    action: str
    status: str
    bend: float


@dataclass(frozen=True, slots=True)
class Network:
    """What vis-network draws, and which edge (by its position in the list) each action lies on."""

    nodes: list[DrawnAgent]
    edges: list[DrawnEdge]
    options: dict[str, Any]
    edge_of_action: list[int]


def build_network(data: ViewData, rng: random.Random) -> Network:
    """Draw one edge for each actor, target, kind of action and status, however many actions it stands for."""
    number = {agent.id: index for index, agent in enumerate(data.agents)}
    key_of_action = [_make_key(action) for action in data.actions]
    keys = sorted(set(key_of_action))
    edge_number = {key: index for index, key in enumerate(keys)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    degree: dict[int, int] = defaultdict(int)
    for action in data.actions:
        ends = number[action.actor], number[action.target]
        weights[ends] += len(action.claims) or 1
        for end in ends:
            degree[end] += 1
    nodes = sorted(degree)
    position = {node: index for index, node in enumerate(nodes)}
    layout = compute_layout(len(nodes), {(position[a], position[b]): w for (a, b), w in weights.items()}, rng)
    bends = _bend_edges(keys)
    return Network(
        nodes=[
            DrawnAgent(node, x, y, _get_size(degree[node], len(nodes)), community)
            for node, (x, y), community in zip(nodes, layout.positions, layout.communities, strict=True)
        ],
        edges=[
            DrawnEdge(number[actor], number[target], kind, status, bends[index])
            for index, (actor, target, kind, status) in enumerate(keys)
        ],
        options=_make_options(len(nodes), len(keys)),
        edge_of_action=[edge_number[key] for key in key_of_action],
    )


def _make_key(action: ViewAction) -> EdgeKey:
    return action.actor, action.target, action.action, action.status


def _get_size(degree: int, node_count: int) -> float:
    # The more agents, the smaller the picture is shown as a whole, so the larger each is drawn.
    factor = min(1.6, max(1.0, math.pow(node_count / 40, 0.2)))
    return round(min(_MOST_SIZE, factor * (_LEAST_SIZE + 3 * math.sqrt(degree - 1))), 1)


def _bend_edges(keys: Sequence[EdgeKey]) -> list[float]:
    """Bend edges between the same two agents, each its own way; a single edge stays straight.

    A bend is to the right of an edge's direction, so that edges there and back part by themselves.
    """
    parallel: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (actor, target, _, _) in enumerate(keys):
        parallel[(actor, target) if actor <= target else (target, actor)].append(index)
    bends = [0.0] * len(keys)
    for indices in parallel.values():
        if len(indices) == 1:
            continue
        forth = keys[indices[0]][0]
        for place, index in enumerate(indices):
            # Spread evenly about the straight line between the two.
            offset = (place - (len(indices) - 1) / 2) * min(0.22, 1.2 / len(indices))
            bends[index] = round(offset if keys[index][0] == forth else -offset, 3)
    return bends


def _make_options(node_count: int, edge_count: int) -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1.5 if node_count < _CROWD else 0, "borderWidthSelected": 3},
        "edges": {
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "smooth": False,
            "selectionWidth": 1.5,
            "hoverWidth": 1,
            "selfReference": {"size": 22},
        },
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "tooltipDelay": 3600000,
            "keyboard": False,
            # Where the picture is hidden while it is dragged, one drags the picture and no mark of it.
            "dragNodes": edge_count <= _LARGE,
            "hideEdgesOnDrag": edge_count > _LARGE,
            "hideNodesOnDrag": edge_count > _LARGE,
            "hideEdgesOnZoom": edge_count > _LARGE,
        },
    }
