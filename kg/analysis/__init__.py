"""From the store to signed events and dyads: who confronts whom, and who stands together."""

from kg.analysis.dyads import Grouping, Period, dyads, rank_alliances, rank_rifts
from kg.analysis.events import labels, signed_events
from kg.analysis.levels import DEFAULT_CAMPS, Level, between, pairs, side_keys
from kg.analysis.records import Dyad, Evidence, Party, SignedEvent

__all__ = [
    "DEFAULT_CAMPS",
    "Dyad",
    "Evidence",
    "Grouping",
    "Level",
    "Party",
    "Period",
    "SignedEvent",
    "between",
    "dyads",
    "labels",
    "pairs",
    "rank_alliances",
    "rank_rifts",
    "side_keys",
    "signed_events",
]
