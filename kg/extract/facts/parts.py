"""Which organisation belongs to which: "the DOJ's Antitrust Division", "the executive body of the EU"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.extract.facts.agents import BUSINESSES, ORGANISATIONS, STATES, agent_of, type_of
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import Scene
from kg.model.mention import Mention

_NOUNS = frozenset(
    """unit arm division subsidiary affiliate branch part offshoot department wing member agency body committee
    subcommittee executive regulator watchdog authority faction chapter""".split()
)
# What says by itself that one belongs to the other; a regulator or a member may stand in looser ties.
_BELONGING = frozenset(
    ["unit", "arm", "division", "subsidiary", "affiliate", "branch", "part", "offshoot", "wing", "faction", "chapter"]
)
_BACKING = frozenset({"backed", "run", "controlled", "funded", "affiliated", "linked", "owned"})


class PartFinder:
    """Propose the wholes of organisations."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each sign that one organisation is a part of another."""
        for mention in scene.named:
            if mention.kind == "name" and type_of(mention) in ORGANISATIONS:
                yield from self._read_name(scene, mention)
        for token in scene.doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS:
                yield from self._read_noun(scene, token)
            elif token.lower_ in _BACKING and token.i >= 2 and token.nbor(-1).text == "-":
                yield from self._read_backed(scene, token)

    def _read_name(self, scene: Scene, part: Mention) -> Iterator[Proposal]:
        """Read "the EU's General Court", "the Antitrust Division of the Justice Department", "Irish DPC"."""
        doc, first = scene.doc, part.first
        if first >= 2 and doc[first - 1].text in {"'s", "’s"}:
            whole = scene.name_of(first - 2)
            if whole is not None:
                yield from self._propose(scene, part, whole, "possessive")
        elif first >= 1 and (whole := scene.name_of(first - 1)) is not None:
            yield from self._propose(scene, part, whole, "before")
        index = part.last
        if index + 1 < len(doc) and doc[index].lower_ in {"of", "at", "under"}:
            index += 1
            while index < len(doc) and doc[index].pos_ in {"DET", "ADJ"} and index not in scene.at:
                index += 1
            whole = scene.name_of(index) if index < len(doc) else None
            if whole is not None:
                yield from self._propose(scene, part, whole, "of")

    def _read_noun(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "noyb, a member of the network", "the Commission, the EU's executive arm"."""
        wholes: list[Mention | None] = [
            scene.mention_of(c) for c in noun.children if c.dep_ in {"poss", "compound", "nmod"}
        ]
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                wholes += [scene.mention_of(c) for c in child.children if c.dep_ == "pobj"]
        parts: list[Mention | None] = []
        if noun.dep_ == "appos":
            parts.append(scene.at.get(noun.head.i))
        if noun.dep_ == "attr":
            parts += [scene.mention_of(subject) for subject, _ in find_subjects(noun.head)]
        parts += [scene.at.get(child.i) for child in noun.children if child.dep_ == "appos"]
        edge = noun.left_edge.i
        if not any(parts) and edge >= 2 and scene.doc[edge - 1].text == ",":
            parts.append(scene.at.get(edge - 2))
        for part in parts:
            for whole in wholes:
                if part is not None and whole is not None and part is not whole:
                    yield from self._propose(scene, part, whole, "noun", noun)

    def _read_backed(self, scene: Scene, token: Token) -> Iterator[Proposal]:
        """Read "Microsoft-backed lobbyist FairSearch"."""
        whole = scene.name_of(token.i - 2)
        part = next(scene.names_between(token.i + 1, token.i + 6), None)
        if whole is not None and part is not None:
            yield from self._propose(scene, part, whole, "hyphen:" + token.lower_, token)

    def _propose(
        self, scene: Scene, part: Mention, whole: Mention, how: str, word: Token | None = None
    ) -> Iterator[Proposal]:
        one, other = agent_of(part), agent_of(whole)
        if one.id == other.id or one.type not in ORGANISATIONS or other.type not in ORGANISATIONS:
            return
        if one.type in BUSINESSES and other.type in BUSINESSES | STATES or one.type == "Government":
            return  # a subsidiary is owned
        hints = [
            f"types:{one.type}+{other.type}",
            f"how+types:{how}+{one.type}+{other.type}",
            f"whole-state:{other.type in STATES}",
        ]
        wholes = list(scene.wholes_of(one))
        if other.id in wholes:
            hints.append("kb:whole")
        elif scene.is_known(one):
            hints.append("kb:other-whole")
        if word is not None:
            hints.append(f"word:{word.lemma_.lower()}")
            if word.lemma_.lower() in _BELONGING:
                hints.append("belonging")
        yield Proposal("part_of", one, other, None, cover(part, whole), how, tuple(hints))
