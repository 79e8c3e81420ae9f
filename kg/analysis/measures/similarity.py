"""Which countries act on the same things."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.records import GraphData
from kg.query.table import Value


def compute_cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Compute the cosine of the angle between two profiles of counts: 0 if they share nothing, 1 if in proportion.

    References
    ----------
    G. Salton, M. J. McGill (1983), Introduction to modern information retrieval.
    """
    dot = sum(count * other[key] for key, count in sorted(one.items()) if key in other)
    norm = math.sqrt(sum(count**2 for count in one.values()) * sum(count**2 for count in other.values()))
    return dot / norm if norm else 0.0


def compute_jaccard(one: set[str], other: set[str]) -> float:
    """Compute the share of what both have among what either has.

    References
    ----------
    P. Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11(2).
    """
    return len(one & other) / len(one | other) if one | other else 0.0


def count_profiles(data: GraphData) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Count what the authorities of each country act on: the charges, and the platforms and companies."""
    charges: dict[str, Counter[str]] = defaultdict(Counter)
    targets: dict[str, Counter[str]] = defaultdict(Counter)
    for action in data.actions:
        actor, target = data.agents.get(action.actor), data.agents.get(action.target)
        if action.is_against and actor and actor.is_authority and actor.jurisdiction and target and target.is_service:
            targets[actor.jurisdiction][action.target] += 1
            charges[actor.jurisdiction].update(action.charges)
    return dict(charges), dict(targets)


def list_similarity(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the pairs of countries that have two actions each at least, and share something, the most alike first."""
    charges, targets = count_profiles(data)
    rows = []
    for one, other in combinations(sorted(home for home, found in targets.items() if found.total() >= 2), 2):
        empty: Counter[str] = Counter()
        mine, theirs = charges.get(one, empty), charges.get(other, empty)
        by_charges = compute_cosine(mine, theirs)
        by_targets = compute_jaccard(set(targets[one]), set(targets[other]))
        if not by_charges and not by_targets:
            continue
        shared = sorted(set(mine) & set(theirs), key=lambda charge: (-min(mine[charge], theirs[charge]), charge))
        names = sorted(str(data.get_name(target)) for target in set(targets[one]) & set(targets[other]))
        rows.append(
            (
                data.get_name(one),
                data.get_name(other),
                round_score(by_charges),
                round_score(by_targets),
                ", ".join(map(data.get_label, shared)),
                ", ".join(names),
                targets[one].total(),
                targets[other].total(),
            )
        )
    yield from sorted(rows, key=lambda row: (-row[2], -row[3], str(row[0]), str(row[1])))


MEASURE = Measure(
    name="similarity",
    title="Which countries act on the same things?",
    source="cosine of charges (Salton & McGill 1983), Jaccard index of targets (Jaccard 1912)",
    columns={
        "one": "a country or union",
        "other": "another",
        "by_charges": "cosine of how often they act on each charge, 0 to 1",
        "by_targets": "targets of both / targets of either, 0 to 1",
        "charges": "the charges of both",
        "targets": "the platforms and companies of both",
        "actions_one": "actions of the one: few make chance likeness",
        "actions_other": "actions of the other",
    },
    run=list_similarity,
)
