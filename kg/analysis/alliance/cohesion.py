"""How well a bloc keeps together: its tone inside, and its members' stance towards others.

Cohesion is the mean shrunk tone over the pairs of members that dealt with each other, each pair
counting once, so that coverage does not set the weights. A member's stance is the shrunk tone of
what it did to outsiders; the line of the bloc is, for each member, the mean stance of the others,
and its deviation the difference. Rice's index and the agreement index say how far the stances
point one way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.alliance.indices import agreement, rice
from kg.analysis.network.formula import Formula, tied, tone
from kg.analysis.network.resampling import resampled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Period
    from kg.analysis.records import Party

__all__ = ["FLOOR", "NEUTRAL", "Cohesion", "Member", "cohesion"]

FLOOR = 3  # signed acts below which a member has no stance
NEUTRAL = 0.1  # a stance of less tone than that is neutral
OUTSIDE = "outside"  # stands for all that are no members


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a bloc in a period.

    Attributes:
        iri: its polity, or the bloc itself for those who speak for its institutions.
        inside: mean tone of its ties with other members; None without any.
        acts_inside: signed acts behind that.
        stance: tone of what it did to outsiders; None below ``FLOOR`` acts.
        acts: signed acts behind that.
        line: mean stance of the other members; None without a stance of its own or of another.
    """

    iri: str
    inside: float | None
    acts_inside: int
    stance: float | None
    acts: int
    line: float | None

    @property
    def deviation(self) -> float | None:
        """Stance less line; positive: friendlier to outsiders than the others."""
        return None if self.stance is None or self.line is None else self.stance - self.line


@dataclass(frozen=True, slots=True)
class Cohesion:
    """A bloc in a period.

    Attributes:
        bloc, target: IRIs; target "" for all outsiders.
        tone: mean tone over the pairs of members; None without any.
        interval: in which 95 % of the bootstrap replicates over stories lie; None without any.
        pairs: how many pairs of members dealt with each other.
        acts: signed acts between them.
        stances: how many members are positive, neutral and negative towards the target.
        members: those with acts, by IRI.
    """

    bloc: str
    target: str
    tone: float | None
    interval: tuple[float, float] | None
    pairs: int
    acts: int
    stances: tuple[int, int, int]
    members: tuple[Member, ...]

    @property
    def rice(self) -> float | None:
        """Rice's index of the stances that are not neutral."""
        return rice(self.stances[0], self.stances[2])

    @property
    def agreement(self) -> float | None:
        """The agreement index of the stances."""
        return agreement(*self.stances)

    @property
    def stray(self) -> Member | None:
        """The member that deviates most; None when nobody does."""
        found = [member for member in self.members if member.deviation is not None]
        return max(found, key=lambda m: (abs(m.deviation or 0.0), m.iri), default=None)


def cohesion(
    acts: Acts,
    bloc: str,
    period: Period,
    formula: Formula | None = None,
    *,
    target: str = "",
    seed: int = 0,
) -> Cohesion:
    """How well a bloc keeps together in a period.

    Who is a member is judged by the day of each act.

    Args:
        acts: the acts.
        bloc: IRI.
        period: acts that do not surely lie in it are left out.
        formula: how they weigh; its floor does not apply here, ``FLOOR`` does.
        target: IRI of the outsider that stances refer to; "" for all.
        seed: of the bootstrap.
    """
    formula = formula or Formula()
    rows = tied(acts, _inside(bloc), period, formula).filter(pl.col("sign") != 0)
    pairs = _tones(rows, ["a", "b"], formula)
    stances = _stances(acts, bloc, target, period, formula)
    return Cohesion(
        bloc=bloc,
        target=target,
        tone=None if pairs.is_empty() else float(np.mean(pairs["tone"].to_numpy())),
        interval=_interval(rows, acts, formula, seed) if pairs.height else None,
        pairs=pairs.height,
        acts=int(pairs["acts"].sum()),
        stances=_counted(stances),
        members=tuple(_members(pairs, stances)),
    )


def _inside(bloc: str) -> Keys:
    """Members under their own polity, against other members only."""

    def keys(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        if all(bloc in one.blocs for one in (party, *others)):
            return frozenset({party.polity or party.agent})
        return frozenset()

    return keys


def _outside(bloc: str, target: str) -> Keys:
    """Members under their own polity, and the outsiders they face as one."""

    def keys(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        member = bloc in party.blocs
        if any((bloc in other.blocs) == member for other in others):
            return frozenset()
        if member:
            return frozenset({party.polity or party.agent})
        meant = target in ("", party.agent, party.polity, *party.blocs)
        return frozenset({OUTSIDE} if meant else ())

    return keys


def _tones(rows: pl.LazyFrame, by: list[str], formula: Formula) -> pl.DataFrame:
    mass, sign = pl.col("mass"), pl.col("sign")
    return (
        rows.group_by(by)
        .agg(
            cooperation=mass.filter(sign > 0).sum(),
            conflict=mass.filter(sign < 0).sum(),
            acts=pl.len().cast(pl.Int64),
        )
        .with_columns(tone=tone(formula.alpha))
        .with_columns(pl.col(by).cast(pl.String))
        .sort(by)
        .collect()
    )


def _stances(
    acts: Acts, bloc: str, target: str, period: Period, formula: Formula
) -> dict[str, tuple[float, int]]:
    """Member → (tone of what it did to outsiders, signed acts)."""
    rows = tied(acts, _outside(bloc, target), period, formula).with_columns(
        pl.col("a", "b").cast(pl.String)
    )
    first = pl.col("b") == OUTSIDE
    own = pl.when(first).then(pl.col("direction") >= 0).otherwise(pl.col("direction") <= 0)
    found = rows.filter((pl.col("sign") != 0) & own).with_columns(
        member=pl.when(first).then("a").otherwise("b")
    )
    table = _tones(found, ["member"], formula).select("member", "tone", "acts")
    return {member: (value, count) for member, value, count in table.iter_rows()}


def _counted(stances: Mapping[str, tuple[float, int]]) -> tuple[int, int, int]:
    taken = [value for value, count in stances.values() if count >= FLOOR]
    positive, negative = (sum(sign * t >= NEUTRAL for t in taken) for sign in (1, -1))
    return positive, len(taken) - positive - negative, negative


def _members(pairs: pl.DataFrame, stances: Mapping[str, tuple[float, int]]) -> list[Member]:
    ties: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for a, b, value, count in pairs.select("a", "b", "tone", "acts").iter_rows():
        ties[a].append((value, count))
        ties[b].append((value, count))
    taken = {iri: value for iri, (value, count) in stances.items() if count >= FLOOR}
    total = sum(taken.values())
    found = []
    for iri in sorted({*ties, *stances}):
        inside, stance = ties.get(iri, []), taken.get(iri)
        line = None
        if stance is not None and len(taken) > 1:
            line = (total - stance) / (len(taken) - 1)
        mean = sum(value for value, _ in inside) / len(inside) if inside else None
        done = sum(count for _, count in inside)
        found.append(Member(iri, mean, done, stance, stances.get(iri, (0.0, 0))[1], line))
    return found


def _interval(rows: pl.LazyFrame, acts: Acts, formula: Formula, seed: int) -> tuple[float, float]:
    tones = resampled(rows, acts, seed=seed).tones(formula.alpha).mean(axis=0)
    low, high = np.percentile(tones, [2.5, 97.5])
    return float(low), float(high)
