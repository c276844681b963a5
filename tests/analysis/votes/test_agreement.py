"""Measures of agreement against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.votes import agreement


def _counts(*rows):
    return np.array(rows, dtype=float)


def test_a_small_table_by_hand():
    """Ten roll calls: 4 both yes, 2 yes-no, 1 abstain-yes, 3 both no.

    Mean distance (2·2 + 1·1)/10 = 0.5, so S = 1 - 2·0.5/2 = 0.5. Shares: x 0.6, 0.1, 0.3; y 0.5,
    0, 0.5. Expected for kappa: 0.6·0.5·2 + 0.1·0.5·1 + 0.1·0.5·1 + 0.3·0.5·2 = 1.0, so 0.5. For pi
    both have 0.55, 0.05, 0.4: 2·(0.55·0.4·2 + 0.55·0.05 + 0.05·0.4) = 0.975, so 1 - 0.5/0.975.
    """
    found = agreement(_counts([4, 0, 2], [1, 0, 0], [0, 0, 3]))
    assert found is not None
    assert found.votes == 10
    assert found.raw == pytest.approx(0.7)
    assert found.s == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.5)
    assert found.pi == pytest.approx(1 - 0.5 / 0.975)


def test_cohens_own_kind_of_table_gives_the_textbook_kappa():
    """Two categories, 20 and 15 agreements, 5 and 10 disagreements: kappa is 0.4."""
    found = agreement(_counts([20, 0, 5], [0, 0, 0], [10, 0, 15]))
    assert found is not None
    assert found.kappa == pytest.approx(0.4)


def test_opposites_and_equals():
    opposed = agreement(_counts([0, 0, 5], [0, 0, 0], [5, 0, 0]))
    assert opposed is not None
    assert (opposed.raw, opposed.s, opposed.kappa, opposed.pi) == (0.0, -1.0, -1.0, -1.0)
    same = agreement(_counts([7, 0, 0], [0, 0, 0], [0, 0, 0]))
    assert same is not None
    assert (same.raw, same.s, same.kappa, same.pi) == (1.0, 1.0, None, None)
    assert agreement(np.zeros((3, 3))) is None


tables = st.lists(st.integers(0, 30), min_size=9, max_size=9).filter(any)


@given(tables)
def test_properties_of_all_measures(numbers):
    counts = np.array(numbers, dtype=float).reshape(3, 3)
    found, turned, flipped = (agreement(c) for c in (counts, counts.T, counts[::-1, ::-1]))
    assert found is not None
    assert -1 <= found.s <= 1
    assert 0 <= found.raw <= 1
    for other in (turned, flipped):
        assert other is not None
        assert other.s == pytest.approx(found.s)
        assert other.pi == pytest.approx(found.pi) if found.pi is not None else other.pi is None
    if found.kappa is not None and found.pi is not None:
        assert found.pi <= found.kappa + 1e-9  # Scott's expectation is never the smaller one
