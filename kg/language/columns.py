"""What a pipeline says about all tokens of a document at once, as plain lists.

Asking each spaCy token in turn costs several times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["heads", "strings"]


def strings(doc: Doc, *attributes: str) -> list[list[str]]:
    """Columns of text attributes ("LOWER", "LEMMA", "POS", "TAG", "DEP"), in token order."""
    columns = []
    for attribute in attributes:
        hashes = doc.to_array(attribute).tolist()
        known = {number: doc.vocab.strings[number] for number in set(hashes)}
        columns.append([known[number] for number in hashes])
    return columns


def heads(doc: Doc) -> list[int]:
    """Index of each token's governor, of the token itself for a root."""
    return [i + step for i, step in enumerate(doc.to_array("HEAD").astype("int64").tolist())]
