"""Build the network of the picture with pyvis: nodes, edges and options, no page."""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.view.data import ViewAction, ViewData
from kg.view.layout import compute_positions

_TEMPLATES = Path(__file__).with_name("templates")
_LARGE = 1500  # from so many edges on they are left out while the picture is dragged or zoomed
_LEAST_SIZE, _MOST_SIZE = 7, 30
_CROWD = 400  # from so many agents on they are drawn without a rim, which would be all that one sees of them

EdgeKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """What vis-network draws, and which edge each action lies on; ids are positions in the lists."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    edge_of_action: list[int]


@cache
def load_table(name: str) -> dict[str, Any]:
    """Load ``templates/{name}.json``: the palette, or the words for actions."""
    table: dict[str, Any] = json.loads((_TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))
    return table


def build_network(data: ViewData, rng: random.Random) -> Network:
    """Draw one edge for each actor, target, kind of action and status, however many actions it stands for."""
    # Imported here, since pyvis pulls in IPython.
    from pyvis.edge import Edge
    from pyvis.network import Network as PyvisNetwork

    number = {agent.id: index for index, agent in enumerate(data.agents)}
    keys = sorted({_make_key(action) for action in data.actions})
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
    points = compute_positions(len(nodes), {(position[a], position[b]): w for (a, b), w in weights.items()}, rng)
    types = load_table("palette")["agentTypes"]

    network = PyvisNetwork(directed=True)
    for node, (x, y) in zip(nodes, points, strict=True):
        agent = data.agents[node]
        network.add_node(
            node,
            agent.name or agent.id,
            types[agent.type]["shape"],
            group=agent.type,
            size=_get_size(degree[node], len(nodes)),
            x=x,
            y=y,
        )
    bends = _bend_edges(keys)
    # Straight into the list: add_edge looks both ends up in a list each time, and repeats the arrow on every edge.
    network.edges.extend(
        Edge(number[key[0]], number[key[1]], id=index, action=key[2], status=key[3], **bends[index]).options
        for index, key in enumerate(keys)
    )
    network.set_options(json.dumps(_make_options(len(nodes), len(keys))))
    drawn_nodes, drawn_edges, _, _, _, options = network.get_network_data()
    return Network(
        drawn_nodes, drawn_edges, json.loads(options), [edge_number[_make_key(action)] for action in data.actions]
    )


def _make_key(action: ViewAction) -> EdgeKey:
    return action.actor, action.target, action.action, action.status


def _get_size(degree: int, node_count: int) -> float:
    # The more agents, the smaller the picture is shown as a whole, so the larger each is drawn.
    factor = min(1.6, max(1.0, math.pow(node_count / 40, 0.2)))
    return round(min(_MOST_SIZE, factor * (_LEAST_SIZE + 3 * math.sqrt(degree - 1))), 1)


def _bend_edges(keys: Sequence[EdgeKey]) -> list[dict[str, float]]:
    """Bend edges between the same two agents, each its own way; a single edge stays straight.

    ``bend`` is the roundness of a curve to the right of its direction, so that edges there and back part by themselves.
    """
    parallel: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (actor, target, _, _) in enumerate(keys):
        parallel[tuple(sorted((actor, target)))].append(index)
    bends: list[dict[str, float]] = [{} for _ in keys]
    for indices in parallel.values():
        forth = keys[indices[0]][0]
        for place, index in enumerate(indices):
            # Spread evenly about the straight line between the two.
            offset = (place - (len(indices) - 1) / 2) * min(0.22, 1.2 / len(indices))
            bend = round(offset if keys[index][0] == forth else -offset, 3)
            if bend:
                bends[index] = {"bend": bend}
    return bends


def _make_options(node_count: int, edge_count: int) -> dict[str, Any]:
    # pyvis drops every space from these, so none may matter.
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
            "hideEdgesOnDrag": edge_count > _LARGE,
            "hideEdgesOnZoom": edge_count > _LARGE,
        },
    }
