"""Rewriting training sentences into the shapes news text has in practice.

The treebanks are web and Wikipedia prose; articles, statements and transcripts also hold
headlines, capitals, typographic quotes, hard-wrapped lines and residue of links. Every pass
over the data rewrites a random share of it anew (data augmentation in the sense of Dai and
Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity Recognition").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from corpora import Sentence

_SMALL = "a an and as at but by for from in into nor of on or over per the to up via vs with"
SMALL_WORDS = frozenset(_SMALL.split())
OPENING = {'"': "“", "``": "“", "“": '"'}
CLOSING = {'"': "”", "''": "”", "”": '"'}
APOSTROPHES = {"'": "’", "’": "'"}
DASHES = ("-", "--", "–", "—")
REFERENCES = ("[1]", "[12]", "[edit]", "(https://example.org/news/story)", "(link)")


def headline(words: Sequence[str]) -> list[str]:
    """Capitalise words the way headlines do ("EU Hits Back at US Tariffs")."""
    return [
        word if i and word.lower() in SMALL_WORDS else word[:1].upper() + word[1:]
        for i, word in enumerate(words)
    ]


def recase(words: Sequence[str], rng: random.Random) -> list[str]:
    """Return the words in headline case, lower case or capitals."""
    style = rng.random()
    if style < 0.5:
        return headline(words)
    return [word.lower() if style < 0.8 else word.upper() for word in words]


def swap_marks(sent: Sentence, rng: random.Random) -> None:
    """Exchange straight and typographic quotes, apostrophes and dashes, in place."""
    dash = rng.choice(DASHES)
    for i, word in enumerate(sent.words):
        if word in OPENING and sent.tags[i] == "``":
            sent.words[i] = OPENING[word]
        elif word in CLOSING and sent.tags[i] == "''":
            sent.words[i] = CLOSING[word]
        elif word in DASHES and i and sent.spaces[i - 1] and sent.spaces[i]:
            sent.words[i] = dash
        elif word[0] in APOSTROPHES or word.lower() in ("n't", "n’t"):
            sent.words[i] = "".join(APOSTROPHES.get(c, c) for c in word)


class Extra(NamedTuple):
    """A token to be put into a sentence, without a space after it."""

    word: str
    tag: str
    pos: str
    dep: str


def insert(sent: Sentence, at: int, extra: Extra, head: int) -> None:
    """Insert a token before index `at`, in place; `head` is an index in the old numbering."""
    values = (extra.word, False, extra.tag, extra.pos, "", extra.word, head, extra.dep)
    for column, value in zip(vars(sent).values(), values, strict=True):
        column.insert(at, value)
    sent.heads[:] = [h + 1 if h >= at else h for h in sent.heads]


def break_line(sent: Sentence, after: int, mark: str = "\n") -> None:
    """Put a line break, a token of its own in spaCy, after token `after`, in place."""
    sent.spaces[after] = False
    insert(sent, after + 1, Extra(mark, "_SP", "SPACE", "dep"), after)


def wrap_lines(sent: Sentence, rng: random.Random) -> None:
    """Hard-wrap a sentence: some of its spaces become line breaks, in place."""
    column, width = rng.randrange(60), rng.choice((60, 72, 80))
    i = 0
    while i < len(sent) - 1:
        column += len(sent.words[i]) + 1
        if column > width and sent.spaces[i]:
            break_line(sent, i)
            column, i = 0, i + 1
        i += 1


def leave_residue(sent: Sentence, rng: random.Random) -> None:
    """Leave a footnote mark or the bare target of a link behind a noun, in place."""
    nouns = [i for i, p in enumerate(sent.pos) if p in ("NOUN", "PROPN") and i + 1 < len(sent)]
    if not nouns:
        return
    at = rng.choice(nouns)
    mark = rng.choice(REFERENCES)
    space_after = sent.spaces[at]
    sent.spaces[at] = mark[0] == "("
    insert(sent, at + 1, Extra(mark[0], "-LRB-", "PUNCT", "punct"), at)
    insert(sent, at + 2, Extra(mark[1:-1], "ADD", "X", "dep"), at)
    insert(sent, at + 3, Extra(mark[-1], "-RRB-", "PUNCT", "punct"), at)
    sent.spaces[at + 3] = space_after


def swap_names(sent: Sentence, names: Sequence[str], rng: random.Random) -> None:
    """Replace proper nouns by other ones, so that the parser learns shapes, not names."""
    for i, (pos, tag) in enumerate(zip(sent.pos, sent.tags, strict=True)):
        if pos == "PROPN" and tag == "NNP" and sent.words[i].istitle() and rng.random() < 0.6:
            sent.words[i] = sent.lemmas[i] = rng.choice(names)


def add_adverb(sent: Sentence, adverbs: Sequence[str], rng: random.Random) -> None:
    """Put an adverb between a subject or auxiliary and its verb, in place.

    "Vance sharply criticised", "was harshly criticised": the treebanks have few of them, and
    a parser that takes the adverb for the subject loses the whole event.
    """
    heads = {h for h, d in zip(sent.heads, sent.deps, strict=True) if d.startswith("nsubj")}
    before = {"AUX", "NOUN", "PRON", "PROPN"}
    places = [
        i
        for i in heads
        if i and sent.pos[i] == "VERB" and sent.pos[i - 1] in before and sent.spaces[i - 1]
    ]
    if places:
        at = rng.choice(sorted(places))
        insert(sent, at, Extra(rng.choice(adverbs), "RB", "ADV", "advmod"), at)
        sent.spaces[at] = True


def augment_group(
    group: Sequence[Sentence], names: Sequence[str], rng: random.Random, share: float = 1.0
) -> list[Sentence]:
    """Return a rewritten copy of a group of sentences.

    With the full share about half of the groups come back unchanged, with less of it more.
    """
    sents = [sent.copy() for sent in group]
    if rng.random() < 0.2 * share:
        for sent in sents:
            swap_marks(sent, rng)
    if names and rng.random() < 0.2 * share:
        for sent in sents:
            swap_names(sent, names, rng)
    lay_out(sents, rng, share)
    return sents


def lay_out(sents: Sequence[Sentence], rng: random.Random, share: float) -> None:
    """Give at most a quarter of all groups a headline, another case, wrapped lines or residue."""
    layout = rng.random() / share
    if layout < 0.08:
        as_headline(sents[0], rng)
    elif layout < 0.13:
        for sent in sents:
            sent.words[:] = recase(sent.words, rng)
    elif layout < 0.21:
        for sent in sents:
            wrap_lines(sent, rng)
    elif layout < 0.25:
        leave_residue(rng.choice(sents), rng)


def as_headline(sent: Sentence, rng: random.Random) -> None:
    """Turn a sentence into a headline over the text that follows, in place."""
    sent.words[:] = headline(sent.words) if rng.random() < 0.8 else [w.upper() for w in sent.words]
    last = len(sent) - 1
    used_as_head = any(head == last for i, head in enumerate(sent.heads) if i != last)
    if sent.words[last] == "." and last > 1 and not used_as_head:
        for column in vars(sent).values():
            column.pop()
        last -= 1
    break_line(sent, last, rng.choice(("\n", "\n\n")))
