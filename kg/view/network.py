"""Build what the picture draws: agents with their places, and one edge for all actions of a kind between two."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.view.data import ViewAction, ViewData
from kg.view.edges import Numbers, sum_pairs
from kg.view.layout import lay_out_edges

_LARGE = 1500  # from so many edges on they are left out while the picture is dragged or zoomed
_LEAST_SIZE, _MOST_SIZE = 7, 30
_CROWD = 400  # from so many agents on they are drawn without a rim, which would be all that one sees of them


class DrawnAgent(NamedTuple):
    """An agent in the picture: its position in the list of agents, its place, size, and the number of its community."""

    agent: int
    x: int
    y: int
    size: float
    community: int


class DrawnEdge(NamedTuple):
    """A line: agents by their positions in the list; ``bend`` is the roundness of a curve to the right of its way."""

    source: int
    target: int
    action: str
    status: str
    bend: float


class EdgeColumns(NamedTuple):
    """The lines as columns, which for many are made and written in less time than rows."""

    source: list[int]
    target: list[int]
    action: list[str]
    status: list[str]
    bend: list[float]


@dataclass(frozen=True, slots=True)
class Network:
    """What vis-network draws, and which edge (by its position in the list) each action lies on."""

    nodes: list[DrawnAgent]
    columns: EdgeColumns
    options: dict[str, Any]
    edge_of_action: list[int]

    @property
    def edges(self) -> list[DrawnEdge]:
        """The lines one by one."""
        return list(map(DrawnEdge, *self.columns))


def build_network(data: ViewData, rng: random.Random) -> Network:
    """Draw one edge for each actor, target, kind of action and status, however many actions it stands for."""
    number = {agent.id: index for index, agent in enumerate(data.agents)}
    actor = _number_all(data.actions, "actor", number)
    target = _number_all(data.actions, "target", number)
    kinds = sorted({action.action for action in data.actions})
    statuses = sorted({action.status for action in data.actions})
    kind = _number_all(data.actions, "action", {name: index for index, name in enumerate(kinds)})
    status = _number_all(data.actions, "status", {name: index for index, name in enumerate(statuses)})
    # What makes an edge, in one number that sorts as the four do.
    shape = (len(number) or 1, len(number) or 1, len(kinds) or 1, len(statuses) or 1)
    keys, edge_of_action = np.unique(np.ravel_multi_index((actor, target, kind, status), shape), return_inverse=True)
    sources, targets, edge_kinds, edge_statuses = np.unravel_index(keys, shape)
    degree = np.bincount(actor, minlength=len(number)) + np.bincount(target, minlength=len(number))
    nodes = np.flatnonzero(degree)
    claims = np.fromiter((len(action.claims) or 1 for action in data.actions), float, len(data.actions))
    pairs = sum_pairs(len(nodes), np.searchsorted(nodes, actor), np.searchsorted(nodes, target), claims)
    layout = lay_out_edges(len(nodes), pairs, rng)
    sizes = _find_sizes(degree[nodes]).tolist()
    xs, ys = [x for x, _ in layout.positions], [y for _, y in layout.positions]
    bends = _bend_edges(sources, targets).tolist()
    return Network(
        nodes=list(map(DrawnAgent._make, zip(nodes.tolist(), xs, ys, sizes, layout.communities, strict=True))),
        columns=EdgeColumns(
            sources.tolist(),
            targets.tolist(),
            list(map(kinds.__getitem__, edge_kinds.tolist())),
            list(map(statuses.__getitem__, edge_statuses.tolist())),
            bends,
        ),
        options=_make_options(len(nodes), len(keys)),
        edge_of_action=edge_of_action.tolist(),
    )


def _number_all(actions: Sequence[ViewAction], name: str, number: Mapping[str, int]) -> Numbers:
    return np.fromiter(map(number.__getitem__, map(attrgetter(name), actions)), np.int64, len(actions))


def _find_sizes(degree: Numbers) -> NDArray[np.float64]:
    # The more agents, the smaller the picture is shown as a whole, so the larger each is drawn.
    factor = min(1.9, max(1.0, math.pow(len(degree) / 40, 0.22)))
    sizes: NDArray[np.float64] = np.minimum(_MOST_SIZE, factor * (_LEAST_SIZE + 3 * np.sqrt(degree - 1.0)))
    return sizes.round(1)


def _bend_edges(sources: Numbers, targets: Numbers) -> NDArray[np.float64]:
    """Bend edges between the same two agents, each its own way; a single edge stays straight.

    A bend is to the right of an edge's direction, so that edges there and back part by themselves.
    """
    low, high = np.minimum(sources, targets), np.maximum(sources, targets)
    order = np.lexsort((high, low))
    _, first, group, count = np.unique(
        low[order] * (int(high.max(initial=0)) + 1) + high[order],
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    place, count = np.arange(len(order)) - first[group], count[group]
    # Spread evenly about the straight line between the two.
    offset = (place - (count - 1) / 2) * np.minimum(0.22, 1.2 / count)
    is_forth = sources[order] == sources[order][first[group]]
    bends = np.empty(len(order))
    bends[order] = np.round(np.where(is_forth, offset, -offset), 3) + 0.0  # no minus before a nought
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
