"""From the floating-point dual of a linear programme to a packing of whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

__all__ = ["Packing", "fineness", "fit"]

Packing = list[tuple[int, tuple[int, ...]]]  # an amount, and the edges of a cycle


def fineness(greatest: int) -> int:
    """What to multiply whole weights by, so that usual dual values become whole, too.

    Dual values of small programmes are fractions with small denominators; the greater the
    weights, the fewer digits a floating-point solver leaves to recognise them by.

    >>> fineness(1), fineness(10**9)
    (720720, 1)
    """
    for limit, factor in ((1_000, 720_720), (100_000, 5_040), (10_000_000, 12)):
        if greatest <= limit:
            return factor
    return 1


def fit(
    packing: Iterable[tuple[float, tuple[int, ...]]],
    weights: Sequence[int],
    free: Container[int] = (),
) -> Packing:
    """Whole amounts near the given ones that together fit into the weights exactly.

    Args:
        packing: amounts in units of weight, as a solver gave them, and cycles.
        weights: whole weights of the edges.
        free: edges without a limit.

    >>> fit([(1.4999999, (0, 1)), (1.5000001, (1, 2))], [2, 3, 2])
    [(1, (0, 1)), (2, (1, 2))]
    """
    left = list(weights)
    amounts: dict[tuple[int, ...], int] = {}
    wanted = [(max(0, round(amount)), cycle) for amount, cycle in packing]
    top = max(weights, default=0)
    # what rounding down or an earlier cycle left over goes to whoever can use it
    for limit, cycle in [*wanted, *((top, cycle) for _, cycle in wanted)]:
        bound = [edge for edge in cycle if edge not in free]
        take = min((limit, *(left[edge] for edge in bound))) if bound else 0
        for edge in bound:
            left[edge] -= take
        if take:
            amounts[cycle] = amounts.get(cycle, 0) + take
    return [(amount, cycle) for cycle, amount in amounts.items()]
