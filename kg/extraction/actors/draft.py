"""A document on its way: sentences with their units and spots, before and after linking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import fold
from kg.extraction.actors.lines import Line
from kg.extraction.actors.people import Scene
from kg.extraction.actors.scan import scan
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.units import Unit, units_of
from kg.extraction.text import Segment, segment
from kg.records import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokenizer import Tokenizer

    from kg.extraction.actors.gazetteer import Gazetteer, Hit
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.lines import Proposal

__all__ = ["Draft", "Line", "add_repeats", "add_surnames", "draft", "find_spots", "spots_in",
           "weigh"]  # fmt: skip

_BULLET = re.compile(r"\s*(?:[-*•‣◦▪●–—+#]+|\(?\d{1,3}[.)/]|\(?[a-zA-Z][.)])\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_ACRONYM = re.compile(r"[A-Z]{3,8}$")
_DATELINE = re.compile(
    r"(?P<places>[A-Z][A-Z.'’ -]+[A-Z.](?:\s*[/,]\s*[A-Z][\w.'’ -]+?)*?)"
    r"(?P<rest>\s*(?:,\s*(?:[A-Z][a-z]+\.?)\s+\d{1,2})?\s*(?:\([A-Za-z/ ]{2,20}\))?\s*[-–—]{1,2})"
    r"\s+(?=[\"“A-Z0-9])"
)


@dataclass(slots=True)
class Draft:
    """All lines of a text (or of a title)."""

    text: str
    lines: list[Line]


def _caps(text: str, kind: str) -> bool:
    """True for a line in capitals or a headline in headline case."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    if words and text.isupper():
        return True
    if kind != "heading":
        return False
    return len(words) >= 3 and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def _prefix(text: str, found: Segment, units: list[Unit]) -> tuple[int, int, int]:
    """How many units at the beginning are bullet, label, dateline (cumulated ends)."""
    start = found.start
    label = dateline = 0
    if found.label is not None:
        label = sum(1 for u in units if u.start < found.label[1])
        while label < len(units) and units[label].low in (":", "*", "**", "__"):
            label += 1
        if units[:1] and label < len(units) and found.label[1] - found.label[0] > 1:
            return label, label, 0
        return label, label, 0
    bullet = _BULLET.match(text, start, min(found.end, start + 12))
    begin = bullet.end() if bullet else start
    skip = sum(1 for u in units[:8] if u.end <= begin)
    head = _DATELINE.match(text, begin, min(found.end, begin + 90))
    if head and sum(c.isupper() for c in head.group("places")) >= 4:
        dateline = sum(1 for u in units[:40] if u.start < head.end("rest"))
        skip = dateline
    return skip, 0, dateline


def _outside_addresses(text: str, hits: list[Hit]) -> list[Hit]:
    """Hits that are no part of a web or mail address."""
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    if not addresses:
        return hits
    starts = [start for start, _ in addresses]
    kept = []
    for hit in hits:
        at = bisect_left(starts, hit.end) - 1
        if at < 0 or addresses[at][1] <= hit.start:
            kept.append(hit)
    return kept


def draft(text: str, gazetteer: Gazetteer, tokenizer: Tokenizer) -> Draft:
    """Segment a text and cut it into units; spots come later, with the name finder's proposals."""
    plain = fold(text)
    hits = _outside_addresses(text, gazetteer.find(plain))
    starts = [hit.start for hit in hits]
    lines = []
    for found in segment(text):
        first = bisect_left(starts, found.start)
        last = bisect_left(starts, found.end)
        inside = [hit for hit in hits[first:last] if hit.end <= found.end]
        units = units_of(text, plain, (found.start, found.end), inside, tokenizer)
        if not units:
            continue
        line = Line(found, units)
        line.skip, line.label, line.dateline = _prefix(text, found, units)
        lines.append(line)
    return Draft(text, lines)


def find_spots(found: Draft, lexicon: Lexicon) -> list[Line]:
    """Scan every line for spots.

    Returns:
        The lines whose spots may change with the name finder's proposals: there the grammars
        asked for one.
    """
    return [line for line in found.lines if _scan(found.text, line, lexicon, {})]


def weigh(
    found: Draft, lines: Iterable[Line], lexicon: Lexicon, proposals: Iterable[Proposal]
) -> None:
    """Scan those of some lines anew in which the name finder proposes names."""
    by_start = sorted(proposals)
    offsets = [p[0] for p in by_start]
    for line in lines:
        low = bisect_left(offsets, line.segment.start)
        high = bisect_left(offsets, line.segment.end)
        if low < high:
            names = {s: (e, label) for s, e, label in by_start[low:high]}
            _scan(found.text, line, lexicon, names)


