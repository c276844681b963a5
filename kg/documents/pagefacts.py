"""What a page says about itself: JSON-LD first, then meta elements, then what a reader sees.

JSON-LD outranks meta elements because publishers keep it per article, while a meta date may be
that of a template or of the last change. Dates are never taken from running text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.documents.dates import whole_date
from kg.records import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["PageFacts", "page_facts"]

Node = dict[str, object]

_DATE_METAS = (
    *("article:published_time", "og:article:published_time", "article:published", "datepublished"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.date", "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "date"),
)
_TITLE_METAS = ("og:title", "citation_title", "dcterms.title", "dc.title", "twitter:title")
_OUTLET_METAS = (
    *("og:site_name", "citation_journal_title", "dcterms.publisher", "dc.publisher", "publisher"),
    "application-name",
)
_AUTHOR_METAS = (
    *("author", "article:author", "citation_author", "dcterms.creator", "dc.creator", "byl"),
    *("parsely-author", "sailthru.author"),
)
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Statement", "PressRelease", "Interview")
_MARKED_TIME = re.compile(r"publi|posted|pubdate|dateline|entry-date|post-date|release", re.I)
_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>19\d\d|20\d\d)(?P<s>[/-])(?P<m>0?[1-9]|1[0-2])(?:(?P=s)(?P<d>0?[1-9]|[12]\d|3[01]))?(?!\d)"
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,500})\s*-->")
_MOST_NODES = 5000


@dataclass(slots=True)
class PageFacts:
    """What was found; "" and None where the page does not say."""

    title: str = ""
    published: PartialDate | None = None
    published_origin: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""


def page_facts(tree: HtmlElement, source: str, address: str = "") -> PageFacts:
    """Title, date, outlet, author and language of a page.

    Args:
        tree: the parsed page.
        source: its text, for the comment that browsers leave in saved pages.
        address: where it was saved from, "" when only the page itself may know.
    """
    article = _article(tree)
    metas = _metas(tree)
    address = _address(tree, metas, source) or address
    outlet = _name(article.get("publisher")) or _first(metas, _OUTLET_METAS)
    published, origin = _published(tree, article, metas, address)
    return PageFacts(
        title=_title(tree, article, metas, outlet),
        published=published,
        published_origin=origin,
        outlet=outlet or _host(address),
        author=_name(article.get("author")) or _author(tree, metas),
        language=_string(article.get("inLanguage")) or (tree.get("lang") or "").strip(),
    )


def _article(tree: HtmlElement) -> Node:
    """The JSON-LD node that describes the article, with references to other nodes resolved."""
    nodes = list(_nodes(tree))
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    best = next((node for node in nodes if _is_article(node)), None)
    if best is None:
        best = next((node for node in nodes if node.get("datePublished")), {})
    return {
        key: by_id.get(value["@id"], value) if isinstance(value, dict) and _refers(value) else value
        for key, value in best.items()
    }


def _refers(value: Node) -> bool:
    return set(value) == {"@id"} and isinstance(value["@id"], str)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(_ARTICLE_TYPES)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """All JSON-LD nodes of a page, breadth first."""
    queue: list[object] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                queue.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(_MOST_NODES):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            yield value
            queue += value.values()
        elif isinstance(value, list):
            queue += value[:_MOST_NODES]


def _string(value: object) -> str:
    """A JSON-LD value that should be a string, "" when it is something else."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: object) -> str:
    """The names of one or several people or organisations."""
    values = value if isinstance(value, list) else [value]
    names = [_string(one) for one in values]
    return ", ".join(name for name in names if name and not name.startswith("http"))


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Meta elements: lower-case name, property or itemprop → first non-empty content."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            key = (meta.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _first(metas: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((metas[key] for key in keys if key in metas), "")


def _published(
    tree: HtmlElement, article: Node, metas: dict[str, str], address: str
) -> tuple[PartialDate | None, str]:
    if date := whole_date(_string(article.get("datePublished"))):
        return date, "json-ld"
    for key in _DATE_METAS:
        if key in metas and (date := whole_date(metas[key])):
            return date, f"meta {key}"
    if date := _time_element(tree):
        return date, "time element"
    if found := _URL_DATE.search(re.sub(r"^\w+://[^/]*|[?#].*$", "", address)):
        day = int(found["d"]) if found["d"] else None
        try:
            return PartialDate(int(found["y"]), int(found["m"]), day), "url"
        except ValueError:
            pass
    return None, ""


def _time_element(tree: HtmlElement) -> PartialDate | None:
    """The date of a ``time`` element that is marked as the publication date, or is the only one."""
    dates: list[PartialDate] = []
    for element in tree.iter("time"):
        date = whole_date(element.get("datetime") or element.text_content()[:60])
        if date is None:
            continue
        parent = element.getparent()
        marks = [
            element.get("class"),
            element.get("itemprop"),
            element.get("pubdate") and "pubdate",
        ]
        marks += [parent.get("class")] if parent is not None else []
        if _MARKED_TIME.search(" ".join(filter(None, marks))):
            return date
        dates.append(date)
    return dates[0] if len(set(dates)) == 1 else None


def _title(tree: HtmlElement, article: Node, metas: dict[str, str], outlet: str) -> str:
    if headline := _string(article.get("headline")):
        return headline
    headings = [_text(heading) for heading in tree.iter("h1")]
    titles = [_text(title) for title in tree.iter("title")]
    candidates = [_first(metas, _TITLE_METAS), *headings, *titles]
    title = next(filter(None, candidates), "")
    # "Headline | The Outlet", "Headline - The Outlet"
    found = re.match(r"(.{10,}?)\s+[|–—-]\s+(.+)", title)
    if found and (found[2] == outlet or (found[1] in headings)):
        return found[1]
    return title


def _author(tree: HtmlElement, metas: dict[str, str]) -> str:
    """From meta elements, else from what is marked up as the author."""
    stated = _first(metas, _AUTHOR_METAS)
    if stated and not stated.startswith("http"):
        return stated
    marked = tree.xpath(
        "//*[@rel='author'] | //*[@itemprop='author']"
        " | //*[contains(concat(' ', normalize-space(@class), ' '), ' author ')]"
        " | //*[contains(concat(' ', normalize-space(@class), ' '), ' byline ')]"
    )
    names = (re.sub(r"^by:?\s+", "", _text(element), flags=re.I) for element in marked)
    return next((name for name in names if name and len(name.split()) <= 8), "")


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())[:300]


def _address(tree: HtmlElement, metas: dict[str, str], source: str) -> str:
    """Where the page was published: canonical link, og:url, or what the browser noted."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    if "og:url" in metas:
        return metas["og:url"]
    saved = _SAVED_FROM.search(source[:2000])
    return saved[1] if saved else ""


def _host(address: str) -> str:
    """The host of an address without "www.", as the last resort for an outlet."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
