"""Fit the models of kg/extraction/learned on the annotated passages.

    python training/acts/train.py                # fit on all, write kg/extraction/learned/*.npz
    python training/acts/train.py --check        # fit on four fifths, measure on the rest

Deterministic: the same passages, lexicon and language model give the same weights. Acts:
multinomial logistic regression; sides: conditional logistic regression over the candidates of each
act; both with an L2 penalty, fitted by L-BFGS.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from fitting import fit_acts, fit_sides
from passages import Act, Passage, read

from kg.extraction.actors import annotate_many
from kg.extraction.events.people import Cast
from kg.extraction.events.repairs import mend
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned.expressions import load_expressions
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import CLASSES, POLARITY, Linear, Models
from kg.extraction.learned.parties import Parties, Told
from kg.extraction.learned.wordings import Wordings
from kg.language.pipeline import load_pipeline
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "kg" / "extraction" / "learned"
PENALTY_ACTS, PENALTY_SIDES = 0.2, 0.5  # variance of the prior of the weights
LEAST = 0.02  # weights below are left out of the files
FIFTH = 5


@dataclass
class Rows:
    """What the models learn from.

    Attributes:
        acts: features of a word and the number of its class, 0 for none.
        actors, recipients: for each act the features of its candidates, and which are right.
    """

    acts: list[tuple[list[str], int]] = field(default_factory=list)
    actors: list[list[tuple[list[str], bool]]] = field(default_factory=list)
    recipients: list[list[tuple[list[str], bool]]] = field(default_factory=list)


def documents(passages: list[Passage]) -> Iterator[Document]:
    """The passages as the reader gets them."""
    for passage in passages:
        date = PartialDate.parse(passage.date) if passage.date else None
        yield Document(
            text=passage.text,
            title=passage.title,
            published=date,
            published_origin="annotation" if date else "",
            source=passage.name,
        )


def rows_of(passages: list[Passage]) -> Rows:
    """The features of all passages."""
    rows, world, lexicon = Rows(), load_world(), load_lexicon()
    types, expressions = event_types(), load_expressions()
    annotated = annotate_many(documents(passages), load_pipeline(), world)
    for passage, found in zip(passages, annotated, strict=True):
        tree = Tree(found, lexicon)
        mend(tree, lexicon.verbs)
        kinds = Kinds(tree, Cast(found, world))
        wordings = Wordings(kinds, lexicon, types, expressions)
        told = _told(passage, kinds)
        rows.acts += [
            (wordings.of(i), CLASSES.index(told[i].top) + 1 if i in told else 0)
            for i in range(len(tree))
            if kinds.may_tell(i)
        ]
        _sides(rows, Parties(kinds), told, _numbers(passage, kinds))
    return rows


def _tokens(kinds: Kinds, start: int, end: int) -> list[int]:
    offsets = kinds.tree.annotated.offsets
    return [i for i, (first, last) in enumerate(offsets) if first < end and start < last]


def _heads(kinds: Kinds, tokens: list[int]) -> list[int]:
    """Those tokens that hang on none of the others."""
    head = kinds.tree.head
    return [i for i in tokens if head[i] == i or head[i] not in tokens]


def _told(passage: Passage, kinds: Kinds) -> dict[int, Act]:
    """The acts by the token that tells them."""
    found: dict[int, Act] = {}
    pos = kinds.tree.pos
    for act in passage.acts:
        tokens = _tokens(kinds, *act.trigger)
        content = [i for i in tokens if kinds.may_tell(i)]
        tops = [i for i in _heads(kinds, tokens) if i in content] or content
        if not tops:
            continue
        at = tops[0]
        if pos[at] == "ADV":
            at = next((i for i in content if pos[i] in ("VERB", "NOUN")), at)
        found.setdefault(at, act)
    return found


def _numbers(passage: Passage, kinds: Kinds) -> dict[int, frozenset[int]]:
    """The numbers of the actors that tokens stand for."""
    found: dict[int, frozenset[int]] = {}
    for numbers, start, end in passage.mentions:
        tokens = _tokens(kinds, start, end)
        if tokens:
            actors = [i for i in tokens if i in kinds.tree.annotated.actors]
            at = (actors or _heads(kinds, tokens))[0]
            found[at] = found.get(at, frozenset()) | numbers
    return found


def _sides(
    rows: Rows, parties: Parties, told: dict[int, Act], numbers: dict[int, frozenset[int]]
) -> None:
    sentence = parties.tree.sentence
    before: list[Told] = []
    nobody: frozenset[int] = frozenset()
    for i, act in sorted(told.items()):
        candidates = parties.candidates(i)
        does = [j for j in candidates if numbers.get(j, nobody) & act.sources]
        at = min(does, key=lambda j: (sentence[j] != sentence[i], abs(j - i)), default=None)
        alone = [parties.alone(i, act.top, j) for j in candidates]
        targets = act.targets - act.sources or act.targets
        actors, recipients = [], []
        plain = parties.among(i, act.top, candidates, None)
        known = parties.among(i, act.top, candidates, at)
        for j, own, one, two in zip(candidates, alone, plain, known, strict=True):
            who = numbers.get(j, nobody)
            doer = act.sources if at is not None else nobody
            first = parties.history(act.top, who, nobody, before)
            second = parties.history(act.top, who, doer, before)
            actors.append((own + one + first, bool(who & act.sources)))
            recipients.append((own + two + second, bool(who & targets) and j != at))
        nil = parties.nobody(i, act.top)
        rows.actors.append([*actors, (nil, not any(right for _, right in actors))])
        rows.recipients.append([*recipients, (nil, not any(right for _, right in recipients))])
        before = [*before, (act.sources, act.targets, act.top)][-12:]


def fit(rows: Rows) -> Models:
    """The three models."""
    return Models(
        fit_acts(rows.acts, len(CLASSES) + 1, PENALTY_ACTS),
        fit_sides(rows.actors, PENALTY_SIDES),
        fit_sides(rows.recipients, PENALTY_SIDES),
    )


def measure(models: Models, rows: Rows) -> None:
    """Print how models do on rows they have not seen."""
    chances = models.acts([features for features, _ in rows.acts])
    truth = np.array([top for _, top in rows.acts])
    kinds = np.stack([chances[:, 1:][:, kind == POLARITY].sum(1) for kind in range(3)], 1)
    right = kinds.argmax(1) == np.where(truth > 0, POLARITY[truth - 1], -1)
    print("acts of the right polarity, by least chance:")
    for least in (0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        told = kinds.max(1) > least
        hits = (told & right).sum()
        print(f"  {least}: P {hits / told.sum():.2f}  R {hits / (truth > 0).sum():.2f}")
    for name, ask, sets in (
        ("actor", models.actors, rows.actors),
        ("recipient", models.recipients, rows.recipients),
    ):
        named = [one for one in sets if not one[-1][1]]
        hits = 0
        for one in named:
            likely = ask([features for features, _ in one])[:-1]
            hits += one[int(np.argmax(likely))][1]
        print(f"{name}: {hits / len(named):.2f} of {len(named)} that are named, given the act")


def halves(passages: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Four fifths and one fifth, by a digest of the name."""
    parts: defaultdict[bool, list[Passage]] = defaultdict(list)
    for passage in passages:
        parts[zlib.crc32(passage.name.encode()) % FIFTH == 0].append(passage)
    return parts[False], parts[True]


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
        train, test = halves(passages)
        models = fit(rows_of(train))
        whole = [p for p in test if p.title]
        for name, part in (("all kinds", test), ("whole documents", whole)):
            print(f"\n{name}: {len(part)} left out")
            measure(models, rows_of(part))
        return 0
    models = fit(rows_of(passages))
    for name in ("act", "actor", "recipient"):
        model: Linear = getattr(models, name)
        model.save(given.out / f"{name}.npz", LEAST)
    return 0


if __name__ == "__main__":
    sys.exit(main())
