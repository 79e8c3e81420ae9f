"""Leave out what stands around an article: teasers, calls to subscribe, notices on cookies and rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.kb.tables import read_table
from kg.resources import find_data

_COLUMNS = ("kind", "pattern", "max_words", "example")
_PHRASE = "phrase"
_MAX_LINE = 2000  # No pattern is meant for a longer line; a bound on the time that a hostile one takes.
_BEGINNING = 60  # Characters; a shorter line may well stand twice in a text, and as the beginning of another.


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A row of ``boilerplate.csv``: a line of at most ``max_words`` words that is the pattern goes out.

    A row of the kind ``phrase`` goes out wherever it stands (what a web page adds to a link, say).
    """

    kind: str
    pattern: re.Pattern[str]
    max_words: int
    example: str

    def matches(self, line: str, words: int) -> bool:
        """Tell whether the whole line goes out."""
        return self.kind != _PHRASE and words <= self.max_words and self.pattern.fullmatch(line) is not None


def drop_boilerplate(text: str) -> str:
    """Drop the lines and phrases of a normalised text that ``boilerplate.csv`` lists; never a part of a sentence."""
    patterns = load_boilerplate()
    for row in patterns:
        if row.kind == _PHRASE:
            text = row.pattern.sub("", text)
    lines = text.split("\n")
    dropped = {*find_boilerplate(lines, patterns), *find_repeats(lines)}
    if not dropped:
        return text
    kept = [line for number, line in enumerate(lines) if number not in dropped]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def find_boilerplate(lines: list[str], patterns: tuple[Boilerplate, ...]) -> Iterator[int]:
    """Yield the numbers of the lines to leave out, counted from 0."""
    longest = max((row.max_words for row in patterns), default=0)
    for number, line in enumerate(lines):
        words = line.count(" ") + 1
        if line and words <= longest and len(line) <= _MAX_LINE and any(row.matches(line, words) for row in patterns):
            yield number


def find_repeats(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of lines that only say what another says: a teaser cut off by dots, or the same line again."""
    longest: dict[str, str] = {}
    for line in lines:
        if len(line) > len(longest.get(line[:_BEGINNING], "")):
            longest[line[:_BEGINNING]] = line
    seen: set[str] = set()
    for number, line in enumerate(lines):
        if len(line) < _BEGINNING:
            continue
        beginning = line.rstrip(".… ")
        whole = longest[line[:_BEGINNING]]
        if line in seen or (line.endswith(("...", "…")) and whole != line and whole.startswith(beginning)):
            yield number
        seen.add(line)


@lru_cache(maxsize=2)
def load_boilerplate(file: Path | None = None) -> tuple[Boilerplate, ...]:
    """Load the patterns.

    Raises
    ------
    DataError
        If a row is no regular expression or names no number of words.
    """
    patterns: list[Boilerplate] = []
    for row in read_table(file or find_data() / "kb" / "lexicon" / "boilerplate.csv", _COLUMNS):
        try:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
            patterns.append(Boilerplate(row["kind"], pattern, int(row["max_words"]), row["example"]))
        except (re.error, ValueError) as error:
            raise row.reject(str(error)) from error
    return tuple(patterns)
