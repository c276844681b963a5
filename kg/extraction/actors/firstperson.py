"""Who says "I" and "we": the speaker of a turn, the author, or whoever is quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extraction.actors.referents import Referents
    from kg.extraction.actors.speakers import Voice

__all__ = [
    "FIRST_PLURAL",
    "FIRST_SINGULAR",
    "SECOND",
    "SUBJECTS",
    "first_person",
    "inside_quotes",
    "institution",
    "quoted_speakers",
    "spoken_to",
    "together_with",
]

SUBJECTS = frozenset(["nsubj", "nsubj:pass", "csubj", "nsubjpass"])
FIRST_SINGULAR = frozenset(["i", "me", "my", "mine", "myself"])
SECOND = frozenset(["you", "your", "yours", "yourself"])
FIRST_PLURAL = frozenset(["we", "us", "our", "ours", "ourselves"])
_SPEECH = word_list("coreference.speech")
_OFFICE = re.compile(r"(?:\w+ )?(?:Ministry|Embassy|Government|Department)\b")
_MAIN = ("ROOT", "parataxis", "conj")
_ORGANS = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION)
_MARKS = frozenset(('"', "“", "”", "«", "»", "„", "''", "``"))
_OPENING = frozenset(("“", "«", "„", "``"))


def _for_whom(speaker: tuple[str, ...], referents: Referents) -> tuple[str, ...]:
    """The polity a person or department speaks for, when the document knows it; else himself."""
    if not speaker:
        return ()
    referent = referents.by_key[speaker[0]]
    if referent.kind is not ActorKind.PERSON:
        home = referents.world.polity_of(speaker[0]) if speaker[0] in referents.world.actors else ""
        state = referents.by_key.get(home or "")
        return (state.key,) if state is not None and state.kind is ActorKind.STATE else speaker
    for tenure in reversed(referents.tenures(referent)):
        if referents.on is None or tenure.covers(referents.on):
            polity = referents.world.offices[tenure.office].represents
            if polity in referents.by_key:
                return (polity,)
    for polity in referent.polities:
        if polity in referents.by_key:
            return (polity,)
    return speaker


def first_person(
    token: Token,
    speaker: tuple[str, ...],
    quoted: tuple[str, ...],
    voice: Voice,
    referents: Referents,
) -> tuple[tuple[str, ...], float]:
    """Who says "I" or "we" at a token."""
    if token.lower_ in FIRST_SINGULAR:
        chosen = quoted or speaker
        return (chosen[:1], 0.9) if chosen else ((), 0.0)
    if quoted:
        return _for_whom(quoted[:1], referents), 0.6
    if len(speaker) > 1:
        return speaker, 0.85
    if voice.joint and (not speaker or speaker[0] in voice.joint):
        return voice.joint, 0.7
    return (_for_whom(speaker, referents), 0.6) if speaker else ((), 0.0)


def quoted_speakers(
    doc: Doc, first: int, last: int, keys: dict[int, tuple[str, ...]], inside: set[int]
) -> tuple[tuple[str, ...], bool]:
    """Who says what a sentence quotes, and whether the sentence tells at all that somebody does.

    The subject of a verb of speaking outside the quotation, else of the main verb ("made no secret
    of it: '…'").
    """
    told = False
    for token in doc[first:last]:
        if token.i in inside or token.lemma_.lower() not in _SPEECH:
            continue
        told = told or token.pos_ == "VERB"
        for child in token.children:
            if child.dep_ in SUBJECTS and child.i in keys and child.i not in inside:
                return keys[child.i], True
    if told:
        return (), True
    for token in doc[first:last]:
        outside = token.i not in inside and token.head.i not in inside
        if outside and token.dep_ in SUBJECTS and token.head.dep_ in _MAIN:
            return keys.get(token.i, ()), True
    return (), False


def inside_quotes(words: list[str], first: int, last: int, *, open_before: bool) -> set[int]:
    """Indexes of the words of a sentence that stand between quotation marks."""
    inside = set()
    quoted = open_before
    for i in range(first, last):
        if words[i] in _MARKS:
            quoted = words[i] in _OPENING or (words[i] == '"' and not quoted)
        elif quoted:
            inside.add(i)
    return inside


def spoken_to(
    doc: Doc, first: int, last: int, keys: dict[int, tuple[str, ...]], inside: set[int]
) -> tuple[str, ...]:
    """Whom a sentence with a quotation says it was said to: "'You …,' Trump told Zelensky"."""
    for token in doc[first:last]:
        if token.i in inside or token.lemma_.lower() not in _SPEECH:
            continue
        for child in token.children:
            if child.i not in keys or child.i in inside:
                continue
            to = child.dep_ == "obl" and any(case.lower_ == "to" for case in child.children)
            if to or child.dep_ in ("obj", "iobj", "dobj"):
                return keys[child.i]
    return ()


def together_with(token: Token, keys: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """Who is joined with an "I": "Bo Xilai and I"."""
    if token.dep_ == "conj":
        return keys.get(token.head.i, ())
    for child in token.children:
        if child.dep_ == "conj" and child.i in keys:
            return keys[child.i]
    return ()


def institution(
    doc: Doc, first: int, last: int, keys: dict[int, tuple[str, ...]], referents: Referents
) -> tuple[str, ...]:
    """Who says "we" in a statement that begins in the present: "The European Union condemns …"."""
    for token in doc[first:last]:
        if token.dep_ not in SUBJECTS or token.head.dep_ != "ROOT" or token.i not in keys:
            continue
        verbs = (token.head, *(c for c in token.head.children if c.dep_ == "aux"))
        if not any(verb.tag_ in ("VBZ", "VBP") for verb in verbs):
            continue
        found = list(keys[token.i])
        for child in token.children:
            if child.dep_ == "conj":
                found += keys.get(child.i, ())
        if all(referents.by_key[key].kind in _ORGANS for key in found):
            return tuple(dict.fromkeys(_behind(referents, key) for key in found))
    return ()


def _behind(referents: Referents, key: str) -> str:
    """The state whose ministry or embassy somebody is; anybody else himself."""
    known = referents.by_key[key]
    if known.iri is not None:
        state = referents.ministry_of(known.iri)
        return state if state in referents.by_key else key
    if known.of and _OFFICE.match(known.name):
        states = [a.iri for a in referents.world.find(known.of) if a.iri in referents.by_key]
        return states[0] if len(states) == 1 else key
    return key
