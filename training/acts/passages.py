"""Annotated passages: their form, read and checked.

A passage begins with ``## genre`` or ``## genre | YYYY-MM-DD | title``. In its text ``{n:span}``
marks a mention of actor number n (``{1+2:both leaders}`` of several) and ``[x:span]`` the words
that tell an act; below stand the acts, ``> x CLASS sources > targets`` or ``sources = targets``
for joint ones, with ``neg``, ``hyp`` or ``bg`` where they are not asserted, ``-`` for no target.

    python training/acts/passages.py training/acts/passages/*.txt      # what is wrong, and counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.learned.models import CLASSES
from kg.records import Document, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = re.compile(
    r"\{(?P<actors>\d+(?:\+\d+)*):(?P<mention>[^{}\[\]]*)\}"
    r"|\[(?P<act>[a-z]{1,2}):(?P<trigger>[^{}\[\]]*)\]"
)
LINE = re.compile(
    r"^>\s*(?P<act>[a-z]{1,2})\s+(?P<top>[A-Z]+)\s+(?P<sources>[\d, ]+?)\s*(?:>|=)"
    r"\s*(?P<targets>[\d, ]*|-)\s*(?P<modality>neg|hyp|bg)?\s*$"
)


@dataclass
class Act:
    """One act: characters of its trigger, class, numbers of its sides, modality."""

    trigger: tuple[int, int]
    top: str
    sources: frozenset[int]
    targets: frozenset[int]
    modality: str


@dataclass
class Passage:
    """A text with its marked mentions (numbers, first and last character) and acts."""

    name: str
    genre: str
    date: str = ""
    title: str = ""
    text: str = ""
    mentions: list[tuple[frozenset[int], int, int]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


def read(path: Path) -> tuple[list[Passage], list[str]]:
    """The passages of one file, and what is wrong with it, a line each."""
    found: list[Passage] = []
    wrong: list[str] = []
    for number, block in _blocks(path):
        head, *lines = block
        parts = [part.strip() for part in head[2:].split("|")]
        name = f"{path.name}:{number}"
        passage = Passage(name, parts[0])
        if len(parts) == 3:
            passage.date, passage.title = parts[1:]
        triggers = _mark(passage, [x for x in lines if not x.startswith(">")], wrong)
        _acts(passage, triggers, [x for x in lines if x.startswith(">")], wrong)
        found.append(passage)
    return found, wrong


def _blocks(path: Path) -> list[tuple[int, list[str]]]:
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("##"):
            blocks.append((number, [line]))
        elif line.strip() and blocks:
            blocks[-1][1].append(line.strip())
    return blocks


def _mark(passage: Passage, lines: list[str], wrong: list[str]) -> dict[str, tuple[int, int]]:
    """Take the marks out of the text; the triggers by letter."""
    raw, at, triggers = "\n".join(lines), 0, {}
    for mark in MARK.finditer(raw):
        passage.text += raw[at : mark.start()]
        at, start = mark.end(), len(passage.text)
        passage.text += mark["mention"] or mark["trigger"] or ""
        span = (start, len(passage.text))
        if mark["actors"]:
            passage.mentions.append((frozenset(map(int, mark["actors"].split("+"))), *span))
        elif mark["act"] in triggers:
            wrong.append(f"{passage.name}: trigger {mark['act']} is marked twice")
        else:
            triggers[mark["act"]] = span
    passage.text += raw[at:]
    if re.search(r"[{}\[\]]", passage.text):
        wrong.append(f"{passage.name}: stray or nested bracket")
    return triggers


def _acts(
    passage: Passage, triggers: dict[str, tuple[int, int]], lines: list[str], wrong: list[str]
) -> None:
    known = frozenset(n for numbers, _, _ in passage.mentions for n in numbers)
    told = set()
    for line in lines:
        match = LINE.match(line)
        if match is None or match["top"].lower() not in CLASSES or match["act"] not in triggers:
            wrong.append(f"{passage.name}: not understood: {line}")
            continue
        told.add(match["act"])
        sources = frozenset(map(int, re.findall(r"\d+", match["sources"])))
        targets = frozenset(map(int, re.findall(r"\d+", match["targets"])))
        if not sources | targets <= known:
            wrong.append(f"{passage.name}: an actor is not marked: {line}")
        passage.acts.append(
            Act(
                triggers[match["act"]],
                match["top"].lower(),
                sources,
                targets,
                match["modality"] or "",
            )
        )
    wrong += [f"{passage.name}: trigger {x} has no act" for x in sorted(set(triggers) - told)]


def documents(passages: Sequence[Passage]) -> Iterator[Document]:
    """The passages as the reader gets them."""
    for passage in passages:
        date = PartialDate.parse(passage.date) if passage.date else None
        yield Document(
            text=passage.text,
            title=passage.title,
            published=date,
            published_origin="annotation" if date else "",
            source=passage.name,
        )


def main() -> int:
    """Check the files named on the command line."""
    counts: Counter[str] = Counter()
    problems = 0
    for path in map(Path, sys.argv[1:]):
        passages, wrong = read(path)
        print(*wrong, sep="\n", end="\n" if wrong else "")
        problems += len(wrong)
        counts["passages"] += len(passages)
        counts.update(act.top for passage in passages for act in passage.acts)
    print(dict(counts))
    return min(problems, 1)


if __name__ == "__main__":
    sys.exit(main())
