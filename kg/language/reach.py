"""How far a model looks around a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thinc.model import Model

__all__ = ["reach"]

_WORD_BY_WORD = frozenset(
    ("dropout", "extract_features", "hashembed", "ints-getitem", "layernorm", "linear",
     "list2array", "list2ragged", "maxout", "precomputable_affine", "ragged2list")
)  # fmt: skip
"""Layers of spaCy's models in which a word's vector depends on that word alone."""


def reach(model: Model) -> int | None:
    """Words on either side on which the vector of a word depends; None when that is not known.

    It is known for convolutions over windows (spaCy's MaxoutWindowEncoder): the built-in name
    finder sees four words, one for each of its layers.
    """
    words = 0
    for node in model.walk():
        if node.layers or node.name in _WORD_BY_WORD:
            continue
        if node.name != "expand_window":
            return None
        words += node.attrs["window_size"]
    return words
