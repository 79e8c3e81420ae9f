"""The figures of the extraction must not fall: ``data/gold/expected.yml`` says what was measured, less a margin."""

from __future__ import annotations

from functools import cache

import pytest

from kg.evaluate import Prediction, Scores, load_gold, score_predictions
from kg.evaluate.predictions import decode_prediction
from kg.pipeline.describe import describe_reading
from tests.extract.reading import load_expected, load_kb, locate_gold, read_gold_texts

EXPECTED = load_expected()


@cache
def describe_all() -> dict[str, Prediction]:
    """Describe what all gold texts say, as ``kg extract`` prints it, by document id."""
    laws = {law.id: law.name for law in load_kb().laws.values()}
    described = (decode_prediction(describe_reading(reading, laws)) for _, reading in read_gold_texts())
    return {prediction.id: prediction for prediction in described}


def measure(name: str) -> Scores:
    """Score the extraction of one set, or skip where its gold is absent."""
    gold = locate_gold(name)
    if gold is None:
        pytest.skip(f"no gold at {EXPECTED[name]['gold']}")
    return score_predictions(load_gold(gold), describe_all())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_quality_does_not_fall(name: str) -> None:
    """Edge F1, edge precision and F1 of facts are what was measured, less the margin; every document is read."""
    scores, least = measure(name), EXPECTED[name]["least"]
    found = {
        "edge_f1": scores.edge.f1,
        "edge_precision": scores.edge.precision,
        "facts_f1": scores.facts.f1,
    }
    assert set(found) == set(least)
    assert scores.documents == EXPECTED[name]["size"]
    assert not scores.unread
    fallen = {figure: (round(found[figure], 3), least[figure]) for figure in found if found[figure] < least[figure]}
    assert fallen == {}


def test_quality_expects_something() -> None:
    """The bounds lie above what a stock subject-verb-object recipe reaches (edge F1 of 0.05 to 0.12)."""
    assert all(one["least"]["edge_f1"] > 0.2 and one["least"]["edge_precision"] > 0.5 for one in EXPECTED.values())
