"""The training loop: batches by words, Adam with a linear schedule, averaged weights."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import fix_random_seed
from thinc.api import Adam
from thinc.schedules import compounding, warmup_linear

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

Epoch = Callable[[random.Random], Iterable[Example]]


@dataclass(frozen=True)
class Settings:
    """What one training run needs to know besides its data.

    Attributes:
        steps: number of batches the learning rate is planned for.
        stop: number of batches after which to stop, if that is earlier.
        dropout: share of the activations left out in training.
        weights: how much each score on the development set counts in choosing the best step.
        learn_rate: the highest learning rate; it rises for `warmup` steps, then falls to zero.
        first_batch: words in the first batch; batches grow to 1000.
        only: the one component to train, if the others are to stay as they are.
        rewrite: share of the data that is rewritten, from 0 to 1.
        adverbs: share of the groups of sentences that get additional adverbs.
    """

    steps: int
    dropout: float
    weights: dict[str, float]
    learn_rate: float = 0.001
    warmup: int = 250
    first_batch: float = 100.0
    rewrite: float = 1.0
    adverbs: float = 0.0
    stop: int | None = None
    only: str | None = None
    seed: int = 42
    eval_every: int = 500


def batches(epoch: Epoch, rng: random.Random, first: float) -> Iterator[list[Example]]:
    """Yield batches that grow to 1000 words for ever, reading the data anew each epoch."""
    sizes = compounding(first, 1000.0, 1.001)
    while True:
        yield from minibatch_by_words(epoch(rng), size=sizes, tolerance=0.2)


def train(
    nlp: Language,
    epoch: Epoch,
    dev: Sequence[Example],
    out: Path,
    settings: Settings,
) -> float:
    """Train an initialised pipeline, save the best weights in `out`, return their dev score.

    Without development data the last weights are saved and the score is 0.

    The saved weights are running averages (Ruppert-Polyak averaging), which for these small
    networks are steadier than the last ones.
    """
    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    optimizer = Adam(
        learn_rate=warmup_linear(settings.learn_rate, settings.warmup, settings.steps + 1),
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    last = settings.stop or settings.steps
    best, words, started = -1.0, 0, time.monotonic()
    losses: dict[str, float] = {}
    for step, batch in enumerate(batches(epoch, rng, settings.first_batch), start=1):
        nlp.update(
            batch,
            drop=settings.dropout,
            sgd=optimizer,
            losses=losses,
            exclude=[name for name in nlp.pipe_names if settings.only not in (None, name)],
            annotates=["tok2vec"] if settings.only else [],
        )
        optimizer.step_schedules()
        words += sum(len(example.predicted) for example in batch)
        if step % settings.eval_every == 0 or step == last:
            rate = words / (time.monotonic() - started)
            with nlp.use_params(optimizer.averages):
                score = _report(nlp, dev, settings.weights, f"step {step:5d}  {rate:6.0f} words/s")
                if score > best or not dev:
                    best = score
                    nlp.to_disk(out)
        if step == last:
            break
    return best


def _report(
    nlp: Language, dev: Sequence[Example], weights: dict[str, float], progress: str
) -> float:
    scores: dict[str, float] = {}
    if dev:
        scores = nlp.evaluate([Example(nlp.make_doc(e.reference.text), e.reference) for e in dev])
    total = sum(float(scores.get(name) or 0) * weight for name, weight in weights.items())
    shown = "  ".join(f"{name} {100 * float(scores.get(name) or 0):.2f}" for name in weights)
    print(f"{time.strftime('%H:%M:%S')} {progress}  {shown}", flush=True)
    return total
