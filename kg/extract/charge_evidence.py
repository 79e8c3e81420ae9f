"""What speaks for a charge to be an action's: the field's phrases and the laws named, near to it and in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.extract.layout import Layout
from kg.kb import read_table
from kg.model import AgentRef
from kg.model.vocabulary import CHARGES, GROUP_OF
from kg.resources import find_data

SPECIAL = {
    "privacy": frozenset({"childrens-privacy", "data-transfer", "data-breach", "biometrics", "surveillance"}),
    "illegal-content": frozenset(
        {
            *("csam", "hate-speech", "terrorism", "copyright", "disinformation", "sexual-content", "incitement"),
            *("defamation", "extremism"),
        }
    ),
    "antitrust": frozenset({"self-preferencing", "merger"}),
    "sexual-content": frozenset({"csam"}),
    "child-safety": frozenset({"csam"}),
    "failure-to-moderate": frozenset({"csam", "hate-speech", "disinformation"}),
    "other": frozenset(),
}  # fmt: skip
"""A general charge -> special ones of its kind."""


@lru_cache(maxsize=1)
def _load_remits() -> tuple[tuple[str, str], ...]:
    file = find_data() / "kb" / "lexicon" / "remits.csv"
    return tuple((row["word"], row.require_one_of("charge", CHARGES)) for row in read_table(file, ("word", "charge")))


@lru_cache(maxsize=4096)
def find_remits(name: str) -> frozenset[str]:
    """Return the charges that an authority of this name watches over, by the words of the name."""
    lower = name.lower()
    return frozenset(charge for word, charge in _load_remits() if word in lower)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of tokens that tells charges, or names the law whose breach they are."""

    first: int
    last: int
    charges: tuple[str, ...]
    words: str
    law: str | None = None


class ChargeEvidence:
    """The phrases and laws in one text, and how each charge stands to a word that tells an action."""

    def __init__(self, doc: Doc, phrases: list[Phrase], laws: list[Phrase]) -> None:
        self._doc = doc
        self._layout = Layout(doc)
        self._told = [*phrases, *laws]
        self._counts = Counter(charge for phrase in self._told for charge in phrase.charges)
        ranked = sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        self._rank = {charge: index for index, (charge, _) in enumerate(ranked)}
        self._total = sum(self._counts.values())

    def describe(
        self,
        trigger: Token,
        action: str,
        light_verb: Token | None,
        parties: tuple[AgentRef | None, AgentRef | None] = (None, None),
    ) -> dict[str, list[str]]:
        """Return the charges that may be the action's, each with the features that speak for or against it.

        Parameters
        ----------
        trigger, light_verb
            The word that tells the action and the verb that lends it its arguments, if any.
        action
            The action's type.
        parties
            Who acts and whom it is done to: what an authority watches over speaks for a charge.
        """
        surroundings = _Surroundings(self._doc, self._layout, trigger, light_verb)
        levels: dict[str, dict[str, Phrase]] = {}
        for phrase in self._told:
            level = surroundings.locate(phrase.first)
            for charge in phrase.charges:
                levels.setdefault(charge, {}).setdefault(level, phrase)
        remits = {charge for party in parties if party is not None for charge in find_remits(party.name)}
        for charge in sorted(remits - levels.keys()):
            levels[charge] = {}
        nearest = {charge: min((LEVELS.index(at) for at in found), default=_NONE) for charge, found in levels.items()}
        described: dict[str, list[str]] = {}
        for charge, found in levels.items():
            closest, place = LEVELS[nearest[charge]], surroundings.place
            features = described[charge] = list(_describe_nearness(charge, nearest, action, place))
            features.extend(self._describe_count(charge, place, closest))
            for name, party in zip(("actor", "target"), parties, strict=True):
                features.append(f"{name}={party.type if party is not None else 'none'}|{charge}")
            if remits:
                own = charge in remits
                features += [f"remit={own}", f"remit={own}|{charge}", f"remit={own}|{closest}"]
            for level, phrase in found.items():
                kind = "law" if phrase.law else "phrase"
                features += [f"{kind}-level={level}", f"{kind}-level={level}|{place}"]
                if level in _NEAR:
                    features += [f"words={phrase.words}|{charge}", f"words={phrase.words}|{charge}|{action}"]
                else:
                    features.append(f"far-words={phrase.words}|{charge}")
        return described

    def find_listed(self, trigger: Token, light_verb: Token | None) -> list[set[str]]:
        """Find the charges that a trigger's clause lists together ("charged with fraud, libel and tax evasion")."""
        surroundings = _Surroundings(self._doc, self._layout, trigger, light_verb)
        heads: dict[int, set[str]] = {}
        for phrase in self._told:
            if phrase.law is None and surroundings.locate(phrase.first) in {"own", "clause"}:
                heads.setdefault(self._doc[phrase.first : phrase.last].root.i, set()).update(phrase.charges)
        lists: dict[tuple[int, ...], set[str]] = {}
        for index, charges in heads.items():
            token = self._doc[index]
            if not list(token.conjuncts) and token.dep_ == "pobj" and token.head.lower_ == "of":
                token = token.head.head  # "fraud and the spread of propaganda"
            chain = tuple(sorted({token.i, *(other.i for other in token.conjuncts)}))
            if len(chain) > 1:
                lists.setdefault(chain, set()).update(charges)
        return [charges for _, charges in sorted(lists.items()) if len(charges) > 1]

    def _describe_count(self, charge: str, place: str, closest: str) -> Iterator[str]:
        count, share = self._counts[charge], self._counts[charge] / max(self._total, 1)
        portion = 0 if share < 0.1 else 1 if share < 0.25 else 2 if share < 0.5 else 3 if share < 1 else 4
        yield f"count={min(count, 6)}|{'item' if place == 'item' else 'article'}"
        yield f"share={portion}|{closest}"
        yield f"share={portion}|{place}"
        yield f"rank={min(self._rank.get(charge, 9), 3)}|{closest}"
        yield f"rank={min(self._rank.get(charge, 9), 3)}|{charge}"


