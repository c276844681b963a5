"""Names for treebank text that has none.

A trained name finder reads sentences of a treebank; its answers count only where they agree
with the treebank's gold part-of-speech tags. Words that are not proper nouns are certainly
no names of their own, a run of proper nouns that the finder covers exactly is taken as the
name it says, and any other proper noun is left open, which the trainer ignores. This is
self-training (Yarowsky 1995) with the tags as a filter. Only training parts are used.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corpora import UNKNOWN, groups, read_conllu, to_doc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span

PROPER = frozenset({"NNP", "NNPS"})
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december jan feb mar apr jun jul aug sep sept"
    " oct nov dec mon tue tues wed thu thurs fri sat sun christmas easter am pm"
)
_TITLES = (
    "mr mrs ms miss dr sir lord lady sheikh shaikh king queen prince princess pope president"
    " chairman minister secretary senator sen rep representative governor gov mayor judge"
    " justice professor prof general gen colonel col major captain capt lieutenant lt sergeant"
    " sgt reverend rev ambassador chancellor premier vice prime"
)
CALENDAR, TITLES = frozenset(_CALENDAR.split()), frozenset(_TITLES.split())


def in_name(doc: Doc, i: int) -> bool:
    """Whether a token can be part of a name: a proper noun that is no date and no title."""
    word = doc[i].lower_.rstrip(".")
    return doc[i].tag_ in PROPER and word not in CALENDAR and word not in TITLES


def proper_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) token ranges of unbroken runs of proper nouns."""
    start = None
    for i in range(len(doc) + 1):
        proper = i < len(doc) and in_name(doc, i)
        if proper and start is None:
            start = i
        elif not proper and start is not None:
            yield start, i
            start = None


def agreed(gold: Doc, found: Doc) -> list[Span]:
    """Return the found names, as spans of the gold document, that begin and end in a run."""
    runs = list(proper_runs(gold))
    starts, ends = {a for a, _ in runs}, {b for _, b in runs}
    spans = []
    for ent in found.ents:
        span = gold.char_span(ent.start_char, ent.end_char, ent.label_)
        if span is not None and span.start in starts and span.end in ends:
            spans.append(span)
    return spans


def annotate(gold: Doc, found: Doc) -> list[tuple[int, int, str]]:
    """Combine the tags of one document with the finder's reading of the same text."""
    names = agreed(gold, found)
    covered = {i for span in names for i in range(span.start, span.end)}
    ents = [(span.start_char, span.end_char, span.label_) for span in names]
    for start, end in proper_runs(gold):
        run = gold[start:end]
        people = len(run) == 1 and run[0].tag_ == "NNPS"  # "Israelis": a people is no name here
        if not people and not covered.issuperset(range(start, end)):
            ents.append((run.start_char, run.end_char, UNKNOWN))
    return sorted(ents)


def silver_rows(nlp: Language, path: Path) -> Iterator[dict[str, object]]:
    """Yield name rows for a treebank file."""
    golds = [to_doc(nlp, group) for group in groups(read_conllu(path))]
    texts = [gold.text for gold in golds]
    for gold, found in zip(golds, nlp.pipe(texts), strict=True):
        yield {"text": gold.text, "ents": annotate(gold, found)}


def write_silver(nlp: Language, treebanks: Sequence[Path], out: Path) -> None:
    """Write the silver names of treebank files as JSON lines."""
    rows = [row for path in treebanks for row in silver_rows(nlp, path)]
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
