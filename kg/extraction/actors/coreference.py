"""Pronouns: who "he", "they", "it", "I" and "we" are, by grammar, gender and recency."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.actors.choosing import Entry, choose
from kg.extraction.actors.firstperson import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    SECOND,
    SUBJECTS,
    first_person,
    inside_quotes,
    institution,
    quoted_speakers,
    spoken_to,
    together_with,
)
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.salience import Tracker
from kg.language.columns import strings
from kg.records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extraction.actors.masking import Masked
    from kg.extraction.actors.referents import Referents
    from kg.extraction.actors.speakers import Voice

__all__ = ["Pronouns", "resolve_pronouns"]

_HE = {"he": "male", "him": "male", "his": "male", "himself": "male",
       "she": "female", "her": "female", "hers": "female", "herself": "female"}  # fmt: skip
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_IT = frozenset(("it", "its", "itself"))
_THIRD_PERSON = _THEY | _IT | {*_HE}
_WILLING = word_list("coreference.willing")
_ORGANS = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION)
_MANY = frozenset((ActorKind.BLOC, ActorKind.ORGANIZATION))
Found = tuple[tuple[str, ...], float]
_NOBODY: Found = ((), 0.0)


@dataclass(slots=True)
class Pronouns:
    """What pronouns stand for.

    Attributes:
        keys: token index → keys. confidence: token index → how sure the link is.
        quoted: number of a sentence that is a quotation throughout → keys of who says it.
    """

    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    confidence: dict[int, float] = field(default_factory=dict)
    quoted: dict[int, tuple[str, ...]] = field(default_factory=dict)


def _person(tracker: Tracker, token: Token, sentence: int, speaking: tuple[str, ...]) -> Found:
    gender = _HE[token.lower_]
    entries: list[Entry] = []
    for entry in tracker.candidates(sentence, 8):
        if len(entry.keys) != 1 or entry.keys[0] in speaking:
            continue
        person = tracker.referents.by_key[entry.keys[0]]
        if person.kind is ActorKind.PERSON and person.gender in (gender, ""):
            entries.append((entry, () if person.gender else ("unknown",)))
    return choose("he", tracker, token, sentence, entries)


def _they(tracker: Tracker, token: Token, sentence: int) -> Found:
    entries: list[Entry] = []
    for entry in tracker.candidates(sentence, 4):
        kinds = sorted({tracker.referents.by_key[key].kind for key in entry.keys})
        if entry.plural or len(entry.keys) > 1 or set(kinds) & _MANY:
            number = "several" if len(entry.keys) > 1 else "many" if entry.plural else "one"
            entries.append((entry, tuple(f"{number}-{kind}" for kind in kinds)))
    return choose("they", tracker, token, sentence, entries)


def _it(tracker: Tracker, token: Token, sentence: int) -> Found:
    if _expletive(token):
        return _NOBODY
    entries: list[Entry] = []
    for entry in tracker.candidates(sentence, 2):
        if len(entry.keys) != 1 or entry.plural:
            continue
        kind = tracker.referents.by_key[entry.keys[0]].kind
        if kind in _ORGANS:
            entries.append((entry, (str(kind),)))
    return choose("it", tracker, token, sentence, entries)


def _expletive(token: Token) -> bool:
    """As in "it is clear that", "it was agreed": nobody."""
    head = token.head
    if head.lower_ in _WILLING and token.i < head.i:
        return False  # "it was ready to talk"
    if token.dep_ in ("expl", "obj", "dobj"):
        return True
    if head.pos_ in ("ADJ", "NOUN", "PRON", "ADV"):
        return token.dep_ in SUBJECTS and any(child.dep_ == "cop" for child in head.children)
    return any(child.dep_ in ("csubj", "csubj:pass") for child in head.children)


def _third_person(
    tracker: Tracker, token: Token, sentence: int, speaking: tuple[str, ...]
) -> Found:
    low = token.lower_
    if low in _HE:
        return _person(tracker, token, sentence, speaking)
    if low in _THEY:
        return _they(tracker, token, sentence)
    if low in _IT:
        return _it(tracker, token, sentence)
    return _NOBODY


@dataclass(slots=True)
class _Resolver:
    """Goes through a document sentence by sentence."""

    doc: Doc
    words: list[str]
    masked: Masked
    linked: dict[int, tuple[str, ...]]
    tracker: Tracker
    voice: Voice
    result: Pronouns = field(default_factory=Pronouns)
    quoter: tuple[str, ...] = ()
    quoted_at: int = -9
    told: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    paired_at: int = -9
    institution: tuple[str, ...] = ()

    def sentence(
        self, number: int, speaker: tuple[str, ...], addressee: tuple[str, ...] = ()
    ) -> None:
        """Resolve the pronouns of one sentence."""
        line, first, last = self.masked.lines[number]
        inside = inside_quotes(self.words, first, last, open_before=line.segment.quoted)
        self.tracker.inside = inside
        for i in range(first, last):
            if i in self.linked:
                self.tracker.note(self.masked, self.doc[i], self.linked, number)
            elif self.words[i] in _THIRD_PERSON:
                token = self.doc[i]
                speaking = self.quoter if i in inside else speaker
                self._record(token, _third_person(self.tracker, token, number, speaking), number)
        if inside:
            self._quotation(number, inside, begun=line.segment.quoted)
        for i in range(first, last):
            quoted = i in inside
            if self.words[i] in FIRST_SINGULAR or self.words[i] in FIRST_PLURAL:
                self._first(i, number, speaker, quoted=quoted)
            elif self.words[i] in SECOND:
                found = self.told if quoted else addressee
                if found:
                    self.result.keys[i] = found
                    self.result.confidence[i] = 0.6

    def _first(self, i: int, number: int, speaker: tuple[str, ...], *, quoted: bool) -> None:
        """Resolve "I" or "we"."""
        said = self.quoter if quoted else ()
        referents = self.tracker.referents
        found, sure = first_person(self.doc[i], speaker, said, self.voice, referents)
        if self.words[i] in FIRST_SINGULAR and found:
            partner = together_with(self.doc[i], {**self.linked, **self.result.keys})
            if partner and partner != found:
                self.pair, self.paired_at = (*partner, *found), number
        elif self.words[i] in FIRST_PLURAL:
            if (
                self.pair
                and number - self.paired_at <= 1
                and (said or speaker)[:1] == self.pair[-1:]
            ):
                found, sure = self.pair, 0.7
            elif not found and not quoted and not speaker:
                found, sure = self.institution, 0.6
        if found:
            self.result.keys[i] = found
            self.result.confidence[i] = sure

    def _record(self, token: Token, found: Found, number: int) -> None:
        keys, sure = found
        if not keys:
            return
        self.result.keys[token.i] = keys
        self.result.confidence[token.i] = sure
        self.tracker.resolved(keys, token, number)

    def _quotation(self, number: int, inside: set[int], *, begun: bool) -> None:
        """Find out who is quoted in a sentence with words between quotation marks."""
        _, first, last = self.masked.lines[number]
        known = {**self.linked, **self.result.keys}
        found, told = quoted_speakers(self.doc, first, last, known, inside)
        self.told = spoken_to(self.doc, first, last, known, inside)
        if found or told:
            self.quoter = found
        elif not begun and self.quoted_at < number - 1:
            self.quoter = self._named_before(number)
        self.quoted_at = number
        if self.quoter and self._is_quotation(first, last, inside):
            self.result.quoted[number] = self.quoter

    def _named_before(self, number: int) -> tuple[str, ...]:
        """The subject of the sentence before a quotation, when there is one only."""
        before = self.tracker.candidates(number - 1, 0)
        found = {entry.keys for entry in before if entry.main and entry.sentence == number - 1}
        return found.pop() if len(found) == 1 else ()

    def _is_quotation(self, first: int, last: int, inside: set[int]) -> bool:
        """True when every word of a sentence stands between quotation marks."""
        words = [token.i for token in self.doc[first:last] if token.text[0].isalnum()]
        return bool(words) and inside.issuperset(words)


def resolve_pronouns(
    doc: Doc,
    masked: Masked,
    linked: dict[int, tuple[str, ...]],
    referents: Referents,
    speakers: list[tuple[str, ...]],
    addressees: list[tuple[str, ...]],
    voice: Voice,
) -> Pronouns:
    """Resolve the pronouns of a parsed document; linear, looking back a few sentences only.

    Args:
        doc: the masked parse.
        masked: what its tokens stand for.
        linked: token index → keys of the actors named there.
        referents: everybody known.
        speakers: for each sentence who says "I" there.
        addressees: for each sentence who is "you" there.
        voice: whose words the document is.
    """
    (words,) = strings(doc, "LOWER")
    resolver = _Resolver(doc, words, masked, linked, Tracker(referents), voice)
    if masked.lines and not any(speakers) and not any(line.label for line, _, _ in masked.lines):
        line, first, last = masked.lines[0]
        if not line.dateline:
            resolver.institution = institution(doc, first, last, linked, referents)
    for number, (speaker, addressee) in enumerate(zip(speakers, addressees, strict=True)):
        resolver.sentence(number, speaker, addressee)
    return resolver.result
