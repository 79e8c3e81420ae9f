"""Leave out what stands around an article: teasers, calls to subscribe, notices on cookies and rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kg.kb.tables import read_table
from kg.resources import find_data

_COLUMNS = ("kind", "pattern", "max_words", "note")


def drop_boilerplate(text: str) -> str:
    """Drop the lines of a normalised text that a pattern of ``boilerplate.csv`` matches as a whole."""
    lines = text.split("\n")
    dropped = set(find_boilerplate(lines))
    if not dropped:
        return text
    kept = [line for number, line in enumerate(lines) if number not in dropped]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def find_boilerplate(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines to leave out, counted from 0."""
    for number, line in enumerate(lines):
        words = line.count(" ") + 1
        if line and any(words <= most and pattern.fullmatch(line) for most, pattern in load_patterns()):
            yield number


@lru_cache(maxsize=1)
def load_patterns(file: Path | None = None) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Load the patterns with the most words that a line may have to be matched.

    Raises
    ------
    DataError
        If a row is no regular expression or names no number of words.
    """
    patterns: list[tuple[int, re.Pattern[str]]] = []
    for row in read_table(file or find_data() / "kb" / "lexicon" / "boilerplate.csv", _COLUMNS):
        try:
            patterns.append((int(row["max_words"]), re.compile(row["pattern"], re.IGNORECASE)))
        except (re.error, ValueError) as error:
            raise row.reject(str(error)) from error
    return tuple(patterns)
