"""The signed network of a period: who stands with and against whom, and by how much."""

from kg.analysis.network.fold import (
    NETWORK,
    FoldedNetwork,
    Where,
    acts_graph,
    fold,
    placed,
    signed_network,
)
from kg.analysis.network.formula import ALPHA, Formula, tied

__all__ = [
    "ALPHA",
    "NETWORK",
    "FoldedNetwork",
    "Formula",
    "Where",
    "acts_graph",
    "fold",
    "placed",
    "signed_network",
    "tied",
]
