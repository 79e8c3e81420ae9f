"""How many use a platform: "Telegram, which has 950 million users", "used by 40% of Brazilians"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import BUSINESSES, STATES, Scene, agent_of
from kg.model.mention import Mention

_NOUNS = frozenset({"user", "subscriber", "customer", "people", "download", "account"})
_NUMBER = re.compile(r"(?<![\w.,€£$])\d[\d.,]*(?:\s?(?:million|billion|thousand|percent|per cent|m|bn|%))?(?!\w)", re.I)
_LARGE = re.compile(r"million|billion|thousand|per ?cent|%|,\d{3}|\d\s?m$|\d\s?bn$", re.I)
_HARM = frozenset("data expose affect leak breach steal compensate target spy notify".split())


class UserFinder:
    """Propose user numbers."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each number of users whose platform the sentence tells."""
        for token in scene.doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS:
                yield from self._read_noun(scene, token)

    def _read_noun(self, scene: Scene, noun: Token) -> Iterator[Proposal]:
        doc = scene.doc
        start = max(noun.sent.start, noun.i - 7)
        numbers = [m[0].strip(" ,.") for m in _NUMBER.finditer(doc[start : noun.i].text)]
        if not numbers or not _LARGE.search(numbers[-1]):
            return
        platform, how = self._find_platform(scene, noun)
        if platform is None:
            return
        sentence = noun.sent
        place = next((scene.name_of(t, STATES) for t in noun.subtree if t.dep_ == "pobj" and scene.name_of(t, STATES)), None)
        hints = [f"noun:{noun.lemma_.lower()}", f"type:{agent_of(platform).type}", f"place:{place is not None}"]
        if any(t.lemma_.lower() in _HARM for t in sentence):
            hints.append("harm")
        yield Proposal("users", agent_of(platform), agent_of(place) if place else None, numbers[-1], cover(platform, noun.i), how, tuple(hints))

    def _find_platform(self, scene: Scene, noun: Token) -> tuple[Mention | None, str]:
        """Whose users they are: by possessive, by subject of *have*, by *of*, else the first business of the sentence."""
        for child in noun.children:
            if child.dep_ in {"poss", "compound"} and (found := scene.organisation_of(child, BUSINESSES)) is not None:
                return found, "own"
            if child.dep_ == "prep" and child.lower_ in {"of", "on"}:
                for grandchild in child.children:
                    if (found := scene.organisation_of(grandchild, BUSINESSES)) is not None:
                        return found, "of"
        for ancestor in noun.ancestors:
            if ancestor.pos_ in {"VERB", "AUX"} and ancestor.lemma_ in {"have", "count", "reach", "boast", "use", "claim", "serve"}:
                for child in ancestor.children:
                    if child.dep_ in {"nsubj", "dobj"} and (found := scene.organisation_of(child, BUSINESSES)) is not None:
                        return found, "verb:" + ancestor.lemma_
        return next(scene.names_between(noun.sent.start, noun.sent.end, BUSINESSES), None), "sentence"
