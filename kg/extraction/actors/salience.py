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

__all__ = ["Seen", "Tracker", "barred", "chain", "controller", "is_possessive"]

_RECIPROCAL = word_list("salience.reciprocal")
_PARTNER = frozenset(("obj", "dobj", "obl", "iobj"))
_OPEN = frozenset(("xcomp", "advcl", "conj", "acl"))
_MAX_BACK = 60


@dataclass(slots=True)
class Seen:
    """One actor (or several together) at one place.

    Attributes:
        keys: who. index: token. sentence: number of the sentence.
        subject: it is a subject. verb: token that governs it.
        plural: "they" can take it up. main: subject of the sentence's main verb.
        joined: it is one of several in a coordination. pronoun: it is a pronoun itself.
        quoted: it stands between quotation marks.
    """

    keys: tuple[str, ...]
    index: int
    sentence: int
    subject: bool
    verb: int = -1
    plural: bool = False
    main: bool = False
    joined: bool = False
    pronoun: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Tracker:
    """The actors of a document in the order in which they are met.

    Attributes:
        seen: where they were met. known: token → keys. inside: tokens of the sentence at hand that
            stand between quotation marks.
    """

    referents: Referents
    inside: frozenset[int] | set[int] = frozenset()
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
        joined = len(members) > 1 or token.dep_ == "conj"
        self._add(linked[token.i], token, number, plural=plural, joined=joined)
        if len(members) > 1:
            self._together(members, linked, number)
        self.known[token.i] = linked[token.i]
        self._met(token, number)

    def resolved(self, keys: tuple[str, ...], token: Token, number: int) -> None:
        """Remember a pronoun and whom it stands for."""
        self._add(keys, token, number, plural=len(keys) > 1, joined=False)
        self.seen[-1].pronoun = True
        self.known[token.i] = keys
        self._met(token, number)

    def _add(
        self, keys: tuple[str, ...], token: Token, number: int, *, plural: bool, joined: bool
    ) -> None:
        first = _first(token)
        subject = first.dep_ in SUBJECTS
        main = subject and _is_main(first.head)
        seen = Seen(keys, token.i, number, subject, first.head.i, plural, main, joined)
        seen.quoted = token.i in self.inside
        self.seen.append(seen)

    def _met(self, token: Token, number: int) -> None:
        partners = _partners(token, self.known)
        if partners:
            self._together(partners, self.known, number, subject=True)

    def _together(
        self,
        tokens: tuple[int, ...],
        linked: dict[int, tuple[str, ...]],
        number: int,
        *,
        subject: bool = False,
    ) -> None:
        keys = tuple(dict.fromkeys(key for i in tokens for key in linked[i]))
        kinds = {self.referents.by_key[key].kind for key in keys}
        if len(keys) > 1 and not kinds & {ActorKind.PLACE, ActorKind.CONFERENCE}:
            last = self.seen[-1]
            subject = subject or last.subject
            both = Seen(keys, tokens[-1], number, subject, last.verb, True, last.main)
            both.quoted = last.quoted
            self.seen.append(both)


def _first(token: Token) -> Token:
    """The first of a coordination that a token belongs to."""
    for _ in range(8):
        if token.dep_ != "conj":
            break
        token = token.head
    return token


def _is_main(verb: Token) -> bool:
    """True for the main verb of a sentence and for those coordinated with it."""
    return bool(_first(verb).dep_ == "ROOT")


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


def chain(token: Token) -> list[int]:
    """Indexes of the words a token depends on, nearest first; a bounded number."""
    found = []
    for _ in range(14):
        if token.head.i == token.i:
            break
        token = token.head
        found.append(token.i)
    return found


def controller(token: Token) -> int:
    """Index of whoever does what the pronoun's verb says, -1 when that is not to be seen.

    "phoned Trump and told him", "rang Obama to tell him", "Scholz, standing next to him".
    """
    verb = token.head
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return int(child.i)
        if verb.dep_ not in _OPEN:
            return -1
        if verb.dep_ == "acl":
            return int(verb.head.i)
        verb = verb.head
    return -1


def barred(tracker: Tracker, token: Token, sentence: int) -> set[str]:
    """Keys of the other arguments of the pronoun's verb: it cannot be one of them."""
    if is_possessive(token) or token.lower_.endswith(("self", "selves")):
        return set()
    doer = controller(token)
    keys: set[str] = set()
    for entry in tracker.candidates(sentence, 0):
        if len(entry.keys) == 1 and _same_clause(token.doc, entry.index, token, doer):
            keys.update(entry.keys)
    return keys


def _same_clause(doc: Doc, index: int, token: Token, doer: int) -> bool:
    """True when the actor at ``index`` and the pronoun are arguments of the same verb."""
    other = _first(doc[index])  # "Morawiecki and Fiala backed him": neither of the two
    if other.i == token.i:
        return False
    return bool(other.head.i == token.head.i or (other.i == doer and doer != token.i))
