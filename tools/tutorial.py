"""Run the commands of docs/tutorial.md and write down what they print: ``make pictures``.

    python tools/tutorial.py            # write the outputs into the tutorial
    python tools/tutorial.py --check    # only say whether they are as they stand there

A command stands in a block marked ``console`` on a line that begins with "$ ". The commands run one
after the other in a folder with the examples and the store that ``make demo`` makes.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
PREPARE = ("mkdir demo", "kg ingest examples --store demo/atlantic.kg")
BLOCK = re.compile(r"```console\n\$ ([^\n]*)\n(.*?)```", re.DOTALL)
# What differs between machines and days: the reader's fingerprint, sizes, dates of reading.
VARYING = (
    (re.compile(r"analyst [0-9a-f]{12,}"), "analyst …"),
    (re.compile(r"\([\d,]+ bytes\)"), "(… bytes)"),
    (re.compile(r"\b\d{4}-\d\d-\d\d,[0-9a-f]{12}\b"), "…"),
)


def refreshed(text: str) -> str:
    """The tutorial with what its commands print now.

    Raises:
        subprocess.CalledProcessError: a command failed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
        for command in PREPARE:
            _run(command, folder)

        def block(found: re.Match[str]) -> str:
            return f"```console\n$ {found[1]}\n{_run(found[1], folder)}```"

        return BLOCK.sub(block, text)


def _run(command: str, folder: Path) -> str:
    """What a command prints, stderr after stdout, without what varies."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    known = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environment = {**known, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - a command of our own documentation
        ["/bin/bash", "-o", "pipefail", "-c", command],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    said = done.stdout + done.stderr
    for pattern, instead in VARYING:
        said = pattern.sub(instead, said)
    told = said.replace(str(folder), ".").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in told) + "\n"


def main() -> int:
    """Write the outputs, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if anything differs")
    given = parser.parse_args()
    before = TUTORIAL.read_text("utf-8")
    after = refreshed(before)
    if given.check:
        return int(before != after)
    TUTORIAL.write_text(after, "utf-8")
    print(f"wrote {TUTORIAL}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
