"""``kg report``: a dossier with its figures, charts, sentences and sources, in four formats."""

from kg.views.report.model import Bar, Chart, Entry, Figure, Quote, ReportView, Source, Span
from kg.views.report.rendering import FORMATS, render

__all__ = [
    "FORMATS",
    "Bar",
    "Chart",
    "Entry",
    "Figure",
    "Quote",
    "ReportView",
    "Source",
    "Span",
    "render",
]
