"""Read the tables that domain experts edit; refuse a bad row with its file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with where it stands for messages."""

    file: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def split(self, column: str) -> tuple[str, ...]:
        """Split a list cell at its bars."""
        return tuple(part for part in (raw.strip() for raw in self.cells[column].split("|")) if part)

    def reject(self, reason: str) -> DataError:
        """Make the error that names this row."""
        return DataError(f"{self.file}:{self.line}: {reason}")

    def require_one_of(self, column: str, allowed: Sequence[str] | frozenset[str]) -> str:
        """Return the cell if it is allowed.

        Raises
        ------
        DataError
            If it is not; the message lists what is.
        """
        value = self.cells[column]
        if value not in allowed:
            raise self.reject(f"{column} {value!r} is not one of {', '.join(sorted(allowed))}")
        return value


def read_table(file: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Read a CSV table with exactly these columns; lines that start with ``#`` are comments.

    Raises
    ------
    DataError
        If the file is missing, its header differs, or a row has too few or too many cells.
    """
    try:
        handle = file.open(encoding="utf-8", newline="")
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}") from error
    with handle:
        reader = csv.reader(handle)
        header = next(reader, [])
        if header != list(columns):
            raise DataError(f"{file}:1: the columns are {','.join(header)}, want {','.join(columns)}")
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) != len(columns):
                raise DataError(f"{file}:{reader.line_num}: {len(cells)} cells, want {len(columns)}")
            yield Row(file, reader.line_num, dict(zip(columns, (cell.strip() for cell in cells))))  # noqa: B905
