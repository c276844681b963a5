"""Train the built-in English pipeline: `python training/train.py --data DIR --out DIR`.

Two networks are trained on one CPU core and merged: syntax (tags, morphology, lemmas,
dependencies) on the treebanks, then names (PER, ORG, LOC), whose embedding layers start
from the ones syntax has learnt. README.md says where the data comes from.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from augment import augment_group
from corpora import (
    groups,
    name_example,
    name_examples,
    read_conllu,
    read_names,
    to_doc,
    to_example,
    treebank_examples,
)
from loop import Epoch, Settings, train
from names import NamePool, augment_row
from package_model import package
from spacy.util import fix_random_seed, load_model_from_config
from thinc.api import Config

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.training import Example

HERE = Path(__file__).parent
TREEBANKS = ("ewt", "gumopen")
SYNTAX = Settings(
    steps=6500,
    dropout=0.1,
    weights={"tag_acc": 0.15, "lemma_acc": 0.1, "dep_uas": 0.2, "dep_las": 0.5, "sents_f": 0.05},
)
NAMES = Settings(steps=5000, dropout=0.25, weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0})


def blank(config: str) -> Language:
    """Make the untrained pipeline that a configuration file describes."""
    return load_model_from_config(Config().from_disk(HERE / config), auto_fill=True)


def syntax_epoch(nlp: Language, paths: Sequence[Path], pool: NamePool) -> Epoch:
    """Return a function that yields one shuffled, freshly augmented pass over treebanks."""
    plain = [group for path in paths for group in groups(read_conllu(path))]

    def epoch(rng: random.Random) -> Iterator[Example]:
        for group in rng.sample(plain, len(plain)):
            yield to_example(nlp, to_doc(nlp, augment_group(group, pool.words, rng)))

    return epoch


def names_epoch(nlp: Language, paths: Sequence[Path], pool: NamePool) -> Epoch:
    """Return a function that yields one shuffled, freshly augmented pass over name data."""
    plain = [row for path in paths for row in read_names(path)]

    def epoch(rng: random.Random) -> Iterator[Example]:
        rows = [augment_row(row, pool, rng) for row in plain]
        rows += pool.sentences(rng, len(plain) // 12)
        for row in rng.sample(rows, len(rows)):
            yield name_example(nlp, row)

    return epoch


def train_syntax(data: Path, out: Path, pool: NamePool, settings: Settings) -> None:
    """Train tagger, morphologizer, lemmatizer and parser; save the best in `out`."""
    fix_random_seed(settings.seed)
    nlp = blank("syntax.cfg")
    paths = [data / "treebank" / f"{name}-train.conllu" for name in TREEBANKS]
    dev = treebank_examples(nlp, [data / "treebank" / f"{name}-dev.conllu" for name in TREEBANKS])
    epoch = syntax_epoch(nlp, paths, pool)
    sample = treebank_examples(nlp, paths) + list(epoch(random.Random(0)))
    nlp.initialize(lambda: sample)
    train(nlp, epoch, dev, out, settings)


def train_names(data: Path, syntax: Path, out: Path, pool: NamePool, settings: Settings) -> None:
    """Train the name finder on top of the embedding layers of a syntax pipeline."""
    fix_random_seed(settings.seed)
    nlp = blank("names.cfg")
    paths = sorted((data / "ner").glob("train*.jsonl"))
    dev = list(name_examples(nlp, [data / "ner" / "dev.jsonl"]))
    nlp.initialize(lambda: list(name_examples(nlp, paths)))
    learnt = spacy.load(syntax).get_pipe("tok2vec").model
    nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(learnt.to_bytes())
    train(nlp, names_epoch(nlp, paths, pool), dev, out, settings)


def merge(syntax: Path, names: Path, out: Path) -> None:
    """Put the name finder behind the syntax components and save the whole pipeline."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.to_disk(out)


def main() -> None:
    """Train what is asked for, merge it and write the release form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--syntax-steps", type=int, default=SYNTAX.steps, help="0: keep the last")
    parser.add_argument("--name-steps", type=int, default=NAMES.steps, help="0: keep the last")
    parser.add_argument("--version", default="1.0.0", help="version of the model")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pool = NamePool.read(HERE / "names")
    syntax, names, full = (args.out / part for part in ("syntax", "names", "full"))
    if args.syntax_steps:
        train_syntax(args.data, syntax, pool, replace(SYNTAX, steps=args.syntax_steps))
    if args.name_steps:
        train_names(args.data, syntax, names, pool, replace(NAMES, steps=args.name_steps))
    merge(syntax, names, full)
    package(full, args.out / "model", args.version)


if __name__ == "__main__":
    main()
