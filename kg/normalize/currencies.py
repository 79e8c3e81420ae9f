"""The currencies of the world: what texts call them, and where they are paid."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import find_data

_HEADER = ["code", "symbols", "words", "countries"]


@dataclass(frozen=True)
class Currencies:
    """Names of currencies -> ISO 4217 codes, the most usual first; and each country's own currency."""

    codes: frozenset[str]
    symbols: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    by_country: dict[str, str]

    def read(self, name: str) -> tuple[str, ...]:
        """Return the codes that a symbol, a code or a word stands for, the most usual first; empty if none."""
        if name.upper() in self.codes:
            return (name.upper(),)
        found = self.symbols.get(name)
        if found is None:
            word = name.lower()
            found = self.words.get(word) or self.words.get(word.removesuffix("s"))
        return found or ()


@lru_cache(maxsize=2)
def load_currencies(file: Path | None = None) -> Currencies:
    """Load ``data/kb/currencies.csv`` or another file of the same columns.

    Raises
    ------
    DataError
        If the file is missing, or a row has too few or too many cells or a code that is none.
    """
    file = file or find_data() / "kb" / "currencies.csv"
    codes: list[str] = []
    symbols: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    by_country: dict[str, str] = {}
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}") from error
    if not rows or rows[0] != _HEADER:
        raise DataError(f"{file}:1: the columns are {','.join(rows[0]) if rows else 'none'}, want {','.join(_HEADER)}")
    for number, row in enumerate(rows[1:], start=2):
        if not row or row[0].startswith("#"):
            continue
        if len(row) != len(_HEADER) or not (len(row[0]) == 3 and row[0].isupper()):
            raise DataError(f"{file}:{number}: {','.join(row)!r} is no row of {','.join(_HEADER)}")
        code = row[0]
        codes.append(code)
        for symbol in row[1].split("|") if row[1] else ():
            symbols[symbol] = (*symbols.get(symbol, ()), code)
        for word in row[2].split("|") if row[2] else ():
            words[word.lower()] = (*words.get(word.lower(), ()), code)
        for country in row[3].split("|") if row[3] else ():
            by_country.setdefault(country, code)
    return Currencies(frozenset(codes), symbols, words, by_country)
