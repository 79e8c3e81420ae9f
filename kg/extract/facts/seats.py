"""Where organisations sit: "the Dubai-based app", "headquartered in Dublin", "the Dutch bank ING"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.extract.facts.agents import STATES, agent_of, as_place, type_of
from kg.extract.facts.described import SEATED, find_described, list_joined
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import Scene
from kg.extract.facts.titles import Titles
from kg.kb import read_table
from kg.model import AgentRef
from kg.model.mention import Mention
from kg.resources import find_data

_VERBS = frozenset({"headquartered", "based", "registered", "incorporated", "domiciled"})
_SEATS = frozenset({"headquarters", "headquarter", "seat"})


class SeatFinder:
    """Propose the seats of organisations, ``nouns`` being the words for organisations."""

    def __init__(self, titles: Titles, nouns: frozenset[str]) -> None:
        self._titles = titles
        file = find_data() / "kb" / "lexicon" / "organisation_nouns.csv"
        self._nouns = nouns | {row["word"] for row in read_table(file, ("word",))}

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each place that a text gives an organisation."""
        for token in scene.doc:
            if token.lower_ in {"based", "headquartered"} and token.i >= 2 and token.nbor(-1).text == "-":
                yield from self._read_hyphenated(scene, token)
            elif token.lower_ in _VERBS and token.tag_ not in {"NN", "NNS"}:
                yield from self._read_participle(scene, token)
            elif token.lemma_.lower() in _SEATS and token.pos_ == "NOUN":
                yield from self._read_seat(scene, token)
            elif self._is_kind(token):
                yield from self._read_description(scene, token)
        for mention in scene.named:
            if mention.kind == "name" and type_of(mention) in SEATED:
                yield from self._read_name(scene, mention)
        yield from self._read_states(scene)

    def _is_kind(self, token: Token) -> bool:
        return token.pos_ in {"NOUN", "PROPN"} and (token.lemma_.lower() in self._nouns or token.lower_ in self._nouns)

    def _read_hyphenated(self, scene: Scene, token: Token) -> Iterator[Proposal]:
        place = scene.name_of(token.i - 2, STATES)
        if place is not None and place.first >= 2 and scene.doc[place.first - 1].text == ",":
            town = scene.name_of(place.first - 2, STATES)  # "the Portland, Oregon-based group"
            place = town if town is not None and type_of(town) == "Place" else place
        if place is not None:
            yield from self._read_noun_phrase(scene, place, token.i + 1, "hyphen")

    def _read_noun_phrase(self, scene: Scene, place: Mention, first: int, how: str) -> Iterator[Proposal]:
        """From a place before a noun phrase to whom the phrase names or describes."""
        doc = scene.doc
        index, noun = first, None
        while index < min(first + 10, len(doc)):
            token = doc[index]
            mention = scene.name_of(index, SEATED)
            if mention is not None and mention.kind == "name" and index in scene.inner:
                mention = None
            if mention is not None and mention.kind == "name":
                if doc[mention.head].dep_ == "compound" and doc[mention.head].head.i >= mention.last:
                    return  # "a San Francisco Uber driver"
                if noun is None and how == "adjective" and mention.first == first:
                    how = "adjective-name"
                for other in list_joined(scene, mention):
                    yield self._propose(scene, place, other, how, noun)
                return
            if self._is_kind(token) and (index not in scene.at or index in scene.inner):
                noun = token
            elif token.lower_ in {"such", "as", "including", "like", "called", "named"} and noun is not None:
                pass
            elif (
                (
                    token.text in {"'s", "’s", "(", ","}
                    or token.pos_ == "CCONJ"
                    or self._titles.kind_of(token)
                    and token.lemma_.lower() not in self._nouns
                )
                or (
                    token.is_punct
                    and token.text not in {"-", "–", "/"}
                    or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "PRON"}
                    and token.tag_ not in {"VBG", "VBN"}
                )
                or noun is not None
                and noun.i == index - 1
                and token.pos_ in {"CCONJ", "DET"}
            ):
                break
            index += 1
        if noun is not None:
            for mention in find_described(scene, noun):
                yield self._propose(scene, place, mention, how + "-described", noun)

    def _read_description(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "a browser company in Norway" beside the name that it describes."""
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "from"}:
                place = next((scene.name_of(c, STATES) for c in child.children if c.dep_ == "pobj"), None)
                if place is not None:
                    for mention in find_described(scene, noun):
                        yield self._propose(scene, place, mention, "noun-in", noun)

    def _read_name(self, scene: Scene, mention: Mention) -> Iterator[Proposal]:
        """Read what stands close before a name ("China's ByteDance") and behind it ("the court in Luxembourg")."""
        doc, first = scene.doc, mention.first
        if first >= 2 and doc[first - 1].text in {"'s", "’s"}:
            owner = scene.name_of(first - 2, STATES)
            if owner is not None:
                yield self._propose(scene, owner, mention, "possessive", None)
        if mention.last + 1 < len(doc) and doc[mention.last].lower_ in {"in", "of"}:
            place = scene.name_of(mention.last + 1, STATES)
            if place is not None:
                yield self._propose(scene, place, mention, "name-" + doc[mention.last].lower_, None)

    def _read_participle(self, scene: Scene, verb: Token) -> Iterator[Proposal]:
        place = self._find_place(scene, verb)
        if place is None:
            return
        subjects = [subject for subject, _ in find_subjects(verb)]
        if not subjects and verb.i >= 2 and scene.doc[verb.i - 1].text == ",":
            subjects = [scene.doc[verb.i - 2]]  # "Acme, headquartered in Geneva, said"
        for subject in subjects:
            mention = scene.organisation_of(subject, SEATED)
            if mention is not None:
                yield self._propose(scene, place, mention, "participle", verb)

    def _read_seat(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        place = self._find_place(scene, noun)
        for child in noun.children:
            if place is not None and child.dep_ in {"poss", "compound"}:
                mention = scene.organisation_of(child, SEATED)
                if mention is not None:
                    yield self._propose(scene, place, mention, "seat", noun)

    def _find_place(self, scene: Scene, token: Token) -> Mention | None:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "at"}:
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj" and (place := scene.name_of(grandchild, STATES)) is not None:
                        return place
        return None

    def _read_states(self, scene: Scene) -> Iterator[Proposal]:
        """Yield what adjectives and names of states before a noun tell: "the Dutch bank ING", "US tech giant Meta"."""
        for state in scene.states:
            after = scene.doc[state.last] if state.last < len(scene.doc) else None
            if after is None or after.text == "-":
                continue
            if (
                state.kind == "adjective"
                or after.pos_ in {"NOUN", "PROPN", "ADJ"}
                and scene.doc[state.head].dep_ in {"compound", "nmod", "amod"}
            ):
                yield from self._read_noun_phrase(scene, state, state.last, "adjective")
            elif after.text in {"'s", "’s"}:
                yield from self._read_noun_phrase(scene, state, state.last + 1, "possessor")

    def _name_place(self, scene: Scene, place: Mention) -> AgentRef:
        """A town with the region that stands behind it: "Portland, Oregon"."""
        doc, agent = scene.doc, as_place(place)
        if agent.type == "Place" and place.last + 1 < len(doc) and doc[place.last].text == ",":
            region = scene.name_of(place.last + 1, STATES)
            if region is not None and region.kind == "name":
                name = f"{agent.name}, {agent_of(region).name}"
                return AgentRef(agent.id, name, "Place", agent_of(region).country)
        return agent

    def _propose(self, scene: Scene, place: Mention, mention: Mention, how: str, word: Token | None) -> Proposal:
        where, agent = self._name_place(scene, place), agent_of(mention)
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
