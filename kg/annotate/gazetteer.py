"""Find the names of the knowledge base in a tokenised text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.kb import KnowledgeBase

_BRANDED = frozenset({"Platform", "Company"})
_SHORTEST = 4
_KINDS = ("name", "metonym", "adjective")


@dataclass(frozen=True, slots=True)
class Hit:
    """A run of tokens (``last`` is exclusive) that is a name of these agents."""

    first: int
    last: int
    kind: str
    ids: tuple[str, ...]


class Gazetteer:
    """A token trie over all names, metonyms and adjectives; the longest match wins, a name before a metonym."""

    def __init__(self, kb: KnowledgeBase, nlp: Language) -> None:
        self._runs: dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = {}
        tables: tuple[Mapping[str, tuple[str, ...]], ...] = (
            kb.aliases | _spell_plainly(kb),
            kb.metonyms,
            kb.adjectives,
        )
        known = getattr(nlp.tokenizer, "rules", None)
        rules = None if known is None else frozenset(known)
        for kind, table in zip(_KINDS, tables, strict=True):
            for name, ids in table.items():
                words = _cut(name, nlp, rules)
                if words:
                    self._runs.setdefault(words[0], []).append((words, kind, ids))
                if "and" in words[1:]:  # "Competition & Consumer Commission"
                    spelt = tuple("&" if word == "and" else word for word in words)
                    self._runs[words[0]].append((spelt, kind, ids))
        for runs in self._runs.values():
            runs.sort(key=lambda run: (-len(run[0]), _KINDS.index(run[1])))

    def find(self, doc: Doc) -> Iterator[Hit]:
        """Yield the names in a text, left to right, without overlap."""
        words = [_fold(token.text) for token in doc]
        index, end = 0, len(words)
        while index < end:
            for run, kind, ids in self._runs.get(words[index], ()):
                size = len(run)
                if size == 1 or tuple(words[index : index + size]) == run:
                    yield Hit(index, index + size, kind, ids)
                    index += size
                    break
            else:
                index += 1


def _spell_plainly(kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """The brands that papers write without their inner capitals ("Tiktok", "Youtube"), where that is no other name."""
    plain: dict[str, tuple[str, ...]] = {}
    for name, ids in kb.aliases.items():
        spelt = name[:1] + name[1:].lower()
        if not name.isalpha() or len(name) <= _SHORTEST or spelt == name or name.isupper():
            continue
        branded = all(kb.agents[agent_id].type in _BRANDED for agent_id in ids)
        if branded and spelt not in kb.aliases and spelt not in kb.metonyms:
            plain[spelt] = ids
    return plain


def _cut(name: str, nlp: Language, rules: frozenset[str] | None) -> tuple[str, ...]:
    # Most names are words of ASCII letters, which the tokenizer only cuts if it has a rule for one: asking it for
    # thousands of them took a tenth of the start-up.
    if rules is not None and name.isascii() and name.replace(" ", "").isalpha():
        words = name.split(" ")
        if all(words) and rules.isdisjoint(words):
            return tuple(words)
    return tuple(_fold(token.text) for token in nlp.tokenizer(name))


def _fold(word: str) -> str:
    return word.replace("’", "'")
