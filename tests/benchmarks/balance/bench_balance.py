"""Time, bound and memory of the frustration, beside the AND model through the same open solver.

    python tests/benchmarks/balance/bench_balance.py [--quick]

Networks of random signs and of two camps with noise are made here; if KG_SIGNED_DATA names a
folder, every ``congress_*.csv`` and the other networks in it are measured, too. The AND model is
that of Aref, Mason and Wilson (2020), as signnet solves it: a zero-one variable for each node and
each tie. Each measurement runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter

LIMIT = 60.0


def random_signs(n: int, m: int, seed: int) -> list[tuple[str, str, int]]:
    """m different pairs of n nodes, each sign by the toss of a coin."""
    random = Random(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < m:
        a, b = sorted(random.sample(range(n), 2))
        pairs.add((a, b))
    return [(f"n{a}", f"n{b}", random.choice((1, -1))) for a, b in sorted(pairs)]


def two_camps(n: int, m: int, noise: float, seed: int) -> list[tuple[str, str, int]]:
    """Two camps with a share of wrong signs; every other end goes to who has ties already."""
    random = Random(seed)
    side = [random.choice((1, -1)) for _ in range(n)]
    ends: list[int] = [0]
    ties: dict[tuple[int, int], int] = {}
    while len(ties) < m:
        a, b = (
            random.choice(ends) if random.random() < 0.5 else random.randrange(n) for _ in range(2)
        )
        pair = (min(a, b), max(a, b))
        if a != b and pair not in ties:
            ties[pair] = side[a] * side[b] * (-1 if random.random() < noise else 1)
            ends += pair
    return [(f"n{a}", f"n{b}", sign) for (a, b), sign in ties.items()]


def network(name: str):
    """A network by its name: random:N:M:SEED, camps:N:M:NOISE:SEED, or a file."""
    from kg.analysis.balance import SignedNetwork, read_edges

    kind, *numbers = name.split(":")
    if kind == "random":
        n, m, seed = map(int, numbers)
        return SignedNetwork.build(random_signs(n, m, seed))
    if kind == "camps":
        return SignedNetwork.build(
            two_camps(int(numbers[0]), int(numbers[1]), float(numbers[2]), int(numbers[3]))
        )
    return read_edges(Path(name), directed="directed" in name or "arcs" in name)


def ours(name: str) -> dict[str, object]:
    """Solve with kg.analysis.balance."""
    from kg.analysis.balance import frustration, verify

    given = network(name)
    start = perf_counter()
    found = frustration(given, time_limit=LIMIT)
    seconds = perf_counter() - start
    return {
        "n": len(given.nodes),
        "m": len(given.ties),
        "value": float(found.value),
        "bound": float(found.lower_bound),
        "seconds": seconds,
        "certificate": verify(found.certificate, given).valid,
    }


def and_model(name: str) -> dict[str, object]:
    """Solve the AND model of Aref, Mason and Wilson (2020) through HiGHS.

    min sum of w (x_u + x_v - 2 y) over positive ties + w (1 - x_u - x_v + 2 y) over negative ones,
    y <= x_u, y <= x_v for positive ties, y >= x_u + x_v - 1 for negative ones, and one node fixed.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    given = network(name)
    n, m = len(given.nodes), len(given.ties)
    start = perf_counter()
    cost, constant = np.zeros(n + m), 0.0
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    upper: list[float] = []
    for e, tie in enumerate(given.ties):
        u, v, y, w = tie.source, tie.target, n + e, float(tie.weight)
        cost[u] += w
        cost[v] += w
        cost[y] -= 2 * w
        constant += max(0.0, -w)
        sets = [((y, u), (1, -1), 0), ((y, v), (1, -1), 0)] if w > 0 else [
            ((u, v, y), (1, 1, -1), 1)
        ]  # fmt: skip
        for index, factors, top in sets:
            rows += [len(upper)] * len(index)
            columns += index
            values += factors
            upper.append(top)
    matrix = csr_array((values, (rows, columns)), shape=(len(upper), n + m))
    top = np.ones(n + m)
    degree = np.bincount([v for t in given.ties for v in (t.source, t.target)], minlength=n)
    low = np.zeros(n + m)
    low[int(degree.argmax())] = 1.0
    found = milp(
        cost,
        integrality=np.ones(n + m),
        bounds=Bounds(low, top),
        constraints=LinearConstraint(matrix, -np.inf, upper),
        options={"time_limit": LIMIT, "mip_rel_gap": 0.0},
    )
    bound = found.mip_dual_bound
    return {
        "n": n,
        "m": m,
        "value": None if found.x is None else float(found.fun) + constant,
        "bound": 0.0 if bound is None else max(0.0, float(bound) + constant),
        "seconds": perf_counter() - start,
    }


METHODS = {"kg": ours, "AND": and_model}


def measured(method: str, name: str) -> dict[str, object]:
    """One measurement in a process of its own."""
    ran = subprocess.run(
        [sys.executable, __file__, "--one", method, name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        return {"failed": ran.stderr.strip().splitlines()[-1:]}
    return json.loads(ran.stdout.splitlines()[-1])


def line(method: str, name: str, found: dict[str, object]) -> str:
    """One row of the table."""
    label = Path(name).stem if "/" in name else name
    if "value" not in found or found["value"] is None:
        return f"{label:32} {method:4} no solution {found.get('failed', '')}"
    value, bound = float(found["value"]), float(found["bound"])
    gap = 100 * (value - bound) / value if value else 0.0
    sure = {True: "checked", False: "REJECTED", None: ""}[found.get("certificate")]
    return (
        f"{label:32} {method:4} {found['n']:>6} {found['m']:>7} {value:>9.6g} {bound:>9.6g} "
        f"{max(gap, 0.0):>6.2f}% {float(found['seconds']):>7.2f} s {found['megabytes']:>5} MB "
        f"{sure}"
    )


def names(quick: bool) -> list[str]:
    """What is measured."""
    made = [f"random:40:200:{seed}" for seed in range(1, 4 if quick else 6)]
    if not quick:
        made += ["camps:20000:100000:0.1:1", "camps:10000:100000:0.15:2"]
        made += ["camps:5000:100000:0.2:1", "camps:50000:100000:0.05:1", "camps:50000:100000:0.1:1"]
        made += ["camps:20000:100000:0.3:1", "random:50000:100000:1"]  # no bound can be near
    folder = os.environ.get("KG_SIGNED_DATA")
    files = sorted(Path(folder).glob("*.csv")) if folder else []
    wanted = [str(p) for p in files if not quick or p.stat().st_size < 20_000]
    return made + wanted


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "NETWORK"))
    parser.add_argument("--only", choices=sorted(METHODS))
    parser.add_argument("networks", nargs="*")
    given = parser.parse_args()
    if given.one:
        found = METHODS[given.one[0]](given.one[1])
        found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(found))
        return
    print(f"{'network':32} {'by':4} {'nodes':>6} {'ties':>7} {'value':>9} {'bound':>9} "
          f"{'gap':>7} {'time':>9} {'peak':>8}")  # fmt: skip
    for name in given.networks or names(given.quick):
        for method in [given.only] if given.only else METHODS:
            print(line(method, name, measured(method, name)), flush=True)


if __name__ == "__main__":
    main()
