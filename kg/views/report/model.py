"""What a report says: plain frozen records, filled by the workspace, laid out by each format.

Every text may come from a document; each format escapes it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bar", "Chart", "Entry", "Figure", "Quote", "ReportView", "Source", "Span", "signed"]


def signed(value: float, digits: int = 1) -> str:
    """A figure with its sign printed, with a real minus sign.

    >>> signed(-4), signed(2.25, 2), signed(0.001)
    ('−4.0', '+2.25', '0.0')
    """
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return ("−" if value < 0 else "+") + text


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure: its name, its value as printed, its interval or "", and what it means."""

    name: str
    value: str
    interval: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Events of one month, quarter or year, counted by sign."""

    label: str
    minus: int
    plus: int
    zero: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval; ``low`` and ``high`` are None where none is known."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: ``spans`` over time, or ``bars`` with intervals; exactly one of them is filled."""

    title: str
    caption: str
    spans: tuple[Span, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is quoted, by the number its footnotes bear."""

    number: int
    title: str
    outlet: str
    published: str
    origin: str
    document: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in a source, by characters ``start`` to ``end``.

    Of the row of a feed ``text`` says what the act is, ``row`` where it stands and who coded it
    ("row 5 of events.tab, coded by icews 1"), and ``fields`` gives (name, value) of its columns.
    """

    text: str
    source: int
    start: int
    end: int
    modality: str
    confidence: float
    speaker: str = ""
    row: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """Where it stands in its source."""
        return self.row or f"characters {self.start}–{self.end}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: when, who to whom, which act, about what, and the sentence that tells it best."""

    date: str
    headline: str
    act: str
    sign: int
    intensity: float
    issues: tuple[str, ...]
    event: str
    sources: int
    quote: Quote | None = None

    @property
    def mark(self) -> str:
        """The intensity with its sign ("−4.0"), or a dot for a consultation."""
        return signed(self.intensity) if self.sign else "·"


@dataclass(frozen=True, slots=True)
class ReportView:
    """A whole report.

    Attributes:
        title: "European Union – United States".
        scope: what is counted and over which period, one line.
        summary: sentences to read first.
        figures: headline figures.
        charts: drawings.
        confrontations, agreements: the heaviest events of each sign, heaviest first.
        timeline: events by date, unknown dates last.
        changes: what changed since the period before, in sentences.
        unknown: what the data cannot say, in sentences.
        sources: the documents quoted, by number.
        made_from: (name, value) lines about the store and the reader.
    """

    title: str
    scope: str
    summary: tuple[str, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    confrontations: tuple[Entry, ...]
    agreements: tuple[Entry, ...]
    timeline: tuple[Entry, ...]
    changes: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]
    made_from: tuple[tuple[str, str], ...] = ()
