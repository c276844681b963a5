"""The report as Markdown: CommonMark with tables and footnotes.

Hostile text stays text: nothing in it is markup, a link or HTML once rendered.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kg.views.links import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.views.report.model import Chart, Entry, ReportView, Source

__all__ = ["escaped", "markdown"]

# What means something anywhere, what does at the start of a line, and what makes a bare address
# into a link: the colon of a scheme, the at sign, the full stop after www.
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~$@]|(?<=\w):(?=\S)|(?<=[wW]{3})\.")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def escaped(text: str) -> str:
    r"""``text`` on one line, with every character that means something to Markdown escaped.

    ``<``, ``>`` and ``&`` become entities. Characters nobody can see are left out.

    >>> escaped("<b>*x*</b> [a](javascript:1)")
    '&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](javascript\\:1)'
    >>> escaped("- 2026-02-14: www.example.org"), escaped("1. x")
    ('\\- 2026-02-14: www\\.example.org', '1\\. x')
    """
    line = " ".join(text.split())
    seen = "".join(char for char in line if unicodedata.category(char) not in _HIDDEN).strip()
    marked = _SPECIAL.sub(lambda found: "\\" + found.group(), seen.replace("&", "&amp;"))
    marked = re.sub(r"^[#+\-=]", lambda found: "\\" + found.group(), marked)
    marked = re.sub(r"^(\d+)([.)])", r"\1\\\2", marked)
    return marked.replace("<", "&lt;").replace(">", "&gt;")


def markdown(view: ReportView) -> str:
    """The whole report; charts stand as tables."""
    return "\n".join(_lines(view)).rstrip() + "\n"


def _lines(view: ReportView) -> Iterator[str]:
    yield from (f"# {escaped(view.title)}", "", escaped(view.scope), "")
    for sentence in view.summary:
        yield from (escaped(sentence), "")
    yield from _table(
        "Headline figures",
        ("Figure", "Value", "Interval", "What it means"),
        [(f.name, f.value, f.interval, f.detail) for f in view.figures],
    )
    for chart in view.charts:
        yield from _chart(chart)
    yield from _entries("Main confrontations", view.confrontations, "No confrontation is told.")
    yield from _entries("Main agreements", view.agreements, "No cooperative event is told.")
    yield from _bullets("What changed", view.changes)
    yield from (
        "## Timeline",
        "",
        "| Date | Sign | Event | Act | Source |",
        "|---|---|---|---|---|",
    )
    for entry in view.timeline:
        cells = (entry.date or "undated", entry.mark, entry.headline, entry.act)
        note = f"[^{entry.quote.source}]" if entry.quote else ""
        yield "| " + " | ".join([*(escaped(cell) for cell in cells), note]) + " |"
    yield ""
    yield from _bullets("What the data cannot say", view.unknown)
    yield from ("## Sources", "")
    for source in view.sources:
        yield from (f"[^{source.number}]: {_source(source)}", "")
    for name, value in view.made_from:
        yield f"- {escaped(name)}: {escaped(value)}"


def _table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (f"## {escaped(heading)}", "")
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(escaped(cell) for cell in row) + " |"
    yield ""


def _chart(chart: Chart) -> Iterator[str]:
    if chart.spans:
        rows = [(s.label, f"−{s.minus}", f"+{s.plus}", f"{s.zero}") for s in chart.spans]
        heads = ("When", "Confrontations", "Cooperative", "Consultations")
        yield from _table(chart.title, heads, [row for row in rows if row[1:] != ("−0", "+0", "0")])
    else:
        known = [(bar, bar.low is not None and bar.high is not None) for bar in chart.bars]
        between = [
            (b.label, f"{b.value:+.2f}", f"{b.low:+.2f} to {b.high:+.2f}" if i else "unknown")
            for b, i in known
        ]
        yield from _table(chart.title, ("With", "Tone", "Interval"), between)
    yield from (escaped(chart.caption), "")


def _entries(heading: str, entries: Sequence[Entry], none: str) -> Iterator[str]:
    yield from (f"## {heading}", "")
    if not entries:
        yield from (none, "")
    for entry in entries:
        yield from (f"### {escaped(entry.mark)} {escaped(entry.headline)}", "")
        facts = [entry.date or "undated", entry.act, ", ".join(entry.issues)]
        yield from (" · ".join(escaped(fact) for fact in facts if fact), "")
        if entry.quote:
            quote = entry.quote
            yield from (f"> {escaped(quote.text)} [^{quote.source}]", "")
            told = f"{quote.modality}, confidence {quote.confidence:.2f}"
            place = quote.row or f"characters {quote.start} to {quote.end}"
            yield from (escaped(f"{told}, {place}"), "")
            for name, value in quote.fields:
                yield f"- {escaped(name)}: {escaped(value)}"
            if quote.fields:
                yield ""


def _bullets(heading: str, sentences: Sequence[str]) -> Iterator[str]:
    yield from (f"## {heading}", "")
    yield from (f"- {escaped(sentence)}" for sentence in sentences)
    yield ""


def _source(source: Source) -> str:
    parts = [source.title or "Untitled document", source.outlet, source.published]
    line = escaped(", ".join(part for part in parts if part))
    address = web_address(source.origin)
    if address:
        return f"{line}. <{address}>"
    return f"{line}. {escaped(source.origin)}" if source.origin else f"{line}."
