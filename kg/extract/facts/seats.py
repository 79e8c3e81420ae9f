"""Where organisations sit: "the Dubai-based app", "headquartered in Dublin", "the Dutch bank ING", "China's ByteDance"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import expand_list, find_subjects
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import STATES, Scene, agent_of, as_place, type_of
from kg.model.mention import Mention

_SEATED = frozenset("Platform Company CivilSociety Media Regulator Court Group ArmedGroup".split())
_VERBS = frozenset({"headquarter", "base", "register", "incorporate", "domicile", "locate"})
_SEATS = frozenset({"headquarters", "headquarter", "seat"})
_GROUPING = frozenset({"as", "including", "like"})


class SeatFinder:
    """Propose the seats of organisations, ``nouns`` being the words for organisations."""

    def __init__(self, nouns: frozenset[str]) -> None:
        self._nouns = nouns

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each place that a text gives an organisation."""
        for token in scene.doc:
            if token.lower_ in {"based", "headquartered"} and token.i >= 2 and token.nbor(-1).text == "-":
                yield from self._read_hyphenated(scene, token)
            elif token.tag_ in {"VBN", "VBD"} and token.lemma_.lower() in _VERBS:
                yield from self._read_participle(scene, token)
            elif token.lemma_.lower() in _SEATS and token.pos_ == "NOUN":
                yield from self._read_seat(scene, token)
            elif self._is_kind(token):
                yield from self._read_description(scene, token)
        for mention in scene.named:
            if mention.kind == "name" and type_of(mention) in _SEATED:
                yield from self._read_name(scene, mention)

    def _is_kind(self, token: Token) -> bool:
        return token.pos_ in {"NOUN", "PROPN"} and (token.lemma_.lower() in self._nouns or token.lower_ in self._nouns)

    def _read_hyphenated(self, scene: Scene, token: Token) -> Iterator[Proposal]:
        place = scene.name_of(token.i - 2, STATES)
        if place is None:
            return
        yield from self._read_noun_phrase(scene, place, token.i + 1, "hyphen")
        head = scene.doc[place.first - 1] if place.first else None
        if head is not None and head.text == ",":  # "Acme, a Berlin-based startup": the description reads on from the noun
            return

    def _read_noun_phrase(self, scene: Scene, place: Mention, first: int, how: str) -> Iterator[Proposal]:
        """From a place before a noun phrase to whom the phrase names or describes."""
        doc = scene.doc
        index, noun = first, None
        while index < min(first + 10, len(doc)):
            token = doc[index]
            mention = scene.name_of(index, _SEATED)
            if mention is not None and mention.kind == "name":
                if noun is None and how == "adjective" and mention.first == first:
                    how = "adjective-name"
                if index + 1 < len(doc) and mention.last < len(doc) and doc[mention.last].lower_ in {"'s", "’s"} and noun is None and how == "adjective-name":
                    return
                for other in self._expand(scene, mention):
                    yield self._propose(place, other, how, noun)
                return
            if self._is_kind(token) and index not in scene.at:
                noun = token
            elif token.lower_ in {"such", "as", "including", "like"} or token.text in {",", "("} and noun is not None and noun.i == index - 1:
                pass
            elif token.is_punct and token.text not in {"-", "–", "/"} or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "PRON"} and token.tag_ not in {"VBG", "VBN"}:
                break
            elif noun is not None and noun.i == index - 1 and token.pos_ in {"CCONJ", "DET"}:
                break
            index += 1
        if noun is not None:
            for mention in self._find_described(scene, noun):
                yield self._propose(place, mention, how + "-described", noun)

    def _expand(self, scene: Scene, mention: Mention) -> Iterator[Mention]:
        """A mention, and the names that a list joins to it."""
        doc = scene.doc
        yield mention
        index = mention.last
        while index < len(doc) and (doc[index].text == "," or doc[index].lower_ == "and"):
            index += 1
            while index < len(doc) and doc[index].lower_ == "and":
                index += 1
            other = scene.name_of(index, _SEATED)
            if other is None or other.kind != "name":
                return
            yield other
            index = other.last

    def _find_described(self, scene: Scene, noun: Token) -> Iterator[Mention]:
        """Whom a description stands for: by apposition, copula, a list of examples or coreference."""
        doc = scene.doc
        found: list[Mention | None] = []
        if noun.dep_ == "appos":
            found.append(scene.name_of(noun.head, _SEATED))
        found += [scene.name_of(child, _SEATED) for child in noun.children if child.dep_ == "appos"]
        if noun.dep_ == "attr":
            found += [scene.organisation_of(subject, _SEATED) for subject, _ in find_subjects(noun.head)]
        if not any(found) and noun.left_edge.i >= 2 and doc[noun.left_edge.i - 1].text in {",", "("}:
            found.append(scene.name_of(noun.left_edge.i - 2, _SEATED))
        if not any(found):
            for child in noun.children:
                if child.dep_ == "prep" and child.lower_ in _GROUPING:
                    found += [scene.name_of(t, _SEATED) for c in child.subtree if c.dep_ == "pobj" for t in expand_list(c)]
        if not any(found):
            found.append(scene.organisation_of(noun, _SEATED))
        seen: set[str] = set()
        for mention in found:
            if mention is not None and agent_of(mention).id not in seen:
                seen.add(agent_of(mention).id)
                yield mention

    def _read_description(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "a browser company in Norway" beside the name that it describes."""
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "from"}:
                place = next((scene.name_of(c, STATES) for c in child.children if c.dep_ == "pobj"), None)
                if place is not None:
                    for mention in self._find_described(scene, noun):
                        yield self._propose(place, mention, "noun-in", noun)

    def _read_name(self, scene: Scene, mention: Mention) -> Iterator[Proposal]:
        """Read what stands close before a name ("China's ByteDance") and behind it ("the General Court in Luxembourg")."""
        doc, first = scene.doc, mention.first
        if first >= 2 and doc[first - 1].text in {"'s", "’s"}:
            owner = scene.name_of(first - 2, STATES)
            if owner is not None:
                yield self._propose(owner, mention, "possessive", None)
        if mention.last + 1 < len(doc) and doc[mention.last].lower_ in {"in", "of"}:
            place = scene.name_of(mention.last + 1, STATES)
            if place is not None:
                yield self._propose(place, mention, "name-" + doc[mention.last].lower_, None)

    def _read_participle(self, scene: Scene, verb: Token) -> Iterator[Proposal]:
        place = self._find_place(scene, verb)
        if place is None:
            return
        for subject, _ in find_subjects(verb):
            mention = scene.organisation_of(subject, _SEATED)
            if mention is not None:
                yield self._propose(place, mention, "participle", verb)

    def _read_seat(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        place = self._find_place(scene, noun)
        for child in noun.children:
            if place is not None and child.dep_ in {"poss", "compound"}:
                mention = scene.organisation_of(child, _SEATED)
                if mention is not None:
                    yield self._propose(place, mention, "seat", noun)

    def _find_place(self, scene: Scene, token: Token) -> Mention | None:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "at"}:
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj" and (place := scene.name_of(grandchild, STATES)) is not None:
                        return place
        return None

    def find_adjectives(self, scene: Scene) -> Iterator[Proposal]:
        """Yield what adjectives and names of states before a noun tell: "the Dutch bank ING", "US tech giant Meta"."""
        for state in scene.named:
            after = scene.doc[state.last] if state.last < len(scene.doc) else None
            if after is None or type_of(state) != "Government" or after.text == "-":
                continue
            if state.kind == "adjective" or after.pos_ in {"NOUN", "PROPN", "ADJ"} and scene.doc[state.head].dep_ in {"compound", "nmod", "amod"}:
                yield from self._read_noun_phrase(scene, state, state.last, "adjective")
            elif after.text in {"'s", "’s"}:
                yield from self._read_noun_phrase(scene, state, state.last + 1, "possessor")

    def _propose(self, place: Mention, mention: Mention, how: str, word: Token | None) -> Proposal:
        where, agent = as_place(place), agent_of(mention)
        parts = (place, mention) if word is None else (place, mention, word.i)
        hints = [f"subject:{agent.type}", f"how+subject:{how}+{agent.type}", f"place:{place.kind}"]
        if agent.country is not None:
            same = agent.country == agent_of(place).country
            hints.append("kb:same-country" if same else "kb:other-country")
        if mention.kind != "name":
            hints.append("subject-referred")
        if word is not None:
            hints.append(f"word:{word.lemma_.lower()}")
        return Proposal("based_in", agent, where, None, cover(*parts), how, tuple(hints))
