"""Does a confidence mean what it says? Expected calibration error, and how right the sure ones are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.evaluate.gold import GoldDocument
from kg.evaluate.matching import match_edges
from kg.evaluate.predictions import Prediction

BINS = 10
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Bin:
    """Edges of like confidence: how many, their mean confidence, and the share of them that is right."""

    size: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidences lie from the share of edges that is right.

    Attributes
    ----------
    bins
        Ten of equal mass, the least sure first; fewer where there are fewer edges.
    sure, sure_right
        How many edges have a confidence of 0.8 or more, and how many of these are right.
    """

    bins: tuple[Bin, ...]
    sure: int
    sure_right: int

    @property
    def size(self) -> int:
        """How many edges were judged."""
        return sum(bin_.size for bin_ in self.bins)

    @property
    def error(self) -> float:
        """The expected calibration error: the mean distance in a bin of confidence and share, by the bin's size.

        References
        ----------
        Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning.
        """
        return sum(bin_.size * abs(bin_.confidence - bin_.right) for bin_ in self.bins) / (self.size or 1)

    @property
    def sure_precision(self) -> float:
        """The share of the sure edges that is right; 0 where none is sure."""
        return self.sure_right / self.sure if self.sure else 0.0

    def as_dict(self) -> dict[str, object]:
        """Give the figures for JSON."""
        bins = [{"size": b.size, "confidence": b.confidence, "right": b.right} for b in self.bins]
        sure = {"size": self.sure, "precision": self.sure_precision}
        return {"error": self.error, "size": self.size, "sure": sure, "bins": bins}


def measure_calibration(golds: Mapping[str, GoldDocument], predictions: Mapping[str, Prediction]) -> Calibration:
    """Hold the confidences of edges against gold, without edges that an optional gold event excuses.

    Parameters
    ----------
    golds, predictions
        Gold documents and predictions by document id.
    """
    judged: list[tuple[float, bool]] = []
    for gold_id, gold in sorted(golds.items()):
        edges = (predictions.get(gold_id) or Prediction(gold_id)).edges
        matching = match_edges(gold, edges, "edge")
        for found, is_right in (([edge for _, edge in matching.hits], True), (matching.wrong, False)):
            judged += [(c, is_right) for edge in found if (c := edges[edge].confidence) is not None]
    return summarize_calibration(judged)


def summarize_calibration(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Sum up pairs of a confidence and whether it was right to have it.

    Examples
    --------
    >>> round(summarize_calibration([(0.9, True), (0.9, False), (0.2, False)]).error, 2)
    0.4
    """
    ordered = sorted(judged)
    edges = [round(index * len(ordered) / BINS) for index in range(BINS + 1)]
    bins = []
    for start, end in pairwise(edges):
        part = ordered[start:end]
        if part:
            confidence = sum(confidence for confidence, _ in part) / len(part)
            bins.append(Bin(len(part), confidence, sum(is_right for _, is_right in part) / len(part)))
    sure = [is_right for confidence, is_right in ordered if confidence >= SURE]
    return Calibration(tuple(bins), len(sure), sum(sure))
