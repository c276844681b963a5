"""Where the nodes stand: a force-directed layout computed once, with a fixed seed.

The forces are those of ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014): linear pull along
edges, push in proportion to the degrees of both nodes, a constant pull to the centre. They are
computed for all pairs at once in NumPy, under a falling step length, so time grows with the square
of the number of nodes, up to a core of 2,000; the rest stands around it. The page moves those it
shows apart until their names have room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


__all__ = ["positions"]

_SEED = 20090
_BLOCK = 1_500_000  # node pairs held in memory at once
_GRAVITY = 1.5
_CORE = 2000  # above this many nodes the pairwise forces take too long
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))
_ROOM = (150.0, 72.0)  # canvas units for a node with its label
_ASPECT = (1.3, 0.85)  # the stage is wider than high


def positions(
    count: int, edges: Sequence[tuple[int, int, float]], rounds: int | None = None
) -> list[tuple[int, int]]:
    """Lay out ``count`` nodes.

    Args:
        count: number of nodes, numbered from 0.
        edges: (node, node, weight > 0); more weight pulls closer.
        rounds: iterations; by default fewer for larger networks (40 to 300).

    Returns:
        One (x, y) in whole canvas units per node; the same input gives the same output.
    """
    if count < 2:
        return [(0, 0)] * count
    if count > _CORE:
        return _with_periphery(count, edges, rounds)
    total = rounds or max(40, min(300, 120_000 // count))
    place = np.random.default_rng(_SEED).uniform(-1.0, 1.0, (count, 2)) * count
    link = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    pull = np.log2(1.0 + np.array([weight for *_, weight in edges], dtype=np.float64))
    mass = 1.0 + np.bincount(link.ravel(), minlength=count).astype(np.float64)
    for heat in np.geomspace(count / 4.0, 0.05, total):
        force = _push(place, mass) - _centring(place, mass)
        _attract(force, place, link, pull)
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        place += force / length * np.minimum(length / mass[:, None], heat)
    return [(round(float(x)), round(float(y))) for x, y in _scaled(place)]


def _with_periphery(
    count: int, edges: Sequence[tuple[int, int, float]], rounds: int | None
) -> list[tuple[int, int]]:
    """Lay out the best connected nodes; the others follow on a spiral around them."""
    ends = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count)
    order = [int(node) for node in np.lexsort((np.arange(count), -degree))]
    rank = {node: place for place, node in enumerate(order[:_CORE])}
    inner = [(rank[a], rank[b], weight) for a, b, weight in edges if a in rank and b in rank]
    core = positions(_CORE, inner, rounds)
    area = _ROOM[0] * _ROOM[1] / np.pi
    first = max(x * x + y * y for x, y in core) / area
    spots = dict(zip(order, core, strict=False))
    for step, node in enumerate(order[_CORE:], start=1):
        radius, angle = np.sqrt((first + step) * area), step * _GOLDEN
        spots[node] = (round(radius * np.cos(angle)), round(radius * np.sin(angle)))
    return [spots[node] for node in range(count)]


def _push(place: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push between all pairs, mass x mass / distance, in blocks that bound the memory."""
    count = len(place)
    force = np.empty_like(place)
    step = max(1, _BLOCK // count)
    for first in range(0, count, step):
        part = slice(first, first + step)
        dx = place[part, None, 0] - place[None, :, 0]
        dy = place[part, None, 1] - place[None, :, 1]
        weight = mass[None, :] * mass[part, None] / np.maximum(dx * dx + dy * dy, 0.01)
        force[part, 0] = (dx * weight).sum(axis=1)
        force[part, 1] = (dy * weight).sum(axis=1)
    return force * 4.0


def _centring(place: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """A pull to the centre that grows with the distance, so that no component drifts away."""
    return place * (_GRAVITY * mass[:, None])


def _attract(
    force: NDArray[np.float64],
    place: NDArray[np.float64],
    link: NDArray[np.int64],
    pull: NDArray[np.float64],
) -> None:
    """Add the pull of the edges to ``force`` in place."""
    if len(link):
        drag = (place[link[:, 1]] - place[link[:, 0]]) * pull[:, None]
        np.add.at(force, link[:, 0], drag)
        np.add.at(force, link[:, 1], -drag)


def _scaled(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the longer axis sideways and give each node its area on average."""
    centred = place - place.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    turned = centred @ axes.T
    turned *= np.where(turned.max(axis=0) >= -turned.min(axis=0), 1.0, -1.0)
    spread = max(float(np.sqrt((turned**2).sum(axis=1).mean())), 1e-9)
    radius = np.sqrt(len(place) * _ROOM[0] * _ROOM[1] * 2.5 / np.pi)
    scaled: NDArray[np.float64] = turned * (radius / spread / np.sqrt(2.0)) * np.array(_ASPECT)
    return scaled
