"""The learned models: multinomial and conditional logistic regression over named features.

Each is a table of weights, feature by outcome, fitted on annotated passages by
``training/acts/train.py`` and stored in half precision. Acts: softmax over "no act" and the sixteen
classes. Sides: softmax over the candidates of one act, "nobody" among them (McFadden 1974); the
recipient first by the sentence, then by the whole document.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["CLASSES", "POLARITY", "POLARITY_OF", "Linear", "Models", "load_models"]

COOPERATIVE = ("consult", "agree", "support", "cooperate", "aid", "concede", "retreat")
NEUTRAL = ("request",)
HOSTILE = (
    "accuse",
    "reject",
    "threaten",
    "sanction",
    "protest",
    "mobilize",
    "coerce",
    "assault",
)
CLASSES = (*COOPERATIVE, *NEUTRAL, *HOSTILE)
"""Classes in the order of the weights, after "no act"."""

POLARITY = np.array([0] * len(COOPERATIVE) + [1] * len(NEUTRAL) + [2] * len(HOSTILE))
"""0 cooperative, 1 neutral, 2 hostile, for each class."""

POLARITY_OF: Mapping[str, int] = dict(zip(CLASSES, POLARITY.tolist(), strict=True))
"""The same by the name of the class."""

_HERE = Path(__file__).resolve().parent
_HINT = "install again: python -m pip install --force-reinstall transatlantic-kg"


@dataclass(frozen=True)
class Linear:
    """Weights of features.

    Attributes:
        index: row of each feature.
        weights: (features, outcomes), with the intercepts in a last row.
    """

    index: Mapping[str, int]
    weights: NDArray[np.float32]

    def scores(self, rows: Iterable[Sequence[str]]) -> NDArray[np.float32]:
        """The sum of weights for each row of features: (rows, outcomes)."""
        get, last = self.index.get, len(self.weights) - 1
        known = [[n for f in row if (n := get(f)) is not None] + [last] for row in rows]
        found = [self.weights[numbers].sum(0) for numbers in known]
        return np.array(found, np.float32).reshape(len(known), self.weights.shape[1])

    def save(self, path: Path, least: float) -> None:
        """Write features with a weight of at least ``least``, in half precision."""
        kept = np.flatnonzero(np.abs(self.weights[:-1]).max(1) >= least)
        names = {number: name for name, number in self.index.items()}
        rows = self.weights[[*kept, len(self.weights) - 1]].astype(np.float16)
        text = "\n".join(names[n] for n in kept.tolist())
        np.savez_compressed(path, names=np.frombuffer(text.encode(), np.uint8), weights=rows)

    @classmethod
    def load(cls, path: Path) -> Linear:
        """Read what ``save`` wrote.

        Raises:
            ModelError: the file is missing or broken.
        """
        try:
            with np.load(path, allow_pickle=False) as stored:
                names = stored["names"].tobytes().decode().split("\n")
                weights = stored["weights"].astype(np.float32)
        except (OSError, EOFError, ValueError, KeyError, UnicodeDecodeError) as error:
            raise ModelError(f"{path.name} cannot be read: {error}", _HINT) from error
        return cls({name: n for n, name in enumerate(names)}, weights)


@dataclass(frozen=True)
class Models:
    """Which word tells what act, who does it, and to whom by sentence and by document."""

    act: Linear
    actor: Linear
    recipient: Linear
    reranker: Linear

    @cached_property
    def telling(self) -> frozenset[str]:
        """Lemmas that by themselves speak for some act rather than for none."""
        weights = self.act.weights
        return frozenset(
            name[2:]
            for name, n in self.act.index.items()
            if name.startswith("l=") and weights[n, 1:].max() > weights[n, 0]
        )

    def acts(self, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Chances of "no act" and of each class: (rows, 1 + classes)."""
        raw = self.act.scores(rows)
        chances = np.exp(raw - raw.max(1, keepdims=True))
        shares: NDArray[np.float32] = chances / chances.sum(1, keepdims=True)
        return shares

    def actors(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Chance of each candidate to be the one who acts."""
        return _shares(self.actor.scores(rows))

    def recipients(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Chance of each candidate to be the one the act is directed at."""
        return _shares(self.recipient.scores(rows))

    def reranked(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """The same by the whole document."""
        return _shares(self.reranker.scores(rows))


def _shares(scores: NDArray[np.float32]) -> list[float]:
    raw = scores[:, 0]
    chances = np.exp(raw - raw.max())
    found: list[float] = (chances / chances.sum()).tolist()
    return found


@cache
def load_models() -> Models:
    """The built-in models.

    Raises:
        ModelError: a file is missing or broken.
    """
    return Models(*(Linear.load(_HERE / f"{one.name}.npz") for one in fields(Models)))
