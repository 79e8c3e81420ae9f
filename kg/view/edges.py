"""Edges without direction as arrays: gather them, find what they join, and share them out among parts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Each pair of nodes once, ``one`` below ``other``, sorted, with a weight."""

    one: Numbers
    other: Numbers
    weight: NDArray[np.float64]

    def list_pairs(self) -> list[tuple[int, int]]:
        """Return the ends of each edge."""
        return list(zip(self.one.tolist(), self.other.tolist(), strict=True))


def gather_edges(count: int, weights: Mapping[tuple[int, int], float]) -> Edges:
    """Sum the weights there and back among so many nodes."""
    ends = np.fromiter(itertools.chain.from_iterable(weights), np.int64, 2 * len(weights)).reshape(-1, 2)
    given = np.fromiter(weights.values(), float, len(weights))
    return sum_pairs(count, ends[:, 0], ends[:, 1], given)


def sum_pairs(count: int, sources: Numbers, targets: Numbers, weight: NDArray[np.float64]) -> Edges:
    """Sum what lies between the same two of so many nodes; what leads from a node to itself is left out."""
    order = np.lexsort((weight, targets, sources))  # a sum of floats depends on the order
    order = order[sources[order] != targets[order]]
    sources, targets = sources[order], targets[order]
    pairs = np.minimum(sources, targets) * count + np.maximum(sources, targets)
    keys, edge = np.unique(pairs, return_inverse=True)
    summed = np.bincount(edge, weight[order], len(keys)).astype(float)  # of nothing it makes whole numbers
    return Edges(keys // (count or 1), keys % (count or 1), summed)


def find_parts(count: int, edges: Edges) -> list[Numbers]:
    """Find the connected parts, the largest first."""
    root = np.arange(count)
    while True:
        one, other = root[edges.one], root[edges.other]
        apart = one != other
        if not apart.any():
            break
        low, high = np.minimum(one[apart], other[apart]), np.maximum(one[apart], other[apart])
        np.minimum.at(root, high, low)
        while not np.array_equal(root, higher := root[root]):
            root = higher
    return group_nodes(root)


def group_nodes(label: Numbers) -> list[Numbers]:
    """List the nodes of each label, the largest group first, then by the first node."""
    order = np.argsort(label, kind="stable")
    bounds = np.flatnonzero(np.diff(label[order])) + 1
    groups = np.split(order, bounds) if len(order) else []
    return sorted(groups, key=lambda group: (-len(group), int(group[0])))


def split_edges(count: int, edges: Edges, groups: Sequence[Numbers]) -> list[Edges]:
    """Give each group its own edges, its nodes numbered from 0; what joins two groups is left out."""
    group_of, number = np.empty(count, np.int64), np.empty(count, np.int64)
    for index, group in enumerate(groups):
        group_of[group], number[group] = index, np.arange(len(group))
    home = group_of[edges.one]
    within = np.flatnonzero(home == group_of[edges.other])
    order = within[np.argsort(home[within], kind="stable")]
    bounds = np.searchsorted(home[order], np.arange(len(groups) + 1)).tolist()
    one, other, weight = number[edges.one[order]], number[edges.other[order]], edges.weight[order]
    return [Edges(one[a:b], other[a:b], weight[a:b]) for a, b in itertools.pairwise(bounds)]
