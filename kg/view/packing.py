"""Geometry of points: scale them, keep them apart, and set the parts of a picture side by side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
_Places: TypeAlias = NDArray[np.complex128]  # x + iy: half the work of two columns
_Lengths: TypeAlias = NDArray[np.float64]
_Numbers: TypeAlias = NDArray[np.int64]

_ROUNDS = (4, 8, 8, 8, 12, 12, 12, 16)  # after so many rounds it is found out anew which discs are near one another
_ENOUGH = 0.95  # discs that overlap by less than the rest are apart enough
_NEAR = 1.15  # discs this much closer than touching are watched until then
_ASPECT = 1.5  # pages are wider than high
_LOW = 0.4  # what is lower than this part of its row goes into a row of its own
_ALL_PAIRS = 60  # up to so many discs all pairs are compared, which is quicker than to look for those that are near


def scale_edges(points: list[Point], edges: Sequence[tuple[int, int]], length: float) -> list[Point]:
    """Scale points so that the shorter edges (their lower quartile) are of the given length."""
    lengths = sorted(math.dist(points[source], points[target]) for source, target in edges)
    factor = length / (lengths[len(lengths) // 4] or 1.0) if lengths else length
    return [(x * factor, y * factor) for x, y in points]


def centre_points(points: list[Point]) -> list[Point]:
    """Move points so that the middle of their box is at the origin."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return [(x - middle_x, y - middle_y) for x, y in points]


def find_radius(points: list[Point]) -> float:
    """Return how far the farthest point is from the origin."""
    return max(math.hypot(x, y) for x, y in points)


def pull_in_strays(points: list[Point]) -> list[Point]:
    """Bring points that are much farther from the origin than most (four fifths) to the rim of these."""
    distances = sorted(math.hypot(x, y) for x, y in points)
    rim = 1.25 * distances[len(distances) * 4 // 5]
    return [(x * factor, y * factor) for x, y in points for factor in [min(1.0, rim / (math.hypot(x, y) or 1.0))]]


def spread_points(points: list[Point], radii: Sequence[float]) -> list[Point]:
    """Push discs about the points apart, all pairs at once, until none overlap by much (or the rounds run out)."""
    if len(points) < 2:
        return points
    placed, sizes = np.array(points, dtype=float), np.array(radii, dtype=float)
    place = placed[:, 0] + 1j * placed[:, 1]
    for rounds in _ROUNDS:
        one, other = _find_near(place, sizes)
        least = sizes[one] + sizes[other]
        pushed = 0
        while pushed < rounds and _push_apart(place, one, other, least):
            pushed += 1
        if not pushed:
            break
    return list(zip(place.real.tolist(), place.imag.tolist(), strict=True))


def spread_groups(groups: list[list[Point]], radii: Sequence[Sequence[float]]) -> list[list[Point]]:
    """Spread several groups of points, each by itself, in one go."""
    # Far from one another the groups don't touch, whatever happens within them.
    shifts, shift = [], 0.0
    for points, sizes in zip(groups, radii, strict=True):
        shifts.append(shift)
        shift += 2 * find_radius(points) + 2 * sum(sizes) + 1.0
    moved = [(x + left, y) for points, left in zip(groups, shifts, strict=True) for x, y in points]
    spread = iter(spread_points(moved, [size for sizes in radii for size in sizes]))
    return [
        [(x - left, y) for x, y in itertools.islice(spread, len(points))]
        for points, left in zip(groups, shifts, strict=True)
    ]


def _push_apart(place: _Places, one: _Numbers, other: _Numbers, least: _Lengths) -> bool:
    across = place[other] - place[one]
    distance = np.abs(across)
    close = np.flatnonzero(distance < least)
    if not close.size or not (distance[close] < least[close] * _ENOUGH).any():
        return False
    one, other, across, distance, least = one[close], other[close], across[close], distance[close], least[close]
    push = (least - distance) / 2 + 0.5
    # The same place: part them in a direction that differs from pair to pair.
    same = np.flatnonzero(distance < 1e-6)
    across[same], distance[same] = np.exp(1j * one[same]), 1.0
    move = across * (push / distance)
    ends, moves = np.concatenate([other, one]), np.concatenate([move, -move])
    count = len(place)
    place += np.bincount(ends, moves.real, count) + 1j * np.bincount(ends, moves.imag, count)
    return True


def _find_near(place: _Places, sizes: _Lengths) -> tuple[_Numbers, _Numbers]:
    """Find the pairs of discs that are near one another, by way of a grid of cells."""
    count = len(place)
    if count <= _ALL_PAIRS:
        one, other = np.triu_indices(count, 1)
        return one, other
    cell = 2 * float(sizes.max()) * _NEAR
    columns, rows = (np.floor(side / cell).astype(np.int64) for side in (place.real, place.imag))
    rows -= rows.min()
    height = int(rows.max()) + 3
    keys = (columns - columns.min() + 1) * height + rows + 1
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    pairs: list[tuple[Any, Any]] = []
    for step in (0, 1, height - 1, height, height + 1):
        left = np.searchsorted(ordered, ordered + step, side="left")
        right = np.searchsorted(ordered, ordered + step, side="right")
        if step == 0:
            left = np.arange(1, count + 1)
        many = np.maximum(right - left, 0)
        one = np.repeat(np.arange(count), many)
        other = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(left, many)
        pairs.append((order[one], order[other]))
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    near = np.abs(place[other] - place[one]) < (sizes[one] + sizes[other]) * _NEAR
    return one[near], other[near]


def pack_boxes(boxes: list[list[Point]], margin: float) -> list[list[Point]]:
    """Set groups of points side by side in rows, in the order given, about as wide as a page."""
    sizes = []
    for box in boxes:
        xs, ys = [x for x, _ in box], [y for _, y in box]
        sizes.append((min(xs), min(ys), max(xs) - min(xs) + margin, max(ys) - min(ys) + margin))
    area = sum(width * height for _, _, width, height in sizes)
    row_width = max([math.sqrt(area * _ASPECT), *(width for _, _, width, _ in sizes)], default=0.0)
    packed = []
    left = top = row_height = 0.0
    for box, (least_x, least_y, width, height) in zip(boxes, sizes, strict=True):
        if left > 0 and (left + width > row_width * 1.001 or height < row_height * _LOW):
            left, top, row_height = 0.0, top + row_height, 0.0
        packed.append([(x - least_x + left, y - least_y + top) for x, y in box])
        left, row_height = left + width, max(row_height, height)
    return packed
