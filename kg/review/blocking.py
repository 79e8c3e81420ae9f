"""Which pairs of agents are worth a closer look: those whose names share a rare word, are alike, or abbreviate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from kg.review.name_parts import NameParts, load_name_words

_MOST_BEARERS = 60  # a word that more agents share is no reason to compare them
_ALIKE = 84  # of 100: one or two letters of a word of ten
_CHUNK = 256  # candidates a matrix of similarities: 256 times 20,000 names are 5 MB

Pair = tuple[str, str]


def find_pairs(candidates: Sequence[str], names: Mapping[str, Sequence[NameParts]]) -> set[Pair]:
    """Find the pairs of a candidate and another agent to compare, each in order of their ids.

    Parameters
    ----------
    candidates
        The ids of the agents that are looked for.
    names
        The names of all agents, by id.
    """
    wanted = frozenset(candidates)
    pairs = {_order(one, other) for one, other in _pair_by_word(wanted, names) if one != other}
    pairs |= {_order(one, other) for one, other in _pair_by_acronym(wanted, names) if one != other}
    pairs |= {_order(one, other) for one, other in _pair_by_spelling(candidates, names) if one != other}
    return pairs


def _order(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _pair_by_word(wanted: frozenset[str], names: Mapping[str, Sequence[NameParts]]) -> Iterator[Pair]:
    generic = load_name_words()["generic"]
    bearers: dict[str, set[str]] = {}
    for agent, forms in names.items():
        for word in {word for form in forms for word in form.telling}:
            if word not in generic:
                bearers.setdefault(word, set()).add(agent)
    yield from _pair_bearers(wanted, (agents for agents in bearers.values() if len(agents) <= _MOST_BEARERS))


def _pair_by_acronym(wanted: frozenset[str], names: Mapping[str, Sequence[NameParts]]) -> Iterator[Pair]:
    short: dict[str, set[str]] = {}
    long: dict[str, set[str]] = {}
    for agent, forms in names.items():
        for form in forms:
            if form.acronym is not None:
                short.setdefault(form.acronym, set()).add(agent)
            for initials in form.initials:
                long.setdefault(initials, set()).add(agent)
    for acronym, agents in short.items():
        yield from _pair_bearers(wanted, [agents])
        for one in agents:
            yield from ((one, other) for other in long.get(acronym, ()) if one in wanted or other in wanted)


def _pair_bearers(wanted: frozenset[str], groups: Iterable[set[str]]) -> Iterator[Pair]:
    for agents in groups:
        for one in agents & wanted:
            yield from ((one, other) for other in agents)


def _pair_by_spelling(candidates: Sequence[str], names: Mapping[str, Sequence[NameParts]]) -> Iterator[Pair]:
    asked = [(agent, form.core) for agent in candidates for form in names[agent]]
    known = sorted({(agent, form.core) for agent, forms in names.items() for form in forms})
    choices = [core for _, core in known]
    for start in range(0, len(asked), _CHUNK):
        chunk = asked[start : start + _CHUNK]
        alike = process.cdist(
            [core for _, core in chunk], choices, scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=np.uint8, workers=1
        )
        for row, column in zip(*np.nonzero(alike), strict=True):
            yield chunk[row][0], known[column][0]
