"""Train the built-in English pipeline: `python training/train.py --data DIR --out DIR`.

Two networks are trained on one CPU core and merged: syntax (tags, morphology, lemmas,
dependencies) on the treebanks, and names (PER, ORG, LOC), whose embedding layers start from
the ones syntax has learnt. Both are trained in two passes, see STAGES. The test parts are
never read. README.md says where the data comes from.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from augment import add_adverb, augment_group
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
from silver import write_silver
from spacy.morphology import Morphology
from spacy.util import fix_random_seed, load_model_from_config
from thinc.api import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpora import NameRow
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

HERE = Path(__file__).parent
VERSION = "1.0.0"
TREEBANKS = ("ewt", "gumopen")
SYNTAX = Settings(
    steps=6500,
    dropout=0.1,
    weights={"tag_acc": 0.15, "lemma_acc": 0.1, "dep_uas": 0.2, "dep_las": 0.5, "sents_f": 0.05},
)
NAMES = Settings(
    steps=5000,
    stop=3000,
    dropout=0.25,
    weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
LAST_SYNTAX = Settings(
    steps=2500,
    dropout=0.1,
    weights={},
    learn_rate=0.0006,
    first_batch=1000.0,
    rewrite=0.5,
    adverbs=0.2,
)
LAST_LEMMAS = Settings(
    steps=2000,
    dropout=0.1,
    weights={},
    learn_rate=0.003,
    first_batch=1000.0,
    rewrite=0.3,
    only="trainable_lemmatizer",
)
LAST_NAMES = Settings(steps=1500, dropout=0.25, weights={}, learn_rate=0.0006, first_batch=300.0)
SILVER_SHARE = 0.4


@dataclass(frozen=True)
class Run:
    """Where a run reads and writes, and the names it draws from."""

    data: Path
    out: Path
    pool: NamePool

    def treebanks(self, *parts: str) -> list[Path]:
        """Paths of the treebank files of the parts asked for (train, dev)."""
        return [self.data / "treebank" / f"{b}-{p}.conllu" for p in parts for b in TREEBANKS]

    def names(self, *parts: str) -> list[Path]:
        """Paths of the name files of the parts asked for; a part may have several files."""
        return [path for p in parts for path in sorted((self.data / "ner").glob(f"{p}*.jsonl"))]


def blank(config: str) -> Language:
    """Make the untrained pipeline that a configuration file describes."""
    return load_model_from_config(Config().from_disk(HERE / config), auto_fill=True)


def syntax_epoch(
    nlp: Language, paths: Sequence[Path], pool: NamePool, settings: Settings = SYNTAX
) -> Epoch:
    """Return a function that yields one shuffled, freshly augmented pass over treebanks."""
    plain = [group for path in paths for group in groups(read_conllu(path))]
    if nlp.has_pipe("tagger") and nlp.get_pipe("tagger").labels:
        plain = [group for group in plain if is_known(nlp, to_doc(nlp, group))]

    def epoch(rng: random.Random) -> Iterator[Example]:
        for group in rng.sample(plain, len(plain)):
            sents = augment_group(group, pool.words, rng, settings.rewrite)
            if settings.adverbs and rng.random() < settings.adverbs:
                for sent in sents:
                    add_adverb(sent, pool.adverbs, rng)
            yield to_example(nlp, to_doc(nlp, sents))

    return epoch


def is_known(nlp: Language, gold: Doc) -> bool:
    """Whether a trained pipeline has all the labels of a gold document."""
    tags, morphs = nlp.get_pipe("tagger").labels, nlp.get_pipe("morphologizer").labels
    for token in gold:
        feats = Morphology.feats_to_dict(str(token.morph)) | {"POS": token.pos_}
        label = nlp.vocab.strings[nlp.vocab.morphology.add(feats)]
        if token.tag_ not in tags or label not in morphs:
            return False
    return True


def names_epoch(
    nlp: Language, paths: Sequence[Path], pool: NamePool, silver: Sequence[NameRow] = ()
) -> Epoch:
    """Return a function that yields one shuffled, freshly augmented pass over name data.

    Each pass takes another part of the silver rows, so that they do not outweigh the gold.
    """
    plain = [row for path in paths for row in read_names(path)]

    def epoch(rng: random.Random) -> Iterator[Example]:
        drawn = rng.sample(silver, int(SILVER_SHARE * len(silver)))
        rows = [augment_row(row, pool, rng) for row in [*plain, *drawn]]
        rows += pool.sentences(rng, len(plain) // 12)
        for row in rng.sample(rows, len(rows)):
            yield name_example(nlp, row)

    return epoch


def train_syntax(run: Run) -> None:
    """First pass: tagger, morphologizer, lemmatizer and parser, chosen by the dev part."""
    fix_random_seed(SYNTAX.seed)
    nlp = blank("syntax.cfg")
    epoch = syntax_epoch(nlp, run.treebanks("train"), run.pool)
    sample = treebank_examples(nlp, run.treebanks("train")) + list(epoch(random.Random(0)))
    nlp.initialize(lambda: sample)
    train(nlp, epoch, treebank_examples(nlp, run.treebanks("dev")), run.out / "syntax", SYNTAX)


def train_names(run: Run) -> None:
    """First pass: the name finder, chosen by the dev part."""
    nlp = name_finder(run.names("train"), run.out / "syntax")
    epoch = names_epoch(nlp, run.names("train"), run.pool)
    train(nlp, epoch, list(name_examples(nlp, run.names("dev"))), run.out / "names", NAMES)


def finish_syntax(run: Run) -> None:
    """Second pass: go on from the first with the dev part added and less rewriting."""
    nlp = spacy.load(run.out / "syntax")
    epoch = syntax_epoch(nlp, run.treebanks("train", "dev"), run.pool, LAST_SYNTAX)
    train(nlp, epoch, [], run.out / "last-syntax", LAST_SYNTAX)


def finish_lemmas(run: Run) -> None:
    """Second pass: train the lemmatizer's own layer again, on what finish_syntax has learnt.

    spaCy 3.8 does not restore the lemmatizer's map from edit trees to labels when it loads a
    pipeline, so in finish_syntax its targets were void. Here the map is made anew.
    """
    nlp = spacy.load(run.out / "last-syntax")
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    before = spacy.load(run.out / "syntax").get_pipe("trainable_lemmatizer")
    lemmatizer.model.from_bytes(before.model.to_bytes())
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}
    epoch = syntax_epoch(nlp, run.treebanks("train", "dev"), run.pool, LAST_LEMMAS)
    train(nlp, epoch, [], run.out / "lemmas", LAST_LEMMAS)


def add_silver(run: Run) -> None:
    """Let the first pass find names in the treebank that has none."""
    merge(run.out / "syntax", run.out / "names", run.out / "first")
    nlp = spacy.load(run.out / "first")
    write_silver(nlp, [run.data / "treebank" / "ewt-train.conllu"], run.out / "silver.jsonl")


def finish_names(run: Run) -> None:
    """Second pass: go on from the first with the dev part and the silver names added."""
    nlp = spacy.load(run.out / "names")
    silver = [row for row in read_names(run.out / "silver.jsonl") if row.ents]
    epoch = names_epoch(nlp, run.names("train", "dev"), run.pool, silver)
    train(nlp, epoch, [], run.out / "last-names", LAST_NAMES)


def release(run: Run) -> None:
    """Merge the two networks and write the release form."""
    merge(run.out / "lemmas", run.out / "last-names", run.out / "last")
    package(run.out / "last", run.out / "model", VERSION)


def name_finder(paths: Sequence[Path], syntax: Path) -> Language:
    """Make an untrained name finder with the embedding layers of a syntax pipeline."""
    fix_random_seed(NAMES.seed)
    nlp = blank("names.cfg")
    nlp.initialize(lambda: list(name_examples(nlp, paths)))
    learnt = spacy.load(syntax).get_pipe("tok2vec").model
    nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(learnt.to_bytes())
    return nlp


def merge(syntax: Path, names: Path, out: Path) -> None:
    """Put the name finder behind the syntax components and save the whole pipeline."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.to_disk(out)


STAGES: tuple[Callable[[Run], None], ...] = (
    train_syntax,
    train_names,
    finish_syntax,
    finish_lemmas,
    add_silver,
    finish_names,
    release,
)


def main() -> None:
    """Run all stages, or go on from a later one."""
    stages = [stage.__name__ for stage in STAGES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--stage", choices=stages, action="append", help="only this (repeatable)")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(args.data, args.out, NamePool.read(HERE / "names"))
    for stage in STAGES:
        if stage.__name__ in (args.stage or stages):
            print(f"{stage.__name__}: {stage.__doc__}", flush=True)
            stage(run)


if __name__ == "__main__":
    main()
