"""Who says "I" and "we": speakers of turns, authors of statements and remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.actors.draft import spots_in
from kg.extraction.actors.spots import Sort
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Draft, Line
    from kg.extraction.actors.referents import Referents

__all__ = ["Voice", "home_of", "label_speaker", "line_speakers", "signed", "voice_of"]

_OWN_WORDS = re.compile(
    r"\b(?:remarks|statement|speech|address|telegram|letter|memorandum|memo|message|testimony|declaration|communiqu[eé]|"
    r"readout|opening|lecture|tweet|post|press conference)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:remarks|speech|address|letter|testimony|lecture)\b", re.IGNORECASE
)
_JOINT = re.compile(
    r"\b(?:joint|communiqu[eé]|declaration|press conference|before bilateral|we, the)\b",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"\b(?:briefing|midday|press (?:release|statement)|fact[- ]?sheet|q&a)\b", re.IGNORECASE
)
_QUESTION = re.compile(
    r"(?:q|question|reporter|journalist|interviewer|moderator|host|audience.*)\b", re.IGNORECASE
)
_WE = re.compile(r"[\"“]?We,\s")
_ACTS = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION, ActorKind.PERSON)


@dataclass(slots=True)
class Voice:
    """Whose words a whole document is.

    Attributes:
        person: keys of the person(s) who say "I", first speaker first.
        joint: keys of those who say "we" together; empty when the speaker's polity is meant.
        first_person: they speak of themselves as "I" (no cable or memorandum in the third person).
        organ: keys of the organisation an unnamed spokesperson speaks for.
    """

    person: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    organ: tuple[str, ...] = ()
    first_person: bool = False


def _keys(found: Draft, referents: Referents, kinds: tuple[ActorKind, ...]) -> tuple[str, ...]:
    keys = [
        key
        for line in found.lines
        for spot in spots_in(line)
        for s in (spot, *spot.inner)
        for key in s.keys
        if referents.by_key[key].kind in kinds
    ]
    return tuple(dict.fromkeys(keys))


def _we_the(found: Draft, referents: Referents) -> tuple[str, ...]:
    """Those who sign with "We, the leaders of A, B and C, …"."""
    for line in found.lines[:6]:
        text = found.text[line.segment.start : line.segment.end]
        if not _WE.match(text):
            continue
        keys: list[str] = []
        end = -1
        for spot in spots_in(line):
            between = found.text[end : line.units[spot.first].start] if end >= 0 else ""
            if end >= 0 and not re.fullmatch(r"(?:[\s,;]|and|the|of|&)*", between):
                break
            if spot.sort in (Sort.ADJECTIVE, Sort.VENUE):
                continue
            keys += spot.keys
            end = line.units[spot.last - 1].end
        return tuple(dict.fromkeys(keys))
    return ()


def signed(found: Draft, referents: Referents, voice: Voice) -> Voice:
    """The voice of a text that begins with "We, the leaders of …"; any other is left as it is."""
    signers = _we_the(found, referents)
    return Voice(joint=signers) if signers else voice


def voice_of(title: Draft, referents: Referents) -> Voice:
    """Whose words the document is, from its title."""
    persons = _keys(title, referents, (ActorKind.PERSON,))
    if not _OWN_WORDS.search(title.text) and not _ORGAN.search(title.text):
        return Voice()
    organs = _keys(title, referents, (ActorKind.ORGANIZATION, ActorKind.BLOC, ActorKind.STATE))
    if _JOINT.search(title.text):
        parties = persons if len(persons) > 1 else ()
        states = _keys(title, referents, (ActorKind.STATE, ActorKind.BLOC))
        return Voice(persons, parties or (states if len(states) > 1 else ()), organs[:1])
    if _ORGAN.search(title.text) and not persons:
        return Voice(organ=organs[:1])
    own = _FIRST_PERSON.search(title.text) is not None
    return Voice(person=persons[:1], organ=organs[:1], first_person=own)


def home_of(title: Draft, referents: Referents) -> str:
    """IRI of the state whose office speaks, by the title of its own words; "" unknown."""
    if not _OWN_WORDS.search(title.text) and not _ORGAN.search(title.text):
        return ""
    for key in _keys(title, referents, tuple(ActorKind))[:1]:
        if referents.by_key[key].kind is ActorKind.ORGANIZATION and key in referents.world.actors:
            return referents.world.polity_of(key) or ""
    return ""


def label_speaker(line: Line, voice: Voice, referents: Referents) -> tuple[str, ...] | None:  # noqa: PLR0911 - a list of cases
    """Speaker of a turn that begins here; () for a question or somebody unknown; None: no turn."""
    if not line.label:
        return None
    words = " ".join(u.low for u in line.units[: line.label]).strip(" :*_")
    for spot in spots_in(line):
        if spot.first < line.label:
            people = tuple(k for k in spot.keys if referents.by_key[k].kind is ActorKind.PERSON)
            if people:
                return people[:1]
    if not line.segment.strong:
        return None
    if _QUESTION.fullmatch(words):
        return ()
    if "spokes" in words:
        return voice.organ
    if words == "the president" and voice.person:
        return voice.person[:1]
    return ()


def line_speakers(found: Draft, voice: Voice, referents: Referents) -> list[tuple[str, ...]]:
    """For each line the keys of whoever says "I" (or signs as "we") there."""
    default = voice.person[:1] or voice.joint
    current = default
    result = []
    for line in found.lines:
        speaker = label_speaker(line, voice, referents)
        if speaker is not None:
            current = speaker
        elif line.segment.kind == "heading" and line.segment.label is None and current != default:
            current = current or default
        if line.label and speaker is None and not line.segment.strong:
            _restore_label(found, line)
        result.append(current)
    return result


def _restore_label(found: Draft, line: Line) -> None:
    """A label that is no speaker's is text ("Brussels: …"), unless it is printed in capitals."""
    label = found.text[line.segment.start : line.units[line.label - 1].end]
    letters = [c for c in label if c.isalpha()]
    if len(letters) < 4 or sum(c.isupper() for c in letters) < 0.7 * len(letters):
        line.skip = line.label = 0
