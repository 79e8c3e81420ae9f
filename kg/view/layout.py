"""Compute where the agents stand: deterministic for a given generator, communities apart, nothing on top of another."""

from __future__ import annotations

import importlib.util
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.view.edges import Edges, Numbers, find_parts, gather_edges, group_nodes, split_edges, sum_pairs
from kg.view.engines import ENGINES, Engine
from kg.view.packing import (
    Point,
    centre_points,
    find_radius,
    pack_boxes,
    pull_in_strays,
    scale_edges,
    spread_groups,
    spread_points,
)

Weights = Mapping[tuple[int, int], float]

_SPACING = 120.0  # the usual distance of neighbours, in the picture's units (a label is about as wide)
_CROWDED = 74.0  # no two agents stand closer than this
_HUB = 45.0  # the most room beyond that for an agent with many neighbours
_BRIDGE = 0.25  # how strongly an edge between communities pulls, against one within
_LOOSENESS = 1.25  # how much farther the discs of communities reach than if they filled the plane
_SMALL = 40  # up to so many agents a part is drawn in one go, above it community by community


@dataclass(frozen=True, slots=True)
class Layout:
    """For each agent its position, in whole units, and the number of its community."""

    positions: list[tuple[int, int]]
    communities: list[int]


def compute_layout(count: int, weights: Weights, rng: random.Random, *, engine: str | None = None) -> Layout:
    """Place ``count`` agents, numbered from 0, whose edges have these weights, and say which stand together.

    Every connected part is laid out on its own, then the parts are packed side by side, the largest first.
    ``engine`` is ``igraph`` where it is installed, else ``networkx``, which is slower; both are seeded from ``rng``.
    """
    return lay_out_edges(count, gather_edges(count, weights), rng, engine=engine)


def lay_out_edges(count: int, edges: Edges, rng: random.Random, *, engine: str | None = None) -> Layout:
    """Place agents as `compute_layout` does, given their edges as arrays, which is quicker for many."""
    chosen = ENGINES[engine or ("igraph" if importlib.util.find_spec("igraph") else "networkx")]
    parts = find_parts(count, edges)
    boxes, positions, communities = [], [(0, 0)] * count, [0] * count
    first = 0
    for part, inner in zip(parts, split_edges(count, edges, parts), strict=True):
        box, community = _place_part(len(part), inner, rng, chosen)
        boxes.append(box)
        for node, number in zip(part.tolist(), community, strict=True):
            communities[node] = first + number
        first += max(community) + 1
    for part, box in zip(parts, pack_boxes(boxes, margin=_SPACING), strict=True):
        for node, (x, y) in zip(part.tolist(), box, strict=True):
            positions[node] = (round(x), round(y))
    return Layout(positions, communities)


def _place_part(count: int, edges: Edges, rng: random.Random, engine: Engine) -> tuple[list[Point], list[int]]:
    if count == 1:
        return [(0.0, 0.0)], [0]
    if count == 2:
        return [(0.0, 0.0), (_SPACING * 1.5, 0.0)], [0, 0]
    pairs = edges.list_pairs()
    community = engine.find_communities(count, dict(zip(pairs, edges.weight.tolist(), strict=True)), rng)
    if count > _SMALL and len(set(community)) > 1:
        return _place_communities(np.array(community), edges, rng, engine), community
    pulls = {pair: 1.0 if community[pair[0]] == community[pair[1]] else _BRIDGE for pair in pairs}
    return spread_points(_place_flat(count, pulls, rng, engine), _find_radii(count, edges)), community


def _place_flat(count: int, pulls: Weights, rng: random.Random, engine: Engine) -> list[Point]:
    if count < 3 or not pulls:
        return [(index * _SPACING, 0.0) for index in range(count)]
    points = scale_edges(engine.place(count, pulls, rng), list(pulls), _SPACING)
    # Wider than high, as labels are.
    return [(x * 1.2, y) for x, y in points]


def _find_radii(count: int, edges: Edges) -> list[float]:
    """Give an agent the more room the more others it meets, so that the lines at a hub can be told apart."""
    degree = np.bincount(edges.one, minlength=count) + np.bincount(edges.other, minlength=count)
    radii: list[float] = (_CROWDED / 2 + np.minimum(_HUB, 7 * np.sqrt(np.maximum(0, degree - 1)))).tolist()
    return radii


def _place_communities(community: Numbers, edges: Edges, rng: random.Random, engine: Engine) -> list[Point]:
    """Lay out each community on its own, then the communities as discs that don't overlap."""
    groups = group_nodes(community)
    inner = split_edges(len(community), edges, groups)
    drawn = spread_groups(
        [
            pull_in_strays(centre_points(_place_flat(len(group), dict.fromkeys(own.list_pairs(), 1.0), rng, engine)))
            for group, own in zip(groups, inner, strict=True)
        ],
        [_find_radii(len(group), own) for group, own in zip(groups, inner, strict=True)],
    )
    radii = [find_radius(points) + _CROWDED * 0.7 for points in drawn]
    group_of = np.empty_like(community)
    for index, group in enumerate(groups):
        group_of[group] = index
    one, other = group_of[edges.one], group_of[edges.other]
    joined = sum_pairs(len(groups), one, other, np.ones(len(one)))
    bridges = dict(zip(joined.list_pairs(), joined.weight.tolist(), strict=True))
    # As near to one another as discs of these radii can lie, and then apart again where they overlap.
    centres = pull_in_strays(centre_points(engine.place(len(groups), bridges, rng)))
    room = _LOOSENESS * math.sqrt(sum(radius**2 for radius in radii)) / (find_radius(centres) or 1.0)
    centres = spread_points([(1.2 * x * room, y * room) for x, y in centres], radii)
    positions: list[Point] = [(0.0, 0.0)] * len(community)
    for group, points, (left, top) in zip(groups, drawn, centres, strict=True):
        for node, (x, y) in zip(group.tolist(), points, strict=True):
            positions[node] = (x + left, y + top)
    return positions
