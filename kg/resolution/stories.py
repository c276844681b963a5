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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasketch import MinHash

__all__ = ["ALIKE", "signature", "stories"]

ALIKE = 0.5
CANDIDATE = 0.35  # resemblance at which the index proposes a pair, well below ALIKE
SHINGLE = 5  # words
HASHES = 64


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

    Args:
        signatures: document id or IRI → ``signature`` of its text. A document without a
            signature is a story of its own.
    """
    from datasketch import MinHashLSH  # noqa: PLC0415 - brings SciPy along

    index = MinHashLSH(threshold=CANDIDATE, num_perm=HASHES)
    parent = {document: document for document in signatures}
    sketches: dict[str, MinHash] = {}
    for document in sorted(document for document, found in signatures.items() if found):
        sketch = _sketch(signatures[document])
        for other in sorted(index.query(sketch)):
            if sketch.jaccard(sketches[other]) >= ALIKE:
                _join(parent, document, other)
        index.insert(document, sketch)
        sketches[document] = sketch
    return {document: _root(parent, document) for document in sorted(parent)}


def _sketch(values: str = "") -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415 - brings SciPy along

    numbers = [int(values[i : i + 8], 16) for i in range(0, len(values), 8)] if values else None
    return MinHash(num_perm=HASHES, seed=1, hashvalues=numbers, scheme="affine32")


def _root(parent: dict[str, str], document: str) -> str:
    while parent[document] != document:
        parent[document] = parent[parent[document]]
        document = parent[document]
    return document


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
