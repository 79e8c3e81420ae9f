"""Tables in every format: the same rows, numbered as a spreadsheet numbers them."""

from __future__ import annotations

import datetime
import gzip
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.errors import SourceError
from kg.model import Refusal
from kg.sources.formats import may_be_table
from kg.trackers.tables import TableRow, open_table

ROWS = [["day", "who", "note"], ["2021-03-04", "Ofcom", "two\nlines"], [], ["2021-03-05", "CNIL", ""]]
EXPECTED = [
    TableRow(2, {"day": "2021-03-04", "who": "Ofcom", "note": "two lines"}),
    TableRow(4, {"day": "2021-03-05", "who": "CNIL"}),
]


def write_text(path: Path, delimiter: str, encoding: str = "utf-8") -> Path:
    """Write the rows with a delimiter, the cell of two lines in quotation marks."""
    text = "\n".join(delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in ROWS) + "\n"
    path.write_bytes(gzip.compress(text.encode(encoding)) if path.suffix.lower() == ".gz" else text.encode(encoding))
    return path


def write_workbook(path: Path) -> Path:
    """Write the rows as a workbook, the days as days."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        days = [datetime.datetime.fromisoformat(cell) if cell.startswith("2021") else cell or None for cell in row]
        sheet.append(days)
    book.save(path)
    return path


def read(path: Path, delimiter: str | None = None) -> list[TableRow | Refusal]:
    """Read all rows of a table."""
    with open_table(str(path), delimiter) as table:
        assert table.header == ("day", "who", "note")
        return list(table.rows)


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "utf-8"),
        ("a.csv", ";", "utf-8-sig"),
        ("a.csv", "|", "latin-1"),
        ("a.tsv", "\t", "utf-8"),
        ("a.tsv.gz", "\t", "utf-8"),
        ("A.CSV.GZ", ",", "utf-8"),
        ("a.tsv", "\t", "utf-16"),
    ],
)
def test_tables_of_text(tmp_path: Path, name: str, delimiter: str, encoding: str) -> None:
    """A table reads the same with any delimiter, encoding and packing; empty rows count, as in a spreadsheet."""
    assert read(write_text(tmp_path / name, delimiter, encoding)) == EXPECTED


def test_tables_of_workbooks(tmp_path: Path) -> None:
    """A workbook reads like the text table of the same cells: its days are ISO days."""
    assert read(write_workbook(tmp_path / "a.xlsx")) == EXPECTED


def test_tables_of_workbooks_write_numbers_as_text(tmp_path: Path) -> None:
    """Whole numbers come without a fraction, and truth values as Yes and No."""
    book = Workbook()
    assert book.active is not None
    for row in (["a", "b", "c", "d"], [50000000.0, 1.5, True, 12]):
        book.active.append(row)
    book.save(tmp_path / "n.xlsx")
    with open_table(str(tmp_path / "n.xlsx")) as table:
        assert [row.cells for row in table.rows if isinstance(row, TableRow)] == [
            {"a": "50000000", "b": "1.5", "c": "Yes", "d": "12"}
        ]


def test_tables_refuse_a_row_of_too_many_cells(tmp_path: Path) -> None:
    """A row with more cells than the header is refused by its number, and the next is read; a short one lacks cells."""
    path = tmp_path / "a.csv"
    path.write_text("day,who,note\n1,2,3,4\n1\n1,2,3,,\n", encoding="utf-8")
    assert read(path) == [
        Refusal("row 2", "4 cells, want 3"),
        TableRow(3, {"day": "1"}),
        TableRow(4, {"day": "1", "who": "2", "note": "3"}),
    ]


def test_tables_clean_cells(tmp_path: Path) -> None:
    """Cells are untrusted: control and bidirectional characters go, and spaces of any kind are one space."""
    path = tmp_path / "a.csv"
    path.write_text("day,who,note\n\u202e1\u200b,a\u00a0\u00a0b\tc,\x1b[31mred\n", encoding="utf-8")
    (row,) = read(path)
    assert isinstance(row, TableRow)
    assert row.cells == {"day": "1", "who": "a b c", "note": "[31mred"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "empty: no header"), (b"no workbook", "no intact workbook"), (b"PK\x03\x04broken", "no intact workbook")],
)
def test_tables_refuse_damaged_workbooks(tmp_path: Path, content: bytes, expected: str) -> None:
    """A file that is no workbook is refused in one line."""
    path = tmp_path / ("a.xlsx" if content else "a.csv")
    path.write_bytes(content)
    with pytest.raises(SourceError, match=expected), open_table(str(path)):
        pass


def test_tables_refuse_bombs(tmp_path: Path) -> None:
    """A workbook that unpacks to more than the bound is refused before it is unpacked."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.filelist[0].file_size = 600_000_000  # What its directory says of it.
    with pytest.raises(SourceError, match="too large: more than 500 MB"), open_table(str(path)):
        pass


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.csv", True), ("a.TSV.gz", True), ("a.xlsx", True), ("a.md", False), ("a", False), ("-", False)],
)
def test_may_be_table(name: str, expected: bool) -> None:
    """What may be a tracker's table is told by the name of the file."""
    assert may_be_table(name) is expected
