"""Read the tables of trackers: a header, and numbered rows of cells in one form; CSV, TSV (each also .gz) and XLSX."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from kg.errors import SourceError
from kg.model import Refusal
from kg.normalize.text import squeeze_line
from kg.sources.files import open_source, read_all
from kg.sources.formats import find_format, is_workbook
from kg.sources.limits import MAX_DOCUMENT_BYTES
from kg.sources.tables import TableRows

_DELIMITERS = (",", ";", "\t", "|")
_MAX_UNPACKED_SHEET = 500_000_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its number in a spreadsheet (the header is row 1), its cells by the names of their columns."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """An open table; a row that can't be read comes out as a refusal."""

    header: tuple[str, ...]
    rows: Iterator[TableRow | Refusal]


@contextmanager
def open_table(path: str, delimiter: str | None = None) -> Iterator[Table]:
    """Open a table.

    Parameters
    ----------
    path
        The file.
    delimiter
        What stands between cells; None takes the tab for TSV, else what the header has most of.

    Raises
    ------
    SourceError
        If it can't be opened, is damaged, or has no header.
    """
    with open_source(path) as stream:
        if is_workbook(path):
            lines = _read_workbook(read_all(stream, MAX_DOCUMENT_BYTES))
        else:
            first = stream.readline(MAX_DOCUMENT_BYTES)
            if delimiter is None:
                delimiter = "\t" if find_format(path) == "tsv" else _guess_delimiter(first)
            lines = _read_text(TableRows(stream, delimiter, first))
        number, header = next(lines, (1, None))
        if isinstance(header, Refusal):
            raise SourceError(header.reason)
        if not header:
            raise SourceError("empty: no header and no rows")
        names = tuple(squeeze_line(name) for name in header)
        yield Table(names, (_make_row(names, number, cells) for number, cells in lines))


def _guess_delimiter(line: bytes) -> str:
    return max(_DELIMITERS, key=lambda delimiter: line.count(delimiter.encode()))


def _read_text(rows: TableRows) -> Iterator[tuple[int, list[str] | Refusal]]:
    for cells in rows:
        yield rows.number, cells


def _make_row(names: tuple[str, ...], number: int, cells: list[str] | Refusal) -> TableRow | Refusal:
    if isinstance(cells, Refusal):
        return Refusal(f"row {number}", cells.reason)
    if any(cell.strip() for cell in cells[len(names) :]):
        return Refusal(f"row {number}", f"{len(cells)} cells, want {len(names)}")
    clean = [squeeze_line(cell) for cell in cells[: len(names)]]
    clean += [""] * (len(names) - len(clean))
    return TableRow(number, {name: cell for name, cell in zip(names, clean) if name and cell})  # noqa: B905  Equal lengths.


def _read_workbook(data: bytes) -> Iterator[tuple[int, list[str] | Refusal]]:
    # Here and not above: few tables are workbooks.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED_SHEET:
                raise SourceError(f"too large: more than {_MAX_UNPACKED_SHEET // 1_000_000} MB unpacked")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of what it mends.
            book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except SourceError:
        raise
    except Exception as error:  # Parsers over hostile input: whatever they trip over costs this file only.
        raise SourceError(f"this is no intact workbook: {_describe(error)}") from error
    number = 0
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            texts = [_write_cell(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield number, texts
    except Exception as error:  # The same, in the midst of a sheet: the rows before are read.
        yield number + 1, Refusal("", f"this is no intact workbook: {_describe(error)}")
    finally:
        book.close()


def _describe(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200] or type(error).__name__


def _write_cell(cell: object) -> str:
    """Write a cell as a text table would have it: days without their midnight, whole numbers without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
