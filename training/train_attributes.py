"""Train what chooses an action's charges and its date from labelled documents: ``make train``.

Both are logistic regressions over named features of a candidate (a charge that some phrase speaks for, a date that
stands near or the day of publication), fitted on the training labels; the most probable candidate is chosen. Five folds
by the hash of the document's id tell how good they are on documents that they have not seen. Deterministic; the results
are tables of weights in JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, Token

from kg.annotate import Annotator, load_pipeline
from kg.evaluate.gold import GoldDocument, GoldEvent, decode_gold
from kg.extract.candidates import Candidate, CandidateFinder
from kg.extract.charges import ChargeFinder, choose_charges
from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.date_evidence import DateEvidence, Telling
from kg.extract.features import describe_candidate
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.kb.lexicon import load_lexicon
from kg.model import AgentRef, PartialDate

FOLDS = 5
RARE = 4  # a feature seen on fewer candidates says nothing general
OPTIONAL_WEIGHT = 0.6  # labelled with less care than what is required
REGULARISATION = {"charges": 0.05, "dates": 0.3}  # the inverse strength; chosen among 0.05 to 1 by the folds
THRESHOLD = {"charges": 0.2, "dates": 0.22}  # the least probability of a choice; chosen by the folds' F1


@dataclass(frozen=True)
class Event:
    """One labelled action: the candidates for an attribute with their features, and what is right."""

    document_id: str
    optional: bool
    right: frozenset[str]
    candidates: dict[str, list[str]]
    is_read: bool = False  # the trigger is the one that the extraction would take, not the annotator's


def find_tellings(
    gold: GoldDocument, event: GoldEvent, scored: list[tuple[float, Candidate]]
) -> list[tuple[float, Candidate, bool]]:
    """List the proposals that tell an action of an event's type against its target, and whether by its actor."""
    found = []
    for confidence, candidate in scored:
        actor, target = candidate.actor, candidate.target
        assert actor is not None and target is not None
        assert actor.mention.agent is not None and target.mention.agent is not None
        if candidate.action == event.action and gold.is_one_of(
            event.target, target.mention.agent.name, target.mention.span.text
        ):
            same = gold.is_one_of(event.actor, actor.mention.agent.name, actor.mention.span.text)
            found.append((confidence, candidate, same))
    return found


def locate_trigger(doc: Doc, event: dict[str, Any]) -> Token | None:
    """Find the head of an event's trigger: the occurrence that is nearest to the mentions of its parties."""
    text, words = doc.text, event.get("trigger") or ""
    starts = list(_find_all(text, words)) if words else []
    if not starts:
        return None
    mentions = [event[key] for key in ("actor_mention", "target_mention") if event.get(key)]

    def measure(start: int) -> int:
        return sum(min((abs(other - start) for other in _find_all(text, mention)), default=0) for mention in mentions)

    start = min(starts, key=measure)
    span = doc.char_span(start, start + len(words), alignment_mode="expand")
    return span.root if span is not None else None


