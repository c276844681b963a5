"""Loading and asking at size, as ratios to what the engines beneath can do at best.

    python tests/benchmarks/run.py [--sizes 10000 100000 1000000] [--view 5000000] [--morph PYTHON]
    python tests/benchmarks/run.py --store READY.kg

(a) rows of GDELT → a store that can be asked, beside Oxigraph's bulk load of the same quads from a
    ready file (the limit), rdflib filled in a loop (a tenth of the rows, scaled), and morph-kgc
    doing the same mapping, where it is installed;
(b) eight analyses at each size, by columns beside the store (with everything ``kg rifts`` does),
    DuckDB over the same Parquet files (the limit), SPARQL on the store and rdflib in memory, which
    must all give the same answers, and how each grows from size to size;
(c) every question of queries/questions on the largest store, with a limit of time;
(d) peak memory of each load, and of each engine while it answers.

CPU time, for other programs run on most machines; each load and each engine in a process of its
own. The rows are made deterministically by tests/benchmarks/feeds/rows.py. --view adds a size of
which the columns are made but no store: SPARQL and rdflib are left out there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from queries.triples import Answer

_IN_MEMORY = 100_000  # rows up to which rdflib is asked


def main() -> None:
    """Run everything and print tables in Markdown."""
    given = _arguments()
    if given.step:
        from feeds import steps

        print(json.dumps(measured(getattr(steps, given.step), given.folder)))
        return
    if given.engine:
        print(json.dumps(answers(given.engine, given.folder, given.limit, given.skip)))
        return
    from queries import analyses, questions

    print(f"{_machine()}, load average {os.getloadavg()[0]:.1f} at the start", flush=True)
    sizes = given.sizes or ([] if given.store else [100_000, 1_000_000])
    said: dict[int, dict[str, dict[str, Answer]]] = {}
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-", dir=given.scratch) as scratch:
        stores = {size: load(Path(scratch) / str(size), size, given.morph) for size in sizes}
        if given.store:
            stores[rows_of(given.store)] = given.store
        for rows, store in sorted(stores.items()):
            said[rows] = asked(store, rows, given.limit, said)
        if not given.no_questions:
            questions.report(stores[max(stores)], given.limit)
        if given.view:
            said[given.view] = viewed(Path(scratch) / "view", given.view, given.limit)
    analyses.growth(said)
    print(f"\nLoad average {os.getloadavg()[0]:.1f} at the end.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", metavar="ROWS",
                        help="rows to load  [default: 100000 1000000]")  # fmt: skip
    parser.add_argument("--view", type=int, metavar="ROWS", help="a size for the columns alone")
    parser.add_argument("--store", type=Path, help="ask this store, too")
    parser.add_argument("--limit", type=float, default=60, help="seconds of CPU for each query")
    parser.add_argument("--morph", default=sys.executable, metavar="PYTHON",
                        help="interpreter that has morph-kgc")  # fmt: skip
    parser.add_argument("--scratch", type=Path, help="where to put stores: 25 GB a million rows")
    parser.add_argument("--no-questions", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--skip", type=json.loads, default={}, help=argparse.SUPPRESS)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def load(folder: Path, size: int, morph: str) -> Path:
    """Load one size by each path, print the table, and give the store."""
    from feeds.morph import HOW, available
    from feeds.rows import write_rows

    folder.mkdir()
    write_rows(folder / "rows.export.CSV", size)
    print(f"\n## Loading {size:,} rows\n")
    print("| path | CPU s | of the limit | peak MB |\n|---|---|---|---|", flush=True)
    found = {}
    for step in ("quads", "ready", "rdflib"):
        found[step] = child(step, folder)
    (folder / "ready.nq").unlink()
    found["ours"] = child("ours", folder)
    if available(morph):
        found["morph_kgc"] = child("morph_kgc", folder, MORPH_PYTHON=morph)
        (folder / "mapped.nt").unlink()
    limit = found["ready"]["cpu"]
    for step in ("ready", "ours", "rdflib", "morph_kgc"):
        if step not in found:
            print(f"| {step} | - | - | - |")
            continue
        cpu, peak = found[step]["cpu"] * found[step].get("scale", 1), found[step]["peak"]
        print(f"| {step} | {cpu:.1f} | {limit / cpu:.2f} | {peak:.0f} |")
    print(f"\n{found['ours']['said']}")
    print(found["morph_kgc"]["said"] if "morph_kgc" in found else f"morph-kgc: {HOW}", flush=True)
    return folder / "ours.kg"


def viewed(folder: Path, size: int, limit: float) -> dict[str, dict[str, Answer]]:
    """Make and ask the columns of one size without a store."""
    from feeds.rows import write_rows

    from queries import analyses

    folder.mkdir()
    write_rows(folder / "rows.export.CSV", size)
    made = child("view", folder)
    print(f"\n## Columns alone of {size:,} rows\n")
    print(f"{made['said']}: {made['cpu']:.0f} s of CPU, {made['peak']:.0f} MB at most")
    said = {engine: ask(engine, folder / "view.kg", limit) for engine in ("columns", "duckdb")}
    why = "not asked: of this size the columns were made without a store"
    analyses.report(size, said, {"sparql": why, "rdflib": why})
    return said


def asked(
    store: Path, rows: int, limit: float, before: Mapping[int, Mapping[str, Mapping[str, Answer]]]
) -> dict[str, dict[str, Answer]]:
    """Ask all engines about one store, and print what they say.

    Args:
        store: its folder.
        rows: of its feed.
        limit: seconds of CPU for a query.
        before: what was said at smaller sizes: rdflib is not asked what cannot end in time.
    """
    from queries import analyses

    said = {engine: ask(engine, store, limit) for engine in ("columns", "duckdb", "sparql")}
    why = f"not asked beyond {_IN_MEMORY:,} rows: see what memory and time it takes there"
    if rows <= _IN_MEMORY:
        small = max(before, default=0)
        told = before[small]["rdflib"] if small else {}
        said["rdflib"] = ask("rdflib", store, limit, analyses.hopeless(told, small, rows, limit))
    analyses.report(rows, said, {"rdflib": why})
    return said


def rows_of(store: Path) -> int:
    """Rows of the feeds in a store; makes its columns if there are none."""
    from kg.analysis.acts import acts
    from kg.analysis.acts.feeds import feed_rows
    from kg.store import open_store

    with open_store(store) as opened:
        acts(opened)
        return sum(feed.rows for feed in feed_rows(opened))


def child(step: str, folder: Path, **environment: str) -> dict[str, float]:
    """One step in a process of its own."""
    return _json("--step", step, "--folder", str(folder), **environment)


def ask(
    engine: str, store: Path, limit: float, skip: Mapping[str, str] | None = None
) -> dict[str, Answer]:
    """One engine in a process of its own."""
    found: dict[str, Answer] = _json(
        *("--engine", engine, "--folder", str(store), "--limit", str(limit)),
        *("--skip", json.dumps(skip or {})),
    )
    return found


def answers(engine: str, store: Path, limit: float, skip: Mapping[str, str]) -> dict[str, Answer]:
    """What an engine says to the eight analyses, but for those to skip (analysis → why)."""
    from queries import analyses, triples

    if engine == "sparql":
        return triples.sparql_answers(store, limit)
    if engine == "rdflib":
        return triples.rdflib_answers(store, limit, skip)
    folder = next((store / "columns").glob("all-realised.*"))
    return analyses.columns(folder) if engine == "columns" else analyses.duckdb(folder)


def measured(step: Callable[[Path], dict[str, object]], folder: Path) -> dict[str, object]:
    """What a step says, with its CPU time and peak memory (unless it says so itself)."""
    start = time.process_time()
    said = step(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - start, "peak": peak} | said


def _json(*arguments: str, **environment: str) -> dict:
    out = subprocess.run(
        [sys.executable, __file__, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    ).stdout
    return json.loads(out.splitlines()[-1])


def _machine() -> str:
    """Processor, cores and memory."""
    model = "a processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        model = next((line.partition(": ")[2] for line in lines if "model name" in line), model)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB of memory"


if __name__ == "__main__":
    main()
