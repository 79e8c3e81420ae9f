"""How sure is a claim? A logistic model over named features, its weights a table that a person can read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import find_data

# IEEE doubles sum alike in one order on every platform; rounding keeps the last bits of libm's exp out of the output.
_DIGITS = 4


class ConfidenceModel:
    """Weights by feature; the confidence is their sum through the logistic function, then the calibration's line."""

    def __init__(self, weights: dict[str, float], threshold: float, scale: float = 1.0, shift: float = 0.0) -> None:
        self._weights = weights
        self.threshold = threshold
        self._scale = scale
        self._shift = shift

    def estimate(self, features: Iterable[str]) -> float:
        """Estimate the probability, between 0 and 1, that a claim with these features is right."""
        weights = self._weights
        total = math.fsum(weights.get(feature, 0.0) for feature in features)
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self._scale * total + self._shift)))), _DIGITS)


@lru_cache(maxsize=2)
def load_confidence_model(file: Path | None = None) -> ConfidenceModel:
    """Load the trained model from ``data/kb/models/confidence.json`` or another file.

    Raises
    ------
    DataError
        If the file is missing or is no such model.
    """
    file = file or find_data() / "kb" / "models" / "confidence.json"
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return ConfidenceModel(content["weights"], content["threshold"], content["scale"], content["shift"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: not a confidence model ({error})") from error
