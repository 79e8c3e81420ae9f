"""Compute where the agents stand: deterministic for a given generator, communities apart, nothing on top of another."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.view.edges import Edges, Numbers, find_parts, gather_edges, group_nodes, split_edges, sum_pairs
from kg.view.engines import ENGINES, Engine
from kg.view.packing import (
    Lengths,
    Places,
    centre_places,
    draw_together,
    find_radius,
    gather_discs,
    pack_boxes,
    pull_in_strays,
    scale_edges,
    spread_groups,
    spread_places,
)

Weights = Mapping[tuple[int, int], float]

_SPACING = 120.0  # the usual distance of neighbours, in the picture's units (a label is about as wide)
_CROWDED = 74.0  # no two agents stand closer than this
_HUB = 45.0  # the most room beyond that for an agent with many neighbours
_BRIDGE = 0.25  # how strongly an edge between communities pulls, against one within
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
    boxes, communities = [], np.zeros(count, np.int64)
    first = 0
    for part, inner in zip(parts, split_edges(count, edges, parts), strict=True):
        box, community = _place_part(len(part), inner, rng, chosen)
        boxes.append(box)
        communities[part] = first + community
        first += int(community.max()) + 1
    places = np.zeros(count, complex)
    for part, box in zip(parts, pack_boxes(boxes, margin=_SPACING), strict=True):
        places[part] = box
    xs, ys = (side.round().astype(np.int64).tolist() for side in (places.real, places.imag))
    return Layout(list(zip(xs, ys, strict=True)), communities.tolist())


def _place_part(count: int, edges: Edges, rng: random.Random, engine: Engine) -> tuple[Places, Numbers]:
    if count < 3:
        return _line_up(count, _SPACING * 1.5), np.zeros(count, np.int64)
    pairs = edges.list_pairs()
    community = np.array(engine.find_communities(count, dict(zip(pairs, edges.weight.tolist(), strict=True)), rng))
    if count > _SMALL and community.max() > 0:
        return _place_communities(community, edges, rng, engine), community
    pulls = np.where(community[edges.one] == community[edges.other], 1.0, _BRIDGE)
    places = _place_flat(count, edges, dict(zip(pairs, pulls.tolist(), strict=True)), rng, engine)
    return spread_places(places, _find_radii(count, edges)), community


def _place_flat(count: int, edges: Edges, pulls: Weights, rng: random.Random, engine: Engine) -> Places:
    if count < 3 or not pulls:
        return _line_up(count, _SPACING)
    places = scale_edges(engine.place(count, pulls, rng), edges.one, edges.other, _SPACING)
    # Wider than high, as labels are.
    return 1.2 * places.real + 1j * places.imag


def _line_up(count: int, step: float) -> Places:
    return (np.arange(count) * step).astype(complex)


def _find_radii(count: int, edges: Edges) -> Lengths:
    """Give an agent the more room the more others it meets, so that the lines at a hub can be told apart."""
    degree = np.bincount(edges.one, minlength=count) + np.bincount(edges.other, minlength=count)
    radii: Lengths = _CROWDED / 2 + np.minimum(_HUB, 7 * np.sqrt(np.maximum(0, degree - 1)))
    return radii


def _place_communities(community: Numbers, edges: Edges, rng: random.Random, engine: Engine) -> Places:
    """Lay out each community on its own, then the communities as discs that don't overlap."""
    groups = group_nodes(community)
    inner = split_edges(len(community), edges, groups)
    room = [_find_radii(len(group), own) for group, own in zip(groups, inner, strict=True)]
    flat = [
        centre_places(_place_flat(len(group), own, dict.fromkeys(own.list_pairs(), 1.0), rng, engine))
        for group, own in zip(groups, inner, strict=True)
    ]
    drawn = spread_groups([pull_in_strays(draw_together(*one)) for one in zip(flat, room, strict=True)], room)
    radii = np.array([find_radius(places) + _CROWDED * 0.7 for places in drawn])
    group_of = np.empty_like(community)
    for index, group in enumerate(groups):
        group_of[group] = index
    one, other = group_of[edges.one], group_of[edges.other]
    joined = sum_pairs(len(groups), one, other, np.ones(len(one)))
    bridges = dict(zip(joined.list_pairs(), joined.weight.tolist(), strict=True))
    centres = gather_discs(centre_places(engine.place(len(groups), bridges, rng)), radii)
    places = np.empty(len(community), complex)
    for group, own_places, centre in zip(groups, drawn, centres, strict=True):
        places[group] = own_places + centre
    return places
