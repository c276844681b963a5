"""Measure pipelines on the test sets: `python training/evaluate.py --data DIR MODEL [MODEL ...]`.

A MODEL is the folder or the installed name of a spaCy pipeline, or "built-in". Everything is
measured on raw text, that is with the pipeline's own tokens and sentence boundaries: a token
it cuts differently counts as wrong. Labels are those of the pipeline itself, so figures of
pipelines that do not speak Universal Dependencies are not comparable.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from augment import headline
from corpora import groups, name_examples, read_conllu, to_doc, to_example

from kg.language import load_pipeline, model_info

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

SYNTAX = {
    "tag": "tag_acc",
    "lemma": "lemma_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "sents F": "sents_f",
}
NAMES = {"P": "ents_p", "R": "ents_r", "F1": "ents_f"}
NEWSLIKE = "GUM_(interview|news|speech)_"


@dataclass(frozen=True)
class Treebank:
    """A syntax test set: the name it is shown under, its file and the part of it to use."""

    title: str
    file: str
    genres: str = ""
    case: Callable[[Sequence[str]], list[str]] = list

    def docs(self, nlp: Language, data: Path) -> list[Doc]:
        """Read the gold documents, in the letter case to be tested."""
        sentences = read_conllu(data / "treebank" / f"{self.file}.conllu", self.genres)
        for sentence in sentences:
            sentence.words[:] = self.case(sentence.words)
        return [to_doc(nlp, group) for group in groups(sentences)]


def capitals(words: Sequence[str]) -> list[str]:
    """Write words in capitals."""
    return [word.upper() for word in words]


TREEBANKS = (
    Treebank("EWT", "ewt-test"),
    Treebank("GUM open", "gumopen-test"),
    Treebank("GUM news+interview+speech", "gumopen-test", NEWSLIKE),
    Treebank("PUD", "pud-test"),
    Treebank("PUD in headline case", "pud-test", case=headline),
    Treebank("PUD in capitals", "pud-test", case=capitals),
)
NAME_SETS = ("politics", "gum", "pud", "ewt")


def score(nlp: Language, examples: Sequence[Example], columns: dict[str, str]) -> list[float]:
    """Run a pipeline over the texts of examples and return the scores asked for, in percent."""
    found = nlp.evaluate(list(examples))
    return [100 * float(found[name] or 0.0) for name in columns.values()]


def row(title: str, values: Sequence[float]) -> str:
    """Format one line of a table."""
    return f"{title:27}" + "".join(f"{value:9.2f}" for value in values)


def head(title: str, columns: dict[str, str]) -> str:
    """Format the head of a table."""
    return f"{title:27}" + "".join(f"{name:>9}" for name in columns)


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Measure the speed of the whole pipeline on texts, in words a second of CPU time."""
    list(nlp.pipe(texts[:20]))
    started = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - started)


def report(data: Path, model: str | None) -> None:
    """Print the tables of one pipeline."""
    nlp, info = load_pipeline(model), model_info(model)
    print(f"\n{info.name} {info.version} ({info.sha256[:12]})")
    print(head("syntax, raw text", SYNTAX))
    texts: list[str] = []
    for bank in TREEBANKS:
        docs = bank.docs(nlp, data)
        texts += [doc.text for doc in docs]
        print(row(bank.title, score(nlp, [to_example(nlp, doc) for doc in docs], SYNTAX)))
    print(head("names", NAMES))
    for name in NAME_SETS:
        examples = name_examples(nlp, [data / "ner" / f"test-{name}.jsonl"])
        print(row(name, score(nlp, list(examples), NAMES)))
    print(f"{words_per_second(nlp, texts):,.0f} words/s, whole pipeline", flush=True)


def main() -> None:
    """Measure the pipelines named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner/")
    parser.add_argument("models", nargs="+", metavar="MODEL")
    args = parser.parse_args()
    for model in args.models:
        report(args.data, None if model == "built-in" else model)


if __name__ == "__main__":
    main()
