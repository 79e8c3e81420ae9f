"""Load the lexicon: the words and frames by which texts tell actions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.kb.tables import Row, read_table
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, CHARGES, STATUSES
from kg.resources import find_data

_NOUN_CLASSES = frozenset({"authority", "platform", "company", "person", "group", "content", "transparent"})


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """How a verb tells an action.

    ``complement`` is what the verb must govern (``prt:down``, ``prep:on``, ``dobj:access``, ``inf``, ``clause``, or
    empty); ``actor`` and ``target`` list the slots that fill the roles, best first; the types restrict the fillers.
    """

    lemma: str
    complement: str
    action: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    actor_types: frozenset[str]
    target_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounFrame:
    """How a noun tells an action: the prepositions that lead to its target."""

    lemma: str
    action: str
    target_preps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends its subject and objects to an action noun ("imposed a fine on")."""

    lemma: str
    noun_slot: str
    actor: str
    target: tuple[str, ...]
    status: str | None


@dataclass(frozen=True)
class Lexicon:
    """The tables of ``data/kb/lexicon``."""

    verbs: dict[str, tuple[VerbFrame, ...]]
    nouns: dict[str, tuple[NounFrame, ...]]
    light_verbs: dict[str, tuple[LightVerb, ...]]
    embedding: dict[str, str]
    noun_classes: dict[str, dict[str, str]]
    charges: tuple[tuple[str, str], ...]
    wrongdoing: frozenset[str]
    malicious: frozenset[str]
    evaluations: dict[str, str]
    words: dict[str, frozenset[str]]

    @cached_property
    def noun_actions(self) -> dict[str, tuple[str, ...]]:
        """The actions that each noun may tell."""
        return {noun: tuple(frame.action for frame in frames) for noun, frames in self.nouns.items()}

    @cached_property
    def verb_forms(self) -> dict[str, str]:
        """Regular forms of the lexicon's verbs -> lemma; the lemmatiser errs on some (*fined* -> *fin*)."""
        return {form: lemma for lemma in sorted({*self.verbs, *self.light_verbs}) for form in _inflect(lemma)}


def _inflect(lemma: str) -> tuple[str, ...]:
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    plural = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    forms: tuple[str, ...] = (lemma, plural, lemma + "ed", lemma + "ing")
    if lemma[-1:] in "bdglmnprt" and lemma[-2:-1] in "aeiou":
        forms += (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")
    return forms


def _types(row: Row, column: str) -> frozenset[str]:
    types = row.split(column)
    for name in types:
        if name not in AGENT_TYPES:
            raise row.reject(f"{column} {name!r} is not an agent type")
    return frozenset(types)


def _read_verbs(file: Path) -> dict[str, tuple[VerbFrame, ...]]:
    frames: dict[str, tuple[VerbFrame, ...]] = {}
    columns = ("lemma", "complement", "action", "actor", "target", "actor_types", "target_types")
    for row in read_table(file, columns):
        frame = VerbFrame(
            row["lemma"],
            row["complement"],
            row.require_one_of("action", ACTIONS),
            row.split("actor"),
            row.split("target"),
            _types(row, "actor_types"),
            _types(row, "target_types"),
        )
        frames[frame.lemma] = (*frames.get(frame.lemma, ()), frame)
    return frames


def _read_nouns(file: Path) -> dict[str, tuple[NounFrame, ...]]:
    frames: dict[str, tuple[NounFrame, ...]] = {}
    for row in read_table(file, ("lemma", "action", "target_preps")):
        frame = NounFrame(row["lemma"], row.require_one_of("action", ACTIONS), row.split("target_preps"))
        frames[frame.lemma] = (*frames.get(frame.lemma, ()), frame)
    return frames


def _read_light_verbs(file: Path) -> dict[str, tuple[LightVerb, ...]]:
    verbs: dict[str, tuple[LightVerb, ...]] = {}
    for row in read_table(file, ("lemma", "noun_slot", "actor", "target", "status")):
        status = row.require_one_of("status", ("", *STATUSES)) or None
        verb = LightVerb(row["lemma"], row["noun_slot"], row["actor"], row.split("target"), status)
        verbs[verb.lemma] = (*verbs.get(verb.lemma, ()), verb)
    return verbs


def _read_noun_classes(file: Path) -> dict[str, dict[str, str]]:
    classes: dict[str, dict[str, str]] = {}
    for row in read_table(file, ("lemma", "class", "type")):
        row.require_one_of("type", AGENT_TYPES | {""})
        classes.setdefault(row.require_one_of("class", _NOUN_CLASSES), {}).setdefault(row["lemma"], row["type"])
    return classes


def _read_charges(file: Path) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["phrase"].lower(), row.require_one_of("charge", CHARGES))
        for row in read_table(file, ("charge", "kind", "phrase"))
    )


def _read_word_sets(file: Path) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for row in read_table(file, ("set", "word")):
        words.setdefault(row["set"], set()).add(row["word"])
    return {name: frozenset(members) for name, members in words.items()}


@lru_cache(maxsize=4)
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Load the lexicon from ``data/kb/lexicon`` or another folder of the same layout.

    Raises
    ------
    DataError
        If a table has a bad row; the message names its file and line.
    """
    folder = folder or find_data() / "kb" / "lexicon"
    return Lexicon(
        verbs=_read_verbs(folder / "verbs.csv"),
        nouns=_read_nouns(folder / "nouns.csv"),
        light_verbs=_read_light_verbs(folder / "light_verbs.csv"),
        embedding={
            row["lemma"]: row.require_one_of("effect", ("planned", "negated"))
            for row in read_table(folder / "embedding.csv", ("lemma", "effect", "note"))
        },
        noun_classes=_read_noun_classes(folder / "noun_classes.csv"),
        charges=_read_charges(folder / "charges.csv"),
        evaluations={
            row["word"]: row.require_one_of("polarity", ("positive", "negative"))
            for row in read_table(folder / "evaluations.csv", ("word", "polarity"))
        },
        malicious=frozenset(row["lemma"] for row in read_table(folder / "malicious.csv", ("lemma",))),
        wrongdoing=frozenset(row["lemma"] for row in read_table(folder / "wrongdoing.csv", ("lemma",))),
        words=_read_word_sets(folder / "word_sets.csv"),
    )


@lru_cache(maxsize=64)
def load_words(name: str) -> frozenset[str]:
    """Load one word class of ``data/kb/lexicon/word_sets.csv``, for functions that are given no lexicon.

    Raises
    ------
    DataError
        If there is no such class; the message lists those there are.
    """
    words = load_lexicon().words
    if name not in words:
        raise DataError(f"word_sets.csv: no set {name!r}; there are {', '.join(sorted(words))}")
    return words[name]
