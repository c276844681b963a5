"""The report as a Word document, by python-docx (extra "report"); equal reports, equal bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from kg.views.formats.network import clean
from kg.views.needed import needed
from kg.views.report.charts import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.views.report.model import Entry, ReportView, Source

__all__ = ["docx"]

_EPOCH = dt.datetime(2000, 1, 1)  # a document's own dates bear no time zone
_BODY = "Georgia"


def docx(view: ReportView) -> bytes:
    """The whole report as a file.

    Raises:
        SourceError: python-docx or Matplotlib is not installed.
    """
    library = needed("docx", "Word documents")
    document = library.Document()
    _prepare(document, view)
    document.add_heading(clean(view.title), 0)
    document.add_paragraph(clean(view.scope), style="Subtitle")
    for sentence in view.summary:
        document.add_paragraph(clean(sentence))
    document.add_heading("Headline figures", 1)
    _table(
        document,
        ("Figure", "Value", "Interval", "What it means"),
        [(f.name, f.value, f.interval, f.detail) for f in view.figures],
    )
    for chart in view.charts:
        document.add_heading(clean(chart.title), 1)
        width = needed("docx.shared", "Word documents").Cm(16)
        document.add_picture(io.BytesIO(drawn(chart, "png")), width=width)
        document.add_paragraph(clean(chart.caption), style="Caption")
    _entries(document, "Main confrontations", view.confrontations, "No confrontation is told.")
    _entries(document, "Main agreements", view.agreements, "No cooperative event is told.")
    _bullets(document, "What changed", view.changes)
    document.add_heading("Timeline", 1)
    rows = [
        (e.date or "undated", e.mark, e.headline, e.act, f"[{e.quote.source}]" if e.quote else "")
        for e in view.timeline
    ]
    _table(document, ("Date", "Sign", "Event", "Act", "Source"), rows)
    _bullets(document, "What the data cannot say", view.unknown)
    document.add_heading("Sources", 1)
    for source in view.sources:
        document.add_paragraph(clean(_source(source)))
    for name, value in view.made_from:
        document.add_paragraph(clean(f"{name}: {value}"), style="List Bullet")
    return _same_bytes(document)


def _prepare(document: Any, view: ReportView) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(view.title)[:255], "transatlantic-kg", ""
    facts.created = facts.modified = _EPOCH
    facts.last_modified_by = "transatlantic-kg"
    document.styles["Normal"].font.name = _BODY


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Light List Accent 1")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)


def _entries(document: Any, heading: str, entries: Sequence[Entry], none: str) -> None:
    document.add_heading(heading, 1)
    if not entries:
        document.add_paragraph(none)
    for entry in entries:
        document.add_heading(clean(f"{entry.mark}  {entry.headline}"), 2)
        facts = [entry.date or "undated", entry.act, ", ".join(entry.issues)]
        document.add_paragraph(clean(" · ".join(fact for fact in facts if fact)))
        if entry.quote:
            quote = entry.quote
            paragraph = document.add_paragraph(style="Intense Quote")
            paragraph.add_run(clean(quote.text))
            paragraph.add_run(f" [{quote.source}]").font.superscript = True
            told = f"{quote.modality}, confidence {quote.confidence:.2f}"
            document.add_paragraph(clean(f"{told}, {quote.place}"), style="Caption")
            for name, value in quote.fields:
                document.add_paragraph(clean(f"{name}: {value}"), style="List Bullet")


def _bullets(document: Any, heading: str, sentences: Sequence[str]) -> None:
    document.add_heading(heading, 1)
    for sentence in sentences:
        document.add_paragraph(clean(sentence), style="List Bullet")


def _source(source: Source) -> str:
    parts = [source.title or "Untitled document", source.outlet, source.published, source.origin]
    return f"[{source.number}] " + ", ".join(part for part in parts if part)


def _same_bytes(document: Any) -> bytes:
    """Save, and pack again with fixed times, for the library writes the clock into the archive."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, read.read(name))
    return out.getvalue()
