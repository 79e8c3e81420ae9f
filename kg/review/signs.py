"""The signs that two agents are one, or are not: each with how strongly it shows, and in words."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rapidfuzz import fuzz

from kg.model.vocabulary import AUTHORITIES
from kg.review.name_parts import NameParts, load_name_words
from kg.review.profiles import Profile

Signs = dict[str, tuple[float, str]]

_FAMILIES = {**dict.fromkeys(AUTHORITIES, "authority"), "Person": "person", "Place": "place", "Law": "law"}
_LEAST_ALIKE = 75  # of 100: less is no likeness of names
_ALIKE = 84


def compare_names(one: NameParts, other: NameParts, bearers: Mapping[str, int], *, are_people: bool) -> Signs:
    """Compare two names.

    Parameters
    ----------
    one, other
        The names.
    bearers
        How many agents have a word in their names.
    are_people
        Whether one of the agents is a person.
    """
    signs: Signs = {}
    alike = max(fuzz.ratio(one.core, other.core), fuzz.token_sort_ratio(one.core, other.core))
    if alike >= _LEAST_ALIKE:
        signs["spelling"] = (alike - _LEAST_ALIKE) / (100 - _LEAST_ALIKE), f"names {alike / 100:.2f} alike"
    shared = set(one.telling) & set(other.telling)
    telling = sorted(shared - load_name_words()["generic"])
    if telling:
        rarest = min(telling, key=lambda word: (bearers.get(word, 1), word))
        signs["rare"] = min(1, len(rarest) / 5) / bearers.get(rarest, 1) ** 0.5, f"both have {rarest!r}"
        fewer, more = sorted((one.telling, other.telling), key=len)
        if are_people and fewer == more[-1:] and len(more) > 1:
            signs["surname"] = 1, "the last name alone"
        elif set(fewer) < set(more):
            signs["contained"] = 1, "one name stands in the other"
    elif shared:
        signs["generic"] = 1, "what they share is in many names"
    if are_people and len(one.telling) > 1 and len(other.telling) > 1:
        ends = ((one.telling[0], other.telling[0]), (one.telling[-1], other.telling[-1]))
        if any(fuzz.ratio(mine, theirs) < _ALIKE for mine, theirs in ends):
            signs["other_name"] = 1, "first or last names differ"
    if (one.acronym in other.initials or other.acronym in one.initials) and one.core != other.core:
        signs["acronym"] = 1, "one is the initials of the other"
    if one.legal and other.legal and one.legal != other.legal:
        signs["legal_form"] = 1, "other legal forms"
    if one.parts != other.parts and (one.parts and other.parts or not are_people):
        signs["part"] = 1, "other numbers or parts"
    return signs


def compare_places(one: NameParts, other: NameParts, at_one: set[str], at_other: set[str]) -> Signs:
    """Compare the places in two names with where the agents are: a national branch is not its parent.

    Parameters
    ----------
    one, other
        The names.
    at_one, at_other
        Codes and ids of the places that the bearers belong to.
    """
    for places, theirs, where in ((one.places, other.places, at_other), (other.places, one.places, at_one)):
        # Each place stands for one of several: Georgia is a country and a state.
        for place in places:
            if not place & where.union(*theirs):
                return {"place": (1, "a place in one name alone")}
    return {}


def compare_agents(first: Profile, second: Profile, profiles: Mapping[str, Profile]) -> Signs:
    """Compare what else is known of two agents: types, countries, whom they act with, what relates them."""
    signs: Signs = {}
    if first.type == second.type:
        signs["same_type"] = 1, "same type"
    else:
        families = {_FAMILIES.get(profile.type, "business") for profile in (first, second)}
        signs["other_type" if len(families) == 1 else "far_type"] = 1, f"{first.type}, {second.type}"
    if first.countries and second.countries:
        common = sorted(first.countries & second.countries)
        said = f"country {common[0]}" if common else "other countries"
        signs["same_country" if common else "other_country"] = 1, said
    if shared := sorted(agent for agent in first.neighbours if agent in second.neighbours and agent in profiles):
        # An agent that everybody acts with says little: each counts by how few do.
        weight = sum(1 / math.log2(2 + len(profiles[agent].neighbours)) for agent in shared)
        names = ", ".join(profiles[agent].name for agent in shared[:3])
        signs["neighbours"] = min(1.0, weight), f"both act with {names}"
    for one, other in ((first, second), (second, first)):
        if relation := one.related.get(other.id):
            signs["fact"] = 1, f"a fact relates them ({relation})"
    if acts := first.neighbours.get(second.id):
        signs["acted"] = 1, f"one acted on the other ({min(acts)})"
    return signs
