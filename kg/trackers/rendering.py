"""Write a row as the text of a document: a line a cell, so that evidence can point at cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.trackers.tables import TableRow


@dataclass(frozen=True, slots=True)
class RenderedRow:
    """A row's text, and where in it each cell and its line stand (half-open)."""

    text: str
    cells: dict[str, tuple[int, int]]
    lines: dict[str, tuple[int, int]]

    def find_line(self, column: str) -> Span:
        """Give the span of a cell's whole line, the name of its column included."""
        start, end = self.lines[column]
        return Span(start, end, self.text[start:end])

    def find_part(self, column: str, start: int, end: int) -> Span:
        """Give the span of a part of a cell, by offsets into the cell."""
        first = self.cells[column][0]
        return Span(first + start, first + end, self.text[first + start : first + end])

    def quote_lines(self, spans: Sequence[Span]) -> Span:
        """Give the whole lines from the first to the last of some spans."""
        first, last = min(span.start for span in spans), max(span.end for span in spans)
        start = max(line[0] for line in self.lines.values() if line[0] <= first)
        end = min(line[1] for line in self.lines.values() if line[1] >= last)
        return Span(start, end, self.text[start:end])


def render_row(row: TableRow, columns: Sequence[str]) -> RenderedRow:
    """Write the cells of a row that hold something as lines ``column: cell``, in the order of the columns."""
    lines: list[str] = []
    cell_spans: dict[str, tuple[int, int]] = {}
    line_spans: dict[str, tuple[int, int]] = {}
    position = 0
    for column in columns:
        cell = row.cells.get(column)
        if not cell:
            continue
        line = f"{column}: {cell}"
        cell_spans[column] = (position + len(column) + 2, position + len(line))
        line_spans[column] = (position, position + len(line))
        lines.append(line)
        position += len(line) + 1
    return RenderedRow("\n".join(lines), cell_spans, line_spans)
