"""Measures of how far two voters agree, from the nine ways in which they can vote.

Votes are coded yes 1, abstain 2, no 3, as Voeten's data are: an abstention lies between the two.

- raw: the share of roll calls on which both did the same.
- S: Signorino and Ritter (1999), "Tau-b or not tau-b: Measuring the similarity of foreign policy
  positions", International Studies Quarterly 43: 1 - 2·Σ|x-y| / (N·d), d the largest distance (2);
  1 for equal, -1 for opposite votes. Equal weights for all roll calls.
- kappa: Cohen (1960), and pi: Scott (1955), corrected for chance as Häge (2011), "Choice or
  circumstance? Adjusting measures of foreign policy similarity for chance agreement", Political
  Analysis 19, and Häge and Hug (2016), "Consensus voting and similarity measures in international
  organizations", International Interactions 42, advise: 1 - observed / expected disagreement, with
  absolute distances. Expected for kappa from each voter's own shares of yes, abstain and no, for pi
  from those of both together. 1 is full agreement, 0 what chance would give; None when both always
  voted the same one way, for then chance explains all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MEASURES", "Agreement", "agreement", "measure"]

MEASURES = ("raw", "s", "kappa", "pi")
"""Names of the measures, as attributes of ``Agreement``."""

_WAYS = 3
_DISTANCE: NDArray[np.float64] = np.abs(np.subtract.outer(np.arange(_WAYS), np.arange(_WAYS)))
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two voters agree.

    Attributes:
        votes: roll calls in which both took part. Of a bloc, each member counts as its share.
        raw: share of equal votes, 0 to 1.
        s: Signorino and Ritter's S, -1 to 1.
        kappa, pi: chance-corrected agreement, at most 1; None when undefined.
    """

    votes: float
    raw: float
    s: float
    kappa: float | None
    pi: float | None


def agreement(counts: Counts) -> Agreement | None:
    """The measures from a table of counts.

    Args:
        counts: 3 × 3, rows the first voter's yes, abstain, no, columns the second's.

    Returns:
        None when there is no common roll call.

    >>> same = agreement(np.diag([6.0, 1.0, 3.0]))
    >>> (same.raw, same.s, same.kappa, same.pi)
    (1.0, 1.0, 1.0, 1.0)
    """
    total = float(counts.sum())
    if total <= 0:
        return None
    shares = counts / total
    observed = float((shares * _DISTANCE).sum())
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    both = (rows + columns) / 2
    return Agreement(
        votes=round(total, 6),
        raw=float(np.trace(shares)),
        s=1.0 - 2.0 * observed / float(_DISTANCE.max()),
        kappa=_corrected(observed, float(rows @ _DISTANCE @ columns)),
        pi=_corrected(observed, float(both @ _DISTANCE @ both)),
    )


def measure(found: Agreement, name: str) -> float | None:
    """One of the ``MEASURES`` by name."""
    value: float | None = getattr(found, name)
    return value


def _corrected(observed: float, expected: float) -> float | None:
    return None if expected < 1e-12 else 1.0 - observed / expected
