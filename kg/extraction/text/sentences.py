"""Where sentences end: own rules, so that evidence is the same whatever parser is installed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["MAX_SENTENCE", "sentence_ends"]

MAX_SENTENCE = 1800
"""Longest sentence in characters; beyond it the text is cut at a space (or anywhere)."""

_END = re.compile(r"[.!?…]+(?:[\"'”’»)\]]|\*\*|__)*")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’(\[—–/-]{1,24}$")
_SPEECH = re.compile(
    r"\s+(?:[^\W\d_][\w.’'-]*\s+){1,4}?(?:said|says|asked|asks|added|adds|told|wrote|writes|replied|insisted|"
    r"warned|declared|argued|tweeted|posted)\b"
)
_INLINE_BULLET = re.compile(r"\s+[-•*–]\s+(?=[\"“‘(]?[A-Z0-9])")
_BULLET = re.compile(r"\s*\(?\d{1,2}[.)/]\s")
_PROSE_WORD = re.compile(r"[\"“‘]?[A-Z][\w’']*[\s,;:.]")
_PRONOUNS = frozenset(("I", "We", "They", "He", "She", "You", "It", "This", "That"))
_NEXT = re.compile(r"\s*([\"'“‘«(\[*_#@]*)(\S?)([\w’']*)")


@cache
def _words(name: str, mark: str = "") -> frozenset[str]:
    """Words of a list beside this file; with a mark only those of lines that begin with it."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line[:1] != "#" and line.startswith("!") == bool(mark)]
    return frozenset(word for line in chosen for word in line.lstrip("! ").split())


def _is_abbreviation(before: str, following: str) -> bool:
    """True when the full stop after ``before`` belongs to the word."""
    word = before.lower()
    starts = following.lower() in _words("starters.txt")
    if word in _words("abbreviations.txt", "!"):
        return True
    if before == "X":
        return False  # the platform, not an initial
    if re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", before):  # U.S, J, p.m
        return not starts and (before.isupper() or not following[:1].isupper())
    return word in _words("abbreviations.txt") and not (
        starts and word in ("etc", "inc", "co", "corp", "ltd")
    )


def _glued(text: str, stop: re.Match[str], end: int) -> int | None:
    """Where a sentence ends whose follower stands without a space ("since 2017.The deal")."""
    mark = stop.group()
    if mark[0] == "…" or len(mark) > 2 or mark[-1] in ")]":
        return None
    word = _WORD_BEFORE.search(text, max(0, stop.start() - 25), stop.start())
    if (
        word is None
        or len(word.group()) < 2
        or not (word.group().islower() or word.group().isdigit())
    ):
        return None
    if not _PROSE_WORD.match(text, stop.start() + 1, min(end, stop.start() + 30)):
        return None
    return stop.start() + 1


def _breaks(text: str, stop: re.Match[str], end: int) -> int | None:
    """Where the sentence ends when the punctuation ``stop`` ends one, else None."""
    after = _NEXT.match(text, stop.end(), min(end, stop.end() + 60))
    if after is None or not after.group(2):
        return stop.end() if stop.end() >= end or text[stop.end() : end].isspace() else None
    opener, first, rest = after.groups()
    mark = stop.group()
    if not text[stop.end()].isspace():
        return _glued(text, stop, end)
    if first.islower() and opener[-1:] not in ("@", "#"):
        return None
    if mark == ".":
        word = _WORD_BEFORE.search(text, max(0, stop.start() - 25), stop.start())
        if word and _is_abbreviation(word.group(), first + rest):
            return None
    elif mark[-1] in "\"”’»'" and _SPEECH.match(text, stop.end(), min(end, stop.end() + 90)):
        return stop.end() if (first + rest) in _PRONOUNS else None
    return stop.end()


def _cut_long(text: str, start: int, end: int) -> list[int]:
    """Ends of the pieces of an over-long sentence."""
    ends = []
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = start + MAX_SENTENCE if cut < 0 else cut + 1
        ends.append(cut)
        start = cut
    ends.append(end)
    return ends


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Ends (exclusive) of the sentences of ``text[start:end]``; the last one is ``end``.

    Full stops of abbreviations, initials and numbers do not end a sentence; a stop inside closing
    quotation marks does, unless the speaker follows (``"Go!" she said.``). Bullets that follow a
    sentence on the same line begin a new one.
    """
    ends: list[int] = []
    begin = start
    number = _BULLET.match(text, start, min(end, start + 12))
    for stop in _END.finditer(text, number.end() if number else start, end):
        bullet = _INLINE_BULLET.match(text, stop.end(), min(end, stop.end() + 12))
        cut = stop.end() if bullet else _breaks(text, stop, end)
        if cut is None:
            continue
        ends += _cut_long(text, begin, cut)
        begin = cut
    if begin < end or not ends:
        ends += _cut_long(text, begin, end)
    return ends
