"""What a pronoun can go back to: the actors seen so far, and how much each is in mind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.actors.firstperson import SUBJECTS
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.spots import Sort
from kg.records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extraction.actors.masking import Masked
    from kg.extraction.actors.referents import Referents

__all__ = ["Seen", "Tracker", "coarguments", "is_possessive", "score"]

_RECIPROCAL = word_list("salience.reciprocal")
_PARTNER = frozenset(("obj", "dobj", "obl", "iobj"))
_MAX_BACK = 60


@dataclass(slots=True)
class Seen:
    """One actor (or several together) at one place.

    Attributes:
        keys: who. index: token. sentence: number of the sentence.
        subject: it is a subject. main: of the sentence's main verb.
        plural: "they" can take it up. joined: it is one of several in a coordination.
    """

    keys: tuple[str, ...]
    index: int
    sentence: int
    subject: bool
    plural: bool = False
    main: bool = False
    joined: bool = False


@dataclass(slots=True)
class Tracker:
    """The actors of a document in the order in which they are met."""

    referents: Referents
    seen: list[Seen] = field(default_factory=list)
    known: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def candidates(self, sentence: int, within: int) -> list[Seen]:
        """What was seen in the last sentences, latest first; a bounded number."""
        found = []
        for entry in reversed(self.seen[-_MAX_BACK:]):
            if sentence - entry.sentence > within:
                break
            found.append(entry)
        return found

    def note(
        self, masked: Masked, token: Token, linked: dict[int, tuple[str, ...]], number: int
    ) -> None:
        """Remember an actor; a coordination or a meeting is one more actor, in the plural."""
        spot = masked.spots[token.i]
        plural = spot.sort in (Sort.GROUP, Sort.OFFICIALS, Sort.GENERIC) or (
            spot.sort is Sort.PEOPLE and spot.number != 1
        )
        members = _conjuncts(linked, token)
        first = token.head if token.dep_ == "conj" else token
        subject = first.dep_ in SUBJECTS
        main = subject and first.head.dep_ == "ROOT"
        joined = len(members) > 1 or token.dep_ == "conj"
        self.seen.append(Seen(linked[token.i], token.i, number, subject, plural, main, joined))
        if len(members) > 1:
            self._together(members, linked, number, subject=subject)
        self.known[token.i] = linked[token.i]
        partners = _partners(token, self.known)
        if partners:
            self._together(partners, self.known, number, subject=True)

    def _together(
        self,
        tokens: tuple[int, ...],
        linked: dict[int, tuple[str, ...]],
        number: int,
        *,
        subject: bool,
    ) -> None:
        keys = tuple(dict.fromkeys(key for i in tokens for key in linked[i]))
        kinds = {self.referents.by_key[key].kind for key in keys}
        if len(keys) > 1 and not kinds & {ActorKind.PLACE, ActorKind.CONFERENCE}:
            self.seen.append(Seen(keys, tokens[-1], number, subject, plural=True))


def _conjuncts(linked: dict[int, tuple[str, ...]], token: Token) -> tuple[int, ...]:
    """Indexes of a coordination of actors that begins at a token."""
    found = [token.i]
    stack = [token]
    while stack and len(found) < 12:
        for child in stack.pop().children:
            if child.dep_ == "conj" and child.i in linked:
                found.append(child.i)
                stack.append(child)
    return tuple(sorted(found))


def _partners(token: Token, known: dict[int, tuple[str, ...]]) -> tuple[int, ...]:
    """Subject and partner of "met", "spoke with", "agreed with": they are "they" afterwards."""
    verb = token.head
    if token.dep_ not in _PARTNER or verb.lemma_.lower() not in _RECIPROCAL:
        return ()
    while verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in verb.children):
        verb = verb.head
    subjects = [child.i for child in verb.children if child.dep_ in SUBJECTS and child.i in known]
    return (*subjects[:1], token.i) if subjects else ()


def is_possessive(token: Token) -> bool:
    """True for "his" before a noun."""
    return token.dep_ in ("nmod:poss", "poss")


def coarguments(tracker: Tracker, token: Token, sentence: int) -> set[str]:
    """Keys of the other arguments of the pronoun's verb: it cannot be one of them."""
    if is_possessive(token) or token.lower_.endswith(("self", "selves")):
        return set()
    keys: set[str] = set()
    for entry in tracker.candidates(sentence, 0):
        if len(entry.keys) == 1 and _same_clause(token.doc, entry.index, token):
            keys.update(entry.keys)
    return keys


def _same_clause(doc: Doc, index: int, token: Token) -> bool:
    """True when the actor at ``index`` and the pronoun are arguments of the same verb."""
    verb = token.head
    if not any(child.dep_ in SUBJECTS for child in verb.children) and verb.dep_ == "conj":
        verb = verb.head  # "phoned Trump and told him": both verbs have one subject
    other = doc[index]
    for _ in range(8):  # "Morawiecki and Fiala backed him": neither of the two
        if other.dep_ != "conj":
            break
        other = other.head
    shared = other.head.i == verb.i and other.dep_ in SUBJECTS
    return (other.head.i == token.head.i or shared) and other.i != token.head.i


def score(entry: Seen, token: Token, sentence: int) -> float:
    """Salience: recent, subject, of the main verb, in the same role; possessives look nearby."""
    value = 3.0 - 1.5 * (sentence - entry.sentence)
    value += 1.1 if entry.subject else 0.0
    value += 0.4 if entry.main else 0.0
    value -= 0.5 if entry.joined else 0.0
    if entry.subject and token.dep_ in SUBJECTS:
        value += 0.3
    if entry.sentence != sentence:
        return value - 0.8
    distance = int(token.i) - entry.index
    if is_possessive(token):
        return value - min(2.0, 0.1 * distance)
    return value - min(0.8, 0.03 * distance)