def _scan(text: str, line: Line, lexicon: Lexicon, names: dict[int, tuple[int, str]]) -> bool:
    """Find the spots of a line; True when a grammar asked for proposals."""
    asked = False
    line.spots = []
    for part in _parts(line):
        scene = Scene(
            units=part,
            lexicon=lexicon,
            proposals=names,
            ends={u.end: i + 1 for i, u in enumerate(part)},
            caps=_caps(text[part[0].start : part[-1].end], line.segment.kind),
        )
        shift = 0 if part[0] is line.units[0] else max(line.label, line.dateline)
        line.spots += [_shifted(spot, shift) for spot in scan(scene)]
        asked |= scene.asked
    line.spots = [s for s in line.spots if s.first >= line.dateline or _is_scene(s)]
    return asked


def _is_scene(spot: Spot) -> bool:
    """True for what a dateline names: towns and states, not the agency."""
    kinds = {entry.kind for entry in spot.entries}
    return spot.sort in (Sort.CITY, Sort.PLACE) or ActorKind.STATE in kinds


def _parts(line: Line) -> list[list[Unit]]:
    """A speaker's label or a dateline and the words after it are scanned apart."""
    cut = max(line.label, line.dateline)
    if 0 < cut < len(line.units):
        return [line.units[:cut], line.units[cut:]]
    return [line.units]


def _shifted(spot: Spot, by: int) -> Spot:
    if by:
        spot.first += by
        spot.last += by
        spot.name = (spot.name[0] + by, spot.name[1] + by)
        spot.titles = [t.shifted(by) for t in spot.titles]
        for inner in spot.inner:
            _shifted(inner, by)
    return spot


def add_repeats(found: Draft, ordinary: frozenset[str]) -> None:
    """Spots for unknown organisations' names wherever they return, and for frequent acronyms.

    Args:
        found: the draft.
        ordinary: words and acronyms that name nobody.
    """
    names: dict[str, Spot] = {}
    for line in found.lines:
        for spot in (s for outer in line.spots for s in (outer, *outer.inner)):
            if spot.sort is Sort.ORGANISATION and not spot.of and not spot.entries:
                names.setdefault(spot.text, spot)
    counts = Counter(u.text for line in found.lines for u in line.units if _ACRONYM.match(u.text))
    fresh = {n for n, count in counts.items() if count >= 3 and n.lower() not in ordinary}
    for line in found.lines:
        covered = {i for spot in line.spots for i in range(spot.first, spot.last)}
        for index, unit in enumerate(line.units):
            known = unit.text in names or unit.text in fresh
            if index in covered or unit.entries or not known:
                continue
            name = (index, index + 1)
            line.spots.append(Spot(Sort.ORGANISATION, index, index + 1, name, unit.text))
        line.spots.sort(key=lambda s: s.first)


def _is_month(units: list[Unit], at: int) -> bool:
    """True for "May" beside a number."""
    around = [u.text for u in (*units[max(0, at - 1) : at], *units[at + 1 : at + 2])]
    return units[at].low in ("may", "march") and any(text.isdigit() for text in around)


def add_surnames(found: Draft, surnames: frozenset[str]) -> None:
    """Spots for surnames standing alone, of people the text names in full somewhere.

    Args:
        found: the draft.
        surnames: folded surnames.
    """
    for line in found.lines:
        if found.text[line.segment.start : line.segment.end].isupper() and not line.label:
            continue
        covered = {i for spot in line.spots for i in range(spot.first, spot.last)}
        fresh = []
        for index, unit in enumerate(line.units):
            if index in covered or not unit.cap or unit.low not in surnames or len(unit.low) < 3:
                continue
            if index < line.dateline or _is_month(line.units, index):
                continue
            fresh.append(
                Spot(Sort.PERSON, index, index + 1, (index, index + 1), unit.text, unit.entries)
            )
        if fresh:
            line.spots = sorted([*line.spots, *fresh], key=lambda s: s.first)


def spots_in(line: Line) -> Iterable[Spot]:
    """The spots of a line that stand for somebody; unresolved ones give way to those inside."""
    for spot in line.spots:
        if spot.sort is Sort.PREDICATE:
            yield spot
            yield from spot.inner
        elif spot.keys or spot.place_key:
            yield spot
        else:
            yield from (inner for inner in spot.inner if inner.keys or inner.place_key)
