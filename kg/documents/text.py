r"""Clean text: what every offset in the graph counts in.

``clean`` gives NFC, ``\n`` line ends, plain single spaces and nothing invisible. It is
idempotent, and knows nothing about formats.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["clean", "clean_line", "is_noise", "strip_invisible"]

# What Unicode calls a line or page end: BK, CR, LF, NL of https://www.unicode.org/reports/tr14/
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MARKS_KEPT = 30  # in a row: Stream-Safe Text Format, https://www.unicode.org/reports/tr15/
_INVISIBLE = ("Cc", "Cf", "Cs")  # controls, format characters (zero-width, bidi …), surrogates
_TITLE_LENGTH = 300
_SAMPLE = 20_000


def clean(text: str) -> str:
    r"""Text as the reader sees it, in NFC.

    Line ends become ``\n``; tabs and special spaces become spaces, runs of them one; control,
    zero-width and direction characters go; lines lose surrounding spaces; more than one empty
    line becomes one; there is none at the start or the end.
    """
    text = unicodedata.normalize("NFC", strip_invisible(text))
    lines = (re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clean_line(text: str) -> str:
    """Clean text on one line, as titles and names need it; cut after 300 characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"


def strip_invisible(text: str) -> str:
    """Unify line ends and spaces and take out what no reader can see; indentation stays."""
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    text = _invisible().sub("", text)
    if not text.isascii():
        # Canonical ordering is quadratic in the length of a run of marks.
        text = _mark_runs().sub(lambda run: run[0][:_MARKS_KEPT], text)
    return text


def is_noise(text: str) -> bool:
    """True when decoding succeeded but what came out is no text: the file is binary after all."""
    sample = text[:_SAMPLE]
    if not sample:
        return False
    odd = sum(
        unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\x0b\x0c\x85"
        for char in sample
    )
    return odd * 10 > len(sample)


@lru_cache(maxsize=1)
def _invisible() -> re.Pattern[str]:
    return re.compile(
        _class(lambda char: char != "\n" and unicodedata.category(char) in _INVISIBLE)
    )


@lru_cache(maxsize=1)
def _mark_runs() -> re.Pattern[str]:
    marks = _class(lambda char: unicodedata.combining(char) != 0)
    return re.compile(f"{marks}{{{_MARKS_KEPT + 1},}}")


def _class(wanted: Callable[[str], bool]) -> str:
    """The character class of everything for which ``wanted`` holds (no character needs escaping).

    Planes 2 to 13 hold ideographs or nothing.
    """
    ranges: list[list[int]] = []
    for code in (*range(0x20000), *range(0xE0000, 0xE1000)):
        if not wanted(chr(code)):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"
