"""Tell the language of a text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

# Those whose press writes on platforms and that share a script with English, and the most read of other scripts.
_LANGUAGES = """English German French Spanish Italian Portuguese Dutch Swedish Danish Bokmal Finnish Polish Czech
    Romanian Hungarian Croatian Turkish Indonesian Vietnamese Greek Russian Ukrainian Bulgarian Arabic Persian Hebrew
    Hindi Thai Chinese Japanese Korean""".split()
_NAMES = {"Bokmal": "Norwegian"}
_MIN_LETTERS = 40
_SAMPLE_CHARACTERS = 1200
_MAX_ENGLISH = 0.1
_MIN_OTHER = 0.6


def find_foreign_language(text: str) -> str | None:
    """Name the language of a text that is surely not English; None for English, and for what is too short to tell."""
    sample = _take_sample(text)
    if sum(character.isalpha() for character in sample) < _MIN_LETTERS:
        return None
    first, *others = _load_detector().compute_language_confidence_values(sample)
    english = next((value.value for value in (first, *others) if value.language.name == "ENGLISH"), 0.0)
    if first.language.name == "ENGLISH" or english > _MAX_ENGLISH or first.value < _MIN_OTHER:
        return None
    name = first.language.name.capitalize()
    return _NAMES.get(name, name)


def _take_sample(text: str) -> str:
    # From the beginning and the middle: a page may start with a menu, a report with a foreign title.
    half = _SAMPLE_CHARACTERS // 2
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    middle = len(text) // 2
    return text[:half] + "\n" + text[middle : middle + half]


@lru_cache(maxsize=1)
def _load_detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    # Low accuracy means trigrams only: 35 MB instead of 1 GB, and enough from 40 letters on.
    languages = [getattr(Language, name.upper()) for name in _LANGUAGES]
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
