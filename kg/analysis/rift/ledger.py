"""The ledger of two sides: each signed act between or inside them, as arrays to reckon with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.acts import ties, within
from kg.analysis.acts.ageing import remembered
from kg.analysis.levels import Level, between, side_keys
from kg.analysis.rift.records import Support
from kg.analysis.rift.tone import calibration

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Period
    from kg.analysis.records import Party

__all__ = ["Block", "Ledger", "dyad_keys", "ledger", "source", "stories_of", "support", "supports"]

_LEFT, _RIGHT = "0 ", "1 "  # before the IRI of a dyad's end: which side it stands on


class Block(IntEnum):
    """Where a dyad lies: between the sides, inside the left one, or inside the right one."""

    BETWEEN = 0
    LEFT = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Ledger:
    """Signed acts between and inside two sides, one row for each act and dyad.

    A dyad is two parties of which each stands on one of the sides: the United States and France,
    France and Germany. Acts without a sign or weight are left out.

    Attributes:
        rows: columns "act", "event", "type", "day", "last", "issues", "sign", "weight", "dyad"
            (position in ``blocks``), "direction" (1 the left acted, -1 the right, 0 both; inside
            a side, by the alphabet), "block", "story" (see ``stories_of``).
        told: who tells the acts: columns "act", "source", "confidence".
        blocks: block of each dyad.
        dyads: IRIs of the two ends of each dyad.
        share: fixed weight of each dyad; those of a block add up to 1.
    """

    rows: pl.DataFrame
    told: pl.DataFrame
    blocks: NDArray[np.int8]
    dyads: tuple[tuple[str, str], ...]
    share: NDArray[np.float64]

    def during(self, period: Period) -> Ledger:
        """The acts that surely lie in a period; dyads and their weights stay as they are."""
        return self if period.open else self.having(self.rows.filter(within(period)))

    def aged(self, half_life: float, end: date | None) -> Ledger:
        """Old acts weigh less (``kg.analysis.acts.ageing``); the weights of dyads stay."""
        return self.having(remembered(self.rows, half_life, end))

    def having(self, rows: pl.DataFrame) -> Ledger:
        """The same dyads and weights with some of the rows."""
        return replace(self, rows=rows)

    def block(self, block: Block) -> pl.DataFrame:
        """The rows of a block."""
        return self.rows.filter(pl.col("block") == int(block))

    def calibrated(self, alpha: float) -> pl.DataFrame:
        """The rows with "mass": the weight, calibrated to the fixed shares of the dyads."""
        mass = np.bincount(self.rows["dyad"], self.rows["weight"], len(self.dyads))
        factor = np.ones(len(self.dyads))
        for block in Block:
            inside = self.blocks == block
            factor[inside] = calibration(mass[inside], self.share[inside], alpha)
        factors = pl.Series(factor[self.rows["dyad"].to_numpy()])
        return self.rows.with_columns(mass=pl.col("weight") * factors)


def dyad_keys(left: str, right: str, level: Level) -> Keys:
    """Keys under which a party counts as itself, marked with the side it stands on.

    Who stands on which side is decided by ``kg.analysis.levels.between``.
    """
    side, own = between(left, right, level), side_keys(level)

    @cache  # neither depends on whom the party faces, and each faces many
    def key(party: Party) -> frozenset[str]:
        for found in side(party, ()):
            named = found if party.agent == found else next(iter(own(party, ())))
            return frozenset({f"{_LEFT if found == left else _RIGHT}{named}"})
        return frozenset()

    def keys(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        return key(party)

    return keys


def ledger(
    acts: Acts, left: str, right: str, *, level: Level = Level.POLITY, equal: bool = False
) -> Ledger:
    """All signed acts between and inside two sides, whatever their date.

    The weights of the dyads are fixed here, over everything that is known of the sides, so that
    no two periods are compared with different weights.

    Args:
        acts: the acts.
        left: IRI of one side.
        right: IRI of the other.
        level: what a dyad inside or across the sides is made of: polities, or persons and bodies.
        equal: weigh all dyads of a block alike, instead of by their share of the block's mass.
    """
    unit = Level.PERSON if level is Level.PERSON else Level.POLITY
    tied = ties(acts, dyad_keys(left, right, unit)).collect()
    chosen = tied.select(pl.col("act").unique()).lazy()
    kept = replace(
        acts,
        acts=acts.acts.join(chosen, on="act", how="semi"),
        tellings=acts.tellings.join(chosen, on="act", how="semi"),
    )
    weighed = kept.weighed().select(
        "act", "event", "type", "day", "last", "issues", "sign", "weight"
    )
    rows = (
        tied.lazy()
        .join(weighed, on="act")
        .filter((pl.col("sign") != 0) & (pl.col("weight") > 0))
        .with_columns(pl.col("a", "b").cast(pl.String))
        .collect()
    )
    ends = rows.select("a", "b").unique().sort("a", "b").with_row_index("dyad")
    pairs = tuple(zip(ends["a"].to_list(), ends["b"].to_list(), strict=True))
    blocks = np.array([_block(a, b) for a, b in pairs], np.int8)
    rows = (
        rows.join(ends.with_columns(block=pl.Series(blocks, dtype=pl.Int8)), on=["a", "b"])
        .join(stories_of(kept.tellings, rows["act"]), on="act")
        .drop("a", "b")
        .sort("act", "dyad")
    )
    mass = np.bincount(rows["dyad"], rows["weight"], len(pairs)).astype(float)
    told = kept.tellings.join(rows.lazy().select("act").unique(), on="act", how="semi")
    return Ledger(
        rows=rows,
        told=told.select("act", "confidence", source=source()).collect(),
        blocks=blocks,
        dyads=tuple((a[len(_LEFT) :], b[len(_LEFT) :]) for a, b in pairs),
        share=_shares(np.ones_like(mass) if equal else mass, blocks),
    )


def stories_of(tellings: pl.LazyFrame, acts: pl.Series) -> pl.DataFrame:
    """The one story each act is counted in, among those that tell it.

    It is the story that tells most of the acts, so that acts that were reported together stay
    together when stories are drawn; of equals, the first by its number.

    Args:
        tellings: as in ``Acts``.
        acts: numbers of the acts in question.

    Returns:
        Columns "act" and "story" (UInt32, from 0 without gaps).
    """
    told = (
        tellings.join(pl.LazyFrame({"act": acts.unique()}), on="act", how="semi")
        .select("act", "story")
        .unique()
    )
    sized = told.with_columns(size=pl.len().over("story"), lone=pl.col("act").is_unique()).collect()
    several = sized.filter(~pl.col("lone")).sort(
        "act", "size", "story", descending=[False, True, False]
    )
    first = pl.concat([sized.filter("lone"), several.unique("act", keep="first")])
    return first.sort("act").select("act", story=pl.col("story").rank("dense").cast(pl.UInt32) - 1)


def support(rows: pl.DataFrame, told: pl.DataFrame) -> Support:
    """What some rows of a ledger rest on."""
    found = supports(rows.with_columns(window=pl.lit(0, pl.UInt32)), told)
    return found.get(0, Support(0, 0, 0, 0.0, 0.0))


def supports(rows: pl.DataFrame, told: pl.DataFrame) -> dict[int, Support]:
    """What the rows of each "window" rest on; windows without rows are left out."""
    sources = (
        rows.lazy()
        .select("act", "window")
        .unique()
        .join(told.lazy(), on="act")
        .group_by("window")
        .agg(sources=pl.col("source").n_unique())
    )
    found = (
        rows.lazy()
        .group_by("window", maintain_order=True)  # sums are the same to the last digit
        .agg(
            pl.col("act").n_unique(),
            pl.col("story").n_unique(),
            good=pl.col("weight").filter(pl.col("sign") > 0).sum(),
            bad=pl.col("weight").filter(pl.col("sign") < 0).sum(),
        )
        .join(sources, on="window", how="left")
        .with_columns(pl.col("sources").fill_null(0))
        .select("window", "act", "story", "sources", "good", "bad")
        .collect()
    )
    return {window: Support(*row) for window, *row in found.iter_rows()}


def source() -> pl.Expr:
    """The outlet of a telling, or its document where the outlet is unknown."""
    return pl.when(pl.col("outlet") != "").then("outlet").otherwise("document")


def _block(a: str, b: str) -> Block:
    if a[0] != b[0]:
        return Block.BETWEEN
    return Block.LEFT if a.startswith(_LEFT) else Block.RIGHT


def _shares(mass: NDArray[np.float64], blocks: NDArray[np.int8]) -> NDArray[np.float64]:
    total = np.bincount(blocks, mass, len(Block))
    return mass / np.where(total > 0, total, 1)[blocks]
