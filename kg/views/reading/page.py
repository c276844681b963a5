"""A marked document as one HTML file: no script, no outside resource, every word escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from kg.reference.schemes import event_types
from kg.views.reading.marks import MODALITY_WORDS, Layer, Mark, Piece, marks, pieces, tone
from kg.views.reading.record import Record, event_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.records import OfficeStatement, Reading

__all__ = ["reading_page"]

# Characters that no HTML document may contain, and direction overrides that reorder its text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style: class names, tooltip, anchors that begin here, labels that end here."""

    text: str
    classes: str
    tip: str
    anchors: tuple[str, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A small number after a mark: what it shows, the row it leads to, its class."""

    text: str
    target: str
    kind: str


def reading_page(readings: Sequence[Reading]) -> str:
    """The whole page as text; equal readings give equal pages, byte for byte."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    environment = Environment(
        loader=PackageLoader("kg.views.reading", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    titles = [reading.document.title or "Untitled" for reading in readings]
    page = environment.get_template("reading.html").render(
        title=titles[0] if len(titles) == 1 else f"{len(titles)} documents",
        style=Markup(style),  # noqa: S704  # our own file, no data
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
        articles=[_article(number, reading) for number, reading in enumerate(readings, 1)],
    )
    return _FORBIDDEN.sub("", page)


def _article(number: int, reading: Reading) -> Record:
    prefix = f"d{number}-"
    rows = event_rows(reading)
    for row, event in zip(rows, reading.events, strict=True):
        row["tone"] = tone(event_types()[event.type].polarity)
        row["label"] = event_types()[event.type].label
    return {
        "prefix": prefix,
        "document": reading.document,
        "title": reading.document.title or "Untitled",
        "runs": [_run(piece, reading, prefix) for piece in _pieces(reading)],
        "events": rows,
        "offices": [_office(office, reading) for office in reading.offices],
        "actors": reading.entities,
        "reader": f"{reading.extractor} {reading.version}",
    }


def _pieces(reading: Reading) -> list[Piece]:
    return list(pieces(reading.document.text, marks(reading)))


def _run(piece: Piece, reading: Reading, prefix: str) -> Run:
    classes, tips, anchors = set(), [], []
    for mark in piece.inside:
        classes.update(_classes(mark, reading))
        tips.extend(_tips(mark, reading))
    for mark in piece.opens:
        if mark.layer is Layer.ACT:
            anchors += [f"{prefix}act-{event}" for event in mark.events]
    labels = tuple(label for mark in piece.closes for label in _labels(mark, reading, prefix))
    return Run(piece.text, " ".join(sorted(classes)), "; ".join(tips), tuple(anchors), labels)


def _classes(mark: Mark, reading: Reading) -> set[str]:
    if mark.layer is Layer.ACTOR:
        return {"actor", reading.by_id[mark.entity].kind.value} | (
            {"says"} if mark.events else set()
        )
    if mark.layer is Layer.ACT:
        event = reading.events[mark.events[0] - 1]
        return {"act", tone(event_types()[event.type].polarity), event.modality.value}
    return {mark.layer.name.lower()}


def _tips(mark: Mark, reading: Reading) -> list[str]:
    if mark.layer is Layer.ACTOR:
        entity = reading.by_id[mark.entity]
        return [f"{entity.name}, {entity.kind.value}"]
    if mark.layer is Layer.ACT:
        events = [reading.events[number - 1] for number in mark.events]
        return [f"{event_types()[e.type].label} ({e.modality.value})" for e in events]
    return []


def _labels(mark: Mark, reading: Reading, prefix: str) -> list[Label]:
    if mark.layer is Layer.ACTOR:
        said = [Label(f"says #{n}", f"{prefix}event-{n}", "says") for n in mark.events]
        return [Label(mark.entity, f"{prefix}actor-{mark.entity}", "id"), *said]
    if mark.layer is Layer.ACT:
        words = {n: MODALITY_WORDS[reading.events[n - 1].modality] for n in mark.events}
        return [Label(f"#{n} {words[n]}".strip(), f"{prefix}event-{n}", "id") for n in mark.events]
    return []


def _office(office: OfficeStatement, reading: Reading) -> Record:
    holder = reading.by_id.get(office.holder)
    return {
        "holder": holder.name if holder else office.holder,
        "office": office.office,
        "body": office.body,
        "status": office.status.value,
    }


@cache
def _style() -> str:
    return (files("kg.views.reading") / "assets" / "reading.css").read_text(encoding="utf-8")
