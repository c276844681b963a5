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

__all__ = [
    "Voice",
    "home_of",
    "label_speaker",
    "line_addressees",
    "line_speakers",
    "signed",
    "voice_of",
]

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
_ANSWER = re.compile(r"a|answer")
_TOPIC = re.compile(r":|\b(?:on|about)\b", re.IGNORECASE)  # who follows does not speak
_SPOKESMAN = re.compile(r".*spokes|(?:mr|ms|mrs|miss|dr|ambassador|admiral|general)\b\.?\s*\S")
_ROLE = re.compile(
    r"(?:the )?(?:\w+ )?(?:prime minister|premier|chancellor|president|minister|secretary|"
    r"foreign secretary|secretary[- ]general|high representative|commissioner|ambassador)"
)
_BARE = re.compile(
    r"(?:The|Mr|Mrs|Ms|Miss|Dr|Senator|Secretary|Under Secretary|Assistant Secretary|Ambassador|"
    r"General|Admiral|Governor|Chairman|Chairwoman|Representative)\.? "
    r"[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]+)?\."
)
_OCCASION = re.compile(
    r"\s+(?:at|before|to|in)\s.*\b(?:conference|forum|summit|assembly|parliament|congress|bundestag|"
    r"university|college|institute|academy|council|senate|club|convention|ceremony|commemoration)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"“”]{0,1000}[\"”]")
_OFTEN = 3  # times "I" stands outside quotation marks in a text that somebody speaks
_DASH = re.compile(r"\s*[–—]\s")
_BYLINE = re.compile(r"By [^\W\d_][^.,:;\d]{4,50}\.?")
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


