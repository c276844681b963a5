"""How long the commands of an analyst take on a store, as whole processes.

    python tests/benchmarks/commands.py --store PATH [--repeat 3]

Prints the least wall time and the least CPU time (user and system) of each command; the first run
warms the caches. CPU time counts all threads, so it can exceed the wall time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

COMMANDS = (
    "rifts",
    "rifts --level bloc",
    "alliances",
    "rift",
    "rift eu,russia",
    "rift eu,russia --by month",
    "timeline us,eu",
    "cohesion eu",
    "network",
)


def measured(command: str, store: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one run.

    Raises:
        SystemExit: the command failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", *command.split(), "--store", str(store)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"kg {command} failed with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Time every command and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    print("| command | wall s | CPU s |\n|---|---|---|")
    for command in COMMANDS:
        runs = [measured(command, asked.store) for _ in range(asked.repeat)]
        wall, cpu = (min(column) for column in zip(*runs, strict=True))
        print(f"| `kg {command}` | {wall:.1f} | {cpu:.1f} |", flush=True)


if __name__ == "__main__":
    main()
