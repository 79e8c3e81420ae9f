"""Tell whether a text is in English, and in which language it is if not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.kb.tables import read_table
from kg.resources import find_data

if TYPE_CHECKING:
    from lingua import LanguageDetector

_WORD = re.compile(r"[^\W\d_]+")
_MIN_LETTERS = 40
_SAMPLE_CHARACTERS = 1200
_MIN_WORDS = 2  # One "de" or "la" stands in many a name.
_FOREIGN_PER_ENGLISH = 5  # A foreign text quotes "The Guardian"; an English one names the "Commission nationale de …".
_MAX_ENGLISH = 0.1
_ENGLISH = "English"
_NAMES = {"BOKMAL": "Norwegian", "NYNORSK": "Norwegian"}
_OTHER_SCRIPTS = ("Greek", "Russian", "Ukrainian", "Bulgarian", "Arabic", "Persian", "Hebrew", "Hindi", "Thai")
_EAST_ASIAN = ("Chinese", "Japanese", "Korean")


def find_foreign_language(text: str) -> str | None:
    """Name the language of a text that is surely not English; None for English, and for what is too short to tell.

    Two witnesses must agree, since news in English is full of foreign names: the small words of the languages, and
    the statistics of lingua, which alone would take one English line in a hundred for another language.
    """
    sample = _take_sample(text)
    letters = [character for character in sample if character.isalpha()]
    if len(letters) < _MIN_LETTERS:
        return None
    latin = sum(character < "\u0250" or "\u1e00" <= character < "\u1f00" for character in letters)
    return _name_language(sample) if 2 * latin < len(letters) or _has_foreign_words(sample) else None


def _take_sample(text: str) -> str:
    # From the beginning and the middle: a page may start with a menu, a report with a foreign title.
    half = _SAMPLE_CHARACTERS // 2
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    middle = len(text) // 2
    return text[:half] + "\n" + text[middle : middle + half]


def _has_foreign_words(sample: str) -> bool:
    words = _WORD.findall(sample.lower())
    english, foreign = _load_function_words()
    known = sum(word in english for word in words)
    for listed in foreign:
        found = [word for word in words if word in listed]
        if len(set(found)) >= _MIN_WORDS and len(found) >= _FOREIGN_PER_ENGLISH * known:
            return True
    return False


def _name_language(sample: str) -> str | None:
    first, *others = _load_detector().compute_language_confidence_values(sample)
    english = next((value.value for value in (first, *others) if value.language.name == _ENGLISH.upper()), 0.0)
    if first.language.name == _ENGLISH.upper() or english > _MAX_ENGLISH:
        return None
    return _NAMES.get(first.language.name, first.language.name.capitalize())


@lru_cache(maxsize=1)
def _load_lists() -> dict[str, frozenset[str]]:
    file = find_data() / "kb" / "lexicon" / "function-words.csv"
    return {row["language"]: frozenset(row.split("words")) for row in read_table(file, ("language", "words"))}


@lru_cache(maxsize=1)
def _load_function_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    # Words that English shares with another language ("a", "in", "die") speak for neither.
    lists = dict(_load_lists())
    english = lists.pop(_ENGLISH)
    return english.difference(*lists.values()), tuple(words - english for words in lists.values())


@lru_cache(maxsize=1)
def _load_detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    names = [*_load_lists(), *_OTHER_SCRIPTS, *_EAST_ASIAN]
    languages = [getattr(Language, "BOKMAL" if name == "Norwegian" else name.upper()) for name in names]
    # Low accuracy means trigrams only: 35 MB instead of 1 GB, and enough from 40 letters on.
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
