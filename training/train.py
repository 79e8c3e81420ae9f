"""Train the confidence model from labelled documents: ``make train``.

Proposes candidates as the extraction does, calls right those that agree with a gold event or were judged right, and
fits a logistic regression over named features. Probabilities are calibrated, and the threshold chosen, on predictions
for documents that the fit has not seen (five folds by the hash of the id). Deterministic; the result is a table of
weights in JSON.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from kg.annotate import Annotator, load_pipeline
from kg.evaluate.gold import GoldDocument, load_gold
from kg.evaluate.matching import find_agreement
from kg.evaluate.predictions import PredictedEvent
from kg.extract.candidates import Candidate, CandidateFinder
from kg.extract.features import describe_candidate, is_own_whole, is_within_one_house
from kg.kb import load_knowledge_base
from kg.kb.lexicon import load_lexicon
from kg.model import Agent, Document
from kg.model.mention import Mention
from kg.sources import read_documents

DRILLS = tuple(
    f"data/gold/drills/{name}" for name in ("acts", "replies", "news-a", "news-b", "news-c", "items-c", "uses", "fines")
)
LABELS = ("../shared/gold/train", "data/gold/corpus", *(f"{drill}.gold.jsonl" for drill in DRILLS))
TEXTS = ("../shared/corpus/train", "data/corpus", *(f"{drill}.jsonl" for drill in DRILLS))
JUDGED = Path("data/gold/judged/news.tsv")
UNSURE = Path("data/gold/judged/unsure.tsv")  # the same, of what was neither sure nor unlikely
NEWS = Path("../shared/corpus")  # where the texts lie of which edges were judged
_LABELS = {"right": 1, "wrong": 0}  # what is optional tells nothing: it may as well be left out
FOLDS = 5
REGULARISATION = 0.1  # the inverse strength; chosen among 0.1, 0.3 and 1 by the folds' F1
RARE = 3  # a feature seen on fewer candidates says nothing general
OPTIONAL_WEIGHT = 0.6  # right, but a fair annotator might leave it out


@dataclass(frozen=True)
class Example:
    """One candidate with its label: 1 a required edge, 2 an optional one, 0 neither."""

    document_id: str
    trigger: int
    action: str
    actor: str
    target: str
    status: str
    features: tuple[str, ...]
    label: int


def collect_examples(golds: dict[str, GoldDocument], paths: list[str]) -> list[Example]:
    """Propose candidates on the labelled documents and label them."""
    kb = load_knowledge_base()
    annotator, finder = Annotator(load_pipeline(), kb), CandidateFinder(load_lexicon())
    documents = [d for d in read_documents(paths) if isinstance(d, Document) and d.id in golds]
    examples = []
    for document, (doc, mentions) in zip(documents, annotator.read_many(d.text for d in documents), strict=True):
        for candidate in list_proposed(finder, doc, mentions, kb.agents):
            examples.append(_label(document.id, golds[document.id], candidate, kb.agents))
    return examples


def collect_judged(judged: Path, texts: Path) -> list[Example]:
    """Propose candidates on the documents of which edges were judged, and keep those whose label is known."""
    labels: dict[tuple[str, ...], int] = {}
    with judged.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["label"] in _LABELS:
                key = tuple(row[name] for name in ("source", "document", "action", "actor", "target", "status"))
                labels[key] = _LABELS[row["label"]]
    kb = load_knowledge_base()
    annotator, finder = Annotator(load_pipeline(), kb), CandidateFinder(load_lexicon())
    examples = []
    for source in sorted({key[0] for key in labels}):
        named = {key[1] for key in labels if key[0] == source}
        found = read_documents([str(texts / source)])
        documents = [d for d in found if isinstance(d, Document) and d.id in named]
        for document, (doc, mentions) in zip(documents, annotator.read_many(d.text for d in documents), strict=True):
            for candidate in list_proposed(finder, doc, mentions, kb.agents):
                example = _describe(document.id, candidate, kb.agents, 0)
                key = (source, document.id, example.action, example.actor, example.target, example.status)
                if key in labels:
                    examples.append(replace(example, label=labels[key]))
    return examples


def list_proposed(
    finder: CandidateFinder, doc: Doc, mentions: dict[int, Mention], agents: Mapping[str, Agent]
) -> Iterator[Candidate]:
    """List the candidates of a text that the extraction would give a confidence."""
    for candidate in finder.find(doc, mentions):
        if candidate.actor is None or candidate.target is None:
            continue
        if not (is_within_one_house(candidate, agents) or is_own_whole(candidate)):
            yield candidate


def _label(document_id: str, gold: GoldDocument, candidate: Candidate, known: Mapping[str, Agent]) -> Example:
    assert candidate.actor is not None and candidate.target is not None
    actor, target = candidate.actor.mention, candidate.target.mention
    assert actor.agent is not None and target.agent is not None
    predicted = PredictedEvent(
        action=candidate.action,
        actor=actor.agent.name,
        target=target.agent.name,
        actor_mention=actor.chain[-1].text,
        target_mention=target.chain[-1].text,
        status=candidate.status,
    )
    agreeing = [event for event in gold.events if event.is_edge and "edge" in find_agreement(gold, event, predicted)]
    label = 0 if not agreeing else 1 if any(not event.optional for event in agreeing) else 2
    return _describe(document_id, candidate, known, label)


def _describe(document_id: str, candidate: Candidate, known: Mapping[str, Agent], label: int) -> Example:
    assert candidate.actor is not None and candidate.target is not None
    actor, target = candidate.actor.mention, candidate.target.mention
    assert actor.agent is not None and target.agent is not None
    return Example(
        document_id,
        candidate.trigger.i,
        candidate.action,
        actor.agent.id,
        target.agent.id,
        candidate.status,
        tuple(dict.fromkeys(describe_candidate(candidate, known))),
        label,
    )


def fit_weights(examples: list[Example]) -> dict[str, float]:
    """Fit the logistic regression; the bias is a feature of its own."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(example.features, 1.0) for example in examples])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    labels = np.array([example.label > 0 for example in examples])
    weights = np.array([OPTIONAL_WEIGHT if example.label == 2 else 1.0 for example in examples])
    model = LogisticRegression(C=REGULARISATION, max_iter=3000, fit_intercept=False)
    model.fit(matrix[:, common], labels, sample_weight=weights)
    names = vectorizer.get_feature_names_out()[common]
    return dict(zip(names.tolist(), model.coef_[0].tolist(), strict=True))


