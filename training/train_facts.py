"""Train the model that judges facts from labelled documents: ``python training/train_facts.py``.

Proposes facts as the extraction does, calls right those that agree with a gold fact, and fits a logistic regression
over how they were read. The threshold is chosen, and the quality reported, on predictions for documents that the fit
has not seen (five folds by the hash of the document's id). Deterministic; the result is a table of weights in JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.annotate import Annotator, load_pipeline
from kg.evaluate.gold import GoldDocument, load_gold
from kg.evaluate.scores import is_same_value
from kg.extract.confidence import ConfidenceModel
from kg.extract.facts import FactFinder, FoundFact
from kg.extract.facts.judge import FactJudge, describe_proposals, group_proposals
from kg.extract.facts.naming import Naming
from kg.extract.facts.scene import Scene
from kg.kb import load_knowledge_base
from kg.kb.lexicon import load_lexicon
from kg.model import Document
from kg.sources import read_documents

FOLDS = 5
REGULARISATION = 0.5  # the inverse strength; chosen among 0.2, 0.5, 1 and 2 by the folds' F1
PLATEAU = 0.002  # of thresholds whose F1 is this near to the best, the highest: what is said shall be right
RARE = 3  # a feature seen on fewer proposals says nothing general


@dataclass(frozen=True)
class Example:
    """The proposals of one fact as features, with whether a gold fact agrees."""

    document_id: str
    features: tuple[str, ...]
    right: bool


DRILLS = tuple(f"data/gold/drills/{name}" for name in ("news-a", "news-b", "news-c", "items-c"))
LABELS = ("../shared/gold/train", "data/gold/corpus", *(f"{drill}.gold.jsonl" for drill in DRILLS))
TEXTS = ("../shared/corpus/train", "data/corpus", *(f"{drill}.jsonl" for drill in DRILLS))


def agrees(gold: GoldDocument, fact: FoundFact) -> list[int]:
    """The indexes of the gold facts that a fact says."""
    return [
        index
        for index, expected in enumerate(gold.facts)
        if fact.relation == expected.relation
        and gold.is_one_of([expected.subject], fact.subject.name)
        and (not expected.object or gold.is_one_of([expected.object], fact.object.name if fact.object else None))
        and is_same_value(expected.value, fact.value)
    ]


def collect(golds: dict[str, GoldDocument], paths: list[str]) -> tuple[FactFinder, dict[str, Scene]]:
    """Annotate the labelled documents."""
    kb = load_knowledge_base()
    annotator, finder = Annotator(load_pipeline(), kb), FactFinder(load_lexicon(), kb)
    documents = [d for d in read_documents(paths) if isinstance(d, Document) and d.id in golds]
    scenes = {}
    for document, (doc, mentions) in zip(documents, annotator.read_many(d.text for d in documents), strict=True):
        scenes[document.id] = finder.look(doc, mentions)
    return finder, scenes


def list_examples(golds: dict[str, GoldDocument], finder: FactFinder, scenes: dict[str, Scene]) -> list[Example]:
    """Propose facts and label them."""
    examples = []
    for identifier, scene in scenes.items():
        naming = Naming(scene)
        for group in group_proposals(finder.propose(scene)):
            fact = naming.make_fact(group[0], 1.0)
            right = bool(agrees(golds[identifier], fact))
            examples.append(Example(identifier, tuple(describe_proposals(scene, group)), right))
    return examples


def fit_weights(examples: list[Example]) -> dict[str, float]:
    """Fit the logistic regression; the bias is the feature ``fact``."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(example.features, 1.0) for example in examples])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    model = LogisticRegression(C=REGULARISATION, max_iter=3000, fit_intercept=False)
    model.fit(matrix[:, common], np.array([example.right for example in examples]))
    names = vectorizer.get_feature_names_out()[common]
    return dict(zip(names.tolist(), model.coef_[0].tolist(), strict=True))


def find_fold(identifier: str) -> int:
    """The fold that a document falls into, by the hash of its id."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % FOLDS


def count(gold: GoldDocument, facts: list[FoundFact]) -> tuple[int, int, int]:
    """Hits, facts found and facts expected in one document; a gold fact is hit once."""
    open_ = set(range(len(gold.facts)))
    hits = 0
    for fact in facts:
        free = [index for index in agrees(gold, fact) if index in open_]
        if free:
            open_.discard(free[0])
            hits += 1
    return hits, len(facts), len(gold.facts)


def measure(
    golds: dict[str, GoldDocument],
    finder: FactFinder,
    scenes: dict[str, Scene],
    folds: list[dict[str, float]],
    threshold: float,
) -> tuple[float, float, float]:
    """Precision, recall and F1 on documents that the weights were not fitted on."""
    judges = [FactJudge(ConfidenceModel(weights, threshold)) for weights in folds]
    hits = found = expected = 0
    for identifier, scene in scenes.items():
        facts = judges[find_fold(identifier)].choose(scene, finder.propose(scene))
        counts = count(golds[identifier], facts)
        hits, found, expected = hits + counts[0], found + counts[1], expected + counts[2]
    return hits / max(found, 1), hits / max(expected, 1), 2 * hits / max(found + expected, 1)


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, nargs="+", default=[Path(path) for path in LABELS])
    parser.add_argument("--texts", nargs="+", default=list(TEXTS))
    parser.add_argument("--output", type=Path, default=Path("data/kb/models/facts.json"))
    arguments = parser.parse_args()
    golds: dict[str, GoldDocument] = {}
    for labels in arguments.labels:
        for source in sorted(labels.glob("*.jsonl")) or [labels]:
            golds.update(load_gold(source))
    finder, scenes = collect(golds, arguments.texts)
    examples = list_examples(golds, finder, scenes)
    folds = [fit_weights([e for e in examples if find_fold(e.document_id) != fold]) for fold in range(FOLDS)]
    curve = {round(float(t), 3): measure(golds, finder, scenes, folds, float(t)) for t in np.arange(0.25, 0.6, 0.025)}
    best = max(f1 for _, _, f1 in curve.values())
    threshold = max(t for t, (_, _, f1) in curve.items() if f1 >= best - PLATEAU)
    weights = {
        name: round(weight, 4) for name, weight in sorted(fit_weights(examples).items()) if abs(weight) >= 0.0005
    }
    model = {"threshold": threshold, "scale": 1.0, "shift": 0.0, "weights": weights}
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(model, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    precision, recall, f1 = curve[threshold]
    print(
        f"{len(examples)} proposals, {len(weights)} features, threshold {threshold}; "
        f"unseen: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    )


if __name__ == "__main__":
    main()
