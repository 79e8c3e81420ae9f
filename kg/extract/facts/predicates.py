"""Roles that a clause tells: "Durov is the founder of Telegram", "she resigned as head", "a group led by Ann Lee"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_agent_phrase, find_subjects
from kg.extract.facts.agents import ORGANISATIONS, STATES, agent_of, type_of
from kg.extract.facts.beside import TitleReader
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.roles import RoleFinder
from kg.extract.facts.scene import Scene
from kg.model.mention import Mention

_VERB_ROLES = {
    "found": "founder",
    "cofound": "co-founder",
    "co-found": "co-founder",
    "head": "head",
    "lead": "leader",
    "chair": "chair",
    "run": "head",
}
_CITIZENSHIP = frozenset({"citizenship", "nationality", "passport", "citizen", "national"})


class PredicateFinder:
    """Propose roles from copulas, from *as*, and from verbs that mean a role."""

    def __init__(self, reader: TitleReader, roles: RoleFinder) -> None:
        self._reader = reader
        self._roles = roles

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each clause that gives a named person a role."""
        for token in scene.doc:
            if (
                token.dep_ in {"attr", "oprd"}
                and token.head.pos_ in {"AUX", "VERB"}
                and token.head.lemma_ in {"be", "become", "remain", "name", "appoint", "elect"}
            ):
                yield from self._read_phrase(scene, token, token.head, "copula")
            if token.pos_ == "NOUN" and token.lemma_.lower() in _CITIZENSHIP:
                yield from self._read_citizenship(scene, token)
            elif token.lower_ == "as" and token.dep_ == "prep" and token.head.pos_ in {"VERB", "AUX", "NOUN"}:
                for child in token.children:
                    if child.dep_ == "pobj":
                        yield from self._read_phrase(scene, child, token.head, "as")
            elif (
                token.pos_ == "VERB"
                and token.lemma_.lower() in _VERB_ROLES
                and token.tag_ in {"VBZ", "VBD", "VBN", "VBP"}
            ):
                yield from self._read_verb(scene, token)

    def _read_citizenship(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "holds French and Russian citizenship", "a citizen of Norway", "the Russian-born founder"."""
        people: list[Mention] = []
        verb = noun.head
        if noun.dep_ in {"dobj", "attr"}:
            people = list(self._people(scene, verb))
        elif noun.dep_ == "appos" and (mention := scene.mention_of(verb)) is not None and type_of(mention) == "Person":
            people = [mention]
        for child in noun.subtree:
            state = scene.name_of(child, STATES)
            if (
                state is None
                or not scene.is_country(agent_of(state))
                or state.kind != "adjective"
                and child.dep_ not in {"pobj", "conj"}
            ):
                continue
            for person in people:
                yield Proposal(
                    "nationality", agent_of(person), agent_of(state), None, cover(person, state, noun.i), "citizenship"
                )

    def _people(self, scene: Scene, verb: Token) -> Iterator[Mention]:
        for subject, _ in find_subjects(verb):
            mention = scene.mention_of(subject)
            if mention is not None and type_of(mention) == "Person":
                yield mention

    def _read_phrase(self, scene: Scene, noun: Token, verb: Token, how: str) -> Iterator[Proposal]:
        if not self._reader.titles.kind_of(noun):
            return
        people = list(self._people(scene, verb)) if verb.pos_ != "NOUN" else []
        if not people:
            return
        title = self._reader.phrases.read(scene, noun.left_edge.i, noun.sent.end, how)
        if title is None or title.organisation is None and how == "copula":
            return
        for person in people:
            yield from self._roles.propose(scene, person, title)

    def _find_possessor(self, scene: Scene, noun: Token) -> Mention | None:
        """Whose the thing is that someone heads: "heads the company's European business"."""
        for child in noun.children:
            if child.dep_ == "poss" and (found := scene.organisation_of(child)) is not None:
                return found
            if child.dep_ == "prep" and child.lower_ in {"of", "at"}:
                return next((m for c in child.children if (m := scene.organisation_of(c)) is not None), None)
        return None

    def _read_verb(self, scene: Scene, verb: Token) -> Iterator[Proposal]:
        lemma = verb.lemma_.lower()
        value = _VERB_ROLES[lemma]
        agent = find_agent_phrase(verb)
        if agent is not None:
            person = scene.mention_of(agent)
            things = [scene.mention_of(subject) for subject, _ in find_subjects(verb)]
            how = "passive"
        else:
            person = next(self._people(scene, verb), None)
            things = [
                scene.mention_of(child) or self._find_possessor(scene, child)
                for child in verb.children
                if child.dep_ == "dobj"
            ]
            how = "active"
        if person is None or type_of(person) != "Person":
            return
        for thing in things:
            if thing is not None and type_of(thing) in ORGANISATIONS:
                yield Proposal(
                    "role",
                    agent_of(person),
                    agent_of(thing),
                    value,
                    cover(person, thing, verb.i),
                    "verb-" + how,
                    (f"verb:{lemma}", f"org:{type_of(thing)}"),
                )
