"""Small pictures made of letters, for tables in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["scale", "sparkline"]

BLOCKS = "▁▂▃▄▅▆▇█"
WIDTH = 8  # characters on either side of a scale


def sparkline(values: Iterable[float | None]) -> str:
    """Values from -1 to 1 as blocks of growing height; a dot where there is none.

    >>> sparkline([-1, None, 0, 1])
    '▁·▅█'
    """
    return "".join(
        "·" if value is None else BLOCKS[min(7, max(0, int((value + 1) * 4)))] for value in values
    )


def scale(left: float, right: float, most: float) -> str:
    """Two amounts as bars that meet in the middle.

    >>> scale(2, 4, 4)
    '    ████│████████'
    """
    parts = [0 if most <= 0 else round(WIDTH * amount / most) for amount in (left, right)]
    return f"{'█' * parts[0]:>{WIDTH}}│{'█' * parts[1]:<{WIDTH}}"
