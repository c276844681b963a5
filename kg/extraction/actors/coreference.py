"""Pronouns: who "he", "they", "it", "I" and "we" are, by grammar, gender and recency."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.actors.firstperson import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    SUBJECTS,
    first_person,
    inside_quotes,
    quoted_speakers,
)
from kg.extraction.actors.spots import Sort
from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extraction.actors.masking import Masked
    from kg.extraction.actors.referents import Referents
    from kg.extraction.actors.speakers import Voice

__all__ = ["Pronouns", "resolve_pronouns"]

_HE = {"he": "male", "him": "male", "his": "male", "himself": "male",
       "she": "female", "her": "female", "hers": "female", "herself": "female"}  # fmt: skip
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_IT = frozenset(["it", "its", "itself"])
_ORGANS = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION)
_EUROPE = ID + "bloc/europe"


@dataclass(slots=True)
class Pronouns:
    """Word index → keys, with how sure each link is."""

    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    confidence: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Seen:
    """One actor at one place: what a later pronoun can go back to."""

    keys: tuple[str, ...]
    index: int
    sentence: int
    subject: bool
    plural: bool
    main: bool = False


@dataclass(slots=True)
class _Tracker:
    referents: Referents
    seen: list[_Seen] = field(default_factory=list)

    def candidates(self, sentence: int, within: int) -> list[_Seen]:
        """What was seen in the last sentences, latest first; a bounded number."""
        found = []
        for entry in reversed(self.seen[-40:]):
            if sentence - entry.sentence > within:
                break
            found.append(entry)
        return found


def _score(entry: _Seen, token: Token, sentence: int, *, subject: bool) -> float:
    """Salience: recent, subject, parallel role; never both arguments of one verb."""
    score = 3.0 - 1.5 * (sentence - entry.sentence)
    score += 1.1 if entry.subject else 0.0
    score += 0.4 if entry.main else 0.0
    if subject and entry.subject:
        score += 0.3
    score -= min(0.8, 0.03 * (token.i - entry.index)) if entry.sentence == sentence else 0.8
    return score


def _same_clause(doc: Doc, entry: _Seen, token: Token) -> bool:
    """True when pronoun and candidate are arguments of the same verb (so they differ)."""
    if token.dep_ in ("nmod:poss", "poss") or token.lower_.endswith(("self", "selves")):
        return False
    verb = token.head
    if not any(child.dep_ in SUBJECTS for child in verb.children) and verb.dep_ == "conj":
        verb = verb.head  # "phoned Trump and told him": both verbs have one subject
    other = doc[entry.index]
    for _ in range(8):  # "Morawiecki and Fiala backed him": neither of the two
        if other.dep_ != "conj":
            break
        other = other.head
    shared = other.head.i == verb.i and other.dep_ in SUBJECTS
    return (other.head.i == token.head.i or shared) and other.i != token.head.i


def _person(tracker: _Tracker, token: Token, sentence: int) -> tuple[tuple[str, ...], float]:
    gender = _HE[token.lower_]
    subject = token.dep_ in SUBJECTS
    best: tuple[float, tuple[str, ...]] = (-9.0, ())
    rivals = 0
    for entry in tracker.candidates(sentence, 4):
        if len(entry.keys) != 1:
            continue
        person = tracker.referents.by_key[entry.keys[0]]
        if person.kind is not ActorKind.PERSON or (person.gender and person.gender != gender):
            continue
        if _same_clause(token.doc, entry, token):
            continue
        rivals += entry.keys != best[1]
        score = _score(entry, token, sentence, subject=subject) - (0.0 if person.gender else 0.4)
        if score > best[0]:
            best = (score, entry.keys)
    return best[1], (0.9 if rivals <= 1 else 0.75)


def _they(tracker: _Tracker, token: Token, sentence: int) -> tuple[tuple[str, ...], float]:
    best: tuple[float, tuple[str, ...]] = (-9.0, ())
    for entry in tracker.candidates(sentence, 2):
        kinds = {tracker.referents.by_key[key].kind for key in entry.keys}
        collective = entry.keys == (_EUROPE,) or kinds <= {ActorKind.BLOC, ActorKind.ORGANIZATION}
        if not (entry.plural or len(entry.keys) > 1 or collective):
            continue
        if _same_clause(token.doc, entry, token):
            continue
        score = _score(entry, token, sentence, subject=token.dep_ in SUBJECTS)
        score += 1.0 if entry.plural or len(entry.keys) > 1 else 0.0
        if score > best[0]:
            best = (score, entry.keys)
    return best[1], 0.6


def _it(tracker: _Tracker, token: Token, sentence: int) -> tuple[tuple[str, ...], float]:
    if _expletive(token):
        return (), 0.0
    best: tuple[float, tuple[str, ...]] = (1.9, ())
    possessive = token.dep_ in ("nmod:poss", "poss")
    for entry in tracker.candidates(sentence, 1):
        if len(entry.keys) != 1 or entry.plural:
            continue
        if tracker.referents.by_key[entry.keys[0]].kind not in _ORGANS:
            continue
        if _same_clause(token.doc, entry, token):
            continue
        score = _score(entry, token, sentence, subject=token.dep_ in SUBJECTS)
        score += 1.0 if possessive and entry.sentence == sentence else 0.0
        if score > best[0]:
            best = (score, entry.keys)
    return best[1], 0.55


def _expletive(token: Token) -> bool:
    """As in "it is clear that", "it was agreed": nobody."""
    if token.dep_ in ("expl", "obj", "dobj"):
        return True
    head = token.head
    if head.pos_ in ("ADJ", "NOUN", "PRON", "ADV"):
        return token.dep_ in SUBJECTS
    return any(child.dep_ in ("csubj", "csubj:pass") for child in head.children)


def _conjuncts(masked_keys: dict[int, tuple[str, ...]], token: Token) -> tuple[int, ...]:
    """Indexes of a coordination of actors that begins at a token."""
    found = [token.i]
    stack = [token]
    while stack and len(found) < 12:
        for child in stack.pop().children:
            if child.dep_ == "conj" and child.i in masked_keys:
                found.append(child.i)
                stack.append(child)
    return tuple(sorted(found))


def resolve_pronouns(
    doc: Doc,
    masked: Masked,
    linked: dict[int, tuple[str, ...]],
    referents: Referents,
    speakers: list[tuple[str, ...]],
    voice: Voice,
) -> Pronouns:
    """Resolve the pronouns of a parsed document; linear, looking back a few sentences only.

    Args:
        doc: the masked parse.
        masked: what its tokens stand for.
        linked: token index → keys of the actors named there.
        referents: everybody known.
        speakers: for each sentence who says "I" there.
        voice: whose words the document is.
    """
    result = Pronouns()
    tracker = _Tracker(referents)
    keys = dict(linked)
    current: tuple[str, ...] = ()
    for number, (line, first, last) in enumerate(masked.lines):
        inside = inside_quotes(doc, first, last, open_before=line.segment.quoted)
        for token in doc[first:last]:
            if token.i in linked:
                _note(tracker, masked, token, linked, number)
                continue
            found, sure = _pronoun(tracker, token, number)
            if found:
                keys[token.i] = result.keys[token.i] = found
                result.confidence[token.i] = sure
                subject = token.dep_ in SUBJECTS
                tracker.seen.append(_Seen(found, token.i, number, subject, len(found) > 1))
        if inside:
            current = quoted_speakers(doc, first, last, keys) or current
        for token in doc[first:last]:
            if token.lower_ in FIRST_SINGULAR or token.lower_ in FIRST_PLURAL:
                quoted = current if token.i in inside else ()
                found, sure = first_person(token, speakers[number], quoted, voice, referents)
                if found:
                    result.keys[token.i] = found
                    result.confidence[token.i] = sure
    return result


def _note(
    tracker: _Tracker, masked: Masked, token: Token, linked: dict[int, tuple[str, ...]], number: int
) -> None:
    """Remember an actor; a coordination of actors is remembered as one more, plural, actor."""
    subject = token.dep_ in SUBJECTS
    spot = masked.spots[token.i]
    plural = spot.sort in (Sort.GROUP, Sort.OFFICIALS) or (
        spot.sort is Sort.PEOPLE and spot.number != 1
    )
    members = _conjuncts(linked, token)
    if len(members) > 1:
        together = tuple(dict.fromkeys(key for i in members for key in linked[i]))
        tracker.seen.append(_Seen(together, members[-1], number, subject, True))
    if token.dep_ == "conj":
        subject = token.head.dep_ in SUBJECTS
    main = subject and token.head.dep_ == "ROOT"
    tracker.seen.append(_Seen(linked[token.i], token.i, number, subject, plural, main))


def _pronoun(tracker: _Tracker, token: Token, number: int) -> tuple[tuple[str, ...], float]:
    low = token.lower_
    if low in _HE:
        return _person(tracker, token, number)
    if low in _THEY:
        return _they(tracker, token, number)
    if low in _IT:
        return _it(tracker, token, number)
    return (), 0.0
