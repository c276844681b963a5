"""From documents to annotated documents: the order in which everything here happens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.extraction.actors.coreference import Pronouns, resolve_pronouns
from kg.extraction.actors.draft import (
    Draft,
    add_repeats,
    add_surnames,
    draft,
    find_spots,
    spots_in,
    weigh,
)
from kg.extraction.actors.entities import build
from kg.extraction.actors.gazetteer import gazetteer
from kg.extraction.actors.generic import add_generic
from kg.extraction.actors.labels import name_holders
from kg.extraction.actors.lexicon import lexicon
from kg.extraction.actors.linking import Linker
from kg.extraction.actors.masking import Masked, mask
from kg.extraction.actors.metonyms import is_town
from kg.extraction.actors.proposals import propose
from kg.extraction.actors.referents import Referents
from kg.extraction.actors.rolenouns import is_instrument
from kg.extraction.actors.speakers import (
    Voice,
    home_of,
    line_addressees,
    line_speakers,
    signed,
    voice_of,
)
from kg.extraction.actors.spots import Sort, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extraction.annotation import Annotated
    from kg.records import Document
    from kg.reference.world import World

__all__ = ["annotate", "annotate_many"]

_BATCH = 32


@dataclass(slots=True)
class _Work:
    """One document between spotting and parsing."""

    document: Document
    title: Draft
    body: Draft
    referents: Referents
    voice: Voice
    speakers: dict[int, tuple[str, ...]]
    addressees: dict[int, tuple[str, ...]]
    masked: Masked
    generic: bool


def annotate(
    document: Document, nlp: Language, world: World, *, generic: bool = False
) -> Annotated:
    """Find the actors of a document, mask them, parse it, and resolve who is who.

    Args:
        document: what to read.
        nlp: a spaCy pipeline with tagger, lemmatizer, dependency parser and, if possible, ``ner``.
        world: reference data.
        generic: find unnamed actors, too ("Afghan rebels").
    """
    return next(annotate_many([document], nlp, world, generic=generic))


def annotate_many(
    documents: Iterable[Document],
    nlp: Language,
    world: World,
    batch: int = _BATCH,
    *,
    generic: bool = False,
) -> Iterator[Annotated]:
    """Annotate documents in order, ``batch`` at a time through the pipeline.

    With ``generic``, unnamed people and groups are actors, too (entities with a ``sector``).
    """
    stream = iter(documents)
    while chunk := list(islice(stream, batch)):
        yield from _chunk(chunk, nlp, world, generic=generic)


def _chunk(
    documents: list[Document], nlp: Language, world: World, *, generic: bool
) -> list[Annotated]:
    names = gazetteer(world)
    drafts = [
        (draft(d.title, names, nlp.tokenizer), draft(d.text, names, nlp.tokenizer))
        for d in documents
    ]
    _spot(drafts, nlp)
    work = [
        _link(document, title, body, world, generic=generic)
        for document, (title, body) in zip(documents, drafts, strict=True)
    ]
    with nlp.select_pipes(disable=[n for n in nlp.pipe_names if n == "ner"]):
        docs = list(nlp.pipe([item.masked.doc(nlp.vocab) for item in work]))
    return [_finish(item, doc) for item, doc in zip(work, docs, strict=True)]


def _spot(drafts: list[tuple[Draft, Draft]], nlp: Language) -> None:
    """Find all spots; the name finder is asked about those lines only whose grammar asks it."""
    words = lexicon()
    for title, _ in drafts:
        find_spots(title, words)
    asked = [find_spots(body, words) for _, body in drafts]
    proposals = propose([body for _, body in drafts], asked, nlp)
    for (_, body), lines, found in zip(drafts, asked, proposals, strict=True):
        weigh(body, lines, words, found)


def _link(document: Document, title: Draft, body: Draft, world: World, *, generic: bool) -> _Work:
    words = lexicon()
    referents = Referents(world, document.published.first if document.published else None)
    linker = Linker(referents, words)
    name_holders(body)
    people = [
        spot
        for line in (*title.lines, *body.lines)
        for outer in line.spots
        for spot in (outer, *outer.inner)
        if spot.sort is Sort.PERSON
    ]
    for spot in sorted(people, key=_named_fully):
        linker.introduce(spot)
    for line in title.lines:
        for spot in line.spots:
            linker.link(spot, -1)
            if spot.sort is Sort.PERSON:
                referents.titled += spot.keys
    referents.home = home_of(title, referents)
    add_surnames(body, referents.surnames())
    add_repeats(body, words.ordinary)
    if generic:
        add_generic(body)
    voice = voice_of(title, referents, body.text)
    linker.author = voice.person[:1] if voice.first_person else ()
    for line in body.lines:
        linker.link_line(line, voice)
    voice = signed(body, referents, voice)
    speakers = line_speakers(body, voice, referents)
    numbered = {id(line): speaker for line, speaker in zip(body.lines, speakers, strict=True)}
    addressed = line_addressees(body, speakers)
    told = {id(line): keys for line, keys in zip(body.lines, addressed, strict=True)}
    return _Work(document, title, body, referents, voice, numbered, told, mask(body), generic)


def _named_fully(spot: Spot) -> int:
    """0 for full names, 1 for surnames with an office, 2 for bare surnames."""
    if len(spot.text.split()) > 1:
        return 0
    return 1 if any(title.is_office for title in spot.titles) else 2


def _finish(item: _Work, doc: Doc) -> Annotated:
    masked, referents = item.masked, item.referents
    linked: dict[int, tuple[str, ...]] = {}
    for index, spot in masked.spots.items():
        if spot.sort is Sort.CITY and spot.place_key and is_town(doc[index]):
            spot.keys = (referents.known(spot.place_key).key,)
            spot.sort = Sort.PLACE
        if (
            spot.sort is Sort.GENERIC
            and spot.organ
            and not spot.inner
            and is_instrument(doc[index])
        ):
            spot.keys = ()
        if spot.keys:
            linked[index] = spot.keys
    _datelines(item)
    speakers = [item.speakers[id(line)] for line, _, _ in masked.lines]
    addressees = [item.addressees[id(line)] for line, _, _ in masked.lines]
    pronouns = (
        resolve_pronouns(doc, masked, linked, referents, speakers, addressees, item.voice)
        if len(doc)
        else Pronouns()
    )
    speakers = [pronouns.quoted.get(n, speaker) for n, speaker in enumerate(speakers)]
    annotated = build(item.document, item.body, masked, doc, referents, linked, pronouns, speakers)
    annotated.generic = item.generic
    return annotated


def _datelines(item: _Work) -> None:
    """Capitals in datelines and labels are never parsed: in a dateline they are towns."""
    for line in item.body.lines:
        for spot in spots_in(line):
            if spot.sort is Sort.CITY and spot.place_key and spot.first < line.dateline:
                spot.keys = (item.referents.known(spot.place_key).key,)
                spot.sort = Sort.PLACE
