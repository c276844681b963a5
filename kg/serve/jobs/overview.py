"""Figures of the whole store, the latest events, and who stands with or against whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from pyoxigraph import NamedNode

from kg.analysis import Period
from kg.reference.schemes import issues
from kg.serve.jobs.columns import latest as latest_acts
from kg.serve.jobs.columns import period_of, tie_table, ties_of, weighed
from kg.serve.jobs.records import IssueRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.reference.schemes import IssueConcept
    from kg.serve.child import Child
    from kg.serve.jobs.records import Card, Tie
    from kg.workspace.health import Figures

__all__ = ["by_issue", "classes", "figures", "issue_ties", "latest", "ties"]

_MEMBERS = "SELECT (COUNT(DISTINCT ?member) AS ?n) WHERE { ?member a ?class }"
_SIGNS = {"Confrontation": (-1,), "Cooperation": (1,), "Consultation": (0,), "Event": (-1, 0, 1)}


def classes(child: Child, wanted: tuple[str, ...]) -> tuple[dict[str, int], int]:
    """How many members each class has, those with none left out, and how many triples there are."""
    store = child.graph.store
    counts = {}
    for iri in wanted:
        ((number,),) = store.select(_MEMBERS, {"class": NamedNode(iri)}).texts()
        if int(number):
            counts[iri] = int(number)
    ((triples,),) = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").texts()
    return counts, int(triples)


def figures(child: Child) -> Figures:
    """What was read and found."""
    return child.graph.figures()


def latest(child: Child, kind: str, issue: str, most: int) -> tuple[Card, ...]:
    """The latest events that happened.

    Args:
        child: what to ask.
        kind: Event, Confrontation, Cooperation or Consultation.
        issue: code of what they must be about, or "".
        most: how many.
    """
    narrower = sorted(c.code for c in issues().values() if issue and issue in (c.code, c.top))
    return latest_acts(child, _SIGNS[kind], narrower, most)


def ties(
    child: Child, party: str = "", level: str = "polity", since: str = "", until: str = ""
) -> tuple[tuple[Tie, ...], tuple[str, ...]]:
    """Every pair with a confrontation or a cooperative event, by names; and what to know beside.

    Args:
        child: what to ask.
        party: short id of one of the two, or "" for all pairs.
        level: person, polity or bloc.
        since: first day of the period, or "".
        until: its last day, or "".
    """
    period = period_of(since, until)
    found, undated = tie_table(child, ties_of(child, level, party), period)
    verb = "count here" if period.open else "are left out, for they cannot be placed in the period"
    return found, ((f"{undated} events have no known date; they {verb}.",) if undated else ())


def by_issue(child: Child) -> tuple[IssueRow, ...]:
    """How many events of each sign there are about each issue, those with none left out."""
    rows = (
        weighed(child)
        .select("sign", pl.col("issues").cast(pl.List(pl.String)))
        .explode("issues")
        .group_by("issues", "sign")
        .len()
        .collect()
    )
    counted = {(code, sign): number for code, sign, number in rows.iter_rows()}
    return tuple(
        IssueRow(
            concept.code,
            concept.label,
            "" if concept.is_top else concept.top,
            *(counted.get((concept.code, sign), 0) for sign in (-1, 1, 0)),
        )
        for concept in _in_order(concept.code for concept in issues().values())
        if any((concept.code, sign) in counted for sign in (-1, 0, 1))
    )


def issue_ties(child: Child, code: str) -> tuple[Tie, ...]:
    """The pairs that met over an issue, those with most events first."""
    found, _ = tie_table(child, ties_of(child, "polity"), Period(), code)
    return tuple(
        sorted(
            found,
            key=lambda t: (-(t.confrontations + t.cooperations), t.balance, t.name_a, t.name_b),
        )
    )


def _in_order(codes: Iterable[str]) -> list[IssueConcept]:
    concepts = issues()
    return sorted(
        (concepts[code] for code in codes),
        key=lambda c: (concepts[c.top].label, not c.is_top, c.label),
    )
