"""For what, and under which law: charges from the field's phrases and from the laws that are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.kb import KnowledgeBase
from kg.kb.lexicon import Lexicon

_CHARGEABLE = frozenset(
    """accuse warn request investigate search arrest charge restrict sue convict fine settle order ban legislate moderate misuse
    release appeal deny designate comply refuse""".split()
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int
    last: int
    charges: tuple[str, ...]
    law: str | None = None


class _Trie:
    """Longest runs of words -> payload."""

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}

    def add(self, words: tuple[str, ...], payload: tuple[str, ...]) -> None:
        self._runs.setdefault(words[0], []).append((words, payload))

    def close(self) -> None:
        for runs in self._runs.values():
            runs.sort(key=lambda run: (-len(run[0]), run))

    def find(self, *rows: list[str]) -> list[_Phrase]:
        found: list[_Phrase] = []
        index, end = 0, len(rows[0])
        while index < end:
            step = 1
            for run, payload in (r for row in rows for r in self._runs.get(row[index], ())):
                size = len(run)
                if any(tuple(row[index : index + size]) == run for row in rows):
                    found.append(_Phrase(index, index + size, payload))
                    step = size
                    break
            index += step
        return found


class ChargeFinder:
    """Find charges and laws in a text and say which belong to which action."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self._kb = kb
        self._phrases, self._laws = _Trie(), _Trie()
        by_phrase: dict[tuple[str, ...], set[str]] = {}
        for phrase, charge in lexicon.charges:
            words = tuple(phrase.replace("-", " - ").replace("'s", " 's").split())
            by_phrase.setdefault(words, set()).add(charge)
        for words, charges in by_phrase.items():
            self._phrases.add(words, tuple(sorted(charges)))
        for law in kb.laws.values():
            for name in sorted({law.name, *law.aliases}):
                self._laws.add(tuple(name.replace("-", " - ").replace("’s", " ’s").split()), (law.id,))
        self._phrases.close()
        self._laws.close()

    def read(self, doc: Doc) -> Charges:
        """Find all charges and laws of one text."""
        lower = [token.lower_ for token in doc]
        lemmas = [token.lemma_.lower() for token in doc]
        words = [token.text for token in doc]
        laws = [_Phrase(p.first, p.last, self._kb.laws[p.charges[0]].charges, p.charges[0]) for p in self._laws.find(words)]
        return Charges(self._phrases.find(lower, lemmas), laws)


class Charges:
    """The charges and laws of one text."""

    def __init__(self, phrases: list[_Phrase], laws: list[_Phrase]) -> None:
        self._phrases = phrases
        self._laws = laws
        counts = Counter(charge for phrase in (*phrases, *laws) for charge in phrase.charges)
        self._main = tuple(sorted(c for c, n in counts.items() if n == max(counts.values()) and n >= 2)) if counts else ()
        if len(self._main) != 1:
            self._main = ()

    def charges_of(self, trigger: Token, action: str) -> tuple[str, ...]:
        """The charges of the action that a trigger tells: of its own phrase, else of its sentence, else the text's main one."""
        if action not in _CHARGEABLE:
            return ()
        sentence = trigger.sent
        own = {token.i for token in trigger.subtree}
        if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB":
            own |= {token.i for token in trigger.head.subtree}
        here = [p for p in (*self._phrases, *self._laws) if sentence.start <= p.first < sentence.end]
        near = [p for p in here if p.first in own]
        for chosen in (near, here):
            charges = {charge for phrase in chosen for charge in phrase.charges}
            if charges:
                return _drop_general(charges)
        return self._main

    def laws_of(self, trigger: Token) -> tuple[str, ...]:
        """The ids of the laws named in a trigger's sentence."""
        sentence = trigger.sent
        return tuple(dict.fromkeys(law.law for law in self._laws if law.law and sentence.start <= law.first < sentence.end))


_SPECIAL = {
    "privacy": {"childrens-privacy", "data-transfer", "data-breach", "biometrics"},
    "illegal-content": {"csam", "hate-speech", "terrorism", "copyright", "disinformation", "sexual-content", "incitement", "defamation", "extremism"},
    "antitrust": {"self-preferencing", "merger"},
    "sexual-content": {"csam"},
    "child-safety": {"csam"},
    "failure-to-moderate": {"csam", "hate-speech", "disinformation"},
}  # fmt: skip


def _drop_general(charges: set[str]) -> tuple[str, ...]:
    """Leave out a general charge where a special one of its kind stands beside it."""
    kept = {c for c in charges if not (_SPECIAL.get(c, set()) & charges)}
    if len(kept) > 1:
        kept.discard("other")
    return tuple(sorted(kept))
