"""How models do on passages they have not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rereading import reread
from rows import prepared, sides
from scipy.optimize import minimize

from kg.extraction.learned.context import Context
from kg.extraction.learned.models import BY_ACT, POLARITY, pooled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from passages import Passage
    from rows import Choice

    from kg.extraction.learned.models import Linear, Models

MOST = 20_000  # so many choices tell how voices are pooled
Judged = list[tuple[np.ndarray, np.ndarray, np.ndarray]]
"""Of each choice the scores of features and of context, and which of the options are right."""


def measure(models: Models, passages: Sequence[Passage]) -> None:
    """Print how models do."""
    pools(models, passages)
    share, number = right_choices(models.reranker, list(reread(passages, models)))
    print(f"recipient, of acts found, by the whole document: {share:.2f} of {number}")


def pools(models: Models, passages: Sequence[Passage]) -> None:
    """Print how the first look does, and how its two voices are best pooled."""
    acts, actors, recipients = _judged(models, passages)
    _acts(acts)
    for name, found in (("acts", acts), ("actor", actors), ("recipient", recipients)):
        first, second, loss = _pool(found[:MOST])
        print(f"{name}: features and context pooled best by {first}, {second}: loss {loss}")
        if name != "acts":
            named = [one for one in found if not one[2][-1]]
            hits = [x[:-1][(first * a + second * b)[:-1].argmax()] for a, b, x in named]
            print(f"{name}: {np.mean(hits):.3f} of {len(named)} that are named", flush=True)


def _judged(models: Models, passages: Sequence[Passage]) -> tuple[Judged, Judged, Judged]:
    acts: Judged = []
    actors: Judged = []
    recipients: Judged = []
    for one in prepared(passages):
        context, words = Context(one.kinds, models.encoder), one.words()
        scores = models.act.scores([one.wordings.of(i) for i in words])
        for i, score in zip(words, scores, strict=True):
            acts.append((score, context.acts[i], np.arange(len(score)) == one.top(i)))
        for act in sides(one):
            scene = context.scene(act.at, act.top, act.candidates)
            actors.append(_side(models.actor, act.actors, context.actors(scene)))
            seen = context.recipients(scene, act.actor)
            recipients.append(_side(models.recipient, act.recipients, seen))
    return acts, actors, recipients


def _side(
    model: Linear, choice: Choice, seen: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    scores = model.scores([features for features, _ in choice])[:, 0]
    return scores, seen, np.array([right for _, right in choice])


def _acts(acts: Judged) -> None:
    scores, seen, right = (np.stack(part) for part in zip(*acts, strict=True))
    chances, truth = pooled(scores, seen, BY_ACT), right.argmax(1)
    kinds = np.stack([chances[:, 1:][:, kind == POLARITY].sum(1) for kind in range(3)], 1)
    good = kinds.argmax(1) == np.where(truth > 0, POLARITY[truth - 1], -1)
    print("acts of the right polarity, by least chance:")
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        told = kinds.max(1) > least
        hits = (told & good).sum()
        print(f"  {least}: P {hits / told.sum():.2f}  R {hits / (truth > 0).sum():.2f}")


def _pool(found: Judged) -> tuple[float, float, float]:
    """The weights of features and context by which what is right is likeliest."""

    def loss(weights: np.ndarray) -> float:
        total = 0.0
        for scores, seen, right in found:
            raw = weights[0] * scores + weights[1] * seen
            raw = np.exp(raw - raw.max())
            total -= np.log(raw[right].sum() / raw.sum() + 1e-9)
        return float(total / len(found))

    best = minimize(loss, [0.5, 0.3], method="Nelder-Mead", options={"maxiter": 40})
    return round(float(best.x[0]), 2), round(float(best.x[1]), 2), round(float(best.fun), 3)


def right_choices(model: Linear, sets: Sequence[Choice]) -> tuple[float, int]:
    """How often the likeliest of those named is right, where one is; and of how many."""
    named = [one for one in sets if not one[-1][1]]
    hits = 0
    for one in named:
        scores = model.scores([features for features, _ in one[:-1]])
        hits += one[int(scores[:, 0].argmax())][1]
    return hits / max(len(named), 1), len(named)
