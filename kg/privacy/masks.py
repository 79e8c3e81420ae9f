"""Find names of which only digests are known, and mask them in a text that keeps its length: all offsets still hold."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

MASK = "\N{FULL BLOCK}"
"""What stands for each character of a name that is left out."""

MOST_WORDS = 8
"""Words of a name; longer ones are none."""

_WORD = re.compile(r"[^\W_]+")
_MOST_BETWEEN = 3  # characters between two words of a name: a hyphen, a stop and a space
_LEAST_ALONE = 3  # characters of a last name that is masked where it stands alone
_DIGITS = 32


def digest_name(name: str) -> str:
    """Digest a name as ``words:digest``; equal for all ways to write its words apart and in small or capital letters.

    '' where it has no word, or too many.
    """
    words = _WORD.findall(name)
    return _digest_words(words) if 0 < len(words) <= MOST_WORDS else ""


class NameFinder:
    """Finds the names of some digests in the texts of one document.

    Where one text has a name in full, its last word is found in all of them wherever it stands alone.

    Parameters
    ----------
    digests
        Of names, as `digest_name` makes them.
    texts
        All that the document says, in its title too.
    """

    def __init__(self, digests: Collection[str], texts: Iterable[str]) -> None:
        self._digests = digests
        self._lengths = sorted({int(digest.partition(":")[0]) for digest in digests}, reverse=True)
        self._alone: set[str] = set()
        for text in texts if digests else ():
            for window in self._find_windows(text):
                if len(window) > 1 and len(window[-1][0]) >= _LEAST_ALONE:
                    self._alone.add(window[-1][0])

    def find(self, text: str) -> list[tuple[int, int]]:
        """Find the half-open offsets of names, in order."""
        if not self._digests:
            return []
        found = {(window[0].start(), window[-1].end()) for window in self._find_windows(text)}
        if self._alone:
            found.update(word.span() for word in _WORD.finditer(text) if word[0] in self._alone)
        return sorted(found)

    def mask(self, text: str) -> str:
        """Mask what `find` finds."""
        parts, position = [], 0
        for start, end in self.find(text):
            if end > position:
                start = max(start, position)
                parts += [text[position:start], MASK * (end - start)]
                position = end
        return "".join([*parts, text[position:]])

    def _find_windows(self, text: str) -> Iterator[list[re.Match[str]]]:
        words = list(_WORD.finditer(text))
        for length in self._lengths:
            for first in range(len(words) - length + 1):
                window = words[first : first + length]
                if not _is_torn(window) and _digest_words([word[0] for word in window]) in self._digests:
                    yield window


def mask_names(text: str, digests: Collection[str]) -> str:
    """Mask the names of some digests in a text that stands for itself."""
    return NameFinder(digests, [text]).mask(text)


def _is_torn(window: list[re.Match[str]]) -> bool:
    # Of neighbours: words of two paragraphs, or of two ends of a long rule, are no name.
    return any(after.start() - before.end() > _MOST_BETWEEN for before, after in zip(window, window[1:], strict=False))


def _digest_words(words: list[str]) -> str:
    plain = unicodedata.normalize("NFKC", " ".join(words)).casefold()
    digest = hashlib.sha256(f"kg name\x1f{plain}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{len(words)}:{digest[:_DIGITS]}"
