"""Reading the treebanks (CoNLL-U) and the name data (JSON lines) into spaCy examples.

A treebank sentence is kept as parallel lists so that augment.py can rewrite it before a
spaCy document is made from it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

SENTENCES_PER_DOC = 8
UNKNOWN = "?"
"""Label of stretches of text of which nobody has said whether they are names."""


@dataclass
class Sentence:
    """One annotated sentence; all lists have one entry per token and heads are indices in it."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def copy(self) -> Sentence:
        """Return a copy whose lists can be changed freely."""
        return Sentence(**{name: list(values) for name, values in vars(self).items()})


@dataclass(frozen=True)
class NameRow:
    """A passage of raw text and its names as (start, end, label) character spans."""

    text: str
    ents: tuple[tuple[int, int, str], ...]


def read_conllu(path: Path, genres: str = "") -> list[Sentence]:
    """Read a CoNLL-U file; multiword tokens ("don't") stay as their syntactic words.

    Args:
        path: the file.
        genres: pattern of the sentence identifiers wanted, such as "GUM_(news|speech)_".
    """
    sentences = []
    wanted = re.compile(rf"(?m)^# sent_id = {genres}")
    for block in path.read_text("utf8").split("\n\n"):
        if genres and not wanted.search(block):
            continue
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        if rows:
            sentences.append(_sentence(rows))
    return sentences


def _sentence(rows: Sequence[Sequence[str]]) -> Sentence:
    sent = Sentence()
    multiword_end, multiword_space = "", True
    for number, word, lemma, upos, xpos, feats, head, dep, _, misc in rows:
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            multiword_end, multiword_space = number.split("-")[1], space
            continue
        if "." in number:
            continue
        if multiword_end:
            space = multiword_space if number == multiword_end else False
            multiword_end = "" if number == multiword_end else multiword_end
        index = len(sent)
        sent.words.append(word)
        sent.spaces.append(space)
        sent.tags.append(upos if xpos == "_" else xpos)
        sent.pos.append(upos)
        sent.morphs.append("" if feats == "_" else feats)
        sent.lemmas.append(word if lemma == "_" else lemma)
        sent.heads.append(index if head == "0" else int(head) - 1)
        sent.deps.append("ROOT" if dep == "root" else dep)
    return sent


def groups(sentences: Sequence[Sentence], size: int = SENTENCES_PER_DOC) -> list[list[Sentence]]:
    """Cut a run of sentences into consecutive groups, each of which becomes one document."""
    return [list(sentences[i : i + size]) for i in range(0, len(sentences), size)]


def to_doc(nlp: Language, group: Sequence[Sentence]) -> Doc:
    """Make the gold document of a group of sentences."""
    columns: dict[str, list[object]] = {name: [] for name in vars(Sentence())}
    starts: list[bool] = []
    for sent in group:
        base = len(starts)
        starts += [i == 0 for i in range(len(sent))]
        for name, values in vars(sent).items():
            columns[name] += [base + v for v in values] if name == "heads" else values
    return Doc(nlp.vocab, sent_starts=starts, **columns)


def to_example(nlp: Language, gold: Doc) -> Example:
    """Pair a gold document with the pipeline's own tokenisation of the same text."""
    return Example(nlp.make_doc(gold.text), gold)


def treebank_examples(nlp: Language, paths: Sequence[Path]) -> list[Example]:
    """Return plain, unaugmented examples of whole treebank files."""
    return [
        to_example(nlp, to_doc(nlp, group)) for path in paths for group in groups(read_conllu(path))
    ]


def read_names(path: Path) -> list[NameRow]:
    """Read name data: one JSON object with "text" and "ents" a line."""
    rows = []
    for line in path.read_text("utf8").splitlines():
        record = json.loads(line)
        rows.append(NameRow(record["text"], tuple((a, b, k) for a, b, k in record["ents"])))
    return rows


def name_example(nlp: Language, row: NameRow) -> Example:
    """Make an example of a name row; spans are widened to whole tokens."""
    gold = nlp.make_doc(row.text)
    found = [gold.char_span(a, b, k, alignment_mode="expand") for a, b, k in row.ents]
    spans = filter_spans([span for span in found if span is not None])
    names = [span for span in spans if span.label_ != UNKNOWN]
    gold.set_ents(names, missing=[span for span in spans if span.label_ == UNKNOWN])
    return Example(nlp.make_doc(row.text), gold)


def name_examples(nlp: Language, paths: Sequence[Path]) -> Iterator[Example]:
    """Yield plain examples of whole name files."""
    for path in paths:
        for row in read_names(path):
            yield name_example(nlp, row)
