"""The tables: acts, who faced whom in them, who told them, and the parties by number."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.records import Party, SignedEvent

__all__ = ["ACTS", "FACES", "MERGED", "TELLINGS", "Acts", "acts_of", "story_number"]

ACTS = pl.Schema({
    "act": pl.UInt32(),  # number of the act: rows are sorted by it, without gaps
    "event": pl.String(),  # IRI
    "type": pl.Categorical(),  # notation of the fine type
    "class": pl.Categorical(),  # notation of its PLOVER class
    "status": pl.Categorical(),
    "sign": pl.Int8(),
    "intensity": pl.Float64(),  # on Goldstein's scale, -10..10
    "day": pl.Date(),  # first day it can have happened; null when unknown
    "last": pl.Date(),  # last day it can have happened; null when unknown
    "issues": pl.List(pl.Categorical()),
})  # fmt: skip
FACES = pl.Schema({
    "act": pl.UInt32(),
    "actor": pl.UInt32(),  # position in Acts.parties
    "recipient": pl.UInt32(),
})  # fmt: skip
TELLINGS = pl.Schema({
    "act": pl.UInt32(),
    "story": pl.UInt64(),  # equal for copies of one report
    "document": pl.Categorical(),  # IRI of the document or feed
    "outlet": pl.Categorical(),  # "" when unknown
    "confidence": pl.Float64(),
})  # fmt: skip
MERGED = pl.Schema({
    "act": pl.UInt32(),
    "event": pl.String(),  # IRI of a further event that was taken for the act
    "rule": pl.Categorical(),  # in kg.analysis.identity.RULES, or "coded-same-day"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a store in columns.

    Attributes:
        acts: one row for each act, columns ``ACTS``; its sides and evidence lie beside it.
        faces: one row for each actor and recipient of an act, columns ``FACES``. In a joint act
            each participant faces each other, in both directions.
        tellings: one row for each mention, columns ``TELLINGS``.
        parties: what ``actor`` and ``recipient`` count.
        merged: one row for each event beyond the first that was taken for an act, columns
            ``MERGED``.
    """

    acts: pl.LazyFrame
    faces: pl.LazyFrame
    tellings: pl.LazyFrame
    parties: tuple[Party, ...]
    merged: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=MERGED))

    def iris(self, numbers: Sequence[int] | pl.Series) -> list[str]:
        """IRIs of the acts with these numbers, in their order; reads no others."""
        wanted = pl.Series("act", numbers, pl.UInt32)
        few = wanted.unique().sort().to_list()
        named = self.acts.select("act", "event").filter(pl.col("act").is_in(few)).collect()
        found = wanted.to_frame().join(named, on="act", maintain_order="left")
        return found["event"].to_list()

    def weighed(self) -> pl.LazyFrame:
        """The acts with what their mentions add up to.

        Returns:
            The columns ``ACTS`` and "confidence" (of the best mention), "sources" (number of
            independent stories), "weight" (|intensity| × confidence) and "tone" (weight with the
            act's sign).
        """
        told = self.tellings.group_by("act").agg(
            pl.col("confidence").max(), pl.col("story").n_unique().alias("sources")
        )
        weight = pl.col("intensity").abs() * pl.col("confidence")
        return self.acts.join(told, on="act", maintain_order="left").with_columns(
            weight=weight, tone=weight * pl.col("sign")
        )


def acts_of(events: Iterable[SignedEvent]) -> Acts:
    """The tables of acts given as objects, in the order of their IRIs.

    What a person judged to be right is told with confidence 1.
    """
    ordered = sorted(events, key=lambda event: event.iri)
    parties: dict[Party, int] = {}
    faces = [
        (act, parties.setdefault(actor, len(parties)), parties.setdefault(other, len(parties)))
        for act, event in enumerate(ordered)
        for actor, other in _faced(event)
    ]
    return Acts(
        acts=pl.LazyFrame(list(_acts(ordered)), ACTS, orient="row"),
        faces=pl.LazyFrame(faces, FACES, orient="row"),
        tellings=pl.LazyFrame(list(_tellings(ordered)), TELLINGS, orient="row"),
        parties=tuple(parties),
        merged=pl.LazyFrame(list(_merged(ordered)), MERGED, orient="row"),
    )


def story_number(story: str) -> int:
    """A story's name as a number of 64 bits, the same in every process."""
    return int.from_bytes(hashlib.blake2b(story.encode(), digest_size=8).digest())


def _faced(event: SignedEvent) -> Iterator[tuple[Party, Party]]:
    actors = (party for party in event.parties if party.role == "actor")
    recipients = [party for party in event.parties if party.role == "recipient"]
    for actor, recipient in product(actors, recipients):
        if actor.agent != recipient.agent:
            yield actor, recipient


def _acts(events: Sequence[SignedEvent]) -> Iterator[tuple[object, ...]]:
    for act, event in enumerate(events):
        yield (
            act,
            event.iri,
            event.type,
            event.event_class,
            event.status.value,
            event.sign,
            event.intensity,
            event.date.first if event.date else None,
            event.date.last if event.date else None,
            list(event.issues),
        )


def _merged(events: Sequence[SignedEvent]) -> Iterator[tuple[object, ...]]:
    for act, event in enumerate(events):
        for merge in event.merges:
            yield act, merge.event, merge.rule


def _tellings(events: Sequence[SignedEvent]) -> Iterator[tuple[object, ...]]:
    for act, event in enumerate(events):
        for piece in event.evidence:
            sure = 1.0 if event.judged == "right" else piece.confidence
            yield act, story_number(piece.story), piece.document, piece.outlet, sure
