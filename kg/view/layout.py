"""Compute where the agents stand: deterministic for a given generator, communities apart, nothing on top of another."""

from __future__ import annotations

import importlib.util
import math
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

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
    chosen = ENGINES[engine or ("igraph" if importlib.util.find_spec("igraph") else "networkx")]
    parts = _find_parts(count, weights)
    boxes, positions, communities = [], [(0, 0)] * count, [0] * count
    first = 0
    for part, inner in zip(parts, _split_weights(weights, parts), strict=True):
        box, community = _place_part(len(part), inner, rng, chosen)
        boxes.append(box)
        for node, number in zip(part, community, strict=True):
            communities[node] = first + number
        first += max(community) + 1
    for part, box in zip(parts, pack_boxes(boxes, margin=_SPACING), strict=True):
        for node, (x, y) in zip(part, box, strict=True):
            positions[node] = (round(x), round(y))
    return Layout(positions, communities)


def _find_parts(count: int, weights: Weights) -> list[list[int]]:
    neighbours: dict[int, set[int]] = defaultdict(set)
    for source, target in weights:
        neighbours[source].add(target)
        neighbours[target].add(source)
    parts, seen = [], [False] * count
    for start in range(count):
        if seen[start]:
            continue
        seen[start], part, queue = True, [], [start]
        while queue:
            node = queue.pop()
            part.append(node)
            for neighbour in neighbours[node]:
                if not seen[neighbour]:
                    seen[neighbour] = True
                    queue.append(neighbour)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _split_weights(weights: Weights, parts: list[list[int]]) -> list[dict[tuple[int, int], float]]:
    """Give each part its own edges, without direction, its nodes numbered from 0; what joins two parts is left out."""
    part_of = {node: index for index, part in enumerate(parts) for node in part}
    number = {node: index for part in parts for index, node in enumerate(part)}
    inner: list[dict[tuple[int, int], float]] = [{} for _ in parts]
    for (source, target), weight in sorted(weights.items()):
        if source != target and part_of[source] == part_of[target]:
            one, other = number[source], number[target]
            pair = (one, other) if one < other else (other, one)
            edges = inner[part_of[source]]
            edges[pair] = edges.get(pair, 0.0) + weight
    return inner


def _place_part(count: int, weights: Weights, rng: random.Random, engine: Engine) -> tuple[list[Point], list[int]]:
    if count == 1:
        return [(0.0, 0.0)], [0]
    if count == 2:
        return [(0.0, 0.0), (_SPACING * 1.5, 0.0)], [0, 0]
    community = engine.find_communities(count, weights, rng)
    if count > _SMALL and len(set(community)) > 1:
        return _place_communities(community, weights, rng, engine), community
    pulls = {pair: 1.0 if community[pair[0]] == community[pair[1]] else _BRIDGE for pair in weights}
    return spread_points(_place_flat(count, pulls, rng, engine), _find_radii(count, pulls)), community


def _place_flat(count: int, pulls: Weights, rng: random.Random, engine: Engine) -> list[Point]:
    if count < 3 or not pulls:
        return [(index * _SPACING, 0.0) for index in range(count)]
    points = scale_edges(engine.place(count, pulls, rng), list(pulls), _SPACING)
    # Wider than high, as labels are.
    return [(x * 1.2, y) for x, y in points]


def _find_radii(count: int, pulls: Weights) -> list[float]:
    """Give an agent the more room the more others it meets, so that the lines at a hub can be told apart."""
    degree = [0] * count
    for pair in pulls:
        for node in pair:
            degree[node] += 1
    return [_CROWDED / 2 + min(_HUB, 7 * math.sqrt(max(0, number - 1))) for number in degree]


def _place_communities(community: list[int], weights: Weights, rng: random.Random, engine: Engine) -> list[Point]:
    """Lay out each community on its own, then the communities as discs that don't overlap."""
    members: dict[int, list[int]] = defaultdict(list)
    for node, index in enumerate(community):
        members[index].append(node)
    groups = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    inner = _split_weights(weights, groups)
    drawn = spread_groups(
        [
            pull_in_strays(centre_points(_place_flat(len(group), dict.fromkeys(edges, 1.0), rng, engine)))
            for group, edges in zip(groups, inner, strict=True)
        ],
        [_find_radii(len(group), edges) for group, edges in zip(groups, inner, strict=True)],
    )
    radii = [find_radius(points) + _CROWDED * 0.7 for points in drawn]
    group_of = {node: index for index, group in enumerate(groups) for node in group}
    bridges: dict[tuple[int, int], float] = defaultdict(float)
    for source, target in sorted(weights):
        one, other = group_of[source], group_of[target]
        if one != other:
            bridges[(one, other) if one < other else (other, one)] += 1.0
    # As near to one another as discs of these radii can lie, and then apart again where they overlap.
    centres = pull_in_strays(centre_points(engine.place(len(groups), bridges, rng)))
    room = _LOOSENESS * math.sqrt(sum(radius**2 for radius in radii)) / (find_radius(centres) or 1.0)
    centres = spread_points([(1.2 * x * room, y * room) for x, y in centres], radii)
    positions: list[Point] = [(0.0, 0.0)] * len(community)
    for group, points, (left, top) in zip(groups, drawn, centres, strict=True):
        for node, (x, y) in zip(group, points, strict=True):
            positions[node] = (x + left, y + top)
    return positions
