"""From raw items to documents: a format reads, the caller knows better, the text is cleaned."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Unpack, cast

from kg.documents.draft import Known, Stated
from kg.documents.formats import reader_for
from kg.documents.language import guess_language
from kg.documents.opening import Opening, read_opening
from kg.documents.text import clean, clean_line
from kg.errors import SourceError, UnreadableError
from kg.records import Document
from kg.sources import SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.documents.draft import Draft
    from kg.documents.library import Library
    from kg.records import PartialDate
    from kg.sources import RawItem

__all__ = ["parse", "parse_all", "read_all"]


def parse(item: RawItem, **stated: Unpack[Stated]) -> Document:
    """The one document in ``item``.

    Args:
        item: what to read.
        **stated: ``published``, ``title``, ``outlet``, ``author``, ``language``: what the caller
            knows; each outranks the file.

    Raises:
        UnreadableError: it holds no text, is in an unknown encoding, or holds several documents.
        FormatError: nothing reads its media type.
    """
    documents = list(islice(_documents(item, Known(**stated)), 2))
    if len(documents) != 1:
        how_many = "several documents" if documents else "no document"
        raise UnreadableError(f"{item.name} holds {how_many}, not one", "read it with parse_all")
    return documents[0]


def parse_all(item: RawItem, **stated: Unpack[Stated]) -> Iterator[Document | SourceProblem]:
    """All documents in ``item``, in its order; what cannot be read is yielded, not raised.

    Args:
        item: what to read.
        **stated: as for ``parse``, about each of the documents; and ``columns`` for tables of
            articles, ``follow`` and ``allow_private`` for feeds: see ``Known``.

    Raises:
        FormatError: nothing reads its media type.
    """
    known = Known(**stated)
    drafts = reader_for(item.media_type)(item, known)
    while True:
        try:
            draft = next(drafts)
        except StopIteration:
            return
        except SourceError as error:
            yield SourceProblem(item.name, error)
            return
        if isinstance(draft, SourceProblem):
            yield draft
            continue
        try:
            yield _finish(draft, item, known)
        except SourceError as error:
            yield SourceProblem(_source(item.name, draft), error)


def read_all(
    found: Iterable[RawItem | SourceProblem],
    library: Library | None = None,
    **stated: Unpack[Stated],
) -> Iterator[Document | SourceProblem]:
    """``parse_all`` for everything that ``kg.sources.collect`` found; its problems pass through.

    Args:
        found: items and problems.
        library: what a reference manager knows about the files; ``stated`` outranks it.
        **stated: as for ``parse_all``.
    """
    for item in found:
        if isinstance(item, SourceProblem):
            yield item
        else:
            beside = library.stated(item) if library else Stated()
            yield from parse_all(item, **_merged(beside, stated))


def _merged(beside: Stated, stated: Stated) -> Stated:
    """What is stated, and where nothing is, what the library states."""
    merged = beside.copy()
    if stated.get("published"):
        merged["published_origin"] = "option"
    merged.update(cast(Stated, {key: value for key, value in stated.items() if value}))
    return merged


def _documents(item: RawItem, known: Known) -> Iterator[Document]:
    for draft in reader_for(item.media_type)(item, known):
        if isinstance(draft, SourceProblem):
            raise draft.error
        yield _finish(draft, item, known)


def _finish(draft: Draft, item: RawItem, known: Known) -> Document:
    text = clean(draft.text)
    if not any(char.isalnum() for char in text):
        name = _source(item.name, draft)
        raise UnreadableError(f"{name} holds no text", "a document needs some words")
    opening = read_opening(text) if draft.prose else Opening()
    published, origin = _published(draft, opening, known)
    return Document(
        text=text,
        title=clean_line(known.title or draft.title or opening.title),
        published=published,
        published_origin=origin,
        outlet=clean_line(known.outlet or draft.outlet or opening.outlet),
        author=clean_line(known.author or draft.author or opening.author),
        source=_source(item.source, draft),
        media_type=item.media_type,
        language=known.language or guess_language(text) or _tag(draft.language or opening.language),
    )


def _source(name: str, draft: Draft) -> str:
    return f"{name}#{clean_line(draft.part)}" if draft.part else name


def _published(draft: Draft, opening: Opening, known: Known) -> tuple[PartialDate | None, str]:
    if known.published:
        return known.published, known.published_origin
    if draft.published:
        return draft.published, draft.published_origin
    return opening.published, opening.published_origin


def _tag(language: str) -> str:
    """A declared language as a BCP 47 tag: "EN_us" → "en-US"; "" for what is none."""
    parts = language.strip().replace("_", "-").split("-")
    if not (2 <= len(parts[0]) <= 3 and all(p.isascii() and p.isalnum() for p in parts)):
        return ""
    rest = [part.upper() if len(part) == 2 else part for part in parts[1:3] if len(part) <= 8]
    return "-".join([parts[0].lower(), *rest])
