"""Who owns what, by the names that stand together: "Alphabet's Google", "TikTok's parent ByteDance", "its Gmail"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.extract.facts.agents import type_of
from kg.extract.facts.pairs import THINGS, list_names, propose_owner
from kg.extract.facts.proposal import Proposal
from kg.extract.facts.scene import Scene
from kg.extract.lists import expand_list
from kg.model.mention import Mention

_OWNER_NOUNS = frozenset(["parent", "owner", "maker", "developer", "operator", "creator", "publisher", "provider"])
_COMPANY_NOUNS = frozenset({"company", "firm", "group", "corporation", "companies"})
_UNIT_NOUNS = frozenset(
    ["unit", "arm", "division", "subsidiary", "offshoot", "spinoff", "spin-off", "affiliate", "brand"]
)
_PARTICIPLES = frozenset(["owned", "run", "operated", "developed", "controlled", "acquired"])
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MAX_GAP = 6


class OwnerFinder:
    """Propose owners of platforms, products and companies."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each sign of ownership beside a name."""
        for thing in scene.named:
            if thing.kind == "name" and type_of(thing) in THINGS:
                yield from self._read_name(scene, thing)
        for token in scene.doc:
            lemma = token.lemma_.lower()
            if token.pos_ in {"NOUN", "PROPN"} and lemma in _OWNER_NOUNS:
                yield from self._read_owner_noun(scene, token)
            elif token.pos_ == "NOUN" and lemma in _UNIT_NOUNS:
                yield from self._read_unit(scene, token)
            elif (
                token.pos_ == "NOUN"
                and lemma in _COMPANY_NOUNS
                and token.nbor(1 if token.i + 1 < len(scene.doc) else 0).lower_ == "behind"
            ):
                yield from self._read_owner_noun(scene, token)
            elif token.pos_ == "NOUN" and token.dep_ == "appos":
                yield from self._read_product(scene, token)
            elif token.lower_ in _PARTICIPLES and token.i >= 2 and token.nbor(-1).text == "-":
                yield from self._read_hyphenated(scene, token)

    def _read_name(self, scene: Scene, thing: Mention) -> Iterator[Proposal]:
        """Look left of a name for a possessor ("Google's mobile system Android", "its Gmail", "Alphabet Google")."""
        doc = scene.doc
        index, gap = thing.first - 1, 0
        start = doc[thing.head].sent.start
        while index >= start and gap <= _MAX_GAP:
            token = doc[index]
            if token.tag_ == "PRP$":
                owner = scene.mention_of(index)
                if owner is not None:
                    yield from propose_owner(scene, owner, [thing], "pronoun" if gap == 0 else "pronoun-noun")
                return
            if token.text in {"'s", "’s", "'", "’"} and index > 0:
                owner = scene.mention_of(index - 1)
                if owner is not None:
                    how = "possessive" if owner.kind == "name" else "possessive-referred"
                    yield from propose_owner(scene, owner, [thing], how if gap == 0 else how + "-noun")
                return
            other = scene.at.get(index)
            if other is not None and other is not thing:
                if gap == 0 and other.kind == "name":
                    yield from propose_owner(scene, other, [thing], "compound")
                elif gap == 1 and doc[index + 1].text == "/":
                    yield from propose_owner(scene, other, [thing], "slash")
                return
            if (
                token.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "PRON", "DET", "SCONJ"}
                and token.tag_ not in {"VBG", "VBN"}
                or token.is_punct
                and token.text not in {"-", ",", "“", '"', "/", "‘"}
            ):
                return
            gap += 1
            index -= 1

    def _read_owner_noun(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "TikTok's parent company ByteDance", "the owner of Wikipedia", "Replika developer Luka"."""
        doc, lemma = scene.doc, noun.lemma_.lower()
        top = noun
        if noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ in _COMPANY_NOUNS:
            top = doc[noun.i + 1]
        first = noun.i
        while (
            first > noun.sent.start
            and doc[first - 1].pos_ in {"ADJ", "NOUN"}
            and first - 1 not in scene.at
            and noun.i - first < 4
        ):
            first -= 1
        things: list[Mention | None] = []
        if first > 0:
            before = doc[first - 1]
            if before.text in {"'s", "’s"} and first > 1:
                things.append(scene.mention_of(first - 2))
            elif before.i in scene.at or before.tag_ == "PRP$":
                things.append(scene.mention_of(first - 1))
        if not any(things):
            index = top.i + 1
            if index < len(doc) and doc[index].lower_ in {"of", "behind"}:
                things += list_names(scene, index + 1, top.sent.end)
        owners: list[Mention | None] = []
        index = top.i + 1
        if index < len(doc) and doc[index].text == ",":
            index += 1
        if index < len(doc):
            owners.append(scene.at.get(index))
        if top.dep_ == "appos":
            owners.append(scene.at.get(top.head.i))
        owners += [scene.at.get(child.i) for child in top.children if child.dep_ == "appos"]
        if top.dep_ == "attr":
            owners += [scene.mention_of(subject) for subject, _ in find_subjects(top.head)]
        edge = top.left_edge.i
        if not any(owners) and edge >= 2 and doc[edge - 1].text in {",", "("}:
            owners.append(scene.at.get(edge - 2))
        found = [thing for thing in things if thing is not None]
        for owner in owners:
            if owner is not None and found and owner not in found:
                yield from propose_owner(scene, owner, found, "noun:" + lemma, noun)
                return

    def _read_unit(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "Google, a unit of Alphabet", "its WhatsApp subsidiary", "Acme's subsidiary Beta"."""
        doc = scene.doc
        wholes: list[Mention | None] = []
        parts: list[Mention | None] = []
        for child in noun.children:
            if child.dep_ == "poss":
                wholes.append(scene.mention_of(child))
            elif child.dep_ == "prep" and child.lower_ == "of":
                wholes += [scene.mention_of(c) for c in child.children if c.dep_ == "pobj"]
            elif child.dep_ == "appos":
                parts += [scene.at.get(t.i) for t in expand_list(child)]
            elif child.dep_ in {"compound", "nmod"}:
                (parts if wholes else wholes).append(scene.at.get(child.i))
        if noun.dep_ == "appos":
            parts.append(scene.at.get(noun.head.i))
        if noun.i + 1 < len(doc):
            parts.append(scene.at.get(noun.i + 1))
        if noun.dep_ == "attr":
            parts += [scene.mention_of(subject) for subject, _ in find_subjects(noun.head)]
        owner = next((whole for whole in wholes if whole is not None), None)
        if owner is None and noun.i and (mention := scene.at.get(noun.i - 1)) is not None:
            owner = mention
        if owner is not None:
            yield from propose_owner(scene, owner, [p for p in parts if p is not None and p is not owner], "unit", noun)

    def _read_product(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "YouTube, Google's video platform"."""
        thing = scene.name_of(noun.head, THINGS)
        for child in noun.children:
            owner = scene.at.get(child.i) if child.dep_ == "poss" else None
            if thing is not None and owner is not None and owner is not thing:
                yield from propose_owner(scene, owner, [thing], "possessive-apposed", noun)

    def _read_hyphenated(self, scene: Scene, token: Token) -> Iterator[Proposal]:
        """Read "Google-owned YouTube"."""
        owner = scene.at.get(token.i - 2)
        if owner is not None:
            things = list_names(scene, token.i + 1, token.sent.end)[:1]
            yield from propose_owner(scene, owner, [t for t in things if t is not None], "hyphen", token)
