"""Titles: the words that say what a person is, by the vocabulary of ``data/kb/lexicon/roles.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.facts.scene import Scene
from kg.kb import read_table
from kg.model.mention import Mention
from kg.resources import find_data

LINKS = frozenset({"of", "for", "and", "&", "-", "–", "/", "on", "the"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_SHORT = {
    "sen.": "Senator", "sen": "Senator", "sens.": "Senator", "rep.": "Representative", "reps.": "Representative",
    "gov.": "Governor", "prof.": "Professor", "gen.": "General", "pres.": "President", "atty.": "Attorney",
    "amb.": "Ambassador", "sec.": "Secretary", "supt.": "Superintendent",
}  # fmt: skip
_LEADING = frozenset({"the", "a", "an", "new", "its", "their", "his", "her", "then", "now", "-", "–"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its tokens, the kind of role by its head word, and the organisation that stands with it."""

    first: int
    last: int
    head: str
    kind: str
    organisation: Mention | None
    where: str
    plural: bool = False
    state: Mention | None = None

    def text(self, scene: Scene) -> str:
        """The title's words."""
        return str(scene.doc[self.first : self.last].text)

    def values(self, scene: Scene) -> Iterator[str]:
        """Yield the title in full words, or each of two short titles that *and* joins ("founder and CEO")."""
        for value in self._split(scene):
            yield " ".join(_SHORT.get(word.lower(), word) for word in value.split())

    def _split(self, scene: Scene) -> Iterator[str]:
        tokens = scene.doc[self.first : self.last]
        if self.plural:
            yield re.sub(
                rf"(?i)\b({re.escape(self.head)})\b", lambda m: m[0].removesuffix("s"), " ".join(tokens.text.split())
            )
            return
        joints = [t.i for t in tokens if t.lower_ in {"and", "&", "/"}]
        if len(joints) == 1 and joints[0] - self.first <= 2 and self.last - joints[0] - 1 <= 2:
            yield scene.doc[self.first : joints[0]].text
            yield scene.doc[joints[0] + 1 : self.last].text
        else:
            yield " ".join(tokens.text.split())


class Titles:
    """The vocabulary of titles; makes a title of a run of tokens."""

    def __init__(self) -> None:
        file = find_data() / "kb" / "lexicon" / "roles.csv"
        rows = list(read_table(file, ("word", "kind", "part")))
        self._kinds = {row["word"]: row["kind"] for row in rows if row["part"] != "modifier"}
        self.modifiers = {row["word"] for row in rows if row["part"] == "modifier"}

    def kind_of(self, token: Token) -> str | None:
        """The kind of role that a word names."""
        kind = self._kinds.get(token.lower_) or self._kinds.get(token.lemma_.lower())
        return (
            kind
            if kind is not None or token.pos_ not in {"NOUN", "PROPN"}
            else self._kinds.get(token.lower_.removesuffix("s"))
        )

    def kind_of_phrase(self, phrase: str) -> str | None:
        """The kind of role that the last word of a phrase names."""
        return self._kinds.get(phrase.lower().split()[-1])

    def is_title(self, word: str) -> bool:
        """Tell whether a word, taken by itself, is one for a role."""
        return word.lower() in self._kinds

    def strip_name(self, scene: Scene, person: Mention) -> int:
        """The first token of a person's name proper, behind a title that the mention includes."""
        first = person.first
        while first < person.last - 1 and (
            self.kind_of(scene.doc[first]) or scene.doc[first].lower_ in {"prime", "vice", "attorney"}
        ):
            first += 1
        return first

    def make(self, scene: Scene, first: int, last: int, organisation: Mention | None, where: str) -> Title | None:
        """Make a title of a run of tokens if a word for a role is its head."""
        doc = scene.doc
        while first < last and (doc[first].lower_ in LINKS or doc[first].lower_ in _LEADING or doc[first].is_space):
            first += 1
        while first < last and doc[last - 1].lower_ in LINKS:
            last -= 1
        heads = [t for t in doc[first:last] if self.kind_of(t)]
        if where.startswith("before") and heads:  # "in the words of interior minister Ann Lee"
            links = [t.i for t in doc[first : heads[0].i] if t.lower_ in {"of", "for", "on"}]
            first = links[-1] + 1 if links else first
        if not heads or first >= last:
            return self._make_covered(scene, first, organisation, where)
        phrase = doc[first:last]
        until = next((t.i for t in phrase if t.lower_ in {"of", "for", "on", "at"}), last)
        inner = [t for t in heads if t.i < until] or heads
        head = inner[-1]
        if (
            where.startswith("before")
            and head.i != until - 1
            and doc[until - 1].lower_ not in {"elect", "designate", "general"}
        ):
            joint = next((t.i for t in phrase if t.lower_ == "and"), None)
            if joint is None or head.i != joint - 1:
                return None
            last = until = joint  # "Acme co-founder and outspoken critic Ann Lee"
        before = doc[organisation.first - 1] if organisation is not None and organisation.first > 0 else None
        if (
            before is not None
            and organisation is not None
            and organisation.last <= first
            and before.lower_ in {"former", "ex", "then", "acting"}
        ):
            first = organisation.last
        kind = self._kinds["general"] if head.lower_ == "attorney" and until > head.i + 1 else self.kind_of(head)
        assert kind is not None
        return Title(first, last, head.lower_, kind, organisation, where, head.tag_ in {"NNS", "NNPS"})

    def _make_covered(self, scene: Scene, first: int, organisation: Mention | None, where: str) -> Title | None:
        """A known office stands before the name as one name: "California Attorney General Ann Lee"."""
        if organisation is None or organisation.last != first or organisation.kind != "name":
            return None
        head = scene.doc[organisation.last - 1]
        kind = self.kind_of(head)
        if kind is None:
            return None
        start = organisation.first
        while start < organisation.last - 1 and (
            scene.doc[start].ent_type_ in {"GPE", "NORP", "ORG"}
            and scene.names_state(start)
            or scene.doc[start].text in POSSESSIVE
        ):
            start += 1
        return Title(start, organisation.last, head.lower_, kind, organisation, where + "-office")
