"""Electronic books (.epub): the chapters in reading order, with the facts of the package."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.documents.archive import Archive, local_name
from kg.documents.dates import whole_date
from kg.documents.draft import Draft
from kg.documents.markup import text_of
from kg.documents.text import clean_line
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["read"]

DATE = "epub dc:date"


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft: the whole book. Its publication date is the package's ``dc:date``."""
    del known
    archive = Archive(item)
    package_path = _package_path(archive)
    package = archive.xml(package_path)
    facts = _facts(package)
    published = whole_date(facts.get("date", ""), year_alone=True)
    chapters = (_chapter(archive, path) for path in _chapters(package, package_path))
    yield Draft(
        "\n\n".join(filter(None, chapters)),
        title=facts.get("title", ""),
        published=published,
        published_origin=DATE if published else "",
        outlet=facts.get("publisher", ""),
        author=facts.get("creator", ""),
        language=facts.get("language", ""),
        prose=False,
    )


def _package_path(archive: Archive) -> str:
    container = archive.xml("META-INF/container.xml")
    for root_file in container.iter("{*}rootfile"):
        if path := root_file.get("full-path"):
            return str(path)
    raise UnreadableError(f"{archive.name} is not complete: it names no package")


def _facts(package: _Element) -> dict[str, str]:
    """Dublin Core elements of the package; several creators are joined."""
    found: dict[str, str] = {}
    for element in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        name, value = local_name(element), clean_line(element.text or "")
        if value and name == "creator" and name in found:
            found[name] += f", {value}"
        elif value:
            found.setdefault(name, value)
    return found


def _chapters(package: _Element, package_path: str) -> Iterator[str]:
    """Paths of the documents in reading order."""
    folder = posixpath.dirname(package_path)
    hrefs = {entry.get("id"): entry.get("href") or "" for entry in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        href = hrefs.get(reference.get("idref"), "")
        if href and reference.get("linear") != "no":
            yield posixpath.normpath(posixpath.join(folder, unquote(href)))


def _chapter(archive: Archive, path: str) -> str:
    from lxml import etree, html  # noqa: PLC0415 - only archives and pages need it

    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(archive.read(path), parser=parser)
    except (etree.LxmlError, ValueError):  # an empty cover page
        return ""
    return text_of(tree)
