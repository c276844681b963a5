"""Views that show themselves in a notebook: the whole page in a frame, shut off from it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.views.embedding import framed
from kg.views.model import AtlasView
from kg.views.report.model import ReportView

__all__ = ["ShownAtlas", "ShownReport"]


@dataclass(frozen=True, slots=True)
class ShownAtlas(AtlasView):
    """An atlas as a page."""

    def _repr_html_(self) -> str:
        from kg.views.html import html_page  # noqa: PLC0415 - pyvis takes half a second

        return framed(html_page(self), self.title)


@dataclass(frozen=True, slots=True)
class ShownReport(ReportView):
    """A report as a page."""

    def _repr_html_(self) -> str:
        from kg.views.report.page import page  # noqa: PLC0415 - needs Jinja

        return framed(page(self), self.title, height=800)
