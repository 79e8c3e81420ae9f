from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.features import describe_candidate
from kg.kb import KnowledgeBase
from tests.extract.test_candidates import propose


def describe(text: str, action: str, kb: KnowledgeBase) -> list[str]:
    """Describe the only candidate of an action in a text."""
    (candidate,) = propose(text, action)
    return list(describe_candidate(candidate, kb.agents))


def test_features_say_what_is_known_of_a_candidate(kb: KnowledgeBase) -> None:
    """Action, status, types and ties of the parties are features, each once, the same each time."""
    features = describe("Ofcom fined TikTok.", "fine", kb)
    assert {"bias", "action=fine", "status=actual", "actor-type=Regulator", "target-type=Platform"} <= set(features)
    assert {"actor-known=True", "target-known=True", "actor-kind=name", "types=authority>business|fine"} <= set(
        features
    )
    assert len(features) == len(set(features))
    assert features == describe("Ofcom fined TikTok.", "fine", kb)


def test_features_tell_candidates_apart(kb: KnowledgeBase) -> None:
    """A threat, an unknown company and a party of another sentence show in the features."""
    assert "status=planned" in describe("Ofcom threatened to fine TikTok.", "fine", kb)
    assert "target-known=False" in describe("Ofcom fined Brobdingnag Networks.", "fine", kb)
    text = "TikTok is an app. Ofcom fined the company."
    assert {"target-kind=description", "target-antecedent=name"} <= set(describe(text, "fine", kb))


def test_confidence_is_surer_of_plain_sentences(kb: KnowledgeBase) -> None:
    """The trained model is surer of subject, verb and object by name than of a group and a guess."""
    model = load_confidence_model()
    plain = model.estimate(describe("Ofcom fined TikTok.", "fine", kb))
    vague = model.estimate(describe("Some people accused users.", "accuse", kb))
    assert plain > 0.8 > vague
    assert plain > model.threshold


@pytest.mark.parametrize(
    ("features", "confidence"), [([], 0.5), (["a"], 0.7311), (["a", "b"], 0.5), (["unknown"], 0.5), (["a"] * 999, 1.0)]
)
def test_confidence_is_logistic(features: list[str], confidence: float) -> None:
    """Worked by hand: the sum of the weights through the logistic function; unknown features weigh nothing."""
    assert ConfidenceModel({"a": 1.0, "b": -1.0}, 0.5).estimate(features) == confidence


def test_confidence_is_calibrated_by_a_line() -> None:
    """Scale and shift act on the sum."""
    assert ConfidenceModel({"a": 2.0}, 0.5, scale=0.5, shift=0.0).estimate(["a"]) == 0.7311
    assert ConfidenceModel({}, 0.5, scale=0.5, shift=1.0).estimate(["a"]) == 0.7311


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.dictionaries(st.sampled_from("abcd"), st.floats(-50, 50)))
def test_confidence_lies_between_0_and_1_in_any_order(features: list[str], weights: dict[str, float]) -> None:
    """Whatever the weights, the confidence is a probability, and the order of the features does not count."""
    model = ConfidenceModel(weights, 0.5)
    assert 0 <= model.estimate(features) <= 1
    assert model.estimate(features) == model.estimate(reversed(features))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"weights": {}, "threshold": 0.5}', "not json"])
def test_confidence_refuses_what_is_no_model(tmp_path: Path, content: str) -> None:
    """A file that is missing or no model is refused by its path."""
    file = tmp_path / "model.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"model\.json: not a confidence model"):
        load_confidence_model(file)
    with pytest.raises(DataError, match=r"none\.json: not a confidence model"):
        load_confidence_model(tmp_path / "none.json")