def _keys(
    found: Draft, referents: Referents, kinds: tuple[ActorKind, ...], end: int | None = None
) -> tuple[str, ...]:
    keys = [
        key
        for line in found.lines
        for spot in spots_in(line)
        if end is None or line.units[spot.first].start < end
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


def voice_of(title: Draft, referents: Referents, text: str) -> Voice:
    """Whose words the document is, from its title."""
    organ = _ORGAN.search(title.text)
    topic = _TOPIC.search(title.text, organ.end()) if organ else None
    persons = _keys(title, referents, (ActorKind.PERSON,), topic.start() if topic else None)
    if not _OWN_WORDS.search(title.text) and organ is None:
        spoken = _opens_with_speaker(title, referents) and _in_first_person(text)
        return Voice(person=persons[:1], first_person=True) if spoken else Voice()
    organs = _keys(title, referents, (ActorKind.ORGANIZATION, ActorKind.BLOC, ActorKind.STATE))
    if _JOINT.search(title.text):
        parties = persons if len(persons) > 1 else ()
        states = _keys(title, referents, (ActorKind.STATE, ActorKind.BLOC))
        return Voice(persons, parties or (states if len(states) > 1 else ()), organs[:1])
    if organ and not persons:
        return Voice(organ=organs[:1])
    own = _FIRST_PERSON.search(title.text) is not None
    return Voice(person=persons[:1], organ=organs[:1], first_person=own)


def _opens_with_speaker(title: Draft, referents: Referents) -> bool:
    """True for "Angela Merkel at the Munich Security Conference"."""
    for line in title.lines[:1]:
        spot = next(iter(spots_in(line)), None)
        if spot is not None and spot.first == 0 and _persons(line, referents, spot.last):
            return _OCCASION.match(title.text, line.units[spot.last - 1].end) is not None
    return False


def _in_first_person(text: str) -> bool:
    return len(re.findall(r"\bI\b", _QUOTED.sub("", text))) >= _OFTEN


def home_of(title: Draft, referents: Referents) -> str:
    """IRI of the state whose office speaks, by what its title begins with; "" unknown."""
    if not _OWN_WORDS.search(title.text) and not _ORGAN.search(title.text):
        return ""
    for key in _keys(title, referents, tuple(ActorKind))[:1]:
        if referents.by_key[key].kind is ActorKind.ORGANIZATION and key in referents.world.actors:
            return referents.world.polity_of(key) or ""
    return ""


def _persons(line: Line, referents: Referents, last: int) -> tuple[str, ...]:
    """The person named before a unit of a line, or else described there."""
    before = [spot for spot in spots_in(line) if spot.first < last]
    for spot in sorted(before, key=lambda spot: spot.sort is not Sort.PERSON):
        people = tuple(k for k in spot.keys if referents.by_key[k].kind is ActorKind.PERSON)
        if people:
            return people[:1]
    return ()


def _delegate(line: Line, referents: Referents, person: str) -> None:
    """As in "Mr. Fischer (Germany):": a delegate nobody knows speaks for the state in brackets."""
    known = referents.by_key[person]
    if known.polities or referents.tenures(known):
        return
    for spot in spots_in(line):
        inside = (spot, *spot.inner) if spot.first < line.label else ()
        for key in [key for s in inside for key in s.keys]:
            if referents.by_key[key].kind is ActorKind.STATE:
                known.polities.append(key)
                return


def label_speaker(
    line: Line, voice: Voice, referents: Referents, asked: tuple[str, ...] = ()
) -> tuple[str, ...] | None:
    """Speaker of a turn that begins here; () for a question or somebody unknown; None: no turn.

    Args:
        line: the line.
        voice: whose words the document is.
        referents: everybody known.
        asked: whom the last question addressed by name.
    """
    if not line.label:
        return None
    words = " ".join(u.low for u in line.units[: line.label]).strip(" :*_.")
    named = _persons(line, referents, line.label)
    if named:
        _delegate(line, referents, named[0])
        return named
    if not line.segment.strong:
        return asked if asked and _ANSWER.fullmatch(words) else None
    if _SPOKESMAN.match(words) and not _QUESTION.fullmatch(words):
        return voice.organ
    if words == "the president" and voice.person:
        return voice.person[:1]
    answers = _ANSWER.fullmatch(words) or _ROLE.fullmatch(words)
    alone = asked or (voice.person if len(voice.person) == 1 else ())
    return alone if answers else ()


def _asked(line: Line, referents: Referents) -> tuple[str, ...]:
    """Whom a question addresses by name: "Q: President Niinistö, how long …"."""
    for spot in spots_in(line):
        if spot.first == line.label and spot.last < len(line.units):
            called = line.units[spot.last].low == ","
            return _persons(line, referents, spot.last) if called else ()
    return ()


def _printed_alone(found: Draft, line: Line, referents: Referents) -> tuple[str, ...] | None:
    """Speaker of a turn whose label is a sentence: "Mr. THORP.", "Josep Borrell. – Madam …"."""
    text = found.text[line.segment.start : line.segment.end]
    if _BARE.fullmatch(text):
        return _persons(line, referents, len(line.units))
    if len(text) < 90 and _DASH.match(found.text, line.segment.end):
        return _persons(line, referents, 1) or None
    return None


def _author(found: Draft, referents: Referents) -> tuple[str, ...]:
    """Whose name stands in a line of its own above the text: "By Josep Borrell."."""
    for line in found.lines[:3]:
        if _BYLINE.fullmatch(found.text[line.segment.start : line.segment.end]):
            return _persons(line, referents, len(line.units))
    return ()


def line_speakers(found: Draft, voice: Voice, referents: Referents) -> list[tuple[str, ...]]:
    """For each line the keys of whoever says "I" (or signs as "we") there."""
    default = voice.person[:1] or voice.joint or _author(found, referents)
    current = default
    asked: tuple[str, ...] = ()
    result = []
    for line in found.lines:
        speaker = label_speaker(line, voice, referents, asked)
        if speaker is None and not line.label:
            speaker = _printed_alone(found, line, referents)
        if speaker is not None:
            current = speaker
        elif line.segment.kind == "heading" and line.segment.label is None and current != default:
            current = current or default
        if speaker == ():
            asked = _asked(line, referents) or asked
        if line.label and speaker is None and not line.segment.strong:
            _restore_label(found, line)
            current = default  # somebody nobody knows, or no speaker at all
        result.append(current)
    return result


def line_addressees(found: Draft, speakers: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """For each line the keys of "you": whoever answers a question, else who spoke before."""
    starts = [n for n, line in enumerate(found.lines) if line.label and line.segment.kind == "turn"]
    result: list[tuple[str, ...]] = [()] * len(speakers)
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(speakers)
        said = speakers[start]
        other: tuple[str, ...] = ()
        if not said and end < len(speakers):
            other = speakers[end]
        elif said and at:
            other = speakers[starts[at - 1]]
        if other != said:
            result[start:end] = [other] * (end - start)
    return result


def _restore_label(found: Draft, line: Line) -> None:
    """A label that is no speaker's is text ("Brussels: …"), unless it is printed in capitals."""
    label = found.text[line.segment.start : line.units[line.label - 1].end]
    letters = [c for c in label if c.isalpha()]
    if len(letters) < 4 or sum(c.isupper() for c in letters) < 0.7 * len(letters):
        line.skip = line.label = 0
