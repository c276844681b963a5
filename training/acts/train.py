"""Fit the models of kg/extraction/learned on the annotated passages.

    python training/acts/train.py                # fit on all, write kg/extraction/learned/*.npz
    python training/acts/train.py --check        # fit on four fifths, measure on the rest

Deterministic: the same passages, lexicon and language model give the same weights. Acts:
multinomial logistic regression; sides: conditional logistic regression over the candidates of each
act; both with an L2 penalty, fitted by L-BFGS. The reranker learns from what models fitted on the
one half of the passages find in the other.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from fitting import fit_acts, fit_sides
from passages import Passage, read
from rereading import Choice, reread
from rows import Rows, rows_of

from kg.extraction.learned.models import CLASSES, POLARITY, Linear, Models

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "kg" / "extraction" / "learned"
VARIANCES = {"act": 0.2, "actor": 0.5, "recipient": 0.5, "reranker": 0.02}  # priors of the weights
SMALLEST = {"act": 0.02, "actor": 0.02, "recipient": 0.02, "reranker": 0.005}  # weights kept


def parts(passages: list[Passage], number: int) -> list[list[Passage]]:
    """The passages in so many parts, by a digest of the name."""
    found: list[list[Passage]] = [[] for _ in range(number)]
    for passage in passages:
        found[zlib.crc32(passage.name.encode()) % number].append(passage)
    return found


def first_look(rows: Rows) -> Models:
    """The models that see a sentence; the reranker knows nothing yet."""
    return Models(
        fit_acts(rows.acts, len(CLASSES) + 1, VARIANCES["act"]),
        fit_sides(rows.actors, VARIANCES["actor"]),
        fit_sides(rows.recipients, VARIANCES["recipient"]),
        Linear({}, np.zeros((1, 1), np.float32)),
    )


def fit(passages: list[Passage]) -> Models:
    """All models."""
    one, two = parts(passages, 2)
    rows, others = rows_of(one), rows_of(two)
    choices = [*reread(two, first_look(rows)), *reread(one, first_look(others))]
    reranker = fit_sides(choices, VARIANCES["reranker"])
    return replace(first_look(rows.with_those_of(others)), reranker=reranker)


def measure(models: Models, passages: list[Passage]) -> None:
    """Print how models do on passages they have not seen."""
    rows = rows_of(passages)
    chances = models.acts([features for features, _ in rows.acts])
    truth = np.array([top for _, top in rows.acts])
    kinds = np.stack([chances[:, 1:][:, kind == POLARITY].sum(1) for kind in range(3)], 1)
    right = kinds.argmax(1) == np.where(truth > 0, POLARITY[truth - 1], -1)
    print("acts of the right polarity, by least chance:")
    for least in (0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        told = kinds.max(1) > least
        hits = (told & right).sum()
        print(f"  {least}: P {hits / told.sum():.2f}  R {hits / (truth > 0).sum():.2f}")
    found = list(reread(passages, models))
    for name, model, sets in (
        ("actor, given the act", models.actor, rows.actors),
        ("recipient, given act and actor", models.recipient, rows.recipients),
        ("recipient, of acts found, by the whole document", models.reranker, found),
    ):
        share, number = right_choices(model, sets)
        print(f"{name}: {share:.2f} of {number} that are named")


def right_choices(model: Linear, sets: list[Choice]) -> tuple[float, int]:
    """How often the likeliest of those named is right, where one is; and of how many."""
    named = [one for one in sets if not one[-1][1]]
    hits = 0
    for one in named:
        scores = model.scores([features for features, _ in one[:-1]])
        hits += one[int(scores[:, 0].argmax())][1]
    return hits / max(len(named), 1), len(named)


def main() -> int:
    """Fit and save, or fit and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="measure on a fifth left out")
    parser.add_argument("--out", type=Path, default=TARGET, help="folder for the weights")
    given = parser.parse_args()
    passages: list[Passage] = []
    for path in sorted((HERE / "passages").glob("*.txt")):
        found, wrong = read(path)
        passages += found
        print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    counts = Counter(act.top for passage in passages for act in passage.acts)
    print(f"{len(passages)} passages, {counts.total()} acts")
    if given.check:
        test, *rest = parts(passages, 5)
        models = fit([passage for part in rest for passage in part])
        whole = [p for p in test if p.title]
        for name, part in (("all kinds", test), ("whole documents", whole)):
            print(f"\n{name}: {len(part)} left out")
            measure(models, part)
        return 0
    models = fit(passages)
    for one in fields(Models):
        model: Linear = getattr(models, one.name)
        model.save(given.out / f"{one.name}.npz", SMALLEST[one.name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
