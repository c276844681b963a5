"""How far states and blocs vote alike: agreement on roll calls, with and without chance."""

from kg.analysis.votes.agreement import MEASURES, Agreement, agreement, measure
from kg.analysis.votes.compare import Comparison, compare
from kg.analysis.votes.tables import By, Voters, agreements

__all__ = [
    "MEASURES",
    "Agreement",
    "By",
    "Comparison",
    "Voters",
    "agreement",
    "agreements",
    "compare",
    "measure",
]
