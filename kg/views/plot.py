"""Lines over time as SVG, by Matplotlib (extra "report"); equal data give equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.documents.extras import need

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["plot_lines"]


def plot_lines(
    path: Path,
    title: str,
    groups: Sequence[str],
    lines: Mapping[str, Sequence[float | None]],
    limits: tuple[float, float] = (-1.0, 1.0),
) -> None:
    """Draw one line for each series and write an SVG file.

    Args:
        path: the file.
        title: above the picture.
        groups: what stands below: years, issues …
        lines: name → a value for each group, None for a gap.
        limits: of the vertical axis, widened where a value lies outside.

    Raises:
        SourceError: Matplotlib is not installed.
        OSError: the file cannot be written.
    """
    matplotlib = need("matplotlib", "report", "plots")
    figure_module = need("matplotlib.figure", "report", "plots")
    known = [value for values in lines.values() for value in values if value is not None]
    low, high = min((limits[0], *known)), max((limits[1], *known))
    settings = {"svg.hashsalt": "kg", "svg.fonttype": "none", "font.family": "DejaVu Sans"}
    with matplotlib.rc_context(settings):
        figure = figure_module.Figure(figsize=(9, 4.5), layout="constrained")
        axes = figure.add_subplot()
        at = range(len(groups))
        for name, values in lines.items():
            gaps = [float("nan") if value is None else value for value in values]
            axes.plot(at, gaps, marker=".", label=name)
        every = max(1, len(groups) // 16)
        axes.set_xticks(list(at)[::every], [_plain(group) for group in groups[::every]])
        if any(len(group) > 8 for group in groups):
            axes.tick_params(axis="x", labelrotation=30)
        axes.axhline(0, color="0.7", linewidth=0.8)
        axes.set_ylim(low - 0.05, high + 0.05)
        axes.set_title(_plain(title))
        axes.legend(frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": "kg"})


def _plain(text: str) -> str:
    """Text in which nothing is read as a formula."""
    return text.replace("$", r"\$")
