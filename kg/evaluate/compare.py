"""What a change to the extraction gained and lost, edge by edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.evaluate.matching import match_edges
from kg.evaluate.predictions import PredictedEvent, Prediction


@dataclass(frozen=True, slots=True)
class GoldEdge:
    """A gold event of a document."""

    document_id: str
    event: GoldEvent


@dataclass(frozen=True, slots=True)
class WrongEdge:
    """An edge that an extraction read in a document and that no gold event accounts for."""

    document_id: str
    event: PredictedEvent


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one set of predictions to another.

    ``gained`` and ``lost`` are gold edges that only the later or only the earlier predictions hit; ``added`` and
    ``removed`` are wrong edges that only the later or only the earlier predictions hold.
    """

    gained: tuple[GoldEdge, ...]
    lost: tuple[GoldEdge, ...]
    added: tuple[WrongEdge, ...]
    removed: tuple[WrongEdge, ...]


_Identity = tuple[str | None, ...]


def _identify(event: PredictedEvent) -> _Identity:
    # Confidence, offsets and attributes may move without the edge being another one.
    return (event.action, event.actor, event.target, event.status)


def compare_predictions(
    before: Mapping[str, Prediction], after: Mapping[str, Prediction], golds: Mapping[str, GoldDocument]
) -> Comparison:
    """List the edges that a change gained and lost against the same gold, in the order of documents and of gold."""
    gained: list[GoldEdge] = []
    lost: list[GoldEdge] = []
    added: list[WrongEdge] = []
    removed: list[WrongEdge] = []
    for gold_id, gold in sorted(golds.items()):
        old_edges = (before.get(gold_id) or Prediction(gold_id)).edges
        new_edges = (after.get(gold_id) or Prediction(gold_id)).edges
        old, new = match_edges(gold, old_edges, "edge"), match_edges(gold, new_edges, "edge")
        old_hits, new_hits = {index for index, _ in old.hits}, {index for index, _ in new.hits}
        gained += [GoldEdge(gold_id, gold.events[index]) for index in sorted(new_hits - old_hits)]
        lost += [GoldEdge(gold_id, gold.events[index]) for index in sorted(old_hits - new_hits)]
        old_wrong, new_wrong = [old_edges[i] for i in old.wrong], [new_edges[i] for i in new.wrong]
        added += [WrongEdge(gold_id, event) for event in _subtract(new_wrong, old_wrong)]
        removed += [WrongEdge(gold_id, event) for event in _subtract(old_wrong, new_wrong)]
    return Comparison(tuple(gained), tuple(lost), tuple(added), tuple(removed))


def _subtract(events: list[PredictedEvent], others: list[PredictedEvent]) -> list[PredictedEvent]:
    """Keep the events that the others lack; of two alike where the others have one, the second."""
    left, kept = Counter(map(_identify, others)), []
    for event in events:
        if left[_identify(event)] > 0:
            left[_identify(event)] -= 1
        else:
            kept.append(event)
    return kept
