"""The rift between two sides: everything about a pair, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.analysis.acts.ageing import check_half_life, end_of
from kg.analysis.levels import Level, side_keys
from kg.analysis.periods import Period
from kg.analysis.rift.bootstrap import drawn, estimate, flows, sides
from kg.analysis.rift.drivers import drivers, influences, source_range
from kg.analysis.rift.ledger import Block, ledger, support
from kg.analysis.rift.ranking import surprise_of
from kg.analysis.rift.records import FLOOR, Estimate, Floor, Rift
from kg.analysis.rift.series import course, fitting, span, stretches
from kg.analysis.rift.tone import ALPHA
from kg.analysis.time.windows import calendar
from kg.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.rift.ledger import Ledger
    from kg.analysis.rift.records import Change, Support
    from kg.analysis.time.windows import Unit

__all__ = ["rift"]


def rift(  # noqa: PLR0913 - what may be chosen is chosen here, by name
    acts: Acts,
    left: str,
    right: str,
    period: Period = Period(),  # noqa: B008 - frozen
    *,
    level: Level = Level.POLITY,
    by: Unit | None = None,
    alpha: float = ALPHA,
    floor: Floor = FLOOR,
    equal: bool = False,
    half_life: float | None = None,
    seed: int = 0,
    most: int = 10,
) -> Rift:
    """How two sides stand towards each other: tone, rift, interval, and what they rest on.

    Args:
        acts: the acts.
        left: IRI of a bloc, polity or person.
        right: IRI of the other side.
        period: acts that do not surely lie in it are left out; the weights of the pairs rest on
            all acts.
        level: whether a bloc is made of polities or of persons and bodies.
        by: also give a series.
        alpha: points of intensity on either side that pull a tone towards 0.
        floor: less evidence is abstained on.
        equal: weigh all pairs of a block alike, instead of by their share of the evidence.
        half_life: days before the end of the period after which an act counts half. What is told
            by time (the series, the changes, the trend) and the surprise, which counts acts, know
            of no decay.
        seed: of everything drawn at random.
        most: how many of the acts that move the tone most to give.
    """
    check_half_life(half_life)
    whole = ledger(acts, left, right, level=level, equal=equal)
    fresh = whole.during(period)
    book = fresh if half_life is None else fresh.aged(half_life, end_of(acts, period))
    known = tuple(support(book.block(block), book.told) for block in Block)
    asked = (left, right, period.since, period.until, known[Block.BETWEEN])
    days = span(whole, period)
    windows = calendar(*days, by) if by and days else ()
    undated = _undated(whole, left_out=bool(half_life) or not period.open)
    series = stretches(fresh, windows, alpha, floor, seed)
    if reason := floor.abstention(known[Block.BETWEEN]):
        return Rift(*asked, series=series, abstained=reason, notes=undated)
    inside = tuple(not floor.abstention(known[block]) for block in (Block.LEFT, Block.RIGHT))
    calibrated = book.calibrated(alpha)
    table = flows(calibrated)
    value = sides(table, alpha, (inside[0], inside[1]))
    draws = drawn(table, np.random.default_rng(seed), (inside[0], inside[1]))
    between = calibrated.filter(calibrated["block"] == int(Block.BETWEEN))
    parts, method = drivers(between, alpha)
    changes, trend, missing = _course(fresh, days, alpha, seed)
    return Rift(
        *asked,
        tone=_both(value.tone, draws.tone),
        forward=_both(value.forward, draws.forward),
        backward=_both(value.backward, draws.backward),
        asymmetry=_both(value.asymmetry, draws.asymmetry),
        cohesion=(_both(value.left, draws.left), _both(value.right, draws.right)),
        rift=_both(value.rift, draws.rift),
        drivers=parts,
        drivers_by=method,
        moved=influences(between, alpha, most),
        outlets=source_range(between, book.told, alpha),
        series=series,
        changes=changes,
        trend=trend,
        surprise=surprise_of(acts, _network_keys(acts, left, right, level), period, left, right),
        notes=(*undated, *_cautions(known, inside, floor), *missing),
    )


def _course(
    book: Ledger, days: tuple[date, date] | None, alpha: float, seed: int
) -> tuple[tuple[Change, ...], Estimate | None, tuple[str, ...]]:
    """Changes, trend, and a note when a library that places changes is missing."""
    if not days:
        return (), None, ()
    try:
        return *course(book, fitting(days), alpha, seed), ()
    except UsageError as error:
        return (), None, (f"No changes: {error.message}: {error.hint}.",)


def _both(value: NDArray[np.float64] | None, draws: NDArray[np.float64] | None) -> Estimate | None:
    """A figure with its interval, where there is one."""
    return None if value is None or draws is None else estimate(float(value), draws)


def _network_keys(acts: Acts, left: str, right: str, level: Level) -> Keys:
    """The network in which the two sides are one party each and everybody else is, too."""
    agents = {party.agent for party in acts.parties}
    polities = {party.polity or party.agent for party in acts.parties}
    blocs = {bloc for party in acts.parties for bloc in party.blocs}
    if any(side in agents and side not in polities | blocs for side in (left, right)):
        return side_keys(Level.PERSON)
    camps = tuple(side for side in (left, right) if side in blocs)
    return side_keys(Level.BLOC, camps) if camps else side_keys(level)


def _undated(book: Ledger, *, left_out: bool) -> tuple[str, ...]:
    without = book.rows.filter(book.rows["day"].is_null())["act"].n_unique()
    if not without:
        return ()
    what = "they are left out" if left_out else "they count in no month"
    return (f"{without} of {book.rows['act'].n_unique()} acts have no known date; {what}.",)


def _cautions(
    known: tuple[Support, ...], inside: tuple[bool, ...], floor: Floor
) -> tuple[str, ...]:
    """What the reader must know beside the figures."""
    said = []
    if known[Block.BETWEEN].sources == 1:
        said.append("All of it comes from one source.")
    missing = [
        f"inside the {name}: {floor.abstention(known[block])}"
        if known[block].events
        else f"inside the {name} nobody faces anybody"
        for name, block, told in zip(
            ("left", "right"), (Block.LEFT, Block.RIGHT), inside, strict=True
        )
        if not told
    ]
    if len(missing) == 2:
        said.append(f"No rift, only the tone: {'; '.join(missing)}.")
    elif missing:
        other = "right" if "left" in missing[0] else "left"
        said.append(f"The rift compares with the inside of the {other} alone; {missing[0]}.")
    return tuple(said)
