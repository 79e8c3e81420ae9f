"""Calibration: what a confidence is worth, and the edges that a change gained and lost."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.evaluate import command
from kg.evaluate import load_gold, measure_calibration, read_predictions
from kg.evaluate.calibration import summarize_calibration

FINE = {"action": "fine", "status": "actual", "charges": [], "law": [], "amount": None, "currency": None, "date": None}


def write_case(folder: Path) -> Path:
    """Write gold of two required fines and an optional one, and two extractions of them."""
    entities = [
        {"name": name, "type": "Government", "aliases": []} for name in ("Germany", "Italy", "Meta", "X", "Uber")
    ]
    gold = [
        {**FINE, "actor": ["Germany"], "target": ["Meta"], "optional": False},
        {**FINE, "actor": ["Germany"], "target": ["X"], "optional": False},
        {**FINE, "actor": ["Germany"], "target": ["Uber"], "optional": True},
    ]
    document = {"id": "d", "url": None, "published": None, "entities": entities, "events": gold, "facts": []}
    (folder / "gold").mkdir()
    (folder / "gold" / "d.json").write_text(json.dumps(document), encoding="utf-8")
    told = {
        "old": [("Germany", "X", 0.6), ("Italy", "X", 0.5)],
        "new": [("Germany", "Meta", 0.9), ("Italy", "Meta", 0.8)],
    }
    told["new"].append(("Germany", "Uber", 0.3))
    for name, edges in told.items():
        events = [{**FINE, "actor": actor, "target": target, "confidence": c} for actor, target, c in edges]
        line = json.dumps({"id": "d", "events": events, "facts": []})
        (folder / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder


def test_calibration_of_an_honest_confidence_is_nought() -> None:
    """Where edges are right as often as their confidence says, there is next to no error."""
    draw = random.Random(1)
    judged = [(confidence, draw.random() < confidence) for confidence in (draw.random() for _ in range(20_000))]
    calibration = summarize_calibration(judged)
    assert [bin_.size for bin_ in calibration.bins] == [2_000] * 10
    assert calibration.error < 0.02
    assert summarize_calibration(judged[::-1]) == calibration  # whatever the order in which they come


@pytest.mark.parametrize(
    ("judged", "error", "sure"),
    [
        ([(0.9, True), (0.8, False), (0.2, False)], (0.1 + 0.8 + 0.2) / 3, (2, 0.5)),
        ([(1.0, True)] * 20, 0.0, (20, 1.0)),
        ([(1.0, False)] * 20, 1.0, (20, 0.0)),
        ([], 0.0, (0, 0.0)),
    ],
)
def test_calibration_by_hand(judged: list[tuple[float, bool]], error: float, sure: tuple[int, float]) -> None:
    """The error is the mean distance of confidence and share over the bins, by their size."""
    calibration = summarize_calibration(judged)
    assert calibration.error == pytest.approx(error)
    assert calibration.size == len(judged)
    assert (calibration.sure, calibration.sure_precision) == sure


def test_calibration_leaves_optional_edges_out(tmp_path: Path) -> None:
    """An edge that an optional event excuses is neither right nor wrong."""
    folder = write_case(tmp_path)
    calibration = measure_calibration(load_gold(folder / "gold"), read_predictions(folder / "new.jsonl"))
    assert (calibration.size, calibration.sure, calibration.sure_right) == (2, 2, 1)


def test_evaluate_lists_what_a_change_gained_and_lost(tmp_path: Path) -> None:
    """Against an earlier extraction each right edge gained or lost and each wrong one added or removed has its line."""
    folder = write_case(tmp_path)
    arguments = [str(folder / "gold"), str(folder / "new.jsonl"), "--against", str(folder / "old.jsonl")]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0
    assert result.output.splitlines()[-5:] == [
        "against the earlier: 1 gained, 1 lost, 1 added, 1 removed",
        "+ right  d  Germany --fine/actual--> Meta",
        "- right  d  Germany --fine/actual--> X",
        "+ wrong  d  Italy --fine/actual--> Meta",
        "- wrong  d  Italy --fine/actual--> X",
    ]
    figures = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    assert figures["changes"] == {"gained": 1, "lost": 1, "added": 1, "removed": 1}
    assert figures["calibration"]["sure"] == {"size": 2, "precision": 0.5}
