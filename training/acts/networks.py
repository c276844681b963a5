"""The network behind kg/extraction/learned/encoder.py, as it is fitted: PyTorch modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.learned.context import FARTHEST
from kg.extraction.learned.models import CLASSES
from kg.extraction.learned.pieces import KINDS, LONGEST, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from encoding import Case, Example

WIDTH, INNER, HEADS, HALF, LAYERS = 384, 1536, 12, 128, 3
DROPPED, UNREAD = 0.1, 0.1  # shares of what is left out while it learns: of values, of words
TINY = 1e-12
WEIGHTS = {"act": 5.0, "actor": 0.5, "recipient": 1.0}  # of the three losses
NEVER = -1e9


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.middle, self.end = (nn.LayerNorm(WIDTH, eps=TINY) for _ in range(2))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: Tensor, unseen: Tensor | None = None) -> Tensor:
        """Vectors (windows, pieces, width); ``unseen`` is added to the attention."""
        many, length, width = x.shape
        parts = self.qkv(x).view(many, length, 3, HEADS, width // HEADS)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        raw = q / (width // HEADS) ** 0.5 @ k.transpose(-1, -2)
        seen = torch.softmax(raw if unseen is None else raw + unseen, -1) @ v
        x = self.middle(x + self.drop(self.out(seen.transpose(1, 2).reshape(many, length, width))))
        return self.end(x + self.drop(self.down(functional.gelu(self.up(x)))))

    def take(self, given: Mapping[str, Tensor], name: str) -> None:
        """The pretrained weights of a layer."""
        for end in ("weight", "bias"):
            inner = [given[f"{name}.attention.self.{x}.{end}"] for x in ("query", "key", "value")]
            getattr(self.qkv, end).copy_(torch.cat(inner))
            for own, theirs in (
                (self.out, "attention.output.dense"),
                (self.middle, "attention.output.LayerNorm"),
                (self.up, "intermediate.dense"),
                (self.down, "output.dense"),
                (self.end, "output.LayerNorm"),
            ):
                getattr(own, end).copy_(given[f"{name}.{theirs}.{end}"])


class Table(nn.Embedding):
    """The table of pieces; while it learns, some are not shown (Gal and Ghahramani 2016)."""

    def forward(self, numbers: Tensor) -> Tensor:
        """Vectors of pieces by their numbers."""
        found = super().forward(numbers)
        if not self.training:
            return found
        return found * (torch.rand(numbers.shape) >= UNREAD)[..., None]


class Sides(nn.Module):
    """Scores of candidates for one side of an act, and of nobody."""

    def __init__(self, asked: int) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(asked, 2 * HALF), nn.Linear(WIDTH, 2 * HALF)
        self.distance = nn.Embedding(FARTHEST, HALF)
        self.sum, self.nobody = nn.Linear(HALF, 1), nn.Linear(WIDTH, 1)

    def forward(self, asked: Tensor, of: Tensor, vectors: Tensor, far: Tensor) -> Tensor:
        """The score of each candidate; ``of`` is the row of ``asked`` that it belongs to."""
        query, key = self.query(asked)[of], self.key(vectors)
        close = (query[:, :HALF] * key[:, :HALF]).sum(1) / HALF**0.5
        both = functional.relu(query[:, HALF:] + key[:, HALF:] + self.distance(far))
        found: Tensor = close + self.sum(both)[:, 0]
        return found


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, given: Mapping[str, Tensor], pieces: Sequence[int]) -> None:
        super().__init__()
        self.pieces = Table(len(pieces), WIDTH)
        self.places, self.kinds = nn.Embedding(LONGEST + 1, WIDTH), nn.Embedding(len(KINDS), WIDTH)
        self.people = nn.Embedding(PEOPLE + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=TINY)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(DROPPED)
        self.act, self.classes = (
            nn.Linear(WIDTH, len(CLASSES) + 1),
            nn.Embedding(len(CLASSES) + 1, WIDTH),
        )
        self.actor, self.recipient = Sides(WIDTH), Sides(2 * WIDTH)
        for table in (self.classes, self.people):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.kinds.weight)
        with torch.no_grad():
            places = given["embeddings.position_embeddings.weight"][: LONGEST + 1]
            self.pieces.weight.copy_(given["embeddings.word_embeddings.weight"][list(pieces)])
            self.places.weight.copy_(places + given["embeddings.token_type_embeddings.weight"][0])
            for end in ("weight", "bias"):
                getattr(self.norm, end).copy_(given[f"embeddings.LayerNorm.{end}"])
            for number, layer in enumerate(self.layers):
                layer.take(given, f"encoder.layer.{number}")

    def vectors(self, examples: Sequence[Example]) -> tuple[Tensor, list[Tensor]]:
        """Vectors of all pieces, and for each example the rows of its tokens."""
        windows = [window for example in examples for window in example.windows]
        longest = max(len(window.pieces) for window in windows)
        given = torch.zeros(3, len(windows), longest, dtype=torch.long)
        unseen = torch.zeros(len(windows), longest)
        for n, window in enumerate(windows):
            given[:, n, : len(window.pieces)] = torch.tensor(window)
            unseen[n, len(window.pieces) :] = NEVER
        pieces, kinds, people = given
        x = self.pieces(pieces) + self.kinds(kinds) + self.people(people)
        x = self.drop(self.norm(x + self.places.weight[:longest]))
        for layer in self.layers:
            x = layer(x, unseen[:, None, None])
        rows, before = [], 0
        for example in examples:
            numbered = enumerate(example.windows, before)
            flat = [n * longest + at for n, window in numbered for at in range(len(window.pieces))]
            rows.append(torch.tensor(flat)[torch.tensor(example.where)])
            before += len(example.windows)
        return x.reshape(-1, WIDTH), rows


def losses(network: Network, examples: Sequence[Example]) -> Tensor:
    """The weighted sum of what acts and sides cost."""
    vectors, rows = network.vectors(examples)
    words = torch.cat([row[example.words] for row, example in zip(rows, examples, strict=True)])
    tops = torch.tensor([top for example in examples for top in example.tops])
    cost = WEIGHTS["act"] * functional.cross_entropy(network.act(vectors[words]).float(), tops)
    told = [(c, row) for e, row in zip(examples, rows, strict=True) for c in e.cases]
    if not told:
        return cost
    at = torch.stack([row[case.at] for case, row in told])
    act = vectors[at] + network.classes(torch.tensor([case.top for case, _ in told]))
    nobody = torch.zeros(WIDTH, dtype=vectors.dtype)
    does = [nobody if c.actor is None else vectors[row[c.actor]] for c, row in told]
    for side, name in enumerate(("actor", "recipient")):
        asked = act if side == 0 else torch.cat([act, torch.stack(does)], 1)
        cost = cost + WEIGHTS[name] * _side_cost(
            getattr(network, name), side, act, asked, vectors, told
        )
    return cost


def _side_cost(
    head: Sides,
    side: int,
    act: Tensor,
    asked: Tensor,
    vectors: Tensor,
    told: Sequence[tuple[Case, Tensor]],
) -> Tensor:
    """Minus the logarithm of the chance of those who are right, or of nobody where nobody is."""
    of = torch.tensor([n for n, (c, _) in enumerate(told) for _ in c.candidates[side]])
    tokens = torch.cat([row[c.candidates[side]] for c, row in told])
    far = torch.tensor([x for c, _ in told for x in c.far[side]])
    right = torch.tensor([x for c, _ in told for x in c.right[side]])
    scores = head(asked, of.long(), vectors[tokens.long()], far.long()).float()
    scores = torch.cat([scores, head.nobody(act)[:, 0].float()])
    alone = torch.tensor([not any(c.right[side]) for c, _ in told])
    of, right = torch.cat([of.long(), torch.arange(len(told))]), torch.cat([right.bool(), alone])
    most = torch.full((len(told),), NEVER).scatter_reduce(0, of, scores.detach(), "amax")
    shares = torch.exp(scores - most[of])
    total = torch.zeros(len(told)).index_add(0, of, shares)
    hit = torch.zeros(len(told)).index_add(0, of, shares * right)
    return (torch.log(total) - torch.log(hit + 1e-9)).mean()
