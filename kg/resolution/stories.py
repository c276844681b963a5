"""Which documents tell one story: copies of a wire report count as one independent source.

Texts are compared by MinHash over shingles of five words (Broder 1997, "On the resemblance and
containment of documents"). Two documents tell one story when their estimated Jaccard resemblance
reaches ``ALIKE``, and so do all documents that such pairs connect. Signatures are computed once,
when a document is read, and stored with it; the clusters are derived from them, so they do not
depend on the order in which documents arrived.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from datasketch import MinHash
    from numpy.typing import NDArray

__all__ = ["ALIKE", "signature", "stories"]

ALIKE = 0.5
CANDIDATE = 0.35  # resemblance at which the index proposes a pair, well below ALIKE
SHINGLE = 5  # words
HASHES = 64
FEW = 2000  # documents; comparing all pairs of so many takes less than loading the index


def signature(text: str) -> str:
    """64 hash values of 8 hex digits each; "" for a text without any word.

    Case, punctuation and white space do not count.
    """
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return ""
    sketch = _sketch()
    last = max(1, len(words) - SHINGLE + 1)
    sketch.update_batch(" ".join(words[i : i + SHINGLE]).encode() for i in range(last))
    return "".join(f"{value:08x}" for value in sketch.hashvalues.tolist())


def stories(signatures: Mapping[str, str]) -> dict[str, str]:
    """Document → story; a story is named after the first of its documents in sorted order.

    Up to ``FEW`` documents are compared each with each; an index of MinHash bands proposes the
    pairs to compare among more.

    Args:
        signatures: document id or IRI → ``signature`` of its text. A document without a
            signature is a story of its own.
    """
    parent = {document: document for document in signatures}
    known = sorted(document for document, found in signatures.items() if found)
    if known:
        values = np.array([_values(signatures[document]) for document in known], dtype=np.uint32)
        pairs = _all_pairs(values) if len(known) <= FEW else _indexed_pairs(values)
        for one, other in pairs:
            _join(parent, known[one], known[other])
    return {document: _root(parent, document) for document in sorted(parent)}


def _all_pairs(values: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    for row in range(1, len(values)):
        alike = (values[:row] == values[row]).mean(axis=1) >= ALIKE
        yield from ((row, int(other)) for other in np.flatnonzero(alike))


def _indexed_pairs(values: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    from datasketch import MinHashLSH  # noqa: PLC0415 - takes most of a second to import

    index = MinHashLSH(threshold=CANDIDATE, num_perm=HASHES)
    for row, own in enumerate(values):
        sketch = _sketch(own.tolist())
        for other in sorted(index.query(sketch)):
            if (values[other] == own).mean() >= ALIKE:
                yield row, other
        index.insert(row, sketch)


def _values(text: str) -> list[int]:
    return [int(text[i : i + 8], 16) for i in range(0, len(text), 8)]


def _sketch(values: list[int] | None = None) -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415 - takes most of a second to import

    return MinHash(num_perm=HASHES, seed=1, hashvalues=values, scheme="affine32")


def _root(parent: dict[str, str], document: str) -> str:
    while parent[document] != document:
        parent[document] = parent[parent[document]]
        document = parent[document]
    return document


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
