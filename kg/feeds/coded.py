"""The shape that rows of every feed are brought into: who did what to whom on which day."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

__all__ = ["CODED", "Feed"]

CODED = pl.Schema({
    "row": pl.UInt64(),  # number of the row in its file, the first row of data being 1
    "id": pl.String(),  # the feed's own identifier of the event; "" when it has none
    "date": pl.Date(),
    "type": pl.Categorical(),  # notation of our fine type
    "actor": pl.Categorical(),  # IRI of the reference data
    "recipient": pl.Categorical(),
    "issues": pl.List(pl.Categorical()),  # codes, most often none
    "confidence": pl.Float64(),  # prior of the coder, 0..1
    "outlet": pl.Categorical(),  # "" when unknown
    "story": pl.String(),  # what copies of one report share: its address, else the row's id
    "record": pl.String(),  # the whole row as a JSON object, empty fields left out
    "act": pl.UInt32(),  # which of its acts, when a row tells several: 0 for the first
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feed:
    """One file of a feed.

    Attributes:
        id: hash of the file's bytes and of the mapping: the same file read the same way again
            is the same feed.
        kind: "gdelt", "icews", "polecat" … or the name of the user's mapping.
        coder: name and version of the machine coder, for ``tkg:extractor`` and ``tkg:version``.
        source: where it was read from, as for documents.
    """

    id: str
    kind: str
    coder: tuple[str, str]
    source: str
