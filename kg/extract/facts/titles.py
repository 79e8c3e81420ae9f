"""Read titles: the words beside a person's name that say what the person is, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.facts.scene import ORGANISATIONS, STATES, Scene, type_of
from kg.kb import read_table
from kg.model.mention import Mention
from kg.resources import find_data

_LINKS = frozenset({"of", "for", "and", "&", "-", "–", "/", "on", "the"})
_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from", "in"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_STOPPING = frozenset({"VERB", "AUX", "PRON", "SCONJ", "PART", "NUM", "INTJ", "SYM"})
_LEADING = frozenset({"the", "a", "an", "new", "its", "their", "his", "her", "then", "now", "-", "–"})
_PRINCIPALS = ORGANISATIONS | {"Person"}  # lawyers and spokespeople may speak for a person
_MAX_BEFORE = 14
_MAX_AFTER = 26


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

    def values(self, scene: Scene) -> Iterator[str]:
        """Yield the title's text, or each of two short titles that *and* joins ("founder and CEO")."""
        tokens = scene.doc[self.first : self.last]
        if self.plural:
            yield re.sub(rf"(?i)\b({re.escape(self.head)})\b", lambda m: m[0].removesuffix("s"), " ".join(tokens.text.split()))
            return
        joints = [t.i for t in tokens if t.lower_ in {"and", "&", "/"}]
        if len(joints) == 1 and joints[0] - self.first <= 2 and self.last - joints[0] - 1 <= 2:
            yield scene.doc[self.first : joints[0]].text
            yield scene.doc[joints[0] + 1 : self.last].text
        else:
            yield " ".join(tokens.text.split())


