"""Ownership that clauses tell: "Google bought Waze", "TikTok, owned by ByteDance", "its acquisition of Waze"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_agent_phrase, find_subjects
from kg.extract.facts.pairs import OWNERS, list_names, propose_owner
from kg.extract.facts.proposal import Proposal
from kg.extract.facts.scene import Scene
from kg.extract.lists import expand_list
from kg.model.mention import Mention

_OWNING = frozenset(
    ["acquire", "buy", "purchase", "own", "operate", "run", "launch", "release", "develop", "make", "create", "belong"]
)
_DEALS = frozenset(["acquisition", "purchase", "takeover", "buyout", "ownership"])
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


class DealFinder:
    """Propose owners from verbs and from the nouns of acquisition."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each clause that tells who owns or bought what."""
        for token in scene.doc:
            lemma = token.lemma_.lower()
            if token.pos_ == "NOUN" and lemma in _DEALS:
                yield from self._read_deal(scene, token)
            elif token.pos_ == "VERB" and lemma in _OWNING:
                yield from self._read_verb(scene, token)

    def _read_deal(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        """Read "Google's acquisition of Waze", "the purchase of Waze by Google"."""
        doc = scene.doc
        bought: list[Mention | None] = []
        buyers: list[Mention | None] = []
        for child in noun.children:
            if child.dep_ == "poss":
                buyers.append(scene.mention_of(child))
            elif child.dep_ == "prep":
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj" and child.lower_ in {"of", "including"}:
                        bought += list_names(scene, grandchild.left_edge.i, noun.sent.end)
                    elif grandchild.dep_ == "pobj" and child.lower_ == "by":
                        buyers.append(scene.mention_of(grandchild))
        if not bought and noun.i and (mention := scene.at.get(noun.i - 1)) is not None:
            bought.append(mention)  # "Google's Waze acquisition"
            if mention.first >= 2 and doc[mention.first - 1].text in {"'s", "’s"}:
                buyers.append(scene.mention_of(mention.first - 2))
        if not buyers and noun.dep_ == "dobj":
            buyers += [scene.mention_of(subject) for subject, _ in find_subjects(noun.head)]
        planned = any(child.lower_ in {"planned", "proposed", "attempted", "possible"} for child in noun.children)
        for buyer in buyers:
            if buyer is not None:
                how = "deal-planned" if planned else "deal"
                yield from propose_owner(
                    scene, buyer, [b for b in bought if b is not None and b is not buyer], how, noun
                )

    def _read_verb(self, scene: Scene, verb: Token) -> Iterator[Proposal]:
        """Read "ByteDance, which owns TikTok", "TikTok, owned by ByteDance", "Google bought Waze in 2013"."""
        lemma, agent = verb.lemma_.lower(), find_agent_phrase(verb)
        if lemma == "belong":
            wholes = [
                scene.mention_of(t) for c in verb.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj"
            ]
            parts = [scene.mention_of(subject) for subject, _ in find_subjects(verb)]
            for whole in wholes:
                if whole is not None:
                    yield from propose_owner(scene, whole, [p for p in parts if p is not None], "verb:belong", verb)
            return
        if agent is not None:
            owner = scene.mention_of(agent)
            if owner is None:  # "owned by China's ByteDance": the parser may take the state for the head
                owner = next((m for m in scene.names_between(verb.i + 1, verb.i + 5, OWNERS)), None)
            things = [scene.mention_of(subject) for subject, _ in find_subjects(verb)]
            how = "passive"
        else:
            owner = next((scene.mention_of(subject) for subject, _ in find_subjects(verb)), None)
            things = [scene.at.get(t.i) for c in verb.children if c.dep_ == "dobj" for t in expand_list(c)]
            things += [
                scene.at.get(a.i) for c in verb.children if c.dep_ == "dobj" for a in c.children if a.dep_ == "appos"
            ]
            how = (
                "active"
                if verb.tag_ in {"VBD", "VBZ", "VBP"} or any(c.lower_ in {"has", "had", "have"} for c in verb.children)
                else "infinitive"
            )
        if owner is not None:
            found = [thing for thing in things if thing is not None and thing is not owner]
            yield from propose_owner(scene, owner, found, f"verb:{lemma}-{how}", verb)
