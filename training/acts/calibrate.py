"""Fit the weights of kg/extraction/events/confidence.py on annotated documents, and print them.

    python training/acts/calibrate.py tests/extraction/documents/{open,kept,none}

Realised acts alone: those told as facts, now or before; right as ``kg evaluate`` counts it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize

from kg import evaluation
from kg.extraction import coder, reading
from kg.extraction.events.confidence import TINY, evidence

if TYPE_CHECKING:
    from kg.extraction.events.drafts import Draft

Row = tuple[bool, list[float], bool]


def rows(folder: Path) -> list[Row]:
    """Of each realised act: whether the models found it, the logarithms of its evidence, right."""
    found: list[Row] = []
    drafts: list[list[Draft]] = []
    original = reading.read_events

    def spy(*given: object) -> object:
        result = original(*given)  # type: ignore[arg-type]
        drafts.append(result[2])
        return result

    with patch.object(coder, "read_events", spy), patch.object(reading, "credible", lambda _: True):
        for gold in evaluation.load_gold(folder):
            read = next(iter(coder.AnalystExtractor().read_many([gold.document])))
            guess = evaluation.prediction(gold.id, read)
            for number, event in enumerate(guess["events"]):
                event["confidence"] = number  # comes back with whether the act is right
            told = evaluation.score((gold,), {gold.id: guess}).reliability
            for number, right in told:
                draft = drafts[-1][int(number)]
                logs = [float(np.log(max(x, TINY))) for x in evidence(draft)]
                found.append((draft.learned, logs, right))
    return found


def fit(given: list[Row]) -> np.ndarray:
    """Intercept and weights; weights below nothing are kept at nothing."""
    table = np.array([[1.0, *logs] for _, logs, _ in given])
    right = np.array([good for _, _, good in given], float)

    def loss(weights: np.ndarray) -> float:
        raw = table @ weights
        penalty = ((weights[1:] - 0.5) ** 2).sum() / 2
        return float((np.logaddexp(0, raw) - right * raw).sum() + penalty)

    bounds = [(None, None), *[(0, None)] * (table.shape[1] - 1)]
    return np.asarray(minimize(loss, np.full(table.shape[1], 0.5), bounds=bounds).x)


def main() -> None:
    """Print both sets of weights."""
    given = [row for folder in sys.argv[1:] for row in rows(Path(folder))]
    for name, learned in (("RULES", False), ("LEARNED", True)):
        part = [row for row in given if row[0] is learned]
        print(f"{name} = {tuple(fit(part).round(2).tolist())}  # {len(part)} acts")


if __name__ == "__main__":
    main()
