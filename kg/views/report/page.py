"""The report as one self-contained page, made for reading and for printing; no script at all."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.views.html.page import style_hash
from kg.views.html.payload import display_label
from kg.views.links import web_address
from kg.views.report.charts import drawn

if TYPE_CHECKING:
    from kg.views.report.model import Chart, ReportView

__all__ = ["page"]


def page(view: ReportView) -> str:
    """The whole page as text; equal reports give equal pages.

    Raises:
        SourceError: Matplotlib (extra "report") is not installed.
    """
    style = _style()
    policy = (
        f"default-src 'none'; style-src {style_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    text = (
        _environment()
        .get_template("report.html")
        .render(
            view=view,
            title=display_label(view.title, 200),
            style=Markup(style),  # noqa: S704  # our own file, no data
            policy=policy,
            picture=_picture,
            web_address=web_address,
            sections=_SECTIONS,
        )
    )
    return text.encode("utf-8", "replace").decode("utf-8")


_SECTIONS = (
    ("confrontations", "Main confrontations", "No confrontation is told."),
    ("agreements", "Main agreements", "No cooperative event is told."),
)


def _picture(chart: Chart) -> str:
    """A chart as a data address: an image runs no script and loads nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn(chart)).decode("ascii")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.views.report", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (files("kg.views.report") / "assets" / "report.css").read_text(encoding="utf-8")
