"""Compare names as a scorer must: "Meta Platforms, Inc." and "Meta" are one, "Pavel Durov" and "Telegram" are not."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache

from kg.resources import find_data

_POSSESSIVE = re.compile(r"'s\b")
_BREAKS = re.compile(r"[^\w.]+")
_SHARE = 0.6  # of the telling words of both names, how many they must have in common


@cache
def load_filler_words() -> frozenset[str]:
    """Load the words that tell no name from another (titles, legal forms, demonyms): ``data/gold/filler_words.csv``."""
    with (find_data() / "gold" / "filler_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))


@cache
def split_name(name: str) -> tuple[str, ...]:
    """Split a name into case-folded words without possessive endings."""
    text = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    return tuple(word for word in _BREAKS.split(_POSSESSIVE.sub("", text)) if word.strip("."))


@cache
def is_same_name(left: str, right: str) -> bool:
    """Tell whether two names read as one: equal, or sharing at least 0.6 of their telling words.

    The rule is that of the shared scorer (``score.py``); names without a word in them equal nothing.
    """
    words, others = split_name(left), split_name(right)
    if not words or not others:
        return False
    if words == others:
        return True
    filler = load_filler_words()
    core, other_core = set(words) - filler, set(others) - filler
    if not core or not other_core:
        return False
    return core == other_core or len(core & other_core) / len(core | other_core) >= _SHARE
