"""Loading and asking at size, as ratios to what the engines beneath can do at best.

    python tests/benchmarks/run.py [--sizes 100000 1000000] [--store READY.kg]

(a) rows of GDELT → a store that can be asked, beside Oxigraph's bulk load of the same quads from a
    ready file (the limit) and rdflib filled in a loop (a tenth of the rows, scaled);
(b) eight analyses: columns beside the store (with everything ``kg rifts`` does), DuckDB over the
    same Parquet files (the limit), SPARQL on the store, rdflib in memory (the smallest size only);
(c) every question of queries/questions on the largest store, with a limit of 60 s;
(d) peak memory of each load.

CPU time, for other programs run on most machines; each load in a process of its own. The rows are
made deterministically by tests/benchmarks/feeds/rows.py.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Run everything and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--store", type=Path, help="ask this store instead of loading one")
    parser.add_argument("--no-questions", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        from feeds import steps

        print(json.dumps(measured(getattr(steps, given.step), given.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as folder:
        stores = [given.store] if given.store else [
            load(Path(folder) / str(size), size) for size in given.sizes
        ]  # fmt: skip
        from queries import analyses, questions

        for store in stores:
            analyses.report(store)
        if not given.no_questions:
            questions.report(stores[-1])


def load(folder: Path, size: int) -> Path:
    """Load one size by each path, print the table, and give the store."""
    from feeds.rows import write_rows

    folder.mkdir()
    write_rows(folder / "rows.export.CSV", size)
    print(f"\n## Loading {size:,} rows\n")
    print("| path | CPU s | of the limit | peak MB |\n|---|---|---|---|")
    found = {step: child(step, folder) for step in ("quads", "ready", "ours", "rdflib")}
    limit = found["ready"]["cpu"]
    for step in ("ready", "ours", "rdflib"):
        cpu, peak = found[step]["cpu"] * found[step].get("scale", 1), found[step]["peak"]
        print(f"| {step} | {cpu:.1f} | {limit / cpu:.2f} | {peak:.0f} |")
    print(f"\n{found['ours']['said']}", flush=True)
    return folder / "ours.kg"


def child(step: str, folder: Path) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def measured(step: Callable[[Path], dict[str, object]], folder: Path) -> dict[str, object]:
    """What a step says, with its CPU time (unless it says so itself) and peak memory."""
    start = time.process_time()
    said = step(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - start, "peak": peak} | said


if __name__ == "__main__":
    main()
