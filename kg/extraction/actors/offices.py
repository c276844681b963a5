"""Offices the text states: who holds what, of which body, and the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.draft import spots_in
from kg.extraction.actors.spots import Sort
from kg.namespaces import ID
from kg.records import OfficeStatement

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Draft, Line
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot
    from kg.extraction.actors.titles import TitlePhrase
    from kg.records import Document

__all__ = ["office_statements"]

_US = ID + "state/us"
_CONGRESS = frozenset(("senator", "sen", "congressman", "congresswoman", "rep"))
_STATING = (Sort.PERSON, Sort.PREDICATE, Sort.RELATION)
_FULL = {
    "sen": "Senator", "sen.": "Senator", "rep": "Representative", "rep.": "Representative",
    "gov.": "Governor", "gen": "General", "gen.": "General", "adm": "Admiral", "adm.": "Admiral",
    "pm": "Prime Minister", "amb.": "Ambassador",
}  # fmt: skip


def _body(
    referents: Referents, referent: Referent, phrase: TitlePhrase, around: str
) -> tuple[str, str | None]:
    """Label and IRI of the body an office belongs to."""
    world = referents.world
    if phrase.body is not None:
        iri = referents.ministry_of(phrase.body.iri) or phrase.body.iri
        return world.label(iri), iri
    congress = phrase.title.words[0].rstrip(".") in _CONGRESS and _US in world.actors
    tenure = None if congress else referents.tenure_for(referent, phrase, None)
    if tenure is not None:
        office = world.offices[tenure.office]
        iri = office.represents
        if office.post_in and world.label(office.post_in).lower() in office.label.lower():
            iri = office.post_in
        return world.label(iri), iri
    if congress or (around and "spokesperson" in phrase.title.kinds):
        iri = _US if congress else around
        return world.label(iri), iri
    served = [world.offices[held.office].represents for held in referents.tenures(referent)]
    known = [*referent.polities, *served, *([around] if around else [])]
    return (world.label(known[0]), known[0]) if known else ("", None)


def _label(
    document: Document,
    referents: Referents,
    referent: Referent,
    phrase: TitlePhrase,
    body_start: int,
) -> str:
    begin, end = phrase.office
    if phrase.body is not None and referents.ministry_of(phrase.body.iri) and body_start < begin:
        begin = body_start  # "foreign ministry spokeswoman"
    printed = " ".join(document.text[begin:end].split())
    tenure = referents.tenure_for(referent, phrase, phrase.body.iri if phrase.body else None)
    if " ".join(phrase.title.words) == "leader" and tenure is not None:
        return referents.world.offices[tenure.office].title or printed
    if phrase.plural:
        return " ".join(phrase.title.words).title()
    if printed.lower() in _FULL:
        return _FULL[printed.lower()]
    return printed.title() if printed.isupper() and len(printed) > 4 else printed


def _evidence(line: Line, spot: Spot, phrase: TitlePhrase) -> tuple[int, int]:
    if spot.evidence is not None:
        return spot.evidence
    if spot.sort is Sort.RELATION:
        return line.units[spot.first].start, line.units[spot.name[1] - 1].end
    first = min(spot.name[0], phrase.first)
    last = max(spot.name[1], phrase.last)
    if line.units[first].low in ("the", "a", "an") and spot.sort is not Sort.DESCRIPTION:
        first += 0
    return line.units[first].start, line.units[last - 1].end


def _around(line: Line, spot: Spot, previous: str) -> str:
    """The state named nearest to a spot in its sentence, else the last one before the sentence."""
    best, distance = previous, 1000
    for other in line.spots:
        gap = spot.first - other.last if other.first < spot.first else other.first - spot.last + 3
        speaks = any("spokesperson" in t.title.kinds for t in spot.titles)
        for key in other.keys:
            fits = "/state/" in key or (speaks and "/organisation/" in key)
            if fits and gap < distance:
                best, distance = key, gap
    return best


def office_statements(
    document: Document, found: Draft, referents: Referents, ids: dict[str, str]
) -> tuple[OfficeStatement, ...]:
    """One statement per holder and office, from the first words that state it."""
    statements: dict[tuple[str, str], OfficeStatement] = {}
    described: list[tuple[str, Line, Spot, str]] = []
    around = ""
    for line in found.lines:
        for spot in _with_inner(line):
            if len(spot.keys) == 1 and spot.keys[0] in ids:
                if spot.sort is Sort.DESCRIPTION:
                    described.append((spot.keys[0], line, spot, around))
                elif spot.sort in _STATING:
                    _state(
                        statements,
                        document,
                        referents,
                        ids,
                        line,
                        spot,
                        _around(line, spot, around),
                    )
        around = _last_polity(line, around)
    for key, line, spot, context in described:
        if not any(holder == ids[key] for holder, _ in statements):
            _state(statements, document, referents, ids, line, spot, context)
    return tuple(sorted(statements.values(), key=lambda s: (s.evidence, s.holder, s.office)))


def _with_inner(line: Line) -> list[Spot]:
    return [s for spot in spots_in(line) for s in (spot, *spot.inner)]


def _last_polity(line: Line, previous: str) -> str:
    for spot in line.spots:
        for key in spot.keys:
            if "/state/" in key:
                previous = key
    return previous


def _owned(line: Line, phrase: TitlePhrase, document: Document) -> tuple[str, str]:
    """Office and body of "leader of the Social Democrats"."""
    first, last = phrase.owner
    head = first - 2 if line.units[first - 1].low == "the" else first - 1
    office = document.text[phrase.office[0] : line.units[head - 1].end]
    body = document.text[line.units[first].start : line.units[last - 1].end]
    return " ".join(office.split()), " ".join(body.split())


def _said_before(
    statements: dict[tuple[str, str], OfficeStatement], holder: str, phrase: TitlePhrase
) -> bool:
    """True for "Secretary" after "Secretary of State"."""
    words = set(phrase.title.words)
    return any(who == holder and words < set(said.split()) for who, said in statements)


def _head_of_government(
    statements: dict[tuple[str, str], OfficeStatement],
    document: Document,
    referents: Referents,
    ids: dict[str, str],
    line: Line,
    spot: Spot,
) -> None:
    """As in "the government of Pedro Sánchez" says that he heads it."""
    before = [u.low for u in line.units[max(0, spot.first - 2) : spot.first]]
    referent = referents.by_key[spot.keys[0]]
    served = [referents.world.offices[t.office].represents for t in referents.tenures(referent)]
    body = (served or referent.polities)[-1:]
    same = (ids[referent.key], "head of government")
    if before != ["government", "of"] or not body or same in statements:
        return
    start = line.units[spot.first - 2].start
    span = document.span(start, line.units[spot.name[1] - 1].end)
    label = referents.world.label(body[0])
    statements[same] = OfficeStatement(same[0], same[1], label, span, body_reference=body[0])


def _state(
    statements: dict[tuple[str, str], OfficeStatement],
    document: Document,
    referents: Referents,
    ids: dict[str, str],
    line: Line,
    spot: Spot,
    around: str,
) -> None:
    referent = referents.by_key[spot.keys[0]]
    if not spot.titles and spot.sort is Sort.PERSON:
        _head_of_government(statements, document, referents, ids, line, spot)
    for phrase in spot.titles:
        if not phrase.is_office or (phrase.plural and len(spot.titles) > 1):
            continue
        start = line.units[phrase.body_unit].start if phrase.body_unit >= 0 else phrase.office[0]
        office = _label(document, referents, referent, phrase, start)
        holder = ids[referent.key]
        same = (holder, " ".join(phrase.title.words))
        if (
            "military" in phrase.title.kinds
            and phrase.body is None
            and len(phrase.title.words) == 1
        ):
            continue  # a rank, not an office
        if same in statements or _said_before(statements, holder, phrase):
            continue
        body, reference = _body(referents, referent, phrase, around)
        if phrase.body is None and phrase.owner[1]:
            office, body = _owned(line, phrase, document)
            reference = None
        party = [s for s in spot.inner if s.name == phrase.unknown and s.keys]
        if phrase.body is None and party:
            body, reference = referents.by_key[party[0].keys[0]].name, None
            begin = line.units[phrase.unknown[1]].start
            office = " ".join(document.text[begin : phrase.office[1]].split())
        span = document.span(*_evidence(line, spot, phrase))
        statements[same] = OfficeStatement(holder, office, body, span, phrase.status, reference)
