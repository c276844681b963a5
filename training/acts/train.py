"""Fit the models of kg/extraction/learned on the annotated passages.

    pip install -r training/acts/requirements.txt
    python training/acts/train.py                # fit on all, write kg/extraction/learned
    python training/acts/train.py --check        # fit on four fifths, measure on the rest

The same passages, lexicon and language model give the same weights. Acts: multinomial logistic
regression; sides: conditional logistic regression over the candidates of each act; both with an L2
penalty, fitted by L-BFGS. The encoder is fitted by gradient descent (``encoding.py``). The reranker
learns from what models fitted on the one half of the passages find in the other.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from encoding import Pieces, fit_encoder, vocabulary
from fitting import fit_acts, fit_sides
from measuring import measure, pools
from packing import save_encoder
from passages import Passage, read
from rereading import reread
from rows import Rows, rows_of

from kg.extraction.learned.encoder import Encoder
from kg.extraction.learned.models import CLASSES, ENCODER, LINEAR, Linear, Models
from kg.extraction.learned.pieces import WordPieces

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "kg" / "extraction" / "learned"
VARIANCES = {"act": 0.2, "actor": 0.5, "recipient": 0.5, "reranker": 0.02}  # priors of the weights
ORDERS = 2  # fits of the encoder whose weights are averaged
SMALLEST = {"act": 0.11, "actor": 0.03, "recipient": 0.03, "reranker": 0.005}  # weights kept


def parts(passages: list[Passage], number: int) -> list[list[Passage]]:
    """The passages in so many parts, by a digest of the name."""
    found: list[list[Passage]] = [[] for _ in range(number)]
    for passage in passages:
        found[zlib.crc32(passage.name.encode()) % number].append(passage)
    return found


def first_look(rows: Rows, pieces: Pieces, folder: Path, orders: int = 1) -> Models:
    """The models that see a sentence, the encoder saved in ``folder``; no reranker yet."""
    save_encoder(fit_encoder(rows.examples, pieces.kept, orders), pieces.names, folder)
    return Models(
        fit_acts(rows.acts, len(CLASSES) + 1, VARIANCES["act"]),
        fit_sides(rows.actors, VARIANCES["actor"]),
        fit_sides(rows.recipients, VARIANCES["recipient"]),
        Linear({}, np.zeros((1, 1), np.float32)),
        Encoder(folder),
    )


def fit(passages: list[Passage], folder: Path) -> Models:
    """All models; the encoder is saved in ``folder``."""
    pieces = vocabulary(passages)
    split = WordPieces(pieces.names)
    one, two = parts(passages, 2)
    rows, others = rows_of(one, split), rows_of(two, split)
    with TemporaryDirectory() as name:
        first = first_look(rows, pieces, Path(name) / "one")
        second = first_look(others, pieces, Path(name) / "two")
        pools(first, two)
        choices = [*reread(two, first), *reread(one, second)]
    reranker = fit_sides(choices, VARIANCES["reranker"])
    whole = first_look(rows.with_those_of(others), pieces, folder, ORDERS)
    return replace(whole, reranker=reranker)


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
        with TemporaryDirectory() as name:
            models = fit([passage for part in rest for passage in part], Path(name))
        whole = [p for p in test if p.title]
        for kind, part in (("all kinds", test), ("whole documents", whole)):
            print(f"\n{kind}: {len(part)} left out")
            measure(models, part)
        return 0
    models = fit(passages, given.out / ENCODER)
    for name in LINEAR:
        model: Linear = getattr(models, name)
        model.save(given.out / f"{name}.npz", SMALLEST[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
