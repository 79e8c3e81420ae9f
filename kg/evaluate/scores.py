"""Score an extraction against gold: precision, recall and F1 of edges and facts, accuracy of their attributes.

The figures are those of the shared scorer (``score.py``), micro-averaged over all documents; optional gold events count
neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.evaluate.matching import LEVELS, Matching, match_edges
from kg.evaluate.names import is_same_name, split_name
from kg.evaluate.predictions import PredictedEvent, PredictedFact, Prediction

ATTRIBUTES: tuple[str, ...] = ("charges", "amount", "date", "status")


def _divide(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was expected was found, and how much of what was said is right."""

    hits: int = 0
    predicted: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        """Hits of all that was said; 0 where nothing was."""
        return _divide(self.hits, self.predicted)

    @property
    def recall(self) -> float:
        """Hits of all that was expected; 0 where nothing was."""
        return _divide(self.hits, self.expected)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _divide(2 * self.precision * self.recall, self.precision + self.recall)

    def __add__(self, other: Score) -> Score:
        """Pool the counts of two scores."""
        return Score(self.hits + other.hits, self.predicted + other.predicted, self.expected + other.expected)

    def as_dict(self) -> dict[str, float]:
        """Give the figures under the names that the shared scorer prints."""
        counts = {"hits": self.hits, "predicted": self.predicted, "expected": self.expected}
        return {"p": self.precision, "r": self.recall, "f1": self.f1, **counts}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of the typed hits whose gold states an attribute, how many have it right."""

    right: int = 0
    of: int = 0

    @property
    def accuracy(self) -> float:
        """The share; 0 where nothing was asked."""
        return _divide(self.right, self.of)

    def __add__(self, other: Accuracy) -> Accuracy:
        """Pool the counts of two accuracies."""
        return Accuracy(self.right + other.right, self.of + other.of)

    def as_dict(self) -> dict[str, float]:
        """Give the figures under the names that the shared scorer prints."""
        return {"accuracy": self.accuracy, "of": self.of}


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one extraction; ``unread`` are the ids of gold documents without a prediction."""

    documents: int
    edge: Score
    typed: Score
    pair: Score
    facts: Score
    attributes: Mapping[str, Accuracy] = field(default_factory=dict)
    by_action: Mapping[str, Score] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Give the object that the shared scorer prints as JSON."""
        return {
            "documents": self.documents,
            **{level: getattr(self, level).as_dict() for level in LEVELS},
            "fact": self.facts.as_dict(),
            "attributes": {name: accuracy.as_dict() for name, accuracy in self.attributes.items()},
            "by_action": {action: score.as_dict() for action, score in self.by_action.items()},
        }


def score_predictions(golds: Mapping[str, GoldDocument], predictions: Mapping[str, Prediction]) -> Scores:
    """Score predictions against gold, both by document id; predictions for other documents do not count."""
    totals = dict.fromkeys((*LEVELS, "facts"), Score())
    attributes = dict.fromkeys(ATTRIBUTES, Accuracy())
    by_action: dict[str, Score] = {}
    for gold_id, gold in sorted(golds.items()):
        found = predictions.get(gold_id) or Prediction(gold_id)
        edges = found.edges
        for level in LEVELS:
            matching = match_edges(gold, edges, level)
            hits = len(matching.hits)
            totals[level] += Score(hits, hits + len(matching.wrong), hits + len(matching.missed))
            if level == "typed":
                for index, edge in matching.hits:
                    for name, is_right in _judge_attributes(gold.events[index], edges[edge]).items():
                        attributes[name] += Accuracy(int(is_right), 1)
            elif level == "edge":
                for action, score in _score_actions(gold, edges, matching).items():
                    by_action[action] = by_action.get(action, Score()) + score
        totals["facts"] += score_facts(gold, found.facts)
    return Scores(
        documents=len(golds),
        **totals,
        attributes=attributes,
        by_action=dict(sorted(by_action.items())),
        unread=tuple(sorted(set(golds) - set(predictions))),
    )


def _judge_attributes(expected: GoldEvent, predicted: PredictedEvent) -> dict[str, bool]:
    """Judge the attributes that the gold event states."""
    verdicts = {"status": predicted.status == expected.status}
    if expected.charges:
        verdicts["charges"] = set(predicted.charges) == set(expected.charges)
    if expected.amount is not None:
        verdicts["amount"] = (predicted.amount, predicted.currency) == (expected.amount, expected.currency)
    if expected.date:
        verdicts["date"] = predicted.date == expected.date
    return verdicts


def _score_actions(gold: GoldDocument, edges: tuple[PredictedEvent, ...], matching: Matching) -> dict[str, Score]:
    counts = {name: Counter[str]() for name in ("hits", "predicted", "expected")}
    counts["hits"].update(gold.events[index].action for index, _ in matching.hits)
    counts["expected"].update(event.action for event in gold.events if event.is_required)
    said = sorted({*range(len(edges))} - {*matching.excused})
    counts["predicted"].update(str(edges[edge].action) for edge in said)
    actions = sorted(set().union(*counts.values()))
    return {action: Score(**{name: count[action] for name, count in counts.items()}) for action in actions}


def score_facts(gold: GoldDocument, facts: tuple[PredictedFact, ...]) -> Score:
    """Score the facts of one document; each gold fact takes the first that agrees."""
    free, hits = list(facts), 0
    for expected in gold.facts:
        for fact in free:
            if (
                fact.relation == expected.relation
                and gold.is_one_of([expected.subject], fact.subject)
                and (not expected.object or gold.is_one_of([expected.object], fact.object))
                and is_same_value(expected.value, fact.value)
            ):
                free.remove(fact)
                hits += 1
                break
    return Score(hits, len(facts), len(gold.facts))


def _keep_digits(text: str | None) -> str:
    return re.sub(r"[^\d.]", "", text or "")


def is_same_value(expected: str | None, predicted: str | None) -> bool:
    """Compare the values of two facts: numbers by their digits, titles by any word in common; no value fits any."""
    if _keep_digits(expected):
        return _keep_digits(expected) == _keep_digits(predicted)
    if not expected or not predicted:
        return True
    return is_same_name(expected, predicted) or bool(set(split_name(expected)) & set(split_name(predicted)))
