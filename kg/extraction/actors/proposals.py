"""What the pipeline's name finder sees, asked only where the answer can matter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.language.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from kg.extraction.actors.draft import Draft
    from kg.extraction.actors.lines import Line, Proposal

__all__ = ["propose"]

_LABELS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "NORP": ""}
_BATCH = 512


def propose(
    bodies: Sequence[Draft], asked: Sequence[Sequence[Line]], nlp: Language
) -> list[list[Proposal]]:
    """Names that the pipeline's name finder sees in the unmasked text of some lines.

    A name never leaves its line, and what the finder decides on a word depends on few words
    around it. So it reads the lines with that many words before and after, and decides as it
    would in the whole text. Where its reach is unknown, it reads the whole text.

    Args:
        bodies: texts, cut into lines and units.
        asked: for each text the lines whose names are wanted; others may be in the answer.
        nlp: the pipeline; without "ner" nobody proposes anything.

    Returns:
        For each text its names, in text order.
    """
    found: list[list[Proposal]] = [[] for _ in bodies]
    if "ner" not in nlp.pipe_names:
        return found
    around = reach(nlp.get_pipe("ner").model)
    stretches: list[tuple[int, list[tuple[int, int]], Doc]] = []
    for number, (body, wanted) in enumerate(zip(bodies, asked, strict=True)):
        pieces, starts, chosen = _tokens(body, wanted)
        spaces = [*(after[0] > before[1] for before, after in pairwise(pieces)), False]
        for a, b in _around(chosen, len(pieces), around):
            words = [body.text[start:end] for start, end in pieces[a:b]]
            doc = Doc(nlp.vocab, words=words, spaces=spaces[a:b], sent_starts=starts[a:b])
            stretches.append((number, pieces[a:b], doc))
    enable = ["ner", *(("tok2vec", "transformer") if _listens(nlp) else ())]
    with nlp.select_pipes(enable=[n for n in nlp.pipe_names if n in enable]):
        docs = list(nlp.pipe([doc for _, _, doc in stretches], batch_size=_BATCH))
    for (number, pieces, _), doc in zip(stretches, docs, strict=True):
        found[number] += [
            (pieces[e.start][0], pieces[e.end - 1][1], _LABELS[e.label_])
            for e in doc.ents
            if _LABELS.get(e.label_)
        ]
    return found


def _listens(nlp: Language) -> bool:
    """True when the name finder needs the pipeline's shared embedding layer."""
    return any("listener" in node.name for node in nlp.get_pipe("ner").model.walk())


def _tokens(
    body: Draft, wanted: Sequence[Line]
) -> tuple[list[tuple[int, int]], list[bool], list[tuple[int, int]]]:
    """Offsets of all tokens, which of them begin a line, and first and end of each wanted line."""
    lines = {id(line) for line in wanted}
    pieces: list[tuple[int, int]] = []
    starts: list[bool] = []
    chosen = []
    for line in body.lines:
        first = len(pieces)
        for unit in line.units:
            pieces += unit.pieces
        starts += [True] + [False] * (len(pieces) - first - 1)
        if id(line) in lines:
            chosen.append((first, len(pieces)))
    return pieces, starts, chosen


def _around(
    chosen: list[tuple[int, int]], size: int, around: int | None
) -> Iterator[tuple[int, int]]:
    """Stretches with ``around`` tokens before and after, joined where they meet."""
    if around is None:
        if chosen:
            yield 0, size
        return
    first = last = 0
    for a, b in chosen:
        if a - around > last:
            if last:
                yield first, last
            first = a - around
        last = min(b + around, size)
    if last:
        yield max(first, 0), last
