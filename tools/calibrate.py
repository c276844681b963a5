"""Refit the curve from raw to calibrated confidence on annotated documents.

    python tools/calibrate.py tests/extraction/gold tests/extraction/documents/open

Reads every document with the built-in reader, undoes the present curve
(``kg.extraction.events.confidence.CURVE``) and fits a new one: the share of right realised events
around each knot (triangular weights, drawn towards the overall share by a few pseudo-counts), made
monotone by pooling adjacent violators (Ayer et al., 1955). Prints the curve to copy and a
reliability table before and after.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import click

from kg.evaluation import evaluate
from kg.extraction.coder import AnalystExtractor
from kg.extraction.events.confidence import CURVE

KNOTS = (0.0, 0.2, 0.3, 0.45, 0.6, 0.75, 0.85)
REACH = 0.15  # half width of the neighbourhood of a knot, on the raw scale
PRIOR = 4.0  # pseudo-counts at the overall share

Pair = tuple[float, bool]
Curve = tuple[tuple[float, float], ...]


def undo(confidence: float) -> float:
    """The raw value behind a calibrated one."""
    for (low, below), (high, above) in pairwise(CURVE):
        if confidence <= above:
            return low + (high - low) * (confidence - below) / (above - below)
    return 1.0


def fit(pairs: list[Pair]) -> Curve:
    """Monotone curve through the smoothed shares of right events."""
    overall = sum(right for _, right in pairs) / len(pairs)
    points: list[list[float]] = []
    for knot in KNOTS:
        near = [(max(0.0, 1 - abs(raw - knot) / REACH), right) for raw, right in pairs]
        weight = sum(w for w, _ in near)
        share = (sum(w for w, right in near if right) + PRIOR * overall) / (weight + PRIOR)
        points.append([share, weight + PRIOR, 1.0])
        while len(points) > 1 and points[-2][0] > points[-1][0]:
            last, before = points.pop(), points.pop()
            both = before[1] + last[1]
            share = (before[0] * before[1] + last[0] * last[1]) / both
            points.append([share, both, before[2] + last[2]])
    shares = [share for share, _, count in points for _ in range(int(count))]
    return tuple((knot, round(share, 3)) for knot, share in zip(KNOTS, shares, strict=True))


def apply(curve: Curve, raw: float) -> float:
    """The calibrated value of a raw one."""
    for (low, below), (high, above) in pairwise(curve):
        if raw <= high:
            return below + (above - below) * (raw - low) / (high - low)
    return curve[-1][1]


def table(title: str, pairs: list[Pair]) -> None:
    """Print mean confidence and share of right events by band, and the mean gap."""
    click.echo(title)
    gap = 0.0
    for band in range(10):
        inside = [p for p in pairs if band / 10 <= p[0] < (band + 1) / 10]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            gap += abs(mean - share) * len(inside) / len(pairs)
            click.echo(f"  {band / 10:.1f}  {len(inside):4d}  mean {mean:.2f}  right {share:.2f}")
    click.echo(f"  expected calibration error {gap:.3f}")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(folders: tuple[Path, ...]) -> None:
    """Fit on all FOLDERS together."""
    reader = AnalystExtractor()
    pairs = [pair for folder in folders for pair in evaluate(folder, reader).reliability]
    raw = [(undo(confidence), right) for confidence, right in pairs]
    curve = fit(raw)
    table("before", pairs)
    table("after", [(apply(curve, value), right) for value, right in raw])
    click.echo(f"CURVE = {curve}")


if __name__ == "__main__":
    main()
