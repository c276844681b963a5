"""Turn a trained pipeline into its release form: weights stored as float16.

Half precision halves the files and changed no score in the first two decimals; the weights
are widened to float32 again when the pipeline is loaded (kg/language/pipeline.py).
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import srsly  # type: ignore[import-untyped]

NAME = "kg_news_sm"
LICENSE = "CC BY-SA 4.0"


def halve(blob: bytes) -> bytes:
    """Rewrite one serialised thinc model with its float32 parameters as float16."""
    model = srsly.msgpack_loads(blob)
    model["params"] = [
        {
            key: value.astype(np.float16) if getattr(value, "dtype", None) == np.float32 else value
            for key, value in layer.items()
        }
        for layer in model["params"]
    ]
    packed: bytes = srsly.msgpack_dumps(model)
    return packed


def package(source: Path, target: Path, version: str) -> None:
    """Copy a spaCy model directory to `target` with half-precision weights."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    for path in sorted(target.rglob("model")):
        path.write_bytes(halve(path.read_bytes()))
    meta = json.loads((target / "meta.json").read_text("utf8"))
    meta.pop("performance", None)
    meta |= {
        "name": NAME,
        "version": version,
        "spacy_version": ">=3.8,<3.9",
        "license": LICENSE,
        "description": "English syntax and names for news, statements and transcripts",
    }
    (target / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", "utf8")


def main() -> None:
    """Package a pipeline from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    package(args.source, args.target, args.version)


if __name__ == "__main__":
    main()
