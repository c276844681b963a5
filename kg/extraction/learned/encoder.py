"""Words in context: a small transformer that was taught by much text, then by annotated passages.

Three layers of all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019), its vocabulary cut
to what such texts use, fitted by ``training/acts/train.py`` with the heads that ``context.py``
reads. The layers run in ONNX Runtime with 8-bit weights, one window at a time on one thread, so
that neither neighbours nor the number of processes change a result; the table of pieces has 4 bits.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import onnxruntime

from kg.errors import REINSTALL, ModelError
from kg.extraction.learned.pieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kg.extraction.learned.pieces import Window

__all__ = ["LAYERS", "TABLES", "VOCABULARY", "Encoder", "Seen", "packed"]

LAYERS, TABLES, VOCABULARY = "layers.onnx", "tables.npz", "vocabulary.txt"
"""The files of an encoder."""
_ERRORS_ONLY = 3
_SLOWER = ["SkipLayerNormFusion"]  # takes a sixth longer than its parts do
_TINY = 1e-12


class Seen(NamedTuple):
    """Pieces in context.

    Attributes:
        vectors: (pieces, width).
        acts: scores of "no act" and of each class, (pieces, 1 + classes).
        actors, recipients: what queries for sides are compared with, (pieces, 256).
    """

    vectors: NDArray[np.float32]
    acts: NDArray[np.float32]
    actors: NDArray[np.float32]
    recipients: NDArray[np.float32]


class Encoder:
    """Vectors of pieces, and the tables that heads need.

    Args:
        folder: holds the layers, the tables and the vocabulary.

    Attributes:
        pieces: the vocabulary.
        tables: weights by name.

    Raises:
        ModelError: a file is missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        self._layers = folder / LAYERS
        try:
            vocabulary = (folder / VOCABULARY).read_text("utf-8").split("\n")
            with np.load(folder / TABLES, allow_pickle=False) as stored:
                given = {name: stored[name] for name in stored.files}
            self.pieces = WordPieces(vocabulary)
            self._pieces = _unpacked(given.pop("pieces"), given.pop("scales"))
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise ModelError(
                f"the encoder in {folder} cannot be read: {error}", REINSTALL
            ) from error
        self.tables: Mapping[str, NDArray[np.float32]] = {
            name: table.astype(np.float32) for name, table in given.items()
        }

    @cached_property
    def _session(self) -> Any:
        onnxruntime.set_default_logger_severity(_ERRORS_ONLY)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        try:
            return onnxruntime.InferenceSession(
                self._layers,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=_SLOWER,
            )
        except Exception as error:  # its own classes derive from nothing narrower
            raise ModelError(f"{self._layers} cannot be read: {error}", REINSTALL) from error

    def read(self, given: Sequence[Window]) -> Seen:
        """What the encoder makes of the pieces of all windows, a row each."""
        parts = zip(*map(self._read, given), strict=True)
        return Seen(*(np.concatenate(part) for part in parts))

    def _read(self, window: Window) -> list[NDArray[np.float32]]:
        tables = self.tables
        raw = self._pieces[window.pieces] + tables["places"][: len(window.pieces)]
        raw += tables["kinds"][window.kinds] + tables["people"][window.people]
        raw -= raw.mean(1, keepdims=True)
        raw /= np.sqrt((raw * raw).mean(1, keepdims=True) + _TINY)
        raw = raw * tables["norm.weight"] + tables["norm.bias"]
        found: list[NDArray[np.float32]] = self._session.run(list(Seen._fields), {"x": raw[None]})
        return [part[0] for part in found]


def packed(table: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """A table with 4 bits for each number, two in a byte, and the scale of each row."""
    scales = (np.abs(table).max(1) / 7).astype(np.float16)
    steps = np.clip(np.round(table / np.maximum(scales, _TINY)[:, None].astype(np.float32)), -7, 7)
    codes = (steps + 8).astype(np.uint8)
    return codes[:, ::2] | codes[:, 1::2] << 4, scales


def _unpacked(codes: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    table = np.empty((len(codes), 2 * codes.shape[1]), np.float32)
    table[:, ::2] = codes & 15
    table[:, 1::2] = codes >> 4
    return (table - 8) * scales[:, None].astype(np.float32)
