"""Charts as SVG inside the page: stacked columns, a matrix of discs, a matrix of shades. No script, no library."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

_LEFT, _TOP, _FOOT = 190, 18, 24
_HEAD = 96  # room above a matrix for the names of its columns, which are turned
_ROW, _DISC_ROW = 34, 46  # the height of a row; below a disc stands its value
_LABEL_ROOM = 38  # what a year needs of an axis
_LONGEST = 27
_APART, _HIGHEST = 13, 12  # of the dots of a timeline


def draw_columns(values: Mapping[int, Mapping[str, int]], groups: Sequence[str], title: str) -> Markup:
    """Draw a stacked column a year, each part in the colour of its group (class ``g-…``)."""
    if not values:
        return Markup("")
    first, last = min(values), max(values)
    height, bar = 190, max(6.0, min(46.0, 760 / (last - first + 1)))
    most = max(sum(row.values()) for row in values.values())
    parts = []
    every = math.ceil(_LABEL_ROOM / bar)
    for year in range(first, last + 1):
        left, top = (year - first) * bar + 40, float(height + _TOP)
        row = values.get(year, {})
        for group in groups:
            if not (count := row.get(group, 0)):
                continue
            size = count / most * height
            top -= size
            tip = f"{year}: {count} {group}"
            parts.append(_make_rect(left + bar * 0.1, top, bar * 0.8, size, f"g-{group}", tip))
        if (last - year) % every == 0:
            parts.append(_make_text(left + bar / 2, height + _TOP + 15, str(year), "middle"))
    parts.append(_make_text(34, _TOP + 4, str(most), "end"))
    parts.append(_make_text(34, height + _TOP, "0", "end"))
    return _make_svg((last - first + 1) * bar + 60, height + _TOP + _FOOT, title, parts)


def draw_discs(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Mapping[tuple[str, str], float],
    title: str,
    format_value: Callable[[float], str],
) -> Markup:
    """Draw a disc for each value, its area the value, in the row and column that its key names; below it the value."""
    if not values:
        return Markup("")
    most = max(values.values())
    step = max(34.0, min(70.0, 700 / len(columns)))
    parts = _make_frame(rows, columns, step, _DISC_ROW)
    for (row, column), value in sorted(values.items()):
        x, y = _LEFT + (columns.index(column) + 0.5) * step, _HEAD + rows.index(row) * _DISC_ROW + 17
        radius = max(2.0, 15.5 * math.sqrt(value / most))
        tip = f"{row}, {column}: {format_value(value)}"
        parts.append(
            Markup('<circle class="disc" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>').format(
                x, y, radius, tip
            )
        )
        parts.append(_make_text(x, y + radius + 12, _round_off(value), "middle", "small"))
    return _make_svg(_find_width(len(columns), step), _HEAD + len(rows) * _DISC_ROW + 6, title, parts)


def draw_shades(
    rows: Sequence[str], columns: Sequence[str], values: Mapping[tuple[str, str], int], title: str
) -> Markup:
    """Draw a square for each value, the darker the more, with the number in it."""
    if not values:
        return Markup("")
    most = max(values.values())
    step = max(34.0, min(64.0, 700 / len(columns)))
    parts = _make_frame(rows, columns, step, _ROW)
    for (row, column), value in sorted(values.items()):
        left, top = _LEFT + columns.index(column) * step, _HEAD + rows.index(row) * _ROW
        # In steps, so that the number has its contrast on each of them.
        shade = min(4, 1 + int(4 * (value - 1) / max(1, most - 1))) if most > 1 else 1
        parts.append(_make_rect(left + 1, top + 1, step - 2, 32, f"shade-{shade}", f"{row}, {column}: {value}"))
        parts.append(_make_text(left + step / 2, top + 21, str(value), "middle", f"on-{shade}"))
    return _make_svg(_find_width(len(columns), step), _HEAD + len(rows) * _ROW + 6, title, parts)


def draw_timeline(
    points: Sequence[tuple[float, str, str, str]], ticks: Sequence[tuple[float, str]], title: str
) -> Markup:
    """Draw a dot for each ``(place from 0 to 1, group, status, words)`` on a line, with dates below it."""
    columns = [round((20 + 860 * place) / _APART) for place, _, _, _ in points]
    ground = 20 + _APART * min(_HIGHEST, max(map(columns.count, columns), default=1))
    parts = [Markup('<line class="axis" x1="20" y1="{0}" x2="880" y2="{0}"/>').format(ground)]
    taken: dict[int, int] = {}
    for (place, group, status, words), column in zip(points, columns, strict=True):
        level = taken.get(column, 0)
        taken[column] = level + 1
        parts.append(
            Markup('<circle class="g-{} s-{}" cx="{:.1f}" cy="{:.1f}" r="6"><title>{}</title></circle>').format(
                group, status, 20 + 860 * place, ground - _APART * min(level, _HIGHEST - 1), words
            )
        )
    for place, date in ticks:
        x, anchor = 20 + 860 * place, "start" if place == 0 else "end" if place == 1 else "middle"
        parts.append(
            Markup('<line class="axis" x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>').format(x, ground, ground + 9)
        )
        parts.append(_make_text(x, ground + 24, date, anchor))
    return _make_svg(900, ground + 30, title, parts)


def _make_frame(rows: Sequence[str], columns: Sequence[str], step: float, height: int) -> list[Markup]:
    names = [
        _make_text(_LEFT - 8, _HEAD + place * height + 21, _shorten(name, _LONGEST), "end")
        for place, name in enumerate(rows)
    ]
    shape = '<text transform="translate({:.1f} {}) rotate(-40)">{}</text>'
    heads = [
        Markup(shape).format(_LEFT + (place + 0.5) * step, _HEAD - 8, _shorten(name, _LONGEST - 9))
        for place, name in enumerate(columns)
    ]
    return names + heads


def _find_width(columns: int, step: float) -> float:
    # The name of the last column leans out to the right.
    return _LEFT + columns * step + 90


def _round_off(value: float) -> str:
    """Write 4,340,000,000 as 4.3 bn."""
    for size, unit in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if value >= size * 0.9995:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _make_rect(left: float, top: float, width: float, height: float, kind: str, tip: str) -> Markup:
    shape = '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
    return Markup(shape).format(kind, left, top, width, height, tip)


def _make_text(x: float, y: float, text: str, anchor: str, kind: str = "") -> Markup:
    shape = '<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>'
    return Markup(shape).format(kind, x, y, anchor, text)


def _make_svg(width: float, height: float, title: str, parts: Sequence[Markup]) -> Markup:
    head = Markup('<svg class="chart" role="img" viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" aria-label="{}">').format(
        width, height, width, title
    )
    return Markup("{}{}</svg>").format(head, Markup("").join(escape(part) for part in parts))
