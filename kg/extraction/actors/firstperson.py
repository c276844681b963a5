"""Who says "I" and "we": the speaker of a turn, the author, or whoever is quoted."""

from __future__ import annotations

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
    "SUBJECTS",
    "first_person",
    "inside_quotes",
    "quoted_speakers",
]

SUBJECTS = frozenset(["nsubj", "nsubj:pass", "csubj", "nsubjpass"])
FIRST_SINGULAR = frozenset(["i", "me", "my", "mine", "myself"])
FIRST_PLURAL = frozenset(["we", "us", "our", "ours", "ourselves"])
_SPEECH = word_list("coreference.speech")
_MARKS = frozenset(('"', "“", "”", "«", "»", "„", "''", "``"))
_OPENING = frozenset(("“", "«", "„", "``"))


def _for_whom(speaker: tuple[str, ...], referents: Referents) -> tuple[str, ...]:
    """The polity a person speaks for, when the document knows it; else the person."""
    if not speaker:
        return ()
    referent = referents.by_key[speaker[0]]
    if referent.kind is not ActorKind.PERSON:
        return speaker
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
        if token.dep_ in SUBJECTS and token.i not in inside and token.head.i not in inside:
            if token.head.dep_ in ("ROOT", "parataxis", "conj"):
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
