"""Cells of tables whose words come from anywhere, so that a spreadsheet shows them and does not run them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
# What spreadsheets take for the start of a formula, those of East Asian editions in full width too.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LIST_GAP = "; "


def defuse_cell(text: str) -> str:
    """Set an apostrophe before a text that a spreadsheet would take for a formula; numbers stay numbers."""
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def format_cell(value: Any) -> str:
    """Write a plain value as a cell: nothing for None, a list joined, a number without an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        plain = format(Decimal(repr(value)), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, list | tuple):
        return defuse_cell(LIST_GAP.join(map(str, value)))
    return defuse_cell(str(value))


class CsvWriter:
    """Write rows as CSV in UTF-8 (RFC 4180, but with line feeds), each cell defused.

    Parameters
    ----------
    out
        Where the bytes go.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._writer = csv.writer(self, lineterminator="\n")

    def write(self, line: str) -> int:
        """Take a line of the csv module."""
        return self._out.write(line.encode("utf-8", "replace"))

    def write_header(self, names: Iterable[str]) -> None:
        """Write the names of the columns as they are: they are ours."""
        self._writer.writerow(names)

    def write_row(self, values: Iterable[Any]) -> None:
        """Write a row of plain values."""
        self._writer.writerow([format_cell(value) for value in values])
