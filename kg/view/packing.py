"""Geometry of places, held as complex numbers x + iy: scale them, keep them apart, set parts of a picture together."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.complex128]  # half the work of two columns
Lengths: TypeAlias = NDArray[np.float64]
_Numbers: TypeAlias = NDArray[np.int64]

_ROUNDS = (6, 10, 14, 20, 30)  # after so many rounds it is found out anew which discs are near one another
_ENOUGH = 0.95  # discs that overlap by less than the rest are apart enough
_NEAR = 1.15  # discs this much closer than touching are watched until then
_LOOSE = 1.1  # how far most places may be from the middle, where their discs side by side would reach to 1
_ASPECT = 1.5  # pages are wider than high
_LOW = 0.4  # what is lower than this part of its row goes into a row of its own
_ALL_PAIRS = 60  # up to so many discs all pairs are compared, which is quicker than to look for those that are near
_TURNS = np.exp(1j * np.radians([0, 6, -6, 12, -12, 20, -20, 30, -30, 42, -42]))  # how a disc may leave its direction
_TURN_COST = 1 + 0.6 * np.abs(np.angle(_TURNS))  # a turn is worth it if the disc then comes this much nearer


def scale_edges(places: Places, one: _Numbers, other: _Numbers, length: float) -> Places:
    """Scale places so that the shorter edges (their lower quartile) are of the given length."""
    lengths = np.sort(np.abs(places[one] - places[other]))
    return places * (length / (float(lengths[len(lengths) // 4]) or 1.0) if len(lengths) else length)


def centre_places(places: Places) -> Places:
    """Move places so that the middle of their box is at the origin."""
    x, y = places.real, places.imag
    return places - complex((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)


def find_radius(places: Places) -> float:
    """Return how far the farthest place is from the origin."""
    return float(np.abs(places).max())


def pull_in_strays(places: Places) -> Places:
    """Bring places that are much farther from the origin than most (four fifths) to the rim of these."""
    distances = np.abs(places)
    rim = 1.25 * np.sort(distances)[len(places) * 4 // 5]
    pulled: Places = places * np.minimum(1.0, rim / np.where(distances > 0, distances, 1.0))
    return pulled


def draw_together(places: Places, radii: Lengths) -> Places:
    """Shrink places that reach much farther from the origin than discs about them need."""
    reach = float(np.sort(np.abs(places))[len(places) * 4 // 5])
    return places * min(1.0, _LOOSE * math.sqrt(float((radii**2).sum())) / (reach or 1.0))


def spread_places(places: Places, radii: Lengths) -> Places:
    """Push discs about the places apart, all pairs at once, until none overlap by much (or the rounds run out)."""
    if len(places) < 2:
        return places
    moved = places.copy()
    for rounds in _ROUNDS:
        one, other = _find_near(moved, radii)
        least = radii[one] + radii[other]
        pushed = 0
        while pushed < rounds and _push_apart(moved, one, other, least):
            pushed += 1
        if not pushed:
            break
    return moved


def spread_groups(groups: Sequence[Places], radii: Sequence[Lengths]) -> list[Places]:
    """Spread several groups of places, each by itself, in one go."""
    # Far from one another the groups don't touch, whatever happens within them.
    room = [2 * find_radius(places) + 2 * float(sizes.sum()) + 1.0 for places, sizes in zip(groups, radii, strict=True)]
    shifts = [0.0, *itertools.accumulate(room[:-1])]
    counts = [len(places) for places in groups]
    shift = np.repeat(shifts, counts)
    spread = spread_places(np.concatenate(groups) + shift, np.concatenate(radii)) - shift
    return np.split(spread, np.cumsum(counts)[:-1])


def gather_discs(centres: Places, radii: Lengths) -> Places:
    """Set discs about the origin as near as they can lie without touching, each about in its own direction.

    The largest stands in the middle, the next beside it, for the whole is to be wider than high.
    """
    gathered = np.zeros(len(centres), complex)
    order = np.argsort(-radii, kind="stable")
    ways = centres - centres[order[0]]
    ways = np.where(np.abs(ways) > 0, ways, np.exp(2.4j * np.arange(len(ways))))  # no direction of its own: any
    ways = (ways / np.abs(ways) / np.exp(1j * np.angle(ways[order[:2][-1]])))[:, None] * _TURNS
    for place, disc in enumerate(order.tolist()):
        set_down, way = order[:place], ways[disc]
        steps = _find_free_steps(way, gathered[set_down], radii[set_down] + radii[disc])
        ends = way * steps
        cost = np.hypot(ends.real / _ASPECT, ends.imag) * _TURN_COST
        gathered[disc] = ends[int(cost.argmin())]
    return gathered


def _find_free_steps(ways: Places, taken: Places, least: Lengths) -> Lengths:
    """Find how far one has to go from the origin, in each direction, to be far enough from all places taken."""
    along = (ways[:, None].conj() * taken).real
    reach = least**2 - np.abs(taken) ** 2 + along**2
    half = np.sqrt(np.maximum(reach, 0.0))
    # Within (near, far) one would touch the place; where the way passes by it, nowhere.
    near, far = np.where(reach > 0, along - half, np.inf), np.where(reach > 0, along + half, -np.inf)
    steps: Lengths = np.zeros(len(ways))
    while True:
        blocked = (near < steps[:, None] - 1e-9) & (far > steps[:, None] + 1e-9)
        if not blocked.any():
            return steps
        steps = np.where(blocked.any(axis=1), np.where(blocked, far, -np.inf).max(axis=1), steps)


def _push_apart(place: Places, one: _Numbers, other: _Numbers, least: Lengths) -> bool:
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


def _find_near(place: Places, sizes: Lengths) -> tuple[_Numbers, _Numbers]:
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


def pack_boxes(boxes: Sequence[Places], margin: float) -> list[Places]:
    """Set groups of places side by side in rows, in the order given, about as wide as a page."""
    sizes = []
    for box in boxes:
        x, y = box.real, box.imag
        left, top = float(x.min()), float(y.min())
        sizes.append((complex(left, top), float(x.max()) - left + margin, float(y.max()) - top + margin))
    area = sum(width * height for _, width, height in sizes)
    row_width = max([math.sqrt(area * _ASPECT), *(width for _, width, _ in sizes)], default=0.0)
    packed = []
    left = top = row_height = 0.0
    for box, (corner, width, height) in zip(boxes, sizes, strict=True):
        if left > 0 and (left + width > row_width * 1.001 or height < row_height * _LOW):
            left, top, row_height = 0.0, top + row_height, 0.0
        packed.append(box - corner + complex(left, top))
        left, row_height = left + width, max(row_height, height)
    return packed
