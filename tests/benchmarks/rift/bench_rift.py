"""How far the figures of ``kg.analysis.rift`` can be relied on, and how long they take.

    python tests/benchmarks/rift/bench_rift.py [--quick] [--runs N] [--only coverage|changes|speed]

Coverage: how often the 95 % intervals hold the truth of simulated feeds. Changes: how often a
change is reported in feeds without one (at 5 %), and in feeds with one. Speed: seconds and peak
memory of the analyses over a million acts.
"""

from __future__ import annotations

import argparse
import resource
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from feeds import LEFT, RIGHT, START, World, feed

from kg.analysis import Level, Period, side_keys
from kg.analysis.rift import ALPHA, FLOOR, cuts, ledger, pair_tones, rift
from kg.analysis.rift.bootstrap import drawn as drawn_figures
from kg.analysis.rift.bootstrap import estimate, flows, sides
from kg.analysis.rift.ledger import Block, support
from kg.analysis.rift.series import windowed
from kg.analysis.time.windows import Unit, calendar

WORLDS = {
    "one pair": World(),
    "one pair, dark": World(between=-0.8),
    "one pair, even": World(between=0.0),
    "one pair, bright": World(between=0.8, alike=0.6, repeats=3),
    "state and bloc": World(right=5),
    "two blocs": World(left=4, right=8, between=-0.2),
    "two blocs, pairs differ": World(left=4, right=8, between=-0.2, spread=0.25),
}
FIGURES = ("tone", "forward", "backward", "asymmetry", "rift")


def coverage(runs: int) -> None:
    """Shares of intervals that hold the truth, by world and number of stories."""
    print(f"95 % intervals that hold the truth, {runs} feeds each; width of that of the tone")
    print(f"{'':26}{'stories':>8}" + "".join(f"{name:>11}" for name in FIGURES) + f"{'width':>8}")
    for place, (name, world) in enumerate(WORLDS.items()):
        for stories in (12, 25, 50, 100, 400):
            if stories < 5 * (world.left + world.right):
                continue
            held, told, width = (dict.fromkeys(FIGURES, 0.0) for _ in range(3))
            for run in range(runs):
                one_coverage(
                    np.random.default_rng([run, stories, place]), world, stories, held, told, width
                )
            shares = "".join(
                f"{held[f] / told[f]:11.3f}" if told[f] >= runs / 2 else f"{'-':>11}"
                for f in FIGURES
            )
            print(
                f"{name:26}{stories:8}{shares}{width['tone'] / max(told['tone'], 1):8.2f}",
                flush=True,
            )


def one_coverage(random, world, stories, held, told, width) -> None:
    """One feed: what its intervals hold."""
    drawn = feed(random, world, stories)
    left, right = ("id:l0" if world.left == 1 else LEFT), ("id:r0" if world.right == 1 else RIGHT)
    book = ledger(drawn.acts, left, right)
    known = [support(book.block(block), book.told) for block in Block]
    if FLOOR.abstention(known[0]):
        return
    inside = not FLOOR.abstention(known[1]), not FLOOR.abstention(known[2])
    table = flows(book.calibrated(ALPHA))
    values, draws = sides(table, ALPHA, inside), drawn_figures(table, random, inside)
    truth = true_figures(drawn, book, inside)
    for name in FIGURES:
        if name in truth:
            figure = estimate(float(getattr(values, name)), getattr(draws, name))
            told[name] += 1
            held[name] += figure.low <= truth[name] <= figure.high
            width[name] += figure.high - figure.low


def true_figures(drawn, book, told) -> dict[str, float]:
    """The truth with the weights of the pairs that the ledger fixes."""
    tones = {frozenset(pair): tone for pair, tone in drawn.tones.items()}
    each = np.array([tones[frozenset(pair)] for pair in book.dyads])
    blocks = [float(each[book.blocks == b] @ book.share[book.blocks == b]) for b in Block]
    inside = [t for t, c in zip(blocks[1:], told, strict=True) if c]
    truth = {"tone": blocks[0], "asymmetry": 0.0, "forward": blocks[0], "backward": blocks[0]}
    if inside:
        truth["rift"] = float(np.mean(inside)) - blocks[0]
    return truth


