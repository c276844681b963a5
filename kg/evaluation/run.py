"""Run the whole reader over annotated documents and score what it finds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.evaluation.gold import load_gold
from kg.evaluation.prediction import prediction
from kg.evaluation.scoring import Score, score

if TYPE_CHECKING:
    from pathlib import Path

    from kg.extraction import Extractor

__all__ = ["evaluate"]


def evaluate(folder: Path, extractor: Extractor, out: Path | None = None, jobs: int = 1) -> Score:
    """Read each document of ``folder`` and compare.

    Args:
        folder: annotated documents; only title, date and text reach the extractor.
        extractor: the reader to measure.
        out: folder for one prediction file per document; made if need be.
        jobs: number of processes.

    Raises:
        SourceError: ``folder`` holds no annotated documents.
    """
    gold = load_gold(folder)
    readings = extractor.read_many((item.document for item in gold), jobs)
    predictions = {
        item.id: prediction(item.id, reading) for item, reading in zip(gold, readings, strict=True)
    }
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in predictions.items():
            text = json.dumps(content, ensure_ascii=False, indent=1)
            (out / f"{name}.json").write_text(text + "\n", "utf-8")
    return score(gold, predictions)
