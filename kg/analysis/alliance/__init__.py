"""Alliances: how well a bloc keeps together, who leaves its line, and who holds a camp."""

from kg.analysis.alliance.cohesion import Cohesion, Member, cohesion
from kg.analysis.alliance.indices import agreement, rice
from kg.analysis.alliance.standing import Bridge, Standing, bridges, standings

__all__ = [
    "Bridge",
    "Cohesion",
    "Member",
    "Standing",
    "agreement",
    "bridges",
    "cohesion",
    "rice",
    "standings",
]