def find_fold(document_id: str) -> int:
    """The fold that a document falls into, by the hash of its id."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % FOLDS


def predict_unseen(examples: list[Example]) -> NDArray[np.float64]:
    """Score each example by a model fitted without its document; log-odds."""
    scores = np.zeros(len(examples))
    for fold in range(FOLDS):
        weights = fit_weights([e for e in examples if find_fold(e.document_id) != fold])
        for index, example in enumerate(examples):
            if find_fold(example.document_id) == fold:
                scores[index] = sum(weights.get(feature, 0.0) for feature in example.features)
    return scores


def calibrate(examples: list[Example], scores: NDArray[np.float64]) -> tuple[float, float]:
    """Fit the line from score to log-odds (Platt 1999) on the surest telling of each action of a document.

    That is what the extraction says; the surest of several tellings is less often right than its own score tells.
    What is optional is neither right nor wrong.
    """
    surest: dict[tuple[str, ...], tuple[float, int]] = {}
    for example, score in zip(examples, scores.tolist(), strict=True):
        key = (example.document_id, example.action, example.actor, example.target, example.status)
        if key not in surest or surest[key][0] < score:
            surest[key] = (score, example.label)
    told = [(score, label == 1) for score, label in surest.values() if label != 2]
    model = LogisticRegression(C=1e6)
    model.fit(np.array([[score] for score, _ in told]), np.array([right for _, right in told]))
    return float(model.coef_[0][0]), float(model.intercept_[0])


_AS_GOOD = 0.002
_SMOOTHED = 9  # steps of 0.01


def choose_threshold(
    examples: list[Example], confidences: NDArray[np.float64], required: int, precision: float
) -> float:
    """The highest threshold whose F1 is as good as the best, of those that keep the precision.

    The curve is flat about its top: what costs no F1 to leave out is left out, for a false edge harms more than a
    missed one. It is smoothed first, so that one edge more or less does not move the threshold. Each action of a
    document counts once.
    """
    thresholds = np.arange(0.1, 0.9, 0.01)
    curve, precise = np.zeros(len(thresholds)), np.zeros(len(thresholds), dtype=bool)
    for index, threshold in enumerate(thresholds):
        chosen: dict[tuple[str, ...], tuple[float, int]] = {}
        for example, confidence in zip(examples, confidences, strict=True):
            key = (example.document_id, example.action, example.actor, example.target, example.status)
            if confidence >= threshold and chosen.get(key, (0.0, 0))[0] < confidence:
                chosen[key] = (float(confidence), example.label)
        right = sum(label == 1 for _, label in chosen.values())
        said = sum(label != 2 for _, label in chosen.values())
        curve[index] = 2 * right / (said + required)
        precise[index] = bool(said) and right / said >= precision
    edges = np.pad(curve, _SMOOTHED // 2, mode="edge")
    smooth = np.where(precise, np.convolve(edges, np.full(_SMOOTHED, 1 / _SMOOTHED), mode="valid"), 0.0)
    if not precise.any():
        return 0.5
    return round(float(thresholds[smooth >= smooth.max() - _AS_GOOD].max()), 2)


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, nargs="+", default=[Path(path) for path in LABELS])
    parser.add_argument("--texts", nargs="+", default=list(TEXTS))
    parser.add_argument("--judged", type=Path, default=JUDGED, help="edges that were judged one by one")
    parser.add_argument("--unsure", type=Path, default=UNSURE, help="unsure edges that were judged one by one")
    parser.add_argument("--news", type=Path, default=NEWS, help="the folder of their texts")
    parser.add_argument("--output", type=Path, default=Path("data/kb/models/confidence.json"))
    parser.add_argument(
        "--precision", type=float, default=0.53, help="the least precision of the threshold, on unseen folds"
    )
    arguments = parser.parse_args()
    golds: dict[str, GoldDocument] = {}
    for labels in arguments.labels:
        for source in (sorted(labels.glob("*.jsonl")) if labels.is_dir() else []) or [labels]:
            golds.update(load_gold(source))
    whole = collect_examples(golds, arguments.texts)
    drawn = whole + collect_judged(arguments.judged, arguments.news)
    examples = drawn + collect_judged(arguments.unsure, arguments.news)
    scores = predict_unseen(examples)
    # What was chosen for its doubt tells nothing of how often the extraction is right.
    scale, shift = calibrate(drawn, scores[: len(drawn)])
    confidences = 1.0 / (1.0 + np.exp(-(scale * scores + shift)))
    # What was judged edge by edge tells nothing of what was missed, and so of no threshold.
    required = sum(event.is_required for gold in golds.values() for event in gold.events)
    threshold = choose_threshold(whole, confidences[: len(whole)], required, arguments.precision)
    weights = {
        name: round(weight, 4) for name, weight in sorted(fit_weights(examples).items()) if abs(weight) >= 0.0005
    }
    model = {"threshold": threshold, "scale": round(scale, 4), "shift": round(shift, 4), "weights": weights}
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(model, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(examples)} candidates, {len(weights)} features, threshold {threshold}: {arguments.output}")


if __name__ == "__main__":
    main()
