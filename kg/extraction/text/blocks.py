"""Lines joined into blocks: paragraphs, headings, list items, and the turns of a transcript.

A block is what no sentence crosses. Hard-wrapped prose is joined: a line continues on the next one
when it ran to the width of its paragraph, or when the next one goes on in lower case.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Block", "blocks"]

_BULLET = re.compile(
    r"[ \t\u00a0]*(?:[-*•‣◦▪●–—+]|\(?\d{1,2}[.)/]|\(?[a-zA-Z][.)]|#{1,6})"
    r"(?=[ \t\u00a0])[ \t\u00a0]*"
)
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_TURN = re.compile(
    r"(?P<mark>\*\*|__)?(?P<label>[^\W\d_][^:\n\"“”?!]{0,70}?)(?P<end>(?:\*\*|__)?:(?:\*\*|__)?)(?=\s|$)"
)
_QUESTION = re.compile(r"(?P<label>Q|A)(?P<end>[.:)]?)[ \t]+(?=[\"“‘A-Z(])")
_ROLE = re.compile(
    r"\b(?:Q|QUESTION|ANSWER|REPORTER|JOURNALIST|MODERATOR|INTERVIEWER|HOST|ANCHOR|"
    r"SPOKES(?:PERSON|MAN|WOMAN)|AUDIENCE(?: MEMBERS?)?|PRESIDENT|CHANCELLOR|PREMIER|"
    r"PRIME MINISTER|MINISTER|SECRETARY|SENATOR|AMBASSADOR|SPEAKER|COMMISSIONER|"
    r"HIGH REPRESENTATIVE|CHAIR(?:MAN|WOMAN)?|GOVERNOR|GENERAL|ADMIRAL|MRS?|MS|DR|OFFICIAL|"
    r"KING|QUEEN|TAOISEACH|PARTICIPANT)\b\.?",
    re.IGNORECASE,
)
_NOT_LABEL = re.compile(
    r"\b(?:http|https|said|says|is|are|was|were|read more|note)\b", re.IGNORECASE
)
_MIN_WRAP, _MAX_WRAP = 50, 110
_HEADING_WORDS = 16


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that no sentence crosses: ``text[start:end]``.

    Attributes:
        kind: "prose", "heading", "list" or "turn".
        label: (start, end) of the speaker's label when a turn begins here; text after it is speech.
        strong: the label names a role or returns in the text, so it is a speaker whoever it is.
        paragraph: running number; blocks of one paragraph share it.
    """

    start: int
    end: int
    kind: str
    label: tuple[int, int] | None = None
    strong: bool = False
    paragraph: int = 0


def _lines(text: str) -> list[tuple[int, int]]:
    found = []
    for match in re.finditer(r"[^\n\x0b\x0c\r\x85\u2028\u2029]+", text):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if right > left:
            found.append((match.start() + left, match.start() + right))
        else:
            found.append((match.start(), match.start()))
    return found


def _label(line: str) -> tuple[int, int, int] | None:
    """Start and end of a speaker's label and where the speech begins, if the line has one."""
    found = _QUESTION.match(line) or _TURN.match(line)
    if not found:
        return None
    label = found.group("label").rstrip()
    words = label.replace("-", " ").split()
    if not words or len(words) > 9 or _NOT_LABEL.search(label):
        return None
    capital = sum(1 for word in words if not word[0].islower())
    if capital < len(words) - 2 or not label[0].isupper():
        return None
    start = found.start("label")
    return start, start + len(label), found.end("end")


def _joins(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """True when ``after`` continues ``line``: nothing but newline between and no new item."""
    gap = text[line[1] : after[0]]
    if gap.count("\n") > 1 or line[0] == line[1] or after[0] == after[1]:
        return False
    follower = text[after[0] : after[1]]
    size = line[1] - line[0]
    if _BULLET.match(follower) or _label(follower[:90]):
        return False
    current = text[line[0] : line[1]]
    if follower[0].islower() and not _TERMINAL.search(current[-6:]) and size >= 30:
        return True
    if not _MIN_WRAP <= width <= _MAX_WRAP or size < _MIN_WRAP - 10:
        return False
    word = follower.split(None, 1)[0]
    return size + 1 + len(word) > width


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Lines grouped by blank lines."""
    groups: list[list[tuple[int, int]]] = []
    previous_end = -1
    for line in _lines(text):
        if line[0] == line[1]:
            previous_end = -1
            continue
        blank = previous_end < 0 or text.count("\n", previous_end, line[0]) > 1
        if blank:
            groups.append([])
        groups[-1].append(line)
        previous_end = line[1]
    return groups


def _width(lines: list[tuple[int, int]]) -> int:
    """The width a paragraph was wrapped to; 0 when its lines are too uneven for that."""
    sizes = [end - start for start, end in lines]
    width = max(sizes)
    full = sum(1 for size in sizes[:-1] if size >= 0.75 * width)
    return width if 4 * full >= 3 * (len(sizes) - 1) else 0


def _merged(text: str) -> list[tuple[int, int, int]]:
    """Joined lines as (start, end, paragraph number)."""
    found = []
    for number, lines in enumerate(_paragraphs(text)):
        width = _width(lines)
        start, end = lines[0]
        for previous, line in pairwise(lines):
            if _joins(text, previous, line, width):
                end = line[1]
            else:
                found.append((start, end, number))
                start, end = line
        found.append((start, end, number))
    return found


def _is_heading(content: str) -> bool:
    words = content.split(None, _HEADING_WORDS + 1)
    if len(words) > _HEADING_WORDS or _TERMINAL.search(content[-6:]):
        return content.startswith("#")
    return True


def blocks(text: str) -> list[Block]:
    """The blocks of a text in order; they never overlap and leave out only white space.

    Linear in the length of the text.
    """
    merged = _merged(text)
    labels = {
        start: found
        for start, end, _ in merged
        if (found := _label(text[start : min(end, start + 90)])) is not None
    }
    names = Counter(text[s + a : s + b].casefold() for s, (a, b, _) in labels.items())
    result = []
    for start, end, number in merged:
        found = labels.get(start)
        if found is not None:
            first, last = start + found[0], start + found[1]
            label = text[first:last]
            strong = bool(_ROLE.search(label)) or names[label.casefold()] > 1
            result.append(Block(start, end, "turn", (first, last), strong, number))
            continue
        content = text[start : min(end, start + 400)]
        kind = "list" if _BULLET.match(content) else "prose"
        if kind == "prose" and end - start < 200 and _is_heading(content):
            kind = "heading"
        result.append(Block(start, end, kind, None, False, number))
    return result
