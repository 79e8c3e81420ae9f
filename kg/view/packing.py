"""Geometry of points: scale them, keep them apart, and set the parts of a picture side by side."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Point = tuple[float, float]

_ROUNDS = 80
_ASPECT = 1.5  # pages are wider than high
_LOW = 0.4  # what is lower than this part of its row goes into a row of its own


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
    """Push discs about the points apart, pair by pair, until none overlap (or the rounds run out)."""
    placed = [list(point) for point in points]
    cell = 2 * max(radii)
    for _ in range(_ROUNDS):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(placed):
            cells[int(x // cell), int(y // cell)].append(index)
        moved = False
        for index in range(len(placed)):
            column, row = int(placed[index][0] // cell), int(placed[index][1] // cell)
            for near_column in (column - 1, column, column + 1):
                for near_row in (row - 1, row, row + 1):
                    for other in cells.get((near_column, near_row), ()):
                        if other > index:
                            least = radii[index] + radii[other]
                            moved |= _push_apart(placed[index], placed[other], least, salt=index)
        if not moved:
            break
    return [(x, y) for x, y in placed]


def _push_apart(one: list[float], other: list[float], least: float, salt: int) -> bool:
    across, down = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(across, down)
    if distance >= least:
        return False
    if distance < 1e-6:  # the same place: part them in a direction that differs from pair to pair
        across, down, distance = math.cos(salt), math.sin(salt), 1.0
        push = least / 2
    else:
        push = (least - distance) / 2 + 0.5
    across, down = across / distance * push, down / distance * push
    one[0] -= across
    one[1] -= down
    other[0] += across
    other[1] += down
    return True


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
