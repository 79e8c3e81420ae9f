"""How many use a platform: "Telegram, which has 950 million users", "used by 40% of Brazilians"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_agent_phrase, find_subjects
from kg.extract.facts.agents import BUSINESSES, STATES, agent_of
from kg.extract.facts.proposal import Proposal, cover
from kg.extract.facts.scene import Scene
from kg.model.mention import Mention

_NOUNS = frozenset(
    {"user", "subscriber", "customer", "people", "download", "account", "population", "adult", "household"}
)
_HAVING = frozenset(["have", "count", "reach", "boast", "claim", "serve", "attract", "gain", "pass", "exceed", "top"])
_COUNTS = frozenset({"count", "base", "number", "numbers", "total"})
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SHARE_IN_WORDS = re.compile(rf"(?i)\b({'|'.join(_TENS)}) ?per ?cent\b")
_UNITS = r"(?:million|billion|thousand|percent|per cent|m|bn|%)"
_NUMBER = re.compile(
    rf"(?<![\w.,€£$])(?:\d[\d.,]*(?:\s?{_UNITS})?|(?:a|one|two|three|four|five|six|seven|eight|nine|ten)\s(?:million|billion))(?!\w)",
    re.I,
)
_LARGE = re.compile(r"million|billion|thousand|per ?cent|%|,\d{3}|\d\s?m$|\d\s?bn$", re.I)
_BEFORE = 8


class UserFinder:
    """Propose user numbers."""

    def find(self, scene: Scene) -> Iterator[Proposal]:
        """Yield a proposal for each number of users that a clause gives a platform."""
        for token in scene.doc:
            if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in _NOUNS:
                number = _find_number(token) or _find_count(token)
                counted = token.head if _is_counted(token) else token
                platform, how = self._find_platform(scene, counted) if number else (None, "")
                if number and platform is not None:
                    place = self._find_place(scene, token)
                    object_ = agent_of(place) if place is not None else None
                    yield Proposal("users", agent_of(platform), object_, number, cover(platform, token.i), how)

    def _find_platform(self, scene: Scene, noun: Token) -> tuple[Mention | None, str]:
        """Whose users they are: by possessive, by *of*, by the subject of *have* or the object of *use*."""
        for child in noun.children:
            if child.dep_ in {"poss", "compound"} and (found := scene.organisation_of(child, BUSINESSES)) is not None:
                return found, "own"
            if child.dep_ == "prep" and child.lower_ in {"of", "on"}:
                for grandchild in child.children:
                    if (found := scene.organisation_of(grandchild, BUSINESSES)) is not None:
                        return found, "of"
        if noun.dep_ == "pobj" and noun.head.lower_ == "with":  # "Acme, with 40 million users", "a network with"
            holder = noun.head.head
            owners = [holder, *(subject for subject, _ in find_subjects(holder.head) if holder.dep_ == "attr")]
            named = (scene.organisation_of(token, BUSINESSES) for token in owners)
            if (found := next((mention for mention in named if mention is not None), None)) is not None:
                return found, "with"
        verb = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        if verb is None:
            return None, ""
        lemma = verb.lemma_.lower()
        found_subjects = [scene.organisation_of(subject, BUSINESSES) for subject, _ in find_subjects(verb)]
        subject = next((mention for mention in found_subjects if mention is not None), None)
        if lemma in _HAVING:
            return subject, "verb:" + lemma
        if lemma == "use" and find_agent_phrase(verb) is not None:
            return subject, "verb:used-by"
        if lemma == "use":
            objects = (scene.organisation_of(c, BUSINESSES) for c in verb.children if c.dep_ == "dobj")
            return next((mention for mention in objects if mention is not None), None), "verb:use"
        return None, ""

    def _find_place(self, scene: Scene, noun: Token) -> Mention | None:
        """The country of the users: "40 million users in Brazil", "its American users"."""
        while noun.dep_ == "appos" and noun.head.pos_ in {"NOUN", "PROPN"}:
            noun = noun.head  # "40% of Russia's users, some 49 million people"
        for token in noun.subtree:
            if (
                token.dep_ in {"pobj", "amod", "compound", "poss"}
                and (place := scene.organisation_of(token, STATES)) is not None
            ):
                return place
        return None


def _find_number(noun: Token) -> str | None:
    """The large number or share that counts a noun, with nothing but its attributes between."""
    doc, index = noun.doc, noun.i - 1
    while index >= noun.sent.start and noun.i - index <= _BEFORE and _is_attribute(doc[index]):
        index -= 1
    words = _SHARE_IN_WORDS.sub(lambda m: f"{10 * _TENS.index(m[1].lower()) + 10}%", doc[index + 1 : noun.i].text)
    numbers = [m[0].strip(" ,.") for m in _NUMBER.finditer(words)]
    return numbers[-1] if numbers and _LARGE.search(numbers[-1]) else None


def _is_counted(noun: Token) -> bool:
    return noun.dep_ == "compound" and noun.head.lemma_.lower() in _COUNTS


def _find_count(noun: Token) -> str | None:
    """The number that a count of users comes to: "its user count to 950 million", "a user base of 40 million"."""
    if not _is_counted(noun):
        return None
    behind = noun.doc[noun.head.i + 1 : min(noun.head.i + 8, noun.sent.end)]
    if not len(behind) or behind[0].lower_ not in {"of", "to", "at", "reached", "hit", "passed"}:
        return None
    number = _NUMBER.search(behind.text)
    return number[0].strip(" ,.") if number is not None and _LARGE.search(number[0].strip(" ,.")) else None


def _is_attribute(token: Token) -> bool:
    if token.lower_ in {"of", "the"}:  # "40% of the population"
        return token.i > 0 and (token.nbor(-1).text == "%" or token.nbor(-1).lower_ in {"percent", "cent", "of"})
    return (
        token.pos_ in {"ADJ", "ADV", "NOUN", "PROPN", "NUM", "SYM"}
        or token.text in {"%", "-", "’s", "'s"}
        or token.lower_ == "a"
        or (token.tag_ == "VBN" and token.dep_ == "amod")
    )
