"""The language room: a small English pipeline that ships with the package, and its labels.

`load_pipeline` returns spaCy's `Language`; `model_info` says which model that is without
loading it; `labels` turns the label schemes of other pipelines into the one the rules of
`kg.extraction` are written for. Importing this package does not import spaCy.
"""

from __future__ import annotations

from kg.language.labels import Edge, coarse_pos, edges, normalise_dep
from kg.language.pipeline import ModelInfo, load_pipeline, model_info

__all__ = [
    "Edge",
    "ModelInfo",
    "coarse_pos",
    "edges",
    "load_pipeline",
    "model_info",
    "normalise_dep",
]
