"""The formats of a report, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.report.docx import docx
from kg.views.report.markdown import markdown
from kg.views.report.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.views.report.model import ReportView

__all__ = ["FORMATS", "render"]


def _page(view: ReportView) -> bytes:
    return page(view).encode("utf-8")


def _markdown(view: ReportView) -> bytes:
    return markdown(view).encode("utf-8")


_RENDERERS: dict[str, Callable[[ReportView], bytes]] = {
    "html": _page,
    "md": _markdown,
    "docx": docx,
}
FORMATS: tuple[str, ...] = tuple(_RENDERERS)


def render(view: ReportView, format_: str) -> bytes:
    """The report as the bytes of a file; equal reports give equal bytes.

    Args:
        view: what it says.
        format_: one of ``FORMATS``.

    Raises:
        SourceError: a library of the extra "report" is missing.
        KeyError: no such format.
    """
    return _RENDERERS[format_](view)
