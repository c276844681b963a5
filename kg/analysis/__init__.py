"""From the store to signed events and dyads: who confronts whom, and who stands together."""

from kg.analysis.dyads import dyads, rank_alliances, rank_rifts
from kg.analysis.events import labels, signed_events
from kg.analysis.identity import Doubt, same_acts
from kg.analysis.levels import DEFAULT_CAMPS, Level, between, pairs, side_keys
from kg.analysis.periods import Grouping, Period
from kg.analysis.records import Dyad, Evidence, Merge, Party, SignedEvent
from kg.analysis.told import told_doubts, told_events

__all__ = [
    "DEFAULT_CAMPS",
    "Doubt",
    "Dyad",
    "Evidence",
    "Grouping",
    "Level",
    "Merge",
    "Party",
    "Period",
    "SignedEvent",
    "between",
    "dyads",
    "labels",
    "pairs",
    "rank_alliances",
    "rank_rifts",
    "same_acts",
    "side_keys",
    "signed_events",
    "told_doubts",
    "told_events",
]
