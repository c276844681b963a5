"""Who stands with whom at each level, for the matrix: the division with the least against it."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.analysis.balance import SignedNetwork, camps
from kg.records import Status
from kg.views.model import LEVELS, CampsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.views.model import EventView, Level

__all__ = ["camps_views"]

DIGITS = 3  # of weights; the bound is proved for what is shown
MOST_TIES = 4000  # signed pairs at a level; more are not divided
PATIENCE = 20.0  # seconds for a level; without a proof by then nothing is claimed


def camps_views(events: Sequence[EventView]) -> tuple[CampsView, ...]:
    """The best division of each level into any number of camps, where it can be proved.

    One tie for each pair: the weight of its cooperation less that of its conflict, over all events
    that happened. Actors who stand with nobody are in no camp. The method is that of
    ``kg balance`` with the number of camps left free.
    """
    found = (_level(events, level) for level in LEVELS)
    return tuple(view for view in found if view is not None)


def _level(events: Sequence[EventView], level: Level) -> CampsView | None:
    network = SignedNetwork.build(_ties(events, level))
    if not network.ties or len(network.ties) > MOST_TIES:
        return None
    best = camps(network, time_limit=PATIENCE)
    several = tuple(camp for camp in best.camps if len(camp) > 1)
    if not best.optimal or not several:
        return None
    note = (
        f"Camps: of all divisions the one with the least against it, {float(best.value):.1f} of "
        f"{float(best.total):.1f} in weights of ties, proved to be the least. It rests on all "
        "events that happened, whatever is filtered here; who stands with nobody is in no camp."
    )
    return CampsView(level, several, note)


def _ties(events: Sequence[EventView], level: Level) -> list[tuple[str, str, Fraction]]:
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for event in events:
        if event.sign and event.status == Status.REALISED.value:
            weight = event.sign * abs(event.intensity) * event.confidence
            for a, b in event.sides(level).pairs():
                weights[min(a, b), max(a, b)] += weight
    return [(a, b, round(Fraction(weight), DIGITS)) for (a, b), weight in sorted(weights.items())]
