"""Where the nodes stand: a force-directed layout computed once, with a fixed seed.

The forces are those of ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014): linear pull along
edges, push in proportion to the degrees of both nodes, a constant pull to the centre, under a
falling step length. Up to 700 nodes the push is computed for all pairs; above, masses are spread
on a mesh and the field follows by Fourier transform (particle-mesh, Hockney and Eastwood 1988), so
time grows with the number of nodes and edges. The page moves those it shows apart until their names
have room.
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
_PAIRWISE = 700  # above this many nodes the mesh is faster and no worse
_MESH = 128  # cells on each side
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
    total = rounds or max(40, min(300, 120_000 // count) if count <= _PAIRWISE else 240)
    place = np.random.default_rng(_SEED).uniform(-1.0, 1.0, (count, 2)) * count
    link = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    pull = np.log2(1.0 + np.array([weight for *_, weight in edges], dtype=np.float64))
    mass = 1.0 + np.bincount(link.ravel(), minlength=count).astype(np.float64)
    push = _push if count <= _PAIRWISE else _Mesh().push
    for heat in np.geomspace(count / 4.0, 0.05, total):
        force = push(place, mass) - _centring(place, mass)
        _attract(force, place, link, pull)
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        place += force / length * np.minimum(length / mass[:, None], heat)
    return [(round(float(x)), round(float(y))) for x, y in _scaled(place)]


class _Mesh:
    """The push of all nodes at once, by a convolution on a grid twice as wide as the drawing."""

    def __init__(self) -> None:
        steps = np.fft.fftfreq(2 * _MESH, 1.0 / (2 * _MESH))
        dx, dy = np.meshgrid(steps, steps, indexing="ij")
        square = np.maximum(dx * dx + dy * dy, 0.5)
        self._kernels = [np.fft.rfft2(part / square) for part in (dx, dy)]

    def push(self, place: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
        """As ``_push``; within a cell the force is weaker than it should be."""
        low = place.min(axis=0)
        size = float(max((place.max(axis=0) - low).max(), 1e-9)) / (_MESH - 2)
        spot = (place - low) / size
        cell = spot.astype(np.int64)
        part = spot - cell
        corners = [
            (
                (cell[:, 0] + i) * 2 * _MESH + cell[:, 1] + j,
                abs(1 - i - part[:, 0]) * abs(1 - j - part[:, 1]),
            )
            for i in (0, 1)
            for j in (0, 1)
        ]
        grid = sum(
            np.bincount(index, weights=mass * share, minlength=4 * _MESH * _MESH)
            for index, share in corners
        )
        field = np.fft.rfft2(np.reshape(grid, (2 * _MESH, 2 * _MESH)))
        force = np.empty_like(place)
        for axis, kernel in enumerate(self._kernels):
            pushed = np.fft.irfft2(field * kernel, s=(2 * _MESH, 2 * _MESH)).ravel()
            force[:, axis] = sum(pushed[index] * share for index, share in corners)
        return force * (4.0 / size) * mass[:, None]


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
    drag = (place[link[:, 1]] - place[link[:, 0]]) * pull[:, None]
    for axis in (0, 1):
        for end, sign in ((0, 1.0), (1, -1.0)):
            force[:, axis] += sign * np.bincount(link[:, end], drag[:, axis], len(place))


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
