"""RSS and Atom feeds, through feedparser: one document an entry, as far as the feed tells it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.documents.dates import whole_date
from kg.documents.draft import Draft
from kg.documents.extras import need
from kg.documents.markup import fragment_text
from kg.documents.page import read as read_page
from kg.errors import SourceError, UnreadableError
from kg.records import PartialDate
from kg.sources import MAX_BYTES, RawItem, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.documents.draft import Known

__all__ = ["read"]

DATE = "feed entry"


def read(item: RawItem, known: Known) -> Iterator[Draft | SourceProblem]:
    """One draft for each entry: its full content, or its summary, or at least its title.

    With ``known.follow`` it is the page behind the entry; where that cannot be read, the problem
    is reported and the entry is read as the feed has it.

    Raises:
        SourceError: feedparser is not installed.
        UnreadableError: it is no feed, has no entries, or declares entities.
    """
    if re.search(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", item.data):
        raise UnreadableError(f"{item.name} declares entities of its own, which no feed needs")
    feedparser = need("feedparser", "feeds", "feeds")
    try:
        parsed = feedparser.parse(BytesIO(item.data))
    except Exception as error:  # hostile feeds break it in several ways
        raise UnreadableError(f"{item.name} is damaged or no feed") from error
    if not parsed.entries:
        raise UnreadableError(f"{item.name} is no feed with entries", "feeds are RSS or Atom")
    outlet, language = (str(parsed.feed.get(key) or "") for key in ("title", "language"))
    for number, entry in enumerate(parsed.entries, 1):
        draft = _draft(entry, number, outlet, language)
        link = str(entry.get("link") or "")
        if known.follow and link:
            try:
                draft = _behind(link, draft, known)
            except SourceError as error:
                yield SourceProblem(link, error)
        yield draft


def _behind(link: str, draft: Draft, known: Known) -> Draft:
    """The page behind an entry, with what the feed says about it where the page says nothing."""
    from kg.sources.web import fetch  # noqa: PLC0415 - TLS and HTTP, only when asked for

    answer = fetch(link, max_bytes=MAX_BYTES, allow_private=known.allow_private)
    if answer.media_type not in ("text/html", "application/xhtml+xml"):
        raise UnreadableError(f"{link} is {answer.media_type or 'of unknown kind'}, not a page")
    raw = RawItem(answer.data, link, answer.url, "", "text/html", answer.charset)
    page = next(read_page(raw, known))
    if not page.text.strip():
        raise UnreadableError(f"{link} holds no text", "a document needs some words")
    return replace(
        page,
        title=draft.title or page.title,
        published=page.published or draft.published,
        published_origin=page.published_origin or draft.published_origin,
        outlet=draft.outlet or page.outlet,
        author=page.author or draft.author,
        language=page.language or draft.language,
        part=draft.part,
    )


def _draft(entry: Any, number: int, outlet: str, language: str) -> Draft:
    title = fragment_text(str(entry.get("title") or ""))
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    texts = (fragment_text(one) for one in (*contents, str(entry.get("summary") or "")) if one)
    published = _published(entry)
    return Draft(
        next(filter(None, texts), title),
        title=title,
        published=published,
        published_origin=DATE if published else "",
        outlet=str((entry.get("source") or {}).get("title") or outlet),
        author=str(entry.get("author") or ""),
        language=language,
        part=str(entry.get("link") or entry.get("id") or number),
    )


def _published(entry: Any) -> PartialDate | None:
    """The day as the feed prints it, or, in a form of its own, as feedparser reads it (UTC)."""
    if date := whole_date(str(entry.get("published") or "")):
        return date
    parsed = entry.get("published_parsed")
    return PartialDate(*parsed[:3]) if parsed else None
