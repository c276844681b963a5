"""The whole lexicon, indexed by the forms of its head words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.frames.inflect import noun_forms, verb_forms
from kg.extraction.frames.schema import Expression, Frame, read_classes, read_frames
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lexicon", "load_lexicon"]

_HERE = Path(__file__).resolve().parent
_NO_FAMILY = ("classes.toml", "evaluation.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by head form.

    Attributes:
        frames: all frames, family by family.
        heads: inflected head form, lower case → (frame, expression) in order of the files.
        forms: inflected form → base form, for all words of the lexicon.
        classes: word classes by name.
        verbs: all forms of the verbs that head an expression.
        bases: form of any verb of the lexicon, light verbs included → base form.
        base_forms: the base forms in there.
        judgements: "negative", "positive", "bad-acts", "threat" → words.
        version: first 16 hex digits of the SHA-256 over all files.
    """

    frames: tuple[Frame, ...]
    heads: Mapping[str, tuple[tuple[Frame, Expression], ...]]
    forms: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    verbs: frozenset[str]
    bases: Mapping[str, str]
    base_forms: frozenset[str]
    judgements: Mapping[str, frozenset[str]]
    version: str

    @property
    def size(self) -> int:
        """Number of different expressions."""
        return len({(f.part, e.text) for f in self.frames for e in f.expressions})


def _forms(part: str, word: str) -> tuple[str, ...]:
    if part == "verb":
        return verb_forms(word)
    return noun_forms(word) if part == "noun" else (word,)


def _bases(frames: list[Frame]) -> dict[str, str]:
    """Inflected form → base form for heads of verbal expressions and light verbs."""
    verbs = {e.head for f in frames if f.part == "verb" for e in f.expressions}
    verbs.update(word for f in frames for word in f.light if " " not in word)
    found: dict[str, str] = {}
    for verb in sorted(verbs):
        for form in verb_forms(verb)[1:]:
            if form not in verbs:
                found.setdefault(form, verb)
    return found


@cache
def load_lexicon() -> Lexicon:
    """Read and index the built-in lexicon.

    Raises:
        ReferenceDataError: when a file breaks the schema or names an unknown event type.
    """
    digest = hashlib.sha256()
    for path in sorted(_HERE.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    classes = read_classes(_HERE / "classes.toml")
    judgements = read_classes(_HERE / "evaluation.toml")
    types = frozenset(event_types())
    frames: list[Frame] = []
    for path in sorted(_HERE.glob("*.toml")):
        if path.name not in _NO_FAMILY:
            frames.extend(read_frames(path, classes, types))
    heads: defaultdict[str, list[tuple[Frame, Expression]]] = defaultdict(list)
    forms: dict[str, str] = {}
    for frame in frames:
        for expression in frame.expressions:
            for form in dict.fromkeys(_forms(frame.part, expression.head)):
                heads[form].append((frame, expression))
                forms.setdefault(form, expression.head)
    bases = _bases(frames)
    return Lexicon(
        frames=tuple(frames),
        heads={form: tuple(entries) for form, entries in heads.items()},
        forms=forms,
        classes=classes,
        verbs=frozenset(
            form for form, entries in heads.items() if any(f.part == "verb" for f, _ in entries)
        ),
        bases=bases,
        base_forms=frozenset(bases.values()),
        judgements={name: frozenset(words) for name, words in judgements.items()},
        version=digest.hexdigest()[:16],
    )
