"""Indices of agreement in a group, from how many of its members stand where."""

from __future__ import annotations

__all__ = ["agreement", "rice"]


def rice(positive: int, negative: int) -> float | None:
    """Rice's (1925) index of likeness: |for - against| / (for + against).

    Returns:
        0 (split evenly) to 1 (of one mind); None when nobody took a stand.

    >>> rice(9, 3)
    0.5
    """
    stands = positive + negative
    return abs(positive - negative) / stands if stands else None


def agreement(positive: int, neutral: int, negative: int) -> float | None:
    """The agreement index of Hix, Noury and Roland (2005), with a third position.

    AI = (max(Y, N, A) - (Y + N + A - max(Y, N, A)) / 2) / (Y + N + A).

    Returns:
        0 (three even parts) to 1 (all in one); None for nobody.

    >>> agreement(10, 0, 0), agreement(5, 5, 5), agreement(5, 0, 5)
    (1.0, 0.0, 0.25)
    """
    members = positive + neutral + negative
    most = max(positive, neutral, negative)
    return (most - (members - most) / 2) / members if members else None