def _find_all(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def find_light_verb(trigger: Token) -> Token | None:
    """Find the verb that governs a noun, as the extraction's light verbs do."""
    if (
        trigger.pos_ in {"NOUN", "PROPN"}
        and trigger.head.pos_ == "VERB"
        and trigger.dep_ in {"dobj", "pobj", "nsubjpass"}
    ):
        return trigger.head
    return None


def refer(names: list[str], gold: dict[str, Any], kb: KnowledgeBase) -> AgentRef | None:
    """Make the reference to the party that labels name, from the knowledge base where that knows it."""
    described = {entity["name"]: entity for entity in gold["entities"]}
    for name in names:
        for alias in (name, *described.get(name, {}).get("aliases", ())):
            if alias in kb.aliases:
                return kb.refer_to(kb.aliases[alias][0])
    if not names:
        return None
    return AgentRef("new", names[0], described.get(names[0], {}).get("type", "Group"))


def pair_files(labels: Path, texts: Path, drills: Path) -> Iterator[tuple[Path, Path]]:
    """Pair the files of labels with those of texts, the drills' of which stand side by side."""
    yield from ((file, texts / file.name) for file in sorted(labels.glob("*.jsonl")))
    for file in sorted(drills.glob("*.gold.jsonl")):
        yield file, file.with_name(file.name.replace(".gold.", "."))


def collect_events(files: Iterable[tuple[Path, Path]]) -> dict[str, list[Event]]:
    """Read the labelled documents and describe the candidates of every action's charges and date."""
    kb = load_knowledge_base()
    annotator = Annotator(load_pipeline(), kb)
    finder = ChargeFinder(kb, load_lexicon(), ConfidenceModel({}, 0.5))
    proposer, model = CandidateFinder(load_lexicon()), load_confidence_model()
    found: dict[str, list[Event]] = {"charges": [], "dates": []}
    for file, text_file in files:
        documents = {row["id"]: row for row in map(json.loads, text_file.read_text(encoding="utf-8").splitlines())}
        golds = [
            gold for gold in map(json.loads, file.read_text(encoding="utf-8").splitlines()) if gold["id"] in documents
        ]
        docs = annotator.read_many(documents[gold["id"]]["text"] for gold in golds)
        for gold, (doc, mentions) in zip(golds, docs, strict=True):
            published = documents[gold["id"]].get("published")
            charges = finder.read(doc).evidence
            dates = DateEvidence(doc, PartialDate(published) if published else None)
            decoded = decode_gold(gold)
            scored = [
                (model.estimate(describe_candidate(candidate, kb.agents)), candidate)
                for candidate in proposer.find(doc, mentions)
                if candidate.actor is not None and candidate.target is not None
            ]
            for event, row in zip(decoded.events, gold["events"], strict=True):
                tellings = find_tellings(decoded, event, scored)
                told_again = [Telling(c.trigger, c.light_verb, same) for _, c, same in tellings]
                trigger = locate_trigger(doc, row)
                places = [(trigger, find_light_verb(trigger), event.status, False)] if trigger is not None else []
                own = [(confidence, candidate) for confidence, candidate, same in tellings if same]
                if own:
                    best = max(own, key=lambda telling: telling[0])[1]
                    places.append((best.trigger, best.light_verb, best.status, True))
                parties = (refer(row["actor"], gold, kb), refer(row["target"], gold, kb))
                for word, light, status, is_read in places:
                    told = dates.describe(word, event.action, status, light, told_again)
                    features = {date.iso: names for date, names in told.items()}
                    right = frozenset({event.date} if event.date else ())
                    found["dates"].append(Event(gold["id"], event.optional, right, features, is_read))
                    described = charges.describe(word, event.action, light, parties)
                    found["charges"].append(
                        Event(gold["id"], event.optional, frozenset(event.charges), described, is_read)
                    )
    return found


def fit_weights(events: list[Event], regularisation: float) -> tuple[dict[str, float], float]:
    """Fit a logistic regression that tells whether a candidate is right."""
    rows = [(features, name in event.right, event) for event in events for name, features in event.candidates.items()]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _, _ in rows])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    weights = np.array([OPTIONAL_WEIGHT if event.optional else 1.0 for _, _, event in rows])
    model = LogisticRegression(C=regularisation, max_iter=3000)
    model.fit(matrix[:, common], np.array([right for _, right, _ in rows]), sample_weight=weights)
    names = vectorizer.get_feature_names_out()[common]
    return dict(zip(names.tolist(), model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def choose(attribute: str, event: Event, weights: dict[str, float], shift: float) -> frozenset[str]:
    """Choose as the extraction does."""
    scored = sorted(
        (
            -1.0 / (1.0 + math.exp(-(shift + sum(weights.get(feature, 0.0) for feature in dict.fromkeys(features))))),
            name,
        )
        for name, features in event.candidates.items()
    )
    ranked = [(-score, name) for score, name in scored]
    if attribute == "charges":
        return frozenset(choose_charges(ranked, THRESHOLD[attribute]))
    return frozenset(name for score, name in ranked[:1] if score >= THRESHOLD[attribute])


def report_folds(attribute: str, events: list[Event]) -> str:
    """Tell how often the attribute is exactly right on unseen documents, where the labels have one."""
    right = having = false = lacking = 0
    is_read = any(event.is_read for event in events)
    for fold in range(FOLDS):
        weights, shift = fit_weights([e for e in events if find_fold(e.document_id) != fold], REGULARISATION[attribute])
        for event in events:
            if find_fold(event.document_id) == fold and not event.optional and event.is_read == is_read:
                chosen = choose(attribute, event, weights, shift)
                having, lacking = having + bool(event.right), lacking + (not event.right)
                right += bool(event.right) and chosen == event.right
                false += not event.right and bool(chosen)
    return f"{attribute}: {right} of {having} right, {false} of {lacking} that have none are given one"


def find_fold(document_id: str) -> int:
    """The fold that a document falls into, by the hash of its id."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % FOLDS


def main() -> None:
    """Train and write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--texts", type=Path, default=Path("../shared/corpus/train"))
    parser.add_argument("--drills", type=Path, default=Path("data/gold/drills"))
    parser.add_argument("--output", type=Path, default=Path("data/kb/models"))
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    files = pair_files(arguments.labels, arguments.texts, arguments.drills)
    for attribute, events in collect_events(files).items():
        weights, shift = fit_weights(events, REGULARISATION[attribute])
        kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.01}
        model = {"threshold": THRESHOLD[attribute], "scale": 1.0, "shift": round(shift, 4), "weights": kept}
        file = arguments.output / f"{attribute}.json"
        file.write_text(json.dumps(model, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{report_folds(attribute, events)}; {len(kept)} features: {file}")


if __name__ == "__main__":
    main()
