"""Owners that the knowledge base knows, where the words of a sentence hint at the same."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.facts.agents import agent_of
from kg.extract.facts.pairs import OWNERS, propose_owner
from kg.extract.facts.proposal import Proposal
from kg.extract.facts.scene import Scene
from kg.model.mention import Mention

_OWNER_NOUNS = frozenset(["parent", "owner", "maker", "developer", "operator", "creator", "publisher", "provider"])
_OWNING = frozenset(["own", "develop", "launch", "create", "belong", "make", "run", "operate"])


class KnownOwnerFinder:
    """Propose known owners: "Google was fined for tying its app to Android" alone says it of nobody."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield the known pairs that a sentence names if a pronoun, a noun or a verb hints at ownership."""
        for sentence in scene.doc.sents:
            names = [m for m in scene.names_between(sentence.start, sentence.end, OWNERS) if m.kind == "name"]
            by_id = {agent_of(mention).id: mention for mention in reversed(names)}
            for thing in names:
                for owner_id in scene.owners_of(agent_of(thing)):
                    owner = by_id.get(owner_id)
                    sign = _find_sign(scene, owner, thing) if owner is not None else None
                    if owner is not None and sign is not None:
                        yield from propose_owner(scene, owner, [thing], "known-" + sign)


def _find_sign(scene: Scene, owner: Mention, thing: Mention) -> str | None:
    """What in the words says that one owns the other: a pronoun, a noun, a verb, or nothing."""
    doc = scene.doc
    for index in range(thing.first - 1, max(thing.first - 8, 0), -1):
        token = doc[index]
        if token.tag_ == "PRP$" or token.lower_ == "respective":
            return "pronoun"
        if token.pos_ in {"VERB", "AUX", "ADP", "DET"} or token.text in {".", ";"}:
            break
    for index in (
        *range(owner.first - 1, max(owner.first - 5, -1), -1),
        *range(owner.last, min(owner.last + 5, len(doc))),
    ):
        token = doc[index]
        lemma = token.lemma_.lower()
        if lemma in _OWNER_NOUNS or lemma == "company" and index and doc[index - 1].text in {"'s", "’s", "its"}:
            return "noun"
        if token.pos_ in {"VERB", "AUX", "ADP"} or token.is_punct and token.text != ",":
            break
    first, last = sorted((owner, thing), key=lambda m: m.first)
    if any(t.lemma_.lower() in _OWNING and t.pos_ == "VERB" for t in doc[first.last : last.first]):
        return "verb"
    return None
