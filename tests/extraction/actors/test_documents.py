"""Whole documents of eight decades and many genres, marked by hand.

Each file in documents/ holds a date and a title, the text with ``[mention|entity]`` marked, and one
line per office: holder | office | body | status.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).with_name("documents")
FILES = sorted(HERE.glob("*.txt"))
MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


def _load(path):
    head, marked, offices = path.read_text(encoding="utf-8").split("\n====\n")
    day, title = head.split(" ", 1)
    text, mentions, position = "", set(), 0
    for found in MARK.finditer(marked):
        text += marked[position : found.start()]
        start = len(text)
        text += found.group(1)
        mentions.add((start, len(text), found.group(2)))
        position = found.end()
    text += marked[position:]
    rows = [[part.strip() for part in line.split("|")] for line in offices.strip().splitlines()]
    return day, title, text, mentions, rows


def _f1(hits, found, wanted):
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def _mentions(annotated):
    return {
        (span.start, span.end, entity.name)
        for entity in annotated.entities.values()
        if entity.id not in annotated.implied
        for span in entity.mentions
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_most_mentions_are_found_and_linked(path, read):
    day, title, text, wanted, _ = _load(path)
    found = _mentions(read(text, title, day))
    assert _f1(len(found & wanted), len(found), len(wanted)) >= 0.8, sorted(found ^ wanted)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_offices_are_read_with_holder_and_body(path, read):
    day, title, text, _, rows = _load(path)
    annotated = read(text, title, day)
    found = {
        (annotated.entities[o.holder].name, o.office.lower(), o.body, o.status.value)
        for o in annotated.offices
    }
    wanted = {(r[0], r[1].lower(), r[2], r[3] if len(r) > 3 else "") for r in rows}
    assert _f1(len(found & wanted), len(found), len(wanted)) >= 0.7, sorted(found ^ wanted)


def test_all_documents_together(read):
    """The figures that matter: mentions with their entity, and entities, over all documents."""
    hits = found_count = wanted_count = 0
    entity_hits = entity_found = entity_wanted = 0
    for path in FILES:
        day, title, text, wanted, _ = _load(path)
        found = _mentions(read(text, title, day))
        hits, found_count = hits + len(found & wanted), found_count + len(found)
        wanted_count += len(wanted)
        named, expected = {name for *_, name in found}, {name for *_, name in wanted}
        entity_hits += len(named & expected)
        entity_found, entity_wanted = entity_found + len(named), entity_wanted + len(expected)
    assert _f1(hits, found_count, wanted_count) >= 0.93
    assert _f1(entity_hits, entity_found, entity_wanted) >= 0.93
