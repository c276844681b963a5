"""What the encoder thinks of one document: which words tell acts, and who takes part in them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extraction.learned.encoder import Seen
from kg.extraction.learned.models import OUTCOME
from kg.extraction.learned.pieces import windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.extraction.learned.encoder import Encoder
    from kg.extraction.learned.kinds import Kinds

__all__ = ["FARTHEST", "Context", "Scene", "distances", "itself"]

_STEPS, _SENTENCES = 10, 4  # kinds of distances on each side of an act, by words and by sentences
FARTHEST = 2 * _STEPS + 2 * _SENTENCES + 1
"""How many kinds of distances there are."""

_NEVER = -30.0


class Scene(NamedTuple):
    """An act and who may take part in it.

    Attributes:
        act: the vector of its word and class, (width,).
        candidates: tokens of who may take part.
        far: the kind of distance of each.
    """

    act: NDArray[np.float32]
    candidates: list[int]
    far: list[int]


class Context:
    """The words of a document as the encoder sees them.

    Args:
        kinds: what stands where.
        encoder: its vectors and heads.
    """

    def __init__(self, kinds: Kinds, encoder: Encoder) -> None:
        self._kinds, self._encoder, self._tables = kinds, encoder, encoder.tables

    @cached_property
    def _seen(self) -> Seen:
        given, where = windows(self._kinds, self._encoder.pieces)
        return Seen(*(part[where] for part in self._encoder.read(given)))

    @cached_property
    def acts(self) -> NDArray[np.float32]:
        """Logarithms of the chances of "no act" and each class: (tokens, 1 + classes)."""
        return _log_shares(self._seen.acts)

    def _through(self, layer: str, given: NDArray[np.float32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = given @ self._tables[f"{layer}.weight"]
        return found + self._tables[f"{layer}.bias"]

    def scene(self, i: int, top: str, candidates: Sequence[int]) -> Scene:
        """The act of class ``top`` at token ``i``, and the tokens of who may take part in it."""
        act = self._seen.vectors[i] + self._tables["classes"][OUTCOME[top]]
        who = list(candidates)
        return Scene(act, who, distances(self._kinds.tree.sentence, i, who))

    def actors(self, scene: Scene) -> NDArray[np.float32]:
        """Logarithms of the chances of candidates, and of nobody, to do the act."""
        return _log_shares(self._scores("actor", scene, self._seen.actors, scene.act))

    def recipients(self, scene: Scene, actor: int | None) -> NDArray[np.float32]:
        """The same for the one it is directed at, given the token of who does it."""
        does = np.zeros_like(scene.act) if actor is None else self._seen.vectors[actor]
        asked = np.concatenate([scene.act, does])
        found = self._scores("recipient", scene, self._seen.recipients, asked)
        found[list(itself(self._kinds, scene.candidates, actor))] = _NEVER
        return _log_shares(found)

    def _scores(
        self, side: str, scene: Scene, keys: NDArray[np.float32], asked: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        query, own = self._through(f"{side}.query", asked), keys[scene.candidates]
        half = len(query) // 2
        close = (own[:, :half] @ query[:half]) / np.sqrt(half)
        apart = self._tables[f"{side}.distance"][scene.far]
        both = np.maximum(own[:, half:] + query[half:] + apart, 0)
        nobody = self._through(f"{side}.nobody", scene.act)
        return np.concatenate([close + self._through(f"{side}.sum", both)[:, 0], nobody])


def itself(kinds: Kinds, candidates: Sequence[int], actor: int | None) -> Iterator[int]:
    """The numbers of those candidates that are the actor himself."""
    own = () if actor is None else kinds.cast.at(actor)
    for number, j in enumerate(candidates):
        if j == actor or (own and kinds.cast.at(j) == own):
            yield number


def distances(sentence: Sequence[int], i: int, tokens: Sequence[int]) -> list[int]:
    """The kind of distance from the act at ``i`` to each token: words in a sentence, sentences."""
    return [_distance(sentence[i] - sentence[j], j - i) for j in tokens]


def _distance(sentences: int, words: int) -> int:
    if sentences:
        return 2 * _STEPS + _SENTENCES + max(-_SENTENCES, min(sentences, _SENTENCES))
    step = min(words.bit_length() if words else 0, _STEPS - 1)
    return step if words > 0 else _STEPS + step


def _log_shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raw = scores - scores.max(-1, keepdims=True)
    found: NDArray[np.float32] = raw - np.log(np.exp(raw).sum(-1, keepdims=True))
    return found
