"""Read the tables of trackers: each row a document and its claims, a bad row a refusal by number and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath

from kg.errors import SourceError
from kg.kb import KnowledgeBase
from kg.model import Document, PartialDate, Reading, Refusal
from kg.model.ids import make_digest
from kg.sources.formats import show_path
from kg.sources.limits import MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS
from kg.trackers.agents import AgentLinker
from kg.trackers.amounts import read_date
from kg.trackers.claims import ClaimMaker, RowContext
from kg.trackers.mapping import Date, TrackerMapping
from kg.trackers.rendering import render_row
from kg.trackers.tables import TableRow, open_table
from kg.trackers.values import find_values, hold_conditions


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """What one row of a tracker is: a document, and what it says."""

    tracker: str
    document: Document
    reading: Reading


def choose_mapping(path: str, mappings: Sequence[TrackerMapping]) -> TrackerMapping | None:
    """Choose the first mapping whose columns the table has; None if none fits, or the file is no table.

    Raises
    ------
    SourceError
        If the file can't be opened, is damaged, or has no header.
    """
    for mapping in mappings:
        with open_table(path, mapping.delimiter) as table:
            if set(mapping.columns) <= set(table.header):
                return mapping
    return None


def list_missing_columns(path: str, mapping: TrackerMapping) -> tuple[str, ...]:
    """List the columns of a mapping that a table lacks.

    Raises
    ------
    SourceError
        If the file can't be opened, is damaged, or has no header.
    """
    with open_table(path, mapping.delimiter) as table:
        return tuple(column for column in mapping.columns if column not in table.header)


def read_tracker(path: str, mapping: TrackerMapping, kb: KnowledgeBase) -> Iterator[TrackerRow | Refusal]:
    """Read a table by a mapping, a row after the other.

    A bad row comes out as a `Refusal` that names the file, the row and the reason, and the rest goes on. Rows that are
    well formed and yet make no claim come out as one refusal a reason, with their number, at the end.

    Parameters
    ----------
    path
        The file; rows are numbered as in a spreadsheet, the header being row 1.
    mapping
        How its rows are read; the table has its columns.
    kb
        The knowledge base that parties and laws are linked to.
    """
    where = show_path(path)
    try:
        with open_table(path, mapping.delimiter) as table:
            reader = RowReader(where, table.header, mapping, kb)
            for row in table.rows:
                if isinstance(row, Refusal):
                    yield Refusal(f"{where}: {row.source}", row.reason)
                elif (read := reader.read(row)) is not None:
                    yield read
            yield from reader.describe_left_out()
    except SourceError as error:
        yield Refusal(where, str(error))


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one source by a mapping, and remembers what was left out and why."""

    where: str
    header: tuple[str, ...]
    mapping: TrackerMapping
    kb: KnowledgeBase
    linker: AgentLinker = field(init=False)
    maker: ClaimMaker = field(init=False)
    known: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.linker = AgentLinker(self.kb)
        self.maker = ClaimMaker(self.mapping, self.linker)

    def read(self, row: TableRow) -> TrackerRow | Refusal | None:
        """Read a row; None where it is well formed and yet makes no claim."""
        try:
            made = self._read_row(row)
        except SourceError as error:
            return Refusal(f"{self.where}: row {row.number}", str(error))
        if isinstance(made, TrackerRow):
            return made
        self.left_out.setdefault(made, []).append(row.number)
        return None

    def describe_left_out(self) -> Iterator[Refusal]:
        """Describe the rows that made no claim, a refusal a reason."""
        for reason, numbers in sorted(self.left_out.items(), key=lambda item: (item[1][0], item[0])):
            count = "1 row makes" if len(numbers) == 1 else f"{len(numbers):,} rows make"
            yield Refusal(self.where, f"{count} no claim: {reason} (the first is row {numbers[0]})")

    def _read_row(self, row: TableRow) -> TrackerRow | str:
        mapping, cells = self.mapping, row.cells
        for rule in mapping.leave_out:
            if hold_conditions(rule.when, cells):
                return rule.reason
        for column in mapping.required:
            if column not in cells:
                raise SourceError(f"{column}: the cell is empty")
        self._check_order(row)
        rendered = render_row(row, mapping.text or self.header)
        if len(rendered.text) > MAX_TEXT_CHARACTERS:
            raise SourceError(f"cells of {len(rendered.text)} characters; at most {MAX_TEXT_CHARACTERS} are read")
        document_id = self._make_id(row)
        published = read_date(mapping.published, cells) if mapping.published else None
        context = RowContext(document_id, row, rendered, self._find_country(row), published)
        claims, reason = self.maker.make_claims(context)
        if reason is not None:
            return reason
        former = self.known.setdefault(document_id, row.number)
        if former != row.number:
            raise SourceError(f"it has the id of row {former}: {document_id!r}")
        for claim in claims:
            claim.evidence.check(rendered.text)
        document = self._make_document(context)
        return TrackerRow(mapping.tracker, document, Reading(document_id, tuple(claims), ()))

    def _check_order(self, row: TableRow) -> None:
        """Hold that the days of ``in_order`` follow one another."""
        dates = [
            (column, date) for column in self.mapping.in_order if (date := read_date(Date(column=column), row.cells))
        ]
        for (before, first), (after, then) in pairwise(dates):
            if then < first and not then.is_compatible(first):
                raise SourceError(f"{after}: {then} is before {before} {first}")

    def _make_id(self, row: TableRow) -> str:
        """Make the id of a row of its content, so that it stays when rows are put before it."""
        columns = self.mapping.id
        for column in columns:
            if column not in row.cells:
                raise SourceError(f"{column}: the cell is empty, and the row's id is made of it")
        cells = [row.cells[column] for column in columns]
        name = "-".join(cells) or make_digest(*(f"{column}={cell}" for column, cell in sorted(row.cells.items())))
        if len(name) > MAX_ID_CHARACTERS - len(self.mapping.tracker) - 1:
            name = make_digest(*cells)
        return f"{self.mapping.tracker}:{name}"

    def _find_country(self, row: TableRow) -> str | None:
        """Find the one country of a row; a row of several has none, and is no bad one."""
        if self.mapping.country is None:
            return None
        codes: set[str] = set()
        for found in find_values(self.mapping.country, row.cells):
            code = self.linker.find_country(found.text)
            if code is None:
                raise SourceError(f"{found.column}: {found.text[:80]!r} is no country of the knowledge base")
            codes.add(code)
        return codes.pop() if len(codes) == 1 else None

    def _make_document(self, context: RowContext) -> Document:
        mapping, row = self.mapping, context.row
        links = find_values(mapping.link, row.cells) if mapping.link else []
        published: PartialDate | None = context.published
        return Document(
            id=context.document_id,
            text=context.rendered.text,
            source=f"{self.where}: row {row.number}",
            title=f"{mapping.title}, row {row.number} of {PurePath(self.where).name}",
            url=links[0].text if links else None,
            published=published,
            publisher=mapping.publisher,
            licence=mapping.licence,
        )
