"""Charts as SVG or PNG by Matplotlib (extra "report"); equal charts give equal bytes.

Conflict and cooperation differ by colour, hatching and side of the axis, so that they are told
apart on any paper and by any eye.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from kg.views.html.payload import display_label
from kg.views.needed import needed
from kg.views.report.model import signed

if TYPE_CHECKING:
    from kg.views.report.model import Bar, Chart, Span

__all__ = ["drawn"]

_PLUS, _MINUS, _INK, _MUTED = "#0072b2", "#d55e00", "#1c2230", "#5b6270"
_SETTINGS = {
    "svg.hashsalt": "kg",
    "svg.fonttype": "path",  # the same shapes on every machine, whatever fonts it has
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": _INK,
    "axes.edgecolor": _MUTED,
    "axes.labelcolor": _MUTED,
    "xtick.color": _MUTED,
    "ytick.color": _INK,
    "hatch.linewidth": 0.7,
    "text.parse_math": False,
}
_WIDTH = 7.2  # inches; what fits between the margins of A4 and Letter


def drawn(chart: Chart, format_: str = "svg") -> bytes:
    """The chart as a file.

    Args:
        chart: what to draw.
        format_: "svg" or "png".

    Raises:
        SourceError: Matplotlib is not installed.
    """
    matplotlib = needed("matplotlib", "charts")
    figures = needed("matplotlib.figure", "charts")
    with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # A name in a script the font lacks is drawn with boxes; the table beside it has it whole.
        warnings.filterwarnings("ignore", message="Glyph")
        height = 2.5 if chart.spans else 0.62 + 0.3 * len(chart.bars)
        figure = figures.Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        if chart.spans:
            _spans(axes, chart.spans)
        else:
            _bars(axes, chart.bars)
        out = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if format_ == "svg" else {"Software": None}
        figure.savefig(out, format=format_, dpi=200, metadata=metadata)
    return out.getvalue()


def _spans(axes: Any, spans: tuple[Span, ...]) -> None:
    """Cooperation upwards, confrontation downwards, with the counts printed where there is room."""
    at = range(len(spans))
    plus, minus = [span.plus for span in spans], [-span.minus for span in spans]
    axes.bar(at, plus, width=0.8, color=_PLUS, label="+ cooperation")
    axes.bar(
        at, minus, width=0.8, color="white", edgecolor=_MINUS, hatch="/////",
        linewidth=0.8, label="− confrontation",
    )  # fmt: skip
    high, low = max(*plus, 1), min(*minus, -1)
    room = (high - low) * 0.02
    if len(spans) <= 40:
        for place, span in enumerate(spans):
            if span.plus:
                axes.text(
                    place, span.plus + room, f"+{span.plus}", ha="center", va="bottom", fontsize=7
                )
            if span.minus:
                axes.text(
                    place, -span.minus - room, f"−{span.minus}", ha="center", va="top", fontsize=7
                )
    axes.axhline(0, color=_MUTED, linewidth=0.8)
    axes.set_ylim(low - 6 * room, high + 6 * room)
    axes.set_yticks([])
    every = max(1, -(-len(spans) // 12))
    axes.set_xticks(list(at)[::every], [span.label for span in spans[::every]])
    axes.set_xlim(-0.8, max(len(spans), 6) - 0.2)
    axes.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderpad=0)


def _bars(axes: Any, bars: tuple[Bar, ...]) -> None:
    """A dot with its interval for each name, the darkest tone on top."""
    at = range(len(bars) - 1, -1, -1)
    axes.axvline(0, color=_MUTED, linewidth=0.8)
    for place, bar in zip(at, bars, strict=True):
        colour, marker = (_MINUS, "D") if bar.value < 0 else (_PLUS, "o")
        if bar.low is not None and bar.high is not None:
            style = (0, (4, 2)) if bar.value < 0 else "-"
            axes.plot(
                [bar.low, bar.high], [place, place], color=colour, linewidth=2, linestyle=style
            )
        axes.plot([bar.value], [place], marker, color=colour, markersize=6)
        axes.annotate(
            signed(bar.value, 2), (bar.value, place), xytext=(0, 7),
            textcoords="offset points", ha="center", fontsize=7,
        )  # fmt: skip
    axes.set_yticks(list(at), [display_label(bar.label, 34) or "(no name)" for bar in bars])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-1.05, 1.05)
    axes.set_ylim(-0.6, len(bars) - 0.3)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1 conflict", "−0.5", "0", "+0.5", "+1 cooperation"])
