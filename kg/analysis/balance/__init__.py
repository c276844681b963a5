"""Structural balance of signed networks: exact, certified, and as the field measures it."""

from kg.analysis.balance.alternatives import Side, sides
from kg.analysis.balance.certificate import Certificate, read_certificate
from kg.analysis.balance.edges import parse_edges, read_edges
from kg.analysis.balance.frustration import camps, frustration
from kg.analysis.balance.network import SignedNetwork, Tie
from kg.analysis.balance.null import Chance, Compared, chance
from kg.analysis.balance.records import Frustration, NamedTie
from kg.analysis.balance.resampling import support, tie_weights
from kg.analysis.balance.triads import Triads, triads
from kg.analysis.balance.verification import Verification, verify
from kg.analysis.balance.walks import MultiscaleBalance, multiscale_balance, walk_balance

__all__ = [
    "Certificate",
    "Chance",
    "Compared",
    "Frustration",
    "MultiscaleBalance",
    "NamedTie",
    "Side",
    "SignedNetwork",
    "Tie",
    "Triads",
    "Verification",
    "camps",
    "chance",
    "frustration",
    "multiscale_balance",
    "parse_edges",
    "read_certificate",
    "read_edges",
    "sides",
    "support",
    "tie_weights",
    "triads",
    "verify",
    "walk_balance",
]