class TitleReader:
    """Find the titles of people by the vocabulary of ``data/kb/lexicon/roles.csv``."""

    def __init__(self) -> None:
        file = find_data() / "kb" / "lexicon" / "roles.csv"
        rows = list(read_table(file, ("word", "kind", "part")))
        self._kinds = {row["word"]: row["kind"] for row in rows if row["part"] != "modifier"}
        self._modifiers = {row["word"] for row in rows if row["part"] == "modifier"}

    def kind_of(self, token: Token) -> str | None:
        """The kind of role that a word names."""
        kind = self._kinds.get(token.lower_) or self._kinds.get(token.lemma_.lower())
        return kind if kind is not None or token.pos_ not in {"NOUN", "PROPN"} else self._kinds.get(token.lower_.removesuffix("s"))

    def kind_of_phrase(self, phrase: str) -> str | None:
        """The kind of role that the last word of a phrase names."""
        return self._kinds.get(phrase.lower().split()[-1])

    def is_title(self, word: str) -> bool:
        """Tell whether a word, taken by itself, is one for a role."""
        return word.lower() in self._kinds

    def strip_name(self, scene: Scene, person: Mention) -> int:
        """The first token of a person's name proper, behind a title that the mention includes."""
        first = person.first
        while first < person.last - 1 and (self.kind_of(scene.doc[first]) or scene.doc[first].lower_ in {"prime", "vice", "attorney"}):
            first += 1
        return first

    def read_before(self, scene: Scene, person: Mention) -> Title | None:
        """Read the title before a name: "Telegram CEO Pavel Durov", "the agency's director, Ann Lee"."""
        doc, start = scene.doc, self.strip_name(scene, person)
        index = start - 1
        if index > 0 and doc[index].text == ",":
            return self._read_apposed(scene, person, index)
        return self._read_backwards(scene, person, index, "before")

    def _read_apposed(self, scene: Scene, person: Mention, comma: int) -> Title | None:
        """Read a title that a comma parts from the name behind it: "the head of Acme, Ann Lee, said"."""
        doc = scene.doc
        sentence = doc[person.head].sent.start
        for index in range(comma - 1, max(sentence, comma - _MAX_BEFORE) - 1, -1):
            token = doc[index]
            if token.is_punct and token.text not in {"-", "’", "'"} or token.pos_ in {"VERB", "AUX"}:
                return None
            if not self.kind_of(token):
                continue
            top = token
            while top.dep_ == "conj" and top.head.i > sentence:
                top = top.head
            first = max(sentence, top.left_edge.i)
            opens = doc[first].pos_ in {"DET", "PRON"} or first == sentence or doc[person.head].dep_ == "appos"
            if index == comma - 1 and (not opens or index in scene.at):
                return self._read_backwards(scene, person, index, "before-comma")
            title = self.read_phrase(scene, first, comma, "before-comma") if opens else None
            if title is not None:
                return title
        return None

    def _read_backwards(self, scene: Scene, person: Mention, index: int, where: str) -> Title | None:
        doc = scene.doc
        last = index + 1
        organisation: Mention | None = None
        sentence = doc[person.head].sent.start
        while index >= sentence and last - index < _MAX_BEFORE:
            token = doc[index]
            mention = scene.at.get(index)
            if mention is person:
                index -= 1
                continue
            if mention is not None and not self._is_inside(scene, mention, last):
                if type_of(mention) in ORGANISATIONS or type_of(mention) in {"Group", "Place"} and mention.kind == "name":
                    organisation = mention
                linked = index + 1 < last and doc[index + 1].lower_ in _LINKS
                if doc[mention.first - 1].lower_ in {"of", "for", "at"} and not linked and mention.first - 1 > sentence:
                    index = mention.first - 1  # "the head of Acme, Ann Lee"
                    continue
                if mention.first > sentence and doc[mention.first - 1].lower_ == "the" and mention.first - 2 > sentence and doc[mention.first - 2].lower_ in {"of", "for", "at"}:
                    index = mention.first - 2
                    continue
                break
            if token.text in _POSSESSIVE:
                organisation = organisation or scene.organisation_of(index - 1, _PRINCIPALS | {"Group", "Place"})
                break
            if token.tag_ == "PRP$":
                organisation = organisation or scene.organisation_of(index, _PRINCIPALS)
                break
            if token.pos_ in _STOPPING and not self.kind_of(token) and token.tag_ != "VBN" and token.lower_ not in self._modifiers:
                break
            if token.pos_ == "ADV" and token.lower_ not in {"then", "formerly", "now"}:
                break
            if token.is_punct and token.text not in _LINKS or token.is_space:
                break
            if token.pos_ in {"ADP", "CCONJ", "DET"} and token.lower_ not in _LINKS:
                break
            if token.lower_ == "the" and (index == 0 or doc[index - 1].lower_ not in {"of", "for", "at", "on"}):
                break
            index -= 1
        return self._make(scene, index + 1, last, organisation, where)

    def _is_inside(self, scene: Scene, mention: Mention, last: int) -> bool:
        """A name that only the recogniser saw may be a piece of the title ("Minister of the Interior")."""
        if mention.agent is None or scene.is_known(mention.agent) or mention.first == 0:
            return False
        words = scene.doc[mention.first : mention.last]
        if all(token.lower_ in self._modifiers for token in words):
            return True
        after = scene.doc[mention.last]
        if mention.last < last and self.kind_of(after) == "government" and mention.kind == "name" and type_of(mention) not in STATES:
            return True  # "Interior Minister", "Treasury Secretary": a portfolio
        before = scene.doc[mention.first - 1].lower_
        if before == "the" and mention.first > 1:
            before = scene.doc[mention.first - 2].lower_
        return self.kind_of(scene.doc[mention.last - 1]) is not None or before == "of" and mention.last == last and mention.last - mention.first == 1

    def read_after(self, scene: Scene, person: Mention) -> Title | None:
        """Read the apposition behind a name: "Durov, the founder of Telegram, …", "Ann Lee of the Dutch regulator"."""
        doc = scene.doc
        index = person.last
        if index + 1 >= len(doc) or doc[index].text not in {",", "(", "–", "—"}:
            return None
        if index + 3 < len(doc) and doc[index + 1].like_num and doc[index + 2].text == ",":
            index += 2  # "Ann Lee, 39, the head of"
        return self.read_phrase(scene, index + 1, doc[person.head].sent.end, "after")

    def read_phrase(self, scene: Scene, first: int, end: int, where: str) -> Title | None:
        """Read a noun phrase that starts at a token as a title with its organisation."""
        doc = scene.doc
        end = min(end, first + _MAX_AFTER, len(doc))
        organisation: Mention | None = None
        state: Mention | None = None
        index, start, head = first, first, -1
        while index < end:
            token = doc[index]
            mention = scene.at.get(index)
            if mention is not None and not self.kind_of(doc[mention.last - 1]):
                if type_of(mention) == "Person" and (mention.last >= end or doc[mention.last].text not in _POSSESSIVE):
                    return None
                born = doc[mention.last : mention.last + 2].text.lower() == "-born"
                if mention.kind == "adjective" or born:
                    state = state or mention
                if type_of(mention) in _PRINCIPALS and not born:
                    organisation = organisation or mention
                index = start = mention.last + 2 * born
                continue
            if token.tag_ == "PRP$":
                organisation = organisation or scene.organisation_of(index, _PRINCIPALS)
                start = index + 1
            elif token.text in _POSSESSIVE:
                organisation = organisation or scene.organisation_of(index - 1)
                start = index + 1
            elif self.kind_of(token) and token.pos_ not in {"VERB", "AUX"} or token.lower_ in {"general", "officer"} and head == index - 1:
                head = index
            elif token.pos_ in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "ADV", "CCONJ"} or token.tag_ in {"VBN", "VBG", "HYPH"} or token.text in _LINKS - {"of", "for", "on"}:
                if head >= 0 and token.pos_ == "PROPN" and not self.kind_of(token):
                    return None if token.i in scene.at else self._make(scene, start, head + 1, organisation, where)
            else:
                break
            index += 1
        if head < 0 or start > head:
            return None
        if index < end and index > head + 1 and doc[index - 1].pos_ in {"NOUN"} and doc[index - 1].i != head and not any(t.lower_ in {"and", "or"} for t in doc[head:index]):
            return None  # the title was not the head: "the founder generation"
        last = head + 1
        if organisation is None or type_is_state(organisation):
            inner, last_ = self._read_chain(scene, index, end)
            if inner is not None and (organisation is None or not type_is_state(inner)):
                organisation, last = inner, max(last, last_)
        title = self._make(scene, start, last, organisation, where)
        return title if title is None or state is organisation else replace(title, state=state)

    def _read_chain(self, scene: Scene, index: int, end: int) -> tuple[Mention | None, int]:
        """Follow the prepositions behind a title to the organisation: "vice president of sales at Acme"."""
        doc = scene.doc
        last = index
        while index < end:
            token = doc[index]
            if token.is_punct and token.text not in {"-", "&", "'", "’"} or token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"} and token.tag_ not in {"VBG", "VBN"}:
                break
            mention = scene.mention_of(index)
            if mention is not None and mention.agent is not None and mention.kind != "adjective" and (
                mention.agent.type in _PRINCIPALS or mention.agent.type == "Group" and mention.kind == "name"
            ):
                after = doc[mention.last] if mention.last < end else None
                if mention.kind == "description" and after is not None and (name := scene.name_of(after)) is not None and name.kind == "name":
                    return name, max(last - 1, 0)  # "director of the data agency NITDA"
                if after is not None and after.text == "-":  # "at Dublin-based Acme"
                    index = mention.last + 1
                    continue
                if after is not None and after.text in _POSSESSIVE:  # "a member of Fiji's Acme Party"
                    inner = next(scene.names_between(mention.last + 1, min(end, mention.last + 5), ORGANISATIONS | {"Group"}), None)
                    if inner is not None and inner.kind == "name":
                        return inner, max(last - 1, 0)
                return mention, max(last - 1, 0)
            if token.lower_ in _PREPOSITIONS:
                last = index + 1
            index += 1
        return None, 0

    def read_joined(self, scene: Scene, person: Mention) -> Mention | None:
        """The organisation that a preposition joins to a name: "Judge Roe of the High Court"."""
        doc = scene.doc
        index = person.last
        if index + 1 >= len(doc) or doc[index].lower_ not in {"of", "at", "for", "from", "in"}:
            return None
        return self._read_chain(scene, index, min(index + 8, doc[person.head].sent.end))[0]

    def _make(self, scene: Scene, first: int, last: int, organisation: Mention | None, where: str) -> Title | None:
        doc = scene.doc
        while first < last and (doc[first].lower_ in _LINKS or doc[first].lower_ in _LEADING or doc[first].is_space):
            first += 1
        while first < last and doc[last - 1].lower_ in _LINKS:
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
        if where.startswith("before") and head.i != until - 1 and doc[until - 1].lower_ not in {"elect", "designate", "general"}:
            joint = next((t.i for t in phrase if t.lower_ == "and"), None)
            if joint is None or head.i != joint - 1:
                return None
            last = until = joint  # "Acme co-founder and outspoken critic Ann Lee"
        before = doc[organisation.first - 1] if organisation is not None and organisation.first > 0 else None
        if before is not None and organisation is not None and organisation.last <= first and before.lower_ in {"former", "ex", "then", "acting"}:
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
        while start < organisation.last - 1 and (scene.doc[start].ent_type_ in {"GPE", "NORP", "ORG"} and scene.names_state(start) or scene.doc[start].text in _POSSESSIVE):
            start += 1
        return Title(start, organisation.last, head.lower_, kind, organisation, where + "-office")


def type_is_state(mention: Mention) -> bool:
    """Tell whether a mention stands for a country, a region or a place."""
    return mention.agent is not None and mention.agent.type in {"Government", "Place", "Supranational"}
