"""Write a fitted network as kg/extraction/learned/encoder.py reads it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from networks import WIDTH
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.extraction.learned.encoder import LAYERS, TABLES, VOCABULARY, Seen, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from networks import Network

OPSET = 17
_INSIDE = ("layers.", "pieces.", "act.", "actor.key.", "recipient.key.")


class _Layers(nn.Module):
    """Layers and heads on one window, as ``Seen`` has them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.layers, self.act = network.layers, network.act
        self.actor, self.recipient = network.actor.key, network.recipient.key

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        for layer in self.layers:
            x = layer(x)
        return x, self.act(x), self.actor(x), self.recipient(x)


def save_encoder(network: Network, pieces: Sequence[str], folder: Path) -> None:
    """Layers with 8-bit weights, the table of pieces with 4 bits, the rest in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VOCABULARY).write_text("\n".join(pieces), "utf-8")
    with tempfile.TemporaryDirectory() as name:
        plain = str(Path(name) / LAYERS)
        torch.onnx.export(
            _Layers(network).eval(),
            (torch.zeros(1, 20, WIDTH),),
            plain,
            input_names=["x"],
            output_names=list(Seen._fields),
            dynamic_axes={name: {1: "pieces"} for name in ("x", *Seen._fields)},
            opset_version=OPSET,
            dynamo=False,
        )
        # with 7 bits no sum overflows on processors that add up in 16 bits
        quantize_dynamic(
            plain, folder / LAYERS, weight_type=QuantType.QInt8, reduce_range=True, per_channel=True
        )
    codes, scales = packed(network.pieces.weight.detach().numpy())
    np.savez_compressed(folder / TABLES, pieces=codes, scales=scales, **_tables(network))


def _tables(network: Network) -> dict[str, np.ndarray]:
    """Embeddings by name; the weights of linear layers turned, to stand on the right."""
    found = {}
    for name, weight in network.state_dict().items():
        if name.startswith(_INSIDE):
            continue
        module = network.get_submodule(name.rpartition(".")[0])
        table = weight.numpy().astype(np.float16)
        own = name.removesuffix(".weight") if isinstance(module, nn.Embedding) else name
        found[own] = table.T if isinstance(module, nn.Linear) else table
    return found