def changes(runs: int) -> None:
    """False alarms of change points, and their power."""
    print(f"\nreported changes at 5 %, {runs} feeds each, 24 stories a month")
    print(
        f"{'months':>7}{'lingering':>10}{'alarms':>8}{'found':>8}{'date held':>10}   (shift of 0.6)"
    )
    for months in (18, 36, 72):
        for lingering in (0.0, 0.3, 0.6):
            alarms = found = held = 0
            for run in range(runs):
                random = np.random.default_rng([run, months, int(10 * lingering)])
                alarms += bool(series_cuts(random, months, lingering, 0.0)[0])
                got, place = series_cuts(random, months, lingering, 0.6)
                found += bool(got)
                held += any(cut.low <= place <= cut.high for cut in got)
            share = held / found if found else float("nan")
            print(
                f"{months:7}{lingering:10}{alarms / runs:8.3f}{found / runs:8.3f}{share:10.3f}",
                flush=True,
            )


def series_cuts(random, months, lingering, shift):
    """The changes found in one feed, and where the true one is."""
    days = 365 * months // 12
    state = np.zeros(months)
    for month in range(1, months):
        state[month] = lingering * state[month - 1] + random.normal()
    spread = 0.15 * (lingering > 0)
    level = spread * state / (state.std() + 1e-9) + shift * (np.arange(months) >= months // 2)
    dates = [START + timedelta(days=day) for day in range(days)]
    daily = level[[12 * (day.year - START.year) + day.month - START.month for day in dates]]
    drawn = feed(random, World(between=-0.3), 24 * months, days=days, shift=daily)
    book = ledger(drawn.acts, "id:l0", "id:r0")
    windows = calendar(book.rows["day"].min(), book.rows["last"].max(), Unit.MONTH)
    return cuts(windowed(book, windows, 5.0), seed=int(random.integers(2**31))), months // 2


def speed(acts: int) -> None:
    """Seconds over many acts."""
    world = World(left=30, right=30, between=-0.2, spread=0.2)
    drawn = feed(np.random.default_rng(0), world, acts // 2, days=3650).acts
    drawn = replace(
        drawn, acts=drawn.acts.collect().lazy(), faces=drawn.faces.collect().lazy(),
        tellings=drawn.tellings.collect().lazy(),
    )  # fmt: skip
    total = drawn.acts.select("act").collect().height
    print(f"\n{total} acts")
    for name, run in (
        ("two blocs", lambda: rift(drawn, LEFT, RIGHT)),
        ("two blocs by month", lambda: rift(drawn, LEFT, RIGHT, by=Unit.MONTH)),
        ("two states", lambda: rift(drawn, "id:l0", "id:r0")),
        ("all pairs, polities", lambda: pair_tones(drawn, side_keys(Level.POLITY), Period())),
        (
            "all pairs, blocs",
            lambda: pair_tones(drawn, side_keys(Level.BLOC, (LEFT, RIGHT)), Period()),
        ),
    ):
        start, spent = perf_counter(), process_time()
        run()
        print(
            f"{name:22}{perf_counter() - start:7.2f} s{process_time() - spent:7.2f} s of processors"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="a tenth of the feeds and acts")
    options.add_argument("--only", choices=["coverage", "changes", "speed"])
    options.add_argument("--runs", type=int, help="feeds for each line, instead")
    given = options.parse_args()
    runs, acts = (100, 100_000) if given.quick else (1_000, 1_000_000)
    runs = given.runs or runs
    if given.only in (None, "coverage"):
        coverage(runs)
    if given.only in (None, "changes"):
        changes(runs)
    if given.only in (None, "speed"):
        speed(acts)


if __name__ == "__main__":
    main()
