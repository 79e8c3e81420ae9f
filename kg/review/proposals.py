"""Propose which agents may be one, the likeliest first, with the signs that speak for it and against it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.kb import KnowledgeBase
from kg.review.blocking import find_pairs
from kg.review.name_parts import NameParts, index_places, load_weights, split_name
from kg.review.profiles import Profile, is_candidate
from kg.review.signs import Signs, compare_agents, compare_names, compare_places

LEAST_SCORE = 0.3

TellVerdict = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two agents that may be one: ``score`` from 0 to 1 ranks them and is no probability, ``signs`` say why."""

    first: Profile
    second: Profile
    score: float
    signs: tuple[str, ...]


class PairScorer:
    """Weigh the signs that two agents are one.

    Parameters
    ----------
    profiles
        All agents, by id.
    kb
        Knows which words are places.
    """

    def __init__(self, profiles: Mapping[str, Profile], kb: KnowledgeBase) -> None:
        places = index_places(kb)
        self._weights = load_weights()
        self._kb = kb
        self._profiles = profiles
        self.names: dict[str, tuple[NameParts, ...]] = {}
        for agent, profile in sorted(profiles.items()):
            parts = (split_name(name, places, is_person=profile.type == "Person") for name in profile.names)
            self.names[agent] = tuple(dict.fromkeys(parts))
        self._bearers = Counter(
            word for forms in self.names.values() for word in {word for form in forms for word in form.telling}
        )

    def score(self, first: Profile, second: Profile) -> Proposal:
        """Weigh two agents by those of their names that speak most for sameness, and by all else that is known."""
        pairs = ((one, other) for one in self.names[first.id] for other in self.names[second.id])
        compared = (self._compare(one, other, first, second) for one, other in pairs)
        signs = max(compared, key=lambda signs: (self._weigh(signs), sorted(signs)))
        signs |= compare_agents(first, second, self._profiles)
        score = 1 / (1 + math.exp(-self._weights["base"] - self._weigh(signs)))
        said = sorted(signs, key=lambda sign: (-abs(self._weights[sign] * signs[sign][0]), sign))
        return Proposal(first, second, round(score, 4), tuple(signs[sign][1] for sign in said if signs[sign][0]))

    def _compare(self, one: NameParts, other: NameParts, first: Profile, second: Profile) -> Signs:
        are_people = "Person" in (first.type, second.type)
        places = compare_places(one, other, self._locate(first), self._locate(second))
        return compare_names(one, other, self._bearers, are_people=are_people) | places

    def _locate(self, profile: Profile) -> set[str]:
        agent = self._kb.agents.get(profile.id)
        return profile.countries | ({agent.id, agent.part_of or agent.id} if agent else set())

    def _weigh(self, signs: Signs) -> float:
        return sum(self._weights[sign] * value for sign, (value, _) in signs.items())


def propose_pairs(
    profiles: Mapping[str, Profile], kb: KnowledgeBase, tell_verdict: TellVerdict, *, least: float = LEAST_SCORE
) -> list[Proposal]:
    """Propose pairs that nobody has judged, the likeliest first.

    Parameters
    ----------
    profiles
        The agents of a store, by id: at least one of each pair is new.
    kb
        The knowledge base.
    tell_verdict
        Tells what was judged of two agents.
    least
        The least score that is worth a question.
    """
    candidates = sorted(profile.id for profile in profiles.values() if is_candidate(profile))
    scorer = PairScorer(profiles, kb)
    eligible = {
        agent: names for agent, names in scorer.names.items() if profiles[agent].known or is_candidate(profiles[agent])
    }
    unjudged = (pair for pair in sorted(find_pairs(candidates, eligible)) if tell_verdict(*pair) is None)
    scored = (scorer.score(profiles[first], profiles[second]) for first, second in unjudged)
    found = [proposal for proposal in scored if proposal.score >= least]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.first.id, proposal.second.id))
