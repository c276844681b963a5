"""Acts by hand: who did what to whom, when, and which stories tell it."""

from __future__ import annotations

import pytest

from kg.analysis import Evidence, Party, SignedEvent
from kg.namespaces import entity_iri
from kg.records import PartialDate, Status

EU = entity_iri("bloc", "eu")
STATES = {name: entity_iri("state", name) for name in ("us", "uk", "germany", "france", "italy")}
MEMBERS = ("germany", "france", "italy")


def iri(name: str) -> str:
    return EU if name == "eu" else STATES[name]


def side(role: str, name: str, blocs: tuple[str, ...] | None) -> Party:
    inside = name in MEMBERS or name == "eu"
    return Party(role, iri(name), iri(name), blocs if blocs is not None else (EU,) * inside)


@pytest.fixture(scope="session")
def act():
    """``act("1", "us", "france", -4)``: an act; ``joint`` ones have all on both sides."""

    def make(
        name, actor, recipient, intensity, *, when="2025-03-04", stories=("s",), confidence=1.0,
        issues=(), joint=False, blocs=None,
    ):  # fmt: skip
        evidence = tuple(
            Evidence(f"d-{s}-{i}", "", "", "", None, s, 0, 1, "q", "asserted", confidence, "x 1")
            for i, s in enumerate(stories)
        )
        pairs = [("actor", actor), ("recipient", recipient)]
        if joint:
            pairs += [("actor", recipient), ("recipient", actor)]
        return SignedEvent(
            f"id:{name}", name, "t", "c", (intensity > 0) - (intensity < 0), float(intensity),
            Status.REALISED, PartialDate.parse(when) if when else None,
            tuple(side(role, who, blocs) for role, who in pairs), tuple(issues), (), (), evidence,
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def who():
    """``who("us")``: an IRI."""
    return iri
