"""A marked document for a terminal: colour for those who see it, brackets and words for all.

    [Ernest Bevin e2] flatly {denied #3} the charge.

Square brackets hold an actor and its id, braces the words that name an act and its number in the
table; "not", "if" and "past" follow when it did not, may, or did happen earlier; "says #3" follows
the actor who reports act 3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from kg.records import ActorKind, Modality
from kg.reference.schemes import event_types
from kg.views.reading.marks import MODALITY_WORDS, Layer, Mark, Piece, marks, pieces, tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import Reading

__all__ = ["LEGEND", "heading", "marked_lines"]

LEGEND = (
    "[actor id]  {act #number}: not = did not happen, if = may happen, past = told as earlier; "
    "says #n = reports act n"
)

_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_KINDS = {
    ActorKind.PERSON: "bold magenta",
    ActorKind.STATE: "bold cyan",
    ActorKind.BLOC: "bold cyan",
    ActorKind.ORGANIZATION: "bold green",
    ActorKind.PLACE: "green",
    ActorKind.CONFERENCE: "green",
    ActorKind.OTHER: "bold",
}
_TONES = {"minus": "bold black on dark_orange", "plus": "bold white on blue", "zero": "reverse"}
_MODALITIES = {
    Modality.ASSERTED: "",
    Modality.BACKGROUND: " dim",
    Modality.HYPOTHETICAL: " italic",
    Modality.NEGATED: " strike",
}


def heading(reading: Reading) -> Text:
    """Title, date with its origin, outlet and source of a document, in one line."""
    document = reading.document
    date = f"{document.published} ({document.published_origin})" if document.published else ""
    parts = [part for part in (date or "no date", document.outlet, document.source) if part]
    return Text.assemble(
        (_safe(document.title or "Untitled"), "bold"), "  ", (_safe(" · ".join(parts)), "dim")
    )


def marked_lines(reading: Reading) -> Iterator[Text]:
    """The document line by line, as it stands, with its marks."""
    line = Text()
    for piece in pieces(reading.document.text, marks(reading)):
        for mark in piece.opens:
            line.append(_opening(mark), "dim")
        first, *rest = piece.text.split("\n")
        style = _style(piece, reading)
        line.append(_safe(first), style)
        for more in rest:
            yield line
            line = Text(_safe(more), style)
        for mark in piece.closes:
            line.append(_closing(mark, reading), "dim")
    yield line


def _opening(mark: Mark) -> str:
    return {Layer.ACTOR: "[", Layer.ACT: "{"}.get(mark.layer, "")


def _closing(mark: Mark, reading: Reading) -> str:
    if mark.layer is Layer.ACTOR:
        says = "".join(f" #{number}" for number in mark.events)
        return f" {mark.entity}{' says' if says else ''}{says}]"
    if mark.layer is Layer.ACT:
        return "".join(f" #{n}{_modality(reading, n)}" for n in mark.events) + "}"
    return ""


def _modality(reading: Reading, number: int) -> str:
    word = MODALITY_WORDS[reading.events[number - 1].modality]
    return f" {word}" if word else ""


def _style(piece: Piece, reading: Reading) -> str:
    """The style of the innermost actor or act; offices are underlined besides."""
    office = " underline" if any(mark.layer is Layer.OFFICE for mark in piece.inside) else ""
    for mark in reversed(piece.inside):
        if mark.layer is Layer.ACT:
            event = reading.events[mark.events[0] - 1]
            sign = tone(event_types()[event.type].polarity)
            return _TONES[sign] + _MODALITIES[event.modality] + office
        if mark.layer is Layer.ACTOR:
            return _KINDS[reading.by_id[mark.entity].kind] + office
    return office.strip()


def _safe(text: str) -> str:
    """Without control characters and direction overrides, which could rewrite a terminal."""
    return _UNSAFE.sub(lambda found: " " if found[0] in "\t\u2028\u2029" else "", text)
