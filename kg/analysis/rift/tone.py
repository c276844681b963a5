"""The tone of a pair, and of a block of pairs.

With K and C the masses of cooperation and conflict of a pair, and alpha points of intensity on
either side that pull it towards 0 where little is known:

    tone of a pair     r = (K - C) / (K + C + 2 alpha)

A block holds many pairs, most of them thinly reported. Each pair p has a fixed share w_p of the
block, and each is pulled by the same alpha towards the tone of its block (not towards 0, which
would make a block look the more neutral the more small pairs it has). The tone T that solves

    T = sum of w_p (K_p - C_p + 2 alpha T) / (K_p + C_p + 2 alpha)

is that of the masses calibrated pair by pair:

    T = (K' - C') / (K' + C')      K' = sum of l_p K_p,  C' = sum of l_p C_p
                                   l_p proportional to w_p / (K_p + C_p + 2 alpha)

scaled so that K' + C' is the mass of the block; then the block is pulled towards 0 as a pair is. A
block of one pair has the tone r. In the terms of survey sampling this is the combined ratio
estimator over strata (Cochran 1977, 6.11), which unlike the mean of ratios keeps its interval
honest when strata are small; pulling towards the common mean is Efron and Morris (1975).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ALPHA", "calibration", "shrunk"]

ALPHA = 5.0  # points of intensity on either side


def shrunk(
    cooperation: NDArray[np.float64] | float, conflict: NDArray[np.float64] | float, alpha: float
) -> NDArray[np.float64]:
    """(K - C) / (K + C + 2 alpha), elementwise; 0 where there is nothing to divide."""
    below = np.asarray(cooperation + conflict + 2 * alpha, float)
    above = np.asarray(cooperation - conflict, float)
    found: NDArray[np.float64] = np.divide(above, below, out=np.zeros_like(below), where=below > 0)
    return found


def calibration(
    mass: NDArray[np.float64], share: NDArray[np.float64], alpha: float
) -> NDArray[np.float64]:
    """What the masses of each pair of a block are multiplied by.

    Args:
        mass: K + C of each pair.
        share: fixed weight of each pair.
        alpha: points of intensity.

    Returns:
        l_p, scaled so that the calibrated masses add up to those given; 1 for a lone pair.
    """
    below = mass + 2 * alpha
    factor = np.divide(share, below, out=np.zeros_like(mass, float), where=below > 0)
    total = float(factor @ mass)
    return factor * (float(mass.sum()) / total) if total > 0 else np.ones_like(factor)
