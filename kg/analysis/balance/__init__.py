"""Structural balance of signed networks: exact, certified, and as the field measures it."""

from kg.analysis.balance.certificate import Certificate, read_certificate
from kg.analysis.balance.frustration import camps, frustration
from kg.analysis.balance.network import SignedNetwork, Tie
from kg.analysis.balance.records import Frustration, NamedTie
from kg.analysis.balance.verification import Verification, verify

__all__ = [
    "Certificate",
    "Frustration",
    "NamedTie",
    "SignedNetwork",
    "Tie",
    "Verification",
    "camps",
    "frustration",
    "read_certificate",
    "verify",
]
