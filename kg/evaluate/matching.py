"""Pair the edges that an extraction read with those of the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.evaluate.predictions import PredictedEvent
from kg.model.vocabulary import GROUP_OF

LEVELS: tuple[str, ...] = ("edge", "typed", "pair")


@dataclass(frozen=True, slots=True)
class Matching:
    """How the edges of one document fare against its gold, all by index.

    ``hits`` pairs required gold events with edges, one to one; ``missed`` are required gold events without a partner;
    ``wrong`` are edges that no gold event, optional ones included, accounts for; ``excused`` are edges that an optional
    gold event does.
    """

    hits: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    wrong: tuple[int, ...]
    excused: tuple[int, ...]


def find_agreement(gold: GoldDocument, expected: GoldEvent, predicted: PredictedEvent) -> frozenset[str]:
    """Name the levels at which an edge agrees with a gold event: some of ``LEVELS``, none unless both parties do."""
    if not gold.is_one_of(expected.actor, predicted.actor, predicted.actor_mention):
        return frozenset()
    if not gold.is_one_of(expected.target, predicted.target, predicted.target_mention):
        return frozenset()
    levels = set()
    if GROUP_OF.get(predicted.action or "") == GROUP_OF[expected.action]:
        levels.add("pair")
    if predicted.action == expected.action:
        levels.add("typed")
        if predicted.status == expected.status:
            levels.add("edge")
    return frozenset(levels)


def match_edges(gold: GoldDocument, edges: Sequence[PredictedEvent], level: str) -> Matching:
    """Pair edges with gold events one to one, required events first, the closest edge first.

    A gold event takes, of the edges that agree with it at ``level``, one that agrees at most levels, then one of the
    same amount, then the first. Edges left over that agree with an optional event are excused too: a repeat is
    no error.
    """
    agreements = [[find_agreement(gold, event, edge) for edge in edges] for event in gold.events]
    free, hits, excused = list(range(len(edges))), [], set()
    for index, expected in sorted(enumerate(gold.events), key=lambda item: item[1].optional):
        if not expected.is_edge:
            continue
        fitting = [edge for edge in free if level in agreements[index][edge]]
        if not fitting:
            continue
        row = agreements[index]
        best = max(fitting, key=lambda e: (len(row[e]), edges[e].amount == expected.amount))
        free.remove(best)
        if expected.optional:
            excused.add(best)
        else:
            hits.append((index, best))
    for index, expected in enumerate(gold.events):
        if expected.optional:
            excused.update(edge for edge in free if level in agreements[index][edge])
    found, used = {index for index, _ in hits}, {edge for _, edge in hits} | excused
    return Matching(
        hits=tuple(sorted(hits)),
        missed=tuple(i for i, event in enumerate(gold.events) if event.is_required and i not in found),
        wrong=tuple(edge for edge in range(len(edges)) if edge not in used),
        excused=tuple(sorted(excused)),
    )
