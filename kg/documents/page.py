"""Web pages: the main text through trafilatura, the facts about it from the page's own metadata."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from kg.documents.draft import Draft
from kg.documents.encoding import decode
from kg.documents.markup import CHROME, HIDDEN, text_of
from kg.documents.pagefacts import page_facts
from kg.documents.text import strip_invisible
from kg.errors import UnreadableError
from kg.sources import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["draft_of", "read"]

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*>")
_ADS = frozenset(
    ("ad", "ads", "adbox", "ad-slot", "ad-container", "advert", "advertisement", "adsbygoogle")
)
_HEAD = 4096  # bytes in which HTML must declare its charset, and a little more
_TOO_LITTLE = 80  # characters: what is left when no main text was recognised


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft: the main text of a page, without navigation, advertisements and comments."""
    del known
    found = _CHARSET.search(item.data[:_HEAD])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    address = item.source if is_web_address(item.source) else ""
    yield draft_of(decode(item.data, item.name, item.charset or declared), item.name, address)


def draft_of(source: str, name: str, address: str = "") -> Draft:
    """The draft of a page that is already decoded.

    Args:
        source: the page.
        name: what to call it in messages.
        address: where it was saved from, if known.

    Raises:
        UnreadableError: when there is no element in it.
    """
    from lxml import etree, html  # noqa: PLC0415 - only pages need it

    source = strip_invisible(_PROLOGUE.sub("", source, count=1))
    try:
        tree = html.document_fromstring(source)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"{name} holds no readable HTML") from error
    facts = page_facts(tree, source, address)
    _simplify(tree)
    text = _main_text(tree)
    if len(text) < _TOO_LITTLE:
        text = max(text, _whole_text(tree), key=len)
    return Draft(
        text,
        title=facts.title,
        published=facts.published,
        published_origin=facts.published_origin,
        outlet=facts.outlet,
        author=facts.author,
        language=facts.language,
    )


def _simplify(tree: HtmlElement) -> None:
    """Take out marked advertisements; turn tables that only arrange paragraphs into blocks."""
    for element in [*tree.iter("div", "section", "aside", "p", "ins")]:
        marks = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
        if marks & _ADS and element.getparent() is not None:
            element.drop_tree()
    for table in [*tree.iter("table")]:
        if next(table.iter("p", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"), None) is None:
            continue
        table.tag = "div"
        for part in [*table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
            part.tag = "div"


def _main_text(tree: HtmlElement) -> str:
    """What trafilatura takes for the main text; "" when it finds none or fails."""
    import trafilatura  # noqa: PLC0415 - 0.4 s that only pages need

    for noisy in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)  # they log what we handle
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False)
    except Exception:  # hostile pages break it in many ways; the whole text is read instead
        return ""
    body = getattr(found, "body", None)
    return text_of(body, frozenset(), headings="head") if body is not None else ""


def _whole_text(tree: HtmlElement) -> str:
    """All text of a page without its surroundings, or with them if that leaves nothing."""
    return text_of(tree, HIDDEN | CHROME) or text_of(tree)
