"""Read tables: CSV and TSV, a document a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import BufferedIOBase

from kg.errors import SourceError
from kg.model import Refusal
from kg.sources.draft import Draft
from kg.sources.limits import MAX_DOCUMENT_BYTES
from kg.sources.lines import read_lines
from kg.sources.records import make_draft, match_columns


def read_table_rows(
    stem: str, stream: BufferedIOBase, where: str, *, delimiter: str, columns: Mapping[str, str] | None
) -> Iterator[Draft | Refusal]:
    """Read a document a row; its id is that of an id column, else the stem and the number of the row.

    Parameters
    ----------
    columns
        Field of a document (``text``, ``date``, ``id``, ``title`` …) to the name of its column; fields that are left
        out are found by the usual names.

    Raises
    ------
    SourceError
        If the table has no header, or no column for the text or for a field that ``columns`` names.
    """
    rows = TableRows(stream, delimiter)
    header = next(rows, None)
    if isinstance(header, Refusal) or not header:
        raise SourceError("empty: no header and no rows")
    names = [name.strip() or f"column {number}" for number, name in enumerate(header, 1)]
    matched = match_columns(names, columns)
    for number, row in enumerate(rows, 1):
        place = f"{where}:{rows.line}"
        if isinstance(row, Refusal):
            yield Refusal(place, row.reason)
        elif len(row) > len(names):
            yield Refusal(place, f"{len(row)} cells, want {len(names)}")
        elif any(row):
            try:
                record = dict(zip(names, row))  # noqa: B905  A short row lacks its last fields.
                yield make_draft(record, matched, id=f"{stem}-{number}", where=place, as_is=False)
            except SourceError as error:
                yield Refusal(place, str(error))


class TableRows:
    """The rows of a table; a damaged one comes out as a refusal, and the next is read.

    ``line`` is the last line of the row, ``number`` the row's own, empty ones counted as spreadsheets count them;
    ``start`` was read from the stream before.
    """

    def __init__(self, stream: BufferedIOBase, delimiter: str, start: bytes = b"") -> None:
        self.line = 0
        self.number = 0
        self._too_long = False
        csv.field_size_limit(MAX_DOCUMENT_BYTES)
        self._reader = csv.reader(self._read_clean(stream, start), delimiter=delimiter)

    def __iter__(self) -> TableRows:
        return self

    def __next__(self) -> list[str] | Refusal:
        while True:
            self._too_long = False
            self.number += 1
            try:
                row = next(self._reader)
            except csv.Error as error:
                return Refusal("", f"damaged row: {error}")
            if self._too_long:
                return Refusal("", f"too large: a line of more than {MAX_DOCUMENT_BYTES // 1_000_000} MB")
            if row:
                return row

    def _read_clean(self, stream: BufferedIOBase, start: bytes) -> Iterator[str]:
        for self.line, line in read_lines(stream, start):
            if line is None:
                self._too_long = True
                yield "\n"
            else:
                yield line.replace("\0", "")
