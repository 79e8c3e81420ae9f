"""How good is an extraction? Gold documents, scores, comparisons and a report."""

from kg.evaluate.calibration import Calibration, measure_calibration
from kg.evaluate.check import check_gold
from kg.evaluate.compare import Comparison, compare_predictions
from kg.evaluate.gold import GoldDocument, load_gold
from kg.evaluate.predictions import Prediction, read_predictions
from kg.evaluate.report import write_report
from kg.evaluate.scores import Accuracy, Score, Scores, score_predictions

__all__ = [
    "Accuracy",
    "Calibration",
    "Comparison",
    "GoldDocument",
    "Prediction",
    "Score",
    "Scores",
    "check_gold",
    "compare_predictions",
    "load_gold",
    "measure_calibration",
    "read_predictions",
    "score_predictions",
    "write_report",
]
