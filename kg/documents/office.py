"""Word (.docx) and OpenDocument (.odt) texts: paragraphs, lists and tables as lines.

Both are ZIP archives of XML whose elements correspond to those of HTML, so they are renamed and
written out the same way. Deleted passages of tracked changes, comments, notes, headers and
footers are left out; inserted passages stay. The dates in a file's properties say when the file
was made, not when the text was published, and are not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.documents.archive import Archive, local_name
from kg.documents.draft import Draft
from kg.documents.markup import text_of
from kg.documents.text import clean_line
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["read"]

_WORD = {"p": "p", "tbl": "table", "tr": "tr", "tc": "td", "br": "br", "cr": "br"}
_WORD_TEXT = ("t", "delText")
_WORD_SKIPPED = frozenset(
    (
        *("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr", "Fallback"),
        *("footnoteReference", "endnoteReference", "commentReference", "tblGrid", "trPr", "tcPr"),
    )
)
_OPEN = {
    "p": "p",
    "h": "p",
    "list": "ul",
    "list-item": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "line-break": "br",
}
_OPEN_SKIPPED = frozenset(
    (
        *("annotation", "annotation-end", "note", "tracked-changes", "sequence-decls", "forms"),
        *("title", "desc"),
    )
)
_NO_AUTHOR = ("python-docx", "unknown")


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft; title and author from the file's properties, or from a paragraph styled so."""
    del known
    archive = Archive(item)
    if "word/document.xml" in archive:
        yield _word(archive)
    elif "content.xml" in archive:
        yield _open_document(archive)
    else:
        raise UnreadableError(f"{item.name} is an archive, but no text document in it")


def _word(archive: Archive) -> Draft:
    root = archive.xml("word/document.xml")
    title = ""
    for element in [*root.iter("{*}p")]:
        style = next(
            (one.get(_attribute(one, "val")) or "" for one in element.iter("{*}pStyle")), ""
        )
        if style in ("Title", "Heading1") and not title:
            title = clean_line("".join(one.text or "" for one in element.iter("{*}t")))
        if style.startswith("List") or next(element.iter("{*}numPr"), None) is not None:
            element.tag = "li"
    _only_words(root)
    _spaces(root, ("tab", "noBreakHyphen"))
    _rename(root, _WORD, _WORD_SKIPPED)
    facts = _properties(archive, "docProps/core.xml")
    return Draft(
        text_of(root, ("skipped",)),
        title=facts.get("title") or title,
        author=facts.get("creator", ""),
        language=facts.get("language", ""),
    )


def _open_document(archive: Archive) -> Draft:
    root = archive.xml("content.xml")
    body = next(root.iter("{*}text"), None)
    if body is None:
        raise UnreadableError(f"{archive.name} is an OpenDocument file, but not a text")
    heading = next(body.iter("{*}h"), None)
    title = clean_line("".join(heading.itertext())) if heading is not None else ""
    _spaces(body, ("s", "tab"))
    _rename(body, _OPEN, _OPEN_SKIPPED)
    facts = _properties(archive, "meta.xml")
    return Draft(
        text_of(body, ("skipped",)),
        title=facts.get("title") or title,
        author=facts.get("creator", ""),
        language=facts.get("language", ""),
    )


def _attribute(element: _Element, name: str) -> str:
    """The qualified name of an attribute in the element's own namespace."""
    return f"{element.tag.rpartition('}')[0]}}}{name}"


def _spaces(root: _Element, names: tuple[str, ...]) -> None:
    for name in names:
        for element in root.iter(f"{{*}}{name}"):
            element.text = "-" if name == "noBreakHyphen" else " "


def _only_words(root: _Element) -> None:
    """Take out text that is not the reader's: coordinates of drawings, field codes."""
    for element in root.iter("{*}*"):
        if local_name(element) not in _WORD_TEXT:
            element.text = None
        element.tail = None


def _rename(root: _Element, tags: Mapping[str, str], skipped: frozenset[str]) -> None:
    for element in [*root.iter("{*}*")]:
        name = local_name(element)
        if name in skipped:
            element.tag = "skipped"
        elif element.tag != "li":
            element.tag = tags.get(name, "span")


def _properties(archive: Archive, member: str) -> dict[str, str]:
    """Dublin Core properties: title, creator, language; {} when the file has none."""
    if member not in archive:
        return {}
    found: dict[str, str] = {}
    for element in archive.xml(member).iter("{*}title", "{*}creator", "{*}language"):
        value = clean_line(element.text or "")
        if value and value.lower() not in _NO_AUTHOR:
            found.setdefault(local_name(element), value)
    return found
