"""Joining paragraphs that were wrapped by hand, and only those.

A line that was wrapped ends where the next word did not fit. So in a wrapped paragraph every line
but the last, together with the first word of the line after it, is longer than the longest line.
Lists, verse, addresses, headings and speakers' turns do not pass that test, or are ruled out by
how their lines begin.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["is_turn", "starts_item", "unwrap"]

_MIN_WIDTH, _MAX_WIDTH = 45, 100  # characters; e-mail and typescript are wrapped at 60 to 80
_MIN_LINES = 3
_NAME = r"[A-Z][\w.’'-]*"
_ASIDE = r"\([^)]{1,30}\)"  # SECRETARY RUBIO (through an interpreter):
_TURN = re.compile(
    rf"(?:[QA][.:]|Q(?=\s)|(?:{_NAME}|{_ASIDE})(?: (?:[\w.’'-]+|{_ASIDE})){{0,6}}:(?=\s|$))"
)
_ITEM = re.compile(r"(?:[•·▪◦‣*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|[#>|])\s")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def is_turn(line: str) -> bool:
    """True for a line that opens a speaker's turn: ``MINISTER KOWALSKI: Thank you`` or ``Q Yes?``.

    >>> is_turn("PRESIDENT BIDEN: Well"), is_turn("Q  Is it repaired?"), is_turn("As he said: no")
    (True, True, False)
    """
    found = _TURN.match(line)
    if not found:
        return False
    words = re.sub(_ASIDE, "", found[0]).rstrip(":").split()
    return len(words) <= 1 or all(not word[0].islower() or word in _SMALL for word in words)


def starts_item(line: str) -> bool:
    """True for a line that opens a list item, numbered or with a bullet.

    >>> starts_item("3. Third"), starts_item("3 ministers met")
    (True, False)
    """
    return _ITEM.match(line) is not None


_SMALL = {"van", "von", "der", "den", "de", "of", "the", "da", "del", "di", "la", "le", "zu", "al"}


def unwrap(text: str) -> str:
    """Text with the lines of hard-wrapped paragraphs joined by a space; the rest unchanged.

    A paragraph of three lines or more shows that the text is wrapped, and how wide; shorter ones
    are then joined by the same width. A word divided at the line end keeps its hyphen.
    """
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", text)]
    widths = [_width(block) for block in blocks]
    widest = max(widths, default=0)
    if not widest:
        return text
    return "\n\n".join(
        _join(block, width or widest) for block, width in zip(blocks, widths, strict=True)
    )


def _width(block: list[str]) -> int:
    """The width a block was wrapped at, 0 when it was not clearly wrapped."""
    runs: list[list[str]] = [[]]
    for line in block:
        if _starts_anew(line):
            runs.append([])
        runs[-1].append(line)
    return max((_run_width(run) for run in runs), default=0)


def _run_width(lines: list[str]) -> int:
    width = max((len(line) for line in lines), default=0)
    if len(lines) < _MIN_LINES or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    breaks = list(pairwise(lines))
    full = sum(_is_full(line, after, width) for line, after in breaks)
    running = sum(after.lstrip()[:1].islower() for _, after in breaks)  # headlines never do
    enough = full * 4 >= len(breaks) * 3 and running * 2 >= len(breaks)
    return width if enough else 0


def _is_full(line: str, after: str, width: int) -> bool:
    first_word = after.split(maxsplit=1)[0] if after.strip() else ""
    return len(line) + 1 + len(first_word) > width


def _starts_anew(line: str) -> bool:
    stripped = line.lstrip()
    return not stripped or bool(_ITEM.match(stripped)) or is_turn(stripped)


def _join(lines: list[str], width: int) -> str:
    parts = [lines[0].rstrip()]
    for before, line in pairwise(lines):
        if _starts_anew(line) or not before.strip() or not _is_full(before, line, width):
            parts += ["\n", line.rstrip()]
        elif _BROKEN_WORD.search(before.rstrip()) and line.lstrip()[:1].islower():
            parts.append(line.strip())
        else:
            parts += [" ", line.strip()]
    return "".join(parts)
