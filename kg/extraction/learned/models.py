"""The learned models: multinomial and conditional logistic regression over named features.

Each is a table of weights, feature by outcome, fitted on annotated passages by
``training/acts/train.py`` and stored in half precision. Acts: softmax over "no act" and the sixteen
classes. Sides: softmax over the candidates of one act, "nobody" among them (McFadden 1974); the
recipient first by the sentence, then by the whole document. What the features say is pooled with
what the encoder sees in context: a weighted sum of logarithms (Genest and Zidek 1986).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import REINSTALL, ModelError
from kg.extraction.learned.encoder import Encoder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = [
    "BY_ACT",
    "CLASSES",
    "ENCODER",
    "LINEAR",
    "OUTCOME",
    "POLARITY",
    "POLARITY_OF",
    "Linear",
    "Models",
    "load_models",
    "pooled",
]

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

OUTCOME: Mapping[str, int] = {name: number for number, name in enumerate(CLASSES, 1)}
"""The place of each class among the outcomes; "no act" is the first."""

POLARITY = np.array([0] * len(COOPERATIVE) + [1] * len(NEUTRAL) + [2] * len(HOSTILE))
"""0 cooperative, 1 neutral, 2 hostile, for each class."""

POLARITY_OF: Mapping[str, int] = dict(zip(CLASSES, POLARITY.tolist(), strict=True))
"""The same by the name of the class."""

Rows = Sequence[Sequence[str]]
"""Features, a row each."""

_HERE = Path(__file__).resolve().parent

LINEAR = ("act", "actor", "recipient", "reranker")
"""The models that are tables of weights."""

ENCODER = "encoder"
"""The folder of the encoder beside them."""

BY_ACT, _BY_ACTOR, _BY_RECIPIENT = (
    (0.45, 0.53),
    (0.41, 0.51),
    (0.62, 0.21),
)  # of features and of context


@dataclass(frozen=True)
class Linear:
    """Weights of features.

    Attributes:
        index: row of each feature.
        weights: (features, outcomes), with the intercepts in a last row.
    """

    index: Mapping[str, int]
    weights: NDArray[np.float32]

    def scores(self, rows: Rows) -> NDArray[np.float32]:
        """The sum of weights for each row of features: (rows, outcomes)."""
        if self.weights.shape[1] == 1:
            one, bias = self._alone.get, float(self.weights[-1, 0])
            sums = [bias + sum(map(one, row, repeat(0.0))) for row in rows]
            return np.array(sums, np.float32)[:, None]
        get, last = self.index.get, len(self.weights) - 1
        known = [[n for f in row if (n := get(f)) is not None] + [last] for row in rows]
        found = [self.weights[numbers].sum(0) for numbers in known]
        return np.array(found, np.float32).reshape(len(known), self.weights.shape[1])

    @cached_property
    def _alone(self) -> dict[str, float]:
        """The weights of a single outcome: adding few plain numbers takes numpy longer."""
        weights = self.weights[:, 0].tolist()
        return {feature: weights[number] for feature, number in self.index.items()}

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
            raise ModelError(f"{path.name} cannot be read: {error}", REINSTALL) from error
        return cls({name: n for n, name in enumerate(names)}, weights)


@dataclass(frozen=True)
class Models:
    """Which word tells what act, who does it, and to whom by sentence and by document.

    ``seen`` is always what the encoder thinks of the same rows, as logarithms of chances.
    """

    act: Linear
    actor: Linear
    recipient: Linear
    reranker: Linear
    encoder: Encoder

    def acts(self, rows: Rows, seen: NDArray[np.float32]) -> NDArray[np.float32]:
        """Chances of "no act" and of each class: (rows, 1 + classes)."""
        return pooled(self.act.scores(rows), seen, BY_ACT)

    def actors(self, rows: Rows, seen: NDArray[np.float32]) -> list[float]:
        """Chance of each candidate to be the one who acts."""
        return _listed(pooled(self.actor.scores(rows)[:, 0], seen, _BY_ACTOR))

    def recipients(self, rows: Rows, seen: NDArray[np.float32]) -> list[float]:
        """Chance of each candidate to be the one the act is directed at."""
        return _listed(pooled(self.recipient.scores(rows)[:, 0], seen, _BY_RECIPIENT))

    def reranked(self, rows: Rows) -> list[float]:
        """The same by the whole document."""
        return _listed(_shares(self.reranker.scores(rows)[:, 0]))


def pooled(
    scores: NDArray[np.float32], seen: NDArray[np.float32], weights: tuple[float, float]
) -> NDArray[np.float32]:
    """Chances by the weighted scores of features and of context."""
    by_features, by_context = weights
    return _shares(by_features * scores + by_context * seen)


def _listed(chances: NDArray[np.float32]) -> list[float]:
    found: list[float] = chances.tolist()
    return found


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    chances = np.exp(scores - scores.max(-1, keepdims=True))
    found: NDArray[np.float32] = chances / chances.sum(-1, keepdims=True)
    return found


@cache
def load_models() -> Models:
    """The built-in models.

    Raises:
        ModelError: a file is missing or broken.
    """
    tables = {name: Linear.load(_HERE / f"{name}.npz") for name in LINEAR}
    return Models(**tables, encoder=Encoder(_HERE / ENCODER))
