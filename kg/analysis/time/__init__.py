"""Relations over time: windows, timelines of a pair, what changed, and camps followed."""

from kg.analysis.time.changes import Change, Difference, Kind, difference
from kg.analysis.time.following import Followed, adjusted_rand, follow
from kg.analysis.time.timeline import Step, timeline
from kg.analysis.time.windows import Unit, Window, calendar, sliding, windows_of

__all__ = [
    "Change",
    "Difference",
    "Followed",
    "Kind",
    "Step",
    "Unit",
    "Window",
    "adjusted_rand",
    "calendar",
    "difference",
    "follow",
    "sliding",
    "timeline",
    "windows_of",
]
