"""Measure the reader against annotated documents (scheme: docs/reference/annotation.md)."""

from kg.evaluation.gold import GoldDocument, load_gold
from kg.evaluation.prediction import prediction
from kg.evaluation.run import evaluate
from kg.evaluation.scoring import Score, score

__all__ = ["GoldDocument", "Score", "evaluate", "load_gold", "prediction", "score"]
