"""Take names apart: what tells one from another, and what most names of a kind have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.kb import KnowledgeBase, read_table
from kg.resources import find_data

_KINDS = frozenset({"legal", "title", "function", "part", "generic"})
_BREAKS = re.compile(r"[^\w]+")
_POSSESSIVE = re.compile(r"'s\b")
_LONGEST_ACRONYM = 8
_LONGEST_PLACE = 3

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in folded words.

    ``telling`` leaves out legal forms, titles, function words and places; ``places`` has, for each place, the codes
    and ids that it may stand for; ``parts`` are numbers and words such as northern; ``initials`` are those that an
    acronym of it may have, ``acronym`` is the name itself where it may be one.
    """

    words: tuple[str, ...]
    telling: tuple[str, ...]
    legal: frozenset[str]
    places: frozenset[frozenset[str]]
    parts: frozenset[str]
    initials: frozenset[str]
    acronym: str | None

    @property
    def core(self) -> str:
        """The telling words, or all where none is."""
        return " ".join(self.telling or self.words)


@cache
def load_name_words() -> dict[str, frozenset[str]]:
    """Load the words that do not tell names apart, by their kind: ``data/judgements/name_words.csv``.

    Raises
    ------
    DataError
        If a row is malformed or of another kind; the message names its file and line.
    """
    words: dict[str, set[str]] = {kind: set() for kind in sorted(_KINDS)}
    for row in read_table(find_data() / "judgements" / "name_words.csv", ("word", "kind")):
        words[row.require_one_of("kind", _KINDS)].add(row["word"])
    return {kind: frozenset(members) for kind, members in words.items()}


def fold_words(name: str) -> tuple[str, ...]:
    """Split a name into words without case, accents, possessive endings and the dots of abbreviations."""
    text = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", _POSSESSIVE.sub("", text))
    return tuple(word for word in _BREAKS.split(text) if word)


def split_name(name: str, places: Mapping[Words, frozenset[str]], *, is_person: bool = False) -> NameParts:
    """Take a name apart.

    Parameters
    ----------
    name
        The name.
    places
        What words stand for where they are the name or the adjective of a place; see `index_places`.
    is_person
        Whether the words that are titles are so here: no judge is in Judge.me, and no general in General Motors.
    """
    kinds, words = load_name_words(), fold_words(name)
    dropped = kinds["function"] | kinds["title" if is_person else "legal"]
    found, rest = _take_places(words, places)
    telling = tuple(word for word in rest if word not in dropped)
    spelled = [word for word in words if word not in kinds["function"]]
    initials = {"".join(word[0] for word in some) for some in (words, spelled) if len(some) > 1}
    # Without its place too: the UK's Competition and Markets Authority is the CMA.
    initials |= {"".join(word[0] for word in rest if word not in kinds["function"])}
    letters = "".join(char for char in name if char.isalnum())
    is_acronym = (
        " " not in name.strip() and 2 <= len(letters) <= _LONGEST_ACRONYM and sum(map(str.isupper, letters)) > 1
    )
    return NameParts(
        words=words,
        telling=telling,
        legal=frozenset(words) & kinds["legal"],
        places=frozenset(found),
        parts=frozenset(word for word in rest if word.isdigit() or word in kinds["part"]),
        initials=frozenset(one for one in initials if len(one) > 1),
        acronym=letters.casefold() if is_acronym else None,
    )


def _take_places(words: Words, places: Mapping[Words, frozenset[str]]) -> tuple[list[frozenset[str]], Words]:
    """Part the places in a name, the longest first, from its other words."""
    found: list[frozenset[str]] = []
    rest: list[str] = []
    start = 0
    while start < len(words):
        for length in range(_LONGEST_PLACE, 0, -1):
            if place := places.get(words[start : start + length]):
                found.append(place)
                start += length
                break
        else:
            rest.append(words[start])
            start += 1
    return found, tuple(rest)


def index_places(kb: KnowledgeBase) -> dict[Words, frozenset[str]]:
    """Map each word that names a country, or is its adjective, to its code; of what lies in a country, to its id."""
    found: dict[Words, set[str]] = {}
    for agent in kb.agents.values():
        if agent.type not in ("Government", "Supranational") or not agent.adjectives and agent.type != "Government":
            continue
        is_part = agent.part_of is not None and agent.type == "Government"
        code = agent.id if is_part else agent.country or agent.id
        for name in (agent.name, *agent.aliases, *agent.adjectives):
            words = fold_words(name)
            if len(words) <= _LONGEST_PLACE and len("".join(words)) > 1:
                found.setdefault(words, set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def is_proper(names: Iterable[str]) -> bool:
    """Tell whether any of the names is more than common nouns: a capital or a digit stands in it."""
    return any(char.isupper() or char.isdigit() for name in names for char in name)


@cache
def load_weights() -> dict[str, float]:
    """Load what each sign of sameness counts: ``data/judgements/weights.csv``.

    Raises
    ------
    DataError
        If a row is malformed; the message names its file and line.
    """
    weights: dict[str, float] = {}
    for row in read_table(find_data() / "judgements" / "weights.csv", ("sign", "weight", "meaning")):
        try:
            weights[row["sign"]] = float(row["weight"])
        except ValueError:
            raise row.reject(f"weight {row['weight']!r}: want a number") from None
    if "base" not in weights:
        raise DataError("data/judgements/weights.csv: the sign 'base' is missing")
    return weights