def _describe_nearness(charge: str, nearest: dict[str, int], action: str, place: str) -> Iterator[str]:
    """How near a charge is told, alone and beside its rivals, the special ones of its kind, and the general one."""
    level = nearest[charge]
    closest, behind = LEVELS[level], min(level - min(nearest.values()), 4)
    rivals = min(sum(1 for other, at in nearest.items() if other != charge and at <= level), 3)
    yield f"closest={closest}"
    yield f"closest={closest}|{place}"
    yield f"closest={closest}|{action}"
    yield f"closest={closest}|{GROUP_OF.get(action, '')}|{place}"
    yield f"charge={charge}"
    yield f"charge={charge}|{closest}"
    yield f"charge={charge}|{action}"
    yield f"charge={charge}|{place}"
    yield f"behind={behind}"
    yield f"behind={behind}|{closest}"
    yield f"rivals={rivals}|{closest}"
    for special in sorted(SPECIAL.get(charge, frozenset()) & nearest.keys()):
        nearer = nearest[special] <= level
        yield f"special={nearer}"
        yield f"special={special}|{charge}|{nearer}"
    for general, specials in SPECIAL.items():
        if charge in specials and general in nearest:
            yield f"general={general}|{charge}|{nearest[general] < level}"


LEVELS = ("own", "clause", "line", "sentence", "previous", "title", "next", "lead", "far", "none")
"""How a phrase stands to a trigger, nearest first."""
_NONE = LEVELS.index("none")
_NEAR = frozenset({"own", "clause", "line"})


class _Surroundings:
    """The parts of a text around one trigger."""

    def __init__(self, doc: Doc, layout: Layout, trigger: Token, light_verb: Token | None) -> None:
        self.place = layout.locate(trigger)
        self._layout = layout
        self._own = {token.i for token in trigger.subtree}
        self._clause = {token.i for token in light_verb.subtree} if light_verb is not None else set()
        if trigger.pos_ in {"NOUN", "PROPN"} and trigger.head.pos_ in {"VERB", "ADP"}:
            self._clause |= {token.i for token in trigger.head.subtree}
        sentence = trigger.sent
        self._ranges = [("line", layout.find_line(trigger)), ("sentence", (sentence.start, sentence.end))]
        if sentence.start > 0:
            before = doc[sentence.start - 1].sent
            self._ranges.append(("previous", (before.start, before.end)))
        if sentence.end < len(doc):
            after = doc[sentence.end].sent
            self._ranges.append(("next", (after.start, after.end)))

    def locate(self, index: int) -> str:
        """Name the level of a token."""
        if index in self._own:
            return "own"
        if index in self._clause:
            return "clause"
        for name, (start, end) in self._ranges:
            if start <= index < end:
                return name
        if index < self._layout.title_end:
            return "title"
        return "lead" if index < self._layout.lead_end else "far"
