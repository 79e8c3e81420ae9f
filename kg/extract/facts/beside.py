"""Read the titles that stand beside a name: before it, behind it, joined by a preposition."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.facts.agents import ORGANISATIONS, STATES, type_of
from kg.extract.facts.phrases import PRINCIPALS, PhraseReader
from kg.extract.facts.scene import Scene
from kg.extract.facts.titles import LINKS, POSSESSIVE, Title, Titles
from kg.model.mention import Mention

_STOPPING = frozenset({"VERB", "AUX", "PRON", "SCONJ", "PART", "NUM", "INTJ", "SYM"})
_OPENING = frozenset({"of", "for", "at"})
_MAX_BEFORE = 14
_MAX_JOINED = 8


class TitleReader:
    """Find the titles of people."""

    def __init__(self) -> None:
        self.titles = Titles()
        self.phrases = PhraseReader(self.titles)

    def read_before(self, scene: Scene, person: Mention) -> Title | None:
        """Read the title before a name: "Telegram CEO Pavel Durov", "the agency's director, Ann Lee"."""
        doc, start = scene.doc, self.titles.strip_name(scene, person)
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
            clause = token.pos_ in {"VERB", "AUX"} and token.dep_ != "amod"
            if clause or token.is_punct and token.text not in {"-", "’", "'"}:
                return None
            if not self.titles.kind_of(token):
                continue
            top = token
            while top.dep_ == "conj" and top.head.i > sentence:
                top = top.head
            first = max(sentence, top.left_edge.i)
            opens = doc[first].pos_ in {"DET", "PRON"} or first == sentence or doc[person.head].dep_ == "appos"
            if index == comma - 1 and (not opens or index in scene.at):
                return self._read_backwards(scene, person, index, "before-comma")
            title = self.phrases.read(scene, first, comma, "before-comma") if opens else None
            if title is not None:
                return title
        return None

    def _read_backwards(self, scene: Scene, person: Mention, index: int, where: str) -> Title | None:
        doc = scene.doc
        last = start = index + 1
        organisation: Mention | None = None
        state: Mention | None = None
        sentence = doc[person.head].sent.start
        while index >= sentence and last - index < _MAX_BEFORE:
            token = doc[index]
            mention = scene.at.get(index)
            if mention is person:
                index -= 1
                continue
            if mention is not None and not self._is_inside(scene, mention, last):
                if state is None and self._is_origin(scene, mention, sentence):
                    state, start = mention, index + 1 + 2 * (doc[index + 1].text == "-")
                    index = mention.first - 1
                    continue
                if (
                    type_of(mention) in ORGANISATIONS
                    or type_of(mention) in {"Group", "Place"}
                    and mention.kind == "name"
                ):
                    organisation = mention
                linked = index + 1 < last and doc[index + 1].lower_ in LINKS
                if doc[mention.first - 1].lower_ in _OPENING and not linked and mention.first - 1 > sentence:
                    index = mention.first - 1  # "the head of Acme, Ann Lee"
                    continue
                if (
                    mention.first > sentence
                    and doc[mention.first - 1].lower_ == "the"
                    and mention.first - 2 > sentence
                    and doc[mention.first - 2].lower_ in _OPENING
                ):
                    index = mention.first - 2
                    continue
                break
            if token.text in POSSESSIVE:
                organisation = organisation or scene.organisation_of(index - 1, PRINCIPALS | {"Group", "Place"})
                break
            if token.tag_ == "PRP$":
                organisation = organisation or scene.organisation_of(index, PRINCIPALS)
                break
            if (
                token.pos_ in _STOPPING
                and not self.titles.kind_of(token)
                and token.tag_ != "VBN"
                and token.lower_ not in self.titles.modifiers
            ):
                break
            if token.pos_ == "ADV" and token.lower_ not in {"then", "formerly", "now"}:
                break
            if token.is_punct and token.text not in LINKS or token.is_space:
                break
            if token.pos_ in {"ADP", "CCONJ", "DET"} and token.lower_ not in LINKS:
                break
            if token.lower_ == "the" and (index == 0 or doc[index - 1].lower_ not in {"of", "for", "at", "on"}):
                break
            index -= 1
        if state is None:
            return self.titles.make(scene, index + 1, last, organisation, where)
        title = self.titles.make(scene, start, last, organisation, where)
        return replace(title, state=state) if title is not None else None

    def _is_origin(self, scene: Scene, mention: Mention, sentence: int) -> bool:
        """Tell whether a state only says where a person is from: "Acme's Russian-born founder", "its Dutch CEO"."""
        doc, first = scene.doc, mention.first
        if type_of(mention) != "Government" or first <= sentence:
            return False
        before = doc[first - 1]
        owned = before.text in POSSESSIVE or before.tag_ == "PRP$" or before.i in scene.at
        born = doc[mention.last].text == "-" and doc[mention.last + 1].lower_ == "born"
        return owned and (born or mention.kind == "adjective")

    def _is_inside(self, scene: Scene, mention: Mention, last: int) -> bool:
        """A name that only the recogniser saw may be a piece of the title ("Minister of the Interior")."""
        if mention.agent is None or scene.is_known(mention.agent) or mention.first == 0:
            return False
        words = scene.doc[mention.first : mention.last]
        if all(token.lower_ in self.titles.modifiers for token in words):
            return True
        after = scene.doc[mention.last]
        if (
            mention.last < last
            and self.titles.kind_of(after) == "government"
            and mention.kind == "name"
            and type_of(mention) not in STATES
        ):
            return True  # "Interior Minister", "Treasury Secretary": a portfolio
        before = scene.doc[mention.first - 1].lower_
        if before == "the" and mention.first > 1:
            before = scene.doc[mention.first - 2].lower_
        return (
            self.titles.kind_of(scene.doc[mention.last - 1]) is not None
            or before == "of"
            and mention.last == last
            and mention.last - mention.first == 1
        )

    def read_after(self, scene: Scene, person: Mention) -> Title | None:
        """Read the apposition behind a name: "Durov, the founder of Telegram, …", "Ann Lee of the Dutch regulator"."""
        doc = scene.doc
        index = person.last
        if index + 1 >= len(doc) or doc[index].text not in {",", "(", "–", "—"}:
            return None
        if index + 3 < len(doc) and doc[index + 1].like_num and doc[index + 2].text == ",":
            index += 2  # "Ann Lee, 39, the head of"
        return self.phrases.read(scene, index + 1, doc[person.head].sent.end, "after")

    def read_joined(self, scene: Scene, person: Mention) -> Mention | None:
        """The organisation that a preposition joins to a name: "Judge Roe of the High Court"."""
        doc = scene.doc
        index = person.last
        if index + 1 >= len(doc) or doc[index].lower_ not in {"of", "at", "for", "from", "in"}:
            return None
        return self.phrases.find_organisation(scene, index, min(index + _MAX_JOINED, doc[person.head].sent.end))[0]
