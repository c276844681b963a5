"""From a tree of HTML (or trafilatura's own tags) to lines of text, as a browser breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

__all__ = ["CHROME", "HIDDEN", "fragment_text", "text_of"]

HIDDEN = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "title", "meta", "link", "svg"),
        *("math", "iframe", "object", "embed", "audio", "video", "canvas", "select"),
        *("textarea", "button"),
    )
)
"""What is never text to a reader of HTML."""

CHROME = frozenset(("nav", "header", "footer", "aside", "form", "menu", "dialog"))
"""What stands around the main text of a page."""

_PARAGRAPHS = frozenset(
    (
        *("p", "div", "section", "article", "main", "blockquote", "quote", "pre", "ul", "ol"),
        *("dl", "list", "table", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("hr", "body", "address", "details", "fieldset", "header", "footer", "aside", "nav"),
        *("form", "center"),
    )
)
_LINES = frozenset(("li", "item", "tr", "row", "dt", "dd", "caption", "summary", "option"))
_BREAKS = frozenset(("br", "lb"))
_LISTS = frozenset(("ul", "ol", "list"))
_ITEMS = frozenset(("li", "item"))
_CELLS = frozenset(("td", "th", "cell"))
_ROWS = frozenset(("tr", "row"))


def fragment_text(source: str) -> str:
    """The text of a piece of HTML; "" when there is none."""
    from lxml import etree, html  # noqa: PLC0415 - only where there is markup

    try:
        tree = html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        return ""
    return text_of(tree)


def text_of(root: _Element, skip: Collection[str] = HIDDEN, *, headings: str = "") -> str:
    """The text below an element: paragraphs apart by an empty line, list items and rows on lines.

    Args:
        root: where to start.
        skip: tags whose content is left out.
        headings: a further tag that stands for a heading (trafilatura writes ``head``).
    """
    from lxml import etree  # noqa: PLC0415 - as above

    writer = _Writer(headings)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            writer.words(element.tail)
        elif event == "start":
            if element.tag in skip and element is not root:
                walk.skip_subtree()
                continue
            writer.open(element)
            writer.words(element.text)
        else:
            if element.tag not in skip:
                writer.close(element)
            if element is not root:
                writer.words(element.tail)
    return writer.text()


class _Writer:
    """Collects words; breaks are remembered and written only between words."""

    def __init__(self, headings: str) -> None:
        self._headings = headings
        self._parts: list[str] = []
        self._break = 0  # 1 new line, 2 empty line, waiting for words
        self._space = False
        self._marker = ""
        self._lists: list[int | None] = []
        self._row: int | None = None  # cells written in the open row, None outside rows

    def open(self, element: _Element) -> None:
        """An element begins."""
        tag = element.tag
        if tag in _LISTS:
            ordered = tag == "ol" or element.get("rend") == "ol"
            self._need(2)
            self._lists.append(1 if ordered else None)
        elif tag in _ITEMS:
            self._item()
        elif tag in _ROWS:
            self._need(1)
            self._row = 0
        elif tag in _CELLS and self._row is not None:
            self._marker = " | " if self._row else ""
        else:
            self._need(self._level(tag))

    def close(self, element: _Element) -> None:
        """An element ends."""
        tag = element.tag
        if tag in _LISTS and self._lists:
            self._lists.pop()
            self._need(2)
        elif tag in _ROWS:
            self._row = None
            self._need(1)
        elif tag in _ITEMS:
            self._marker = ""
            self._need(1)
        elif tag not in _BREAKS:
            self._need(self._level(tag))

    def words(self, text: str | None) -> None:
        """Words of the text, with white space as in HTML."""
        if not text:
            return
        words = text.split()
        if not words:
            self._space = True
            return
        self._separate(before=text[0].isspace())
        self._parts.append(" ".join(words))
        self._space = text[-1].isspace()

    def text(self) -> str:
        """Everything written."""
        return "".join(self._parts)

    def _separate(self, *, before: bool) -> None:
        if self._parts and self._break:
            self._parts.append("\n" * self._break)
        if self._marker:
            self._parts.append(self._marker)
            self._marker = ""
        elif self._parts and not self._break and (self._space or before):
            self._parts.append(" ")
        self._break, self._space = 0, False
        if self._row is not None:
            self._row += 1

    def _item(self) -> None:
        self._need(1)
        number = self._lists[-1] if self._lists else None
        self._marker = "• " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _level(self, tag: object) -> int:
        if tag in _BREAKS or tag in _LINES:
            return 1
        return 2 if tag in _PARAGRAPHS or tag == self._headings else 0

    def _need(self, level: int) -> None:
        if self._row is not None:
            self._space = True  # a row is one line, whatever its cells hold
        elif self._lists and level == 2:
            self._break = max(self._break, 1)
        else:
            self._break = max(self._break, level)
