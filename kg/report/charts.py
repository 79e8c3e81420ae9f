"""Charts as inline SVG, drawn by hand: bars, columns and a matrix. No script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

WIDTH = 720
_ROW, _LABEL, _GAP = 22, 220, 8
_HEIGHT, _FOOT = 220, 40
_LONGEST = 34  # characters of a label


def draw_bars(title: str, labels: Sequence[str], values: Sequence[float], *, unit: str = "") -> Markup:
    """Draw a horizontal bar for each label, with its value behind it.

    Parameters
    ----------
    title
        What the chart shows, for those who don't see it.
    labels, values
        The bars, from the top; values of at least 0.
    unit
        What the values count.
    """
    most = max(values, default=0) or 1
    room = WIDTH - _LABEL - 90
    parts = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        top, length = place * _ROW, room * value / most
        parts.append(
            Markup(
                '<text x="{x}" y="{y}" text-anchor="end">{label}</text>'
                '<rect x="{left}" y="{top}" width="{length}" height="{height}">'
                "<title>{label}: {value} {unit}</title></rect>"
                '<text x="{behind}" y="{y}">{value}</text>'
            ).format(
                x=_LABEL - _GAP,
                y=top + 15,
                label=shorten(label),
                left=_LABEL,
                top=top + 3,
                length=round(max(length, 1), 1),
                height=_ROW - 6,
                behind=round(_LABEL + length + _GAP, 1),
                value=format_number(value),
                unit=unit,
            )
        )
    return _frame(title, _ROW * len(labels), parts)


def draw_columns(
    title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], *, unit: str = ""
) -> Markup:
    """Draw a column for each label, the series on top of one another, in the order of a legend.

    Parameters
    ----------
    title
        What the chart shows, for those who don't see it.
    labels
        Under the columns, from the left.
    series
        Names, each with a value for each label.
    unit
        What the values count.
    """
    sums = [sum(values[place] for _, values in series) for place in range(len(labels))]
    most = max(sums, default=0) or 1
    step = (WIDTH - 60) / max(1, len(labels))
    every = max(1, -(-len(labels) // 16))  # more labels than that would touch
    parts = [
        Markup(
            '<line x1="50" x2="{right}" y1="{y}" y2="{y}" class="grid"/>'
            '<text x="44" y="{down}" text-anchor="end">{n}</text>'
        ).format(
            right=WIDTH,
            y=round(_HEIGHT - _HEIGHT * share, 1),
            down=round(_HEIGHT - _HEIGHT * share + 4, 1),
            n=format_number(most * share),
        )
        for share in (0, 0.5, 1)
    ]
    for place, label in enumerate(labels):
        left, top = 55 + place * step, float(_HEIGHT)
        for number, (name, values) in enumerate(series):
            height = _HEIGHT * values[place] / most
            if not height:
                continue
            top -= height
            parts.append(
                Markup(
                    '<rect x="{x}" y="{y}" width="{w}" height="{h}" class="s{n}">'
                    "<title>{label}, {name}: {value} {unit}</title></rect>"
                ).format(
                    x=round(left, 1), y=round(top, 1), w=round(max(step - 3, 1), 1), h=round(height, 1), n=number % 6,
                    label=label, name=name, value=format_number(values[place]), unit=unit,
                )
            )  # fmt: skip
        if place % every == 0:
            parts.append(
                Markup('<text x="{x}" y="{y}" text-anchor="middle">{label}</text>').format(
                    x=round(left + step / 2, 1), y=_HEIGHT + 18, label=label
                )
            )
    return _frame(title, _HEIGHT + _FOOT, parts, top=12)


def draw_matrix(title: str, names: Sequence[str], cells: dict[tuple[str, str], tuple[float, str]]) -> Markup:
    """Draw a matrix, from the row to the column: the larger the share of a cell, the darker it is.

    Parameters
    ----------
    title
        What the chart shows, for those who don't see it.
    names
        The rows and columns.
    cells
        By row and column: a share from 0 to 1, and the words in the cell.
    """
    width, height, left, top = 84, 34, 110, 30
    parts = [
        Markup('<text x="{x}" y="20" text-anchor="middle">{name}</text>').format(
            x=left + place * width + width // 2, name=name
        )
        for place, name in enumerate(names)
    ]
    for row, one in enumerate(names):
        y = top + row * height
        parts.append(
            Markup('<text x="{x}" y="{y}" text-anchor="end">{name}</text>').format(x=left - _GAP, y=y + 21, name=one)
        )
        for column, other in enumerate(names):
            share, words = cells.get((one, other), (0.0, ""))
            parts.append(
                Markup(
                    '<rect x="{x}" y="{y}" width="{w}" height="{h}" class="cell" fill-opacity="{share}"/>'
                    '<text x="{middle}" y="{line}" text-anchor="middle">{words}</text>'
                ).format(
                    x=left + column * width, y=y, w=width - 2, h=height - 2, share=round(0.06 + 0.6 * share, 3),
                    middle=left + column * width + width // 2, line=y + 21, words=words,
                )
            )  # fmt: skip
    return _frame(title, top + height * len(names), parts)


def shorten(label: str) -> str:
    """Cut a label that would not fit."""
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def format_number(value: float) -> str:
    """Write a number for people: 1,234; 0.053; 1.2 bn."""
    for size, name in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:.3g}{name}"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


def _frame(title: str, height: float, parts: Sequence[Markup], *, top: int = 0) -> Markup:
    head = Markup('<svg role="img" viewBox="0 {top} {width} {height}" aria-label="{title}">').format(
        top=-top, width=WIDTH, height=round(height + top), title=title
    )
    return head + Markup("").join(parts) + Markup("</svg>")
