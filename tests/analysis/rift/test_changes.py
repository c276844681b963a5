"""Changes of level: found where they are, and seldom where they are not."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from kg.analysis.rift import cuts
from kg.errors import UsageError


def step(random, n, at, size, noise=0.1):
    return random.normal(0, noise, n) + size * (np.arange(n) >= at)


def test_a_step_is_found_where_it_is():
    # 17 is no multiple of five: the default of ruptures would miss it
    (found,) = cuts(step(np.random.default_rng(1), 40, 17, 0.6))
    assert found.at == 17
    assert found.low <= 17 <= found.high
    assert found.high - found.low <= 6
    assert found.before == pytest.approx(0, abs=0.1)
    assert found.after == pytest.approx(0.6, abs=0.1)
    assert found.p_value <= 0.05


def test_two_steps_are_found_and_their_levels_are_those_between_them():
    random = np.random.default_rng(2)
    series = step(random, 60, 20, -0.8) + 0.9 * (np.arange(60) >= 43)
    first, second = cuts(series)
    assert (first.at, second.at) == (20, 43)
    assert first.after == second.before == pytest.approx(-0.8, abs=0.1)


@pytest.mark.parametrize("series", [[], [0.3] * 50, [0.0, 1.0] * 5, [-1.0] * 5 + [1.0] * 5])
def test_short_and_constant_series_have_no_changes(series):
    assert cuts(series) == ()


def test_the_wider_the_noise_the_wider_the_interval_of_the_date():
    random = np.random.default_rng(4)
    widths = []
    for noise in (0.05, 0.35):
        found = cuts(step(random, 60, 30, 0.7, noise))
        widths.append(max(cut.high - cut.low for cut in found))
    assert widths[0] < widths[1]


@pytest.mark.parametrize("lingering", [0.0, 0.3, 0.6])
def test_level_series_give_few_false_alarms(lingering):
    """Of 200 series, at 5 %: more than 19 would have a chance below one in 200."""
    alarms = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        series = random.normal(size=48)
        for month in range(1, 48):
            series[month] += lingering * series[month - 1]
        alarms += bool(cuts(series, draws=199, seed=seed))
    assert alarms <= 19


def test_clear_steps_are_found_mostly():
    found = sum(
        bool(cuts(step(np.random.default_rng(seed), 48, 20, 0.4, 0.25), draws=199, seed=seed))
        for seed in range(60)
    )
    assert found >= 45


def test_without_ruptures_one_line_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name == "ruptures":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match="ruptures") as raised:
        cuts(step(np.random.default_rng(1), 40, 17, 0.6))
    assert "transatlantic-kg[analysis]" in raised.value.hint
