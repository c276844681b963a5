"""Markdown: what a reader sees of it. Marks, link targets, pictures and code go; lines stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.documents.draft import Draft
from kg.documents.encoding import decode
from kg.documents.frontmatter import split_front_matter
from kg.documents.markup import fragment_text
from kg.documents.text import clean_line, strip_invisible
from kg.documents.unwrap import is_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["read"]

FRONT_MATTER = "front matter"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft; front matter and the first heading say what the document is."""
    del known
    front, body = split_front_matter(strip_invisible(decode(item.data, item.name, item.charset)))
    text, heading = _plain(body)
    published = front.published
    yield Draft(
        text,
        title=front.first("title", "headline") or heading,
        published=published,
        published_origin=FRONT_MATTER if published else "",
        outlet=front.first("outlet", "publisher", "publication", "source", "site", "sitename"),
        author=front.first("author", "authors", "creator", "byline"),
        language=front.first("language", "lang"),
    )


def _plain(source: str) -> tuple[str, str]:
    """The text of a Markdown source and its first heading ("" when it has none)."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 40 ms that only Markdown needs

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    writer = _Writer()
    for token in parser.parse(source):
        writer.token(token)
    return "\n".join(writer.lines), writer.heading


class _Writer:
    """Turns the flat list of block tokens into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.heading = ""
        self._counters: list[int | None] = []  # of the open lists; None for bullets
        self._marker = ""  # waits for the first line of its item
        self._cells: list[str] | None = None
        self._in_heading = False

    def token(self, token: Token) -> None:
        """Take the next token."""
        handler = getattr(self, f"_{token.type}", None)
        if handler is not None:
            handler(token)

    def _inline(self, token: Token) -> None:
        lines = _inline_lines(token.children or [])
        if self._cells is not None:
            self._cells.append(" ".join(lines))
            return
        if self._in_heading and not self.heading:
            self.heading = clean_line(" ".join(lines))
        if self._marker and lines:
            lines[0] = self._marker + lines[0]
            self._marker = ""
        self.lines += lines
        if not self._counters:
            self.lines.append("")

    def _heading_open(self, token: Token) -> None:
        del token
        self._in_heading = True

    def _heading_close(self, token: Token) -> None:
        del token
        self._in_heading = False

    def _bullet_list_open(self, token: Token) -> None:
        del token
        self._counters.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        start = token.attrGet("start")
        self._counters.append(int(start) if start is not None else 1)

    def _bullet_list_close(self, token: Token) -> None:
        del token
        self._counters.pop()
        if not self._counters:
            self.lines.append("")

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        del token
        number = self._counters[-1]
        self._marker = "• " if number is None else f"{number}. "
        if number is not None:
            self._counters[-1] = number + 1

    def _tr_open(self, token: Token) -> None:
        del token
        self._cells = []

    def _tr_close(self, token: Token) -> None:
        del token
        self.lines.append(" | ".join(filter(None, self._cells or [])))
        self._cells = None

    def _table_close(self, token: Token) -> None:
        del token
        self.lines.append("")

    def _html_block(self, token: Token) -> None:
        self.lines += [fragment_text(token.content), ""]


def _inline_lines(children: list[Token]) -> list[str]:
    """The lines of one paragraph: soft breaks join, except before a speaker's turn."""
    text = ""
    for child in children:
        if child.type in ("text", "code_inline"):
            text += child.content
        elif child.type == "softbreak":
            text += "\n"
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and _BREAK.fullmatch(child.content)
        ):
            text += "\0"
    lines: list[str] = []
    for hard in text.split("\0"):
        for number, line in enumerate(hard.split("\n")):
            if number and lines and not is_turn(line):
                lines[-1] += " " + line
            else:
                lines.append(line)
    return [line for line in lines if line.strip()]
