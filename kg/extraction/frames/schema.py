"""What a frame is, and how one is read from TOML and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import ReferenceDataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Expression", "Frame", "read_classes", "read_frames", "words_of"]

PARTS = ("verb", "noun", "adjective")
PREPOSITIONS = frozenset(
    [
        "about",
        "across",
        "against",
        "alongside",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "between",
        "by",
        "for",
        "from",
        "in",
        "into",
        "near",
        "of",
        "off",
        "on",
        "out",
        "outside",
        "over",
        "round",
        "to",
        "toward",
        "towards",
        "under",
        "upon",
        "with",
        "along",
    ]
)
SLOTS = frozenset(
    [
        "subj",
        "subj-owner",
        "obj",
        "obj-person",
        "iobj",
        "poss",
        "adj",
        "clause",
        "clause-obj",
        "topic",
        "receiver",
        "for-owner",
        "condition",
    ]
)
_TEXTS = ("actor", "recipient", "needs", "needs-subj", "without", "light")
_FLAGS = [
    "reciprocal",
    "open",
    "bare",
    "topic",
    "needs-side",
    "needs-obj",
    "needs-future",
    "needs-will",
    "needs-military",
    "needs-persons",
    "needs-infinitive",
    "needs-negation",
    "needs-negative-clause",
    "only-type",
    "domestic",
    "no-addressee",
]
_REQUIRED = ("lemmas", "type", "actor", "recipient", "example", "expect")


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name an act: ``head`` inflects, the others are literal.

    Attributes:
        text: as written in the lexicon: "stop short of", "visa ban".
        head: the word that carries the syntax.
        before: words right before the head ("visa" in "visa ban").
        after: words after the head, in order, with small gaps allowed.
    """

    text: str
    head: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Number of words."""
        return 1 + len(self.before) + len(self.after)


@dataclass(frozen=True, slots=True)
class Frame:
    """An act with the syntactic places of its sides.

    Attributes:
        name: family and running number, recorded as the rule of what it finds: "accuse.3".
        part: "verb", "noun" or "adjective".
        expressions: the words that name the act.
        type: notation of an event type.
        actor, recipient: slots in order of preference: "subj", "obj", "poss", "adj", a preposition
            ("with"), a preposition below the object ("obj-with"), "clause" (subject of the content
            clause), "topic" (whoever did what the object refers to) …
        needs: the complement must hold one of these words (classes already expanded).
        needs_class: special classes asked for: "@negative", "@threat".
        without: the sentence part must hold none of these.
        light: verbs that turn a noun into an act ("issue" a warning).
        flags: "reciprocal", "open" (may lack a recipient), "bare" (a noun that is an act without a
            light verb), "needs-side", "domestic" (read only together with unnamed actors) …
        example, expect: a sentence and its sides, "France > Germany", "<>" for joint acts.
    """

    name: str
    part: str
    expressions: tuple[Expression, ...]
    type: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: frozenset[str]
    needs_class: tuple[str, ...]
    needs_subj: frozenset[str]
    without: tuple[str, ...]
    light: frozenset[str]
    flags: frozenset[str]
    example: str
    expect: str

    @property
    def demands(self) -> int:
        """0 for frames that ask for nothing but their head word, higher for more specific ones."""
        return self.specific + bool(self.needs and self.needs_class)

    @property
    def specific(self) -> bool:
        """True for frames that ask for more than their head word."""
        asks = {
            "needs-military",
            "needs-will",
            "needs-future",
            "needs-negative-clause",
            "needs-persons",
            "needs-negation",
            "needs-infinitive",
        }
        return bool(self.needs or self.needs_class or self.needs_subj or self.flags & asks)


def words_of(text: str) -> tuple[str, ...]:
    """The items of a comma-separated list, white space normalised."""
    items = (" ".join(item.split()) for item in text.split(","))
    return tuple(item for item in items if item)


def _expression(part: str, text: str) -> Expression:
    words = text.lower().split()
    if part == "noun":
        words = " ".join(words).replace("-", " - ").split()  # as the tokeniser parts "cease-fire"
        stop = next((n for n, word in enumerate(words) if _governs(words, n)), len(words))
        return Expression(text, words[stop - 1], tuple(words[: stop - 1]), tuple(words[stop:]))
    return Expression(text, words[0], (), tuple(words[1:]))


def _governs(words: list[str], n: int) -> bool:
    """True for a preposition, which is not the last part of a compound ("stand-off")."""
    return n > 0 and words[n] in PREPOSITIONS and words[n - 1] != "-"


def _fail(path: Path, number: int, message: str) -> ReferenceDataError:
    return ReferenceDataError(
        f"{path.name}, frame {number}: {message}",
        hint="kg/extraction/frames/schema.py lists what a frame may hold",
    )


def _check(path: Path, number: int, raw: Mapping[str, Any], types: frozenset[str]) -> None:
    known = {*_REQUIRED, *_TEXTS, *_FLAGS}
    for key in sorted(set(raw) - known):
        raise _fail(path, number, f"unknown key {key!r}")
    for key in _REQUIRED:
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise _fail(path, number, f"{key!r} is missing or no text")
    for key in _TEXTS:
        if not isinstance(raw.get(key, ""), str):
            raise _fail(path, number, f"{key!r} is no text")
    for key in _FLAGS:
        if not isinstance(raw.get(key, False), bool):
            raise _fail(path, number, f"{key!r} is neither true nor false")
    if types and raw["type"] not in types:
        raise _fail(path, number, f"unknown event type {raw['type']!r}")
    if ">" not in raw["expect"]:
        raise _fail(path, number, "'expect' holds no '>' or '<>'")


def _slots(path: Path, number: int, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    slots = words_of(raw[key])
    for slot in slots:
        base = slot.split("-", 1)[1] if slot.startswith(("obj-", "subj-")) else slot
        if slot not in SLOTS and base not in PREPOSITIONS:
            raise _fail(path, number, f"unknown slot {slot!r} in {key!r}")
    return slots


def _expand(items: tuple[str, ...], classes: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    for item in items:
        if not item.startswith("@"):
            found.update(classes.get(item, (item,)))
    found.update(item.replace("-", " - ") for item in tuple(found))
    return frozenset(found)


def read_frames(
    path: Path, classes: Mapping[str, tuple[str, ...]], types: frozenset[str] = frozenset()
) -> tuple[Frame, ...]:
    """The frames of one family.

    Args:
        path: TOML file with [[verb]], [[noun]] and [[adjective]] tables.
        classes: word classes that "needs" may name.
        types: notations of all event types; empty to skip that check.

    Raises:
        ReferenceDataError: naming the file, the frame and what is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{path.name}: {error}") from error
    frames: list[Frame] = []
    for part, tables in content.items():
        if part not in PARTS or not isinstance(tables, list):
            raise ReferenceDataError(f"{path.name}: unknown table {part!r}")
        for raw in tables:
            number = len(frames) + 1
            _check(path, number, raw, types)
            needs = words_of(raw.get("needs", ""))
            frames.append(
                Frame(
                    name=f"{path.stem}.{number}",
                    part=part,
                    expressions=tuple(_expression(part, text) for text in words_of(raw["lemmas"])),
                    type=raw["type"],
                    actor=_slots(path, number, raw, "actor"),
                    recipient=_slots(path, number, raw, "recipient"),
                    needs=_expand(needs, classes),
                    needs_class=tuple(item for item in needs if item.startswith("@")),
                    needs_subj=frozenset(words_of(raw.get("needs-subj", ""))),
                    without=words_of(raw.get("without", "")),
                    light=frozenset(words_of(raw.get("light", ""))),
                    flags=frozenset(flag for flag in _FLAGS if raw.get(flag)),
                    example=raw["example"],
                    expect=raw["expect"],
                )
            )
    return tuple(frames)


def read_classes(path: Path) -> dict[str, tuple[str, ...]]:
    """Word classes (name → words) of one TOML file.

    Raises:
        ReferenceDataError: when it is no such file.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{path.name}: {error}") from error
    for name, text in content.items():
        if not isinstance(text, str) or not words_of(text):
            raise ReferenceDataError(f"{path.name}: class {name!r} is no list of words")
    return {name: words_of(text) for name, text in content.items()}
