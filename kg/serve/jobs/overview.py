"""Figures of the whole store, the latest events, and who stands with or against whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.analysis import Grouping, Level
from kg.namespaces import issue_iri
from kg.reference.schemes import issues
from kg.serve.jobs.acts import cards, full, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis import Dyad
    from kg.reference.schemes import IssueConcept
    from kg.serve.jobs.acts import Card
    from kg.serve.worker import Child
    from kg.workspace.health import Info
    from kg.workspace.tables import TableOptions

__all__ = ["IssueRow", "Tie", "by_issue", "classes", "figures", "issue_ties", "latest", "ties"]

LATEST = 2000  # events of which the first acts are taken

_MEMBERS = "SELECT (COUNT(DISTINCT ?member) AS ?n) WHERE { ?member a ?class }"
_EVENTS = """
SELECT DISTINCT ?event ?date WHERE {
  ?event a ?class ; tkg:status "realised" . %s
  OPTIONAL { ?event tkg:date ?date }
} ORDER BY DESC(?date) ?event LIMIT ?most"""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties and what passed between them; ``trend`` is None when nothing came before."""

    a: str
    b: str
    name_a: str
    name_b: str
    confrontations: int
    cooperations: int
    consultations: int
    balance: float
    trend: float | None
    issues: tuple[str, ...]
    sources: int

    def other(self, one: str) -> tuple[str, str]:
        """Short id and name of the party that is not ``one``."""
        return (self.b, self.name_b) if self.a == one else (self.a, self.name_a)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue with its events by sign; a narrower one names the code it is ``part_of``."""

    code: str
    label: str
    part_of: str
    confrontations: int
    cooperations: int
    consultations: int


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


def figures(child: Child) -> Info:
    """What the store holds."""
    return child.graph.info()


def latest(child: Child, kind: str, issue: str, most: int) -> tuple[Card, ...]:
    """The latest events that happened.

    Args:
        child: what to ask.
        kind: Event, Confrontation, Cooperation or Consultation.
        issue: code of what they must be about, or "".
        most: how many.
    """
    narrower = [c.code for c in issues().values() if issue and issue in (c.code, c.top)]
    iris = " ".join(f"<{issue_iri(code)}>" for code in sorted(narrower))
    about = f"VALUES ?about {{ {iris} }} ?event tkg:issue ?about ." if iris else ""
    rows = child.graph.store.select(
        _EVENTS.replace("?class", f"tkg:{kind}") % about, {"most": _number(LATEST)}
    )
    return cards(child, (row[0] for row in rows.texts()), most)


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
    asked: TableOptions = {
        "left": full(party) if party else None,
        "since": date.fromisoformat(since) if since else None,
        "until": date.fromisoformat(until) if until else None,
        "level": Level(level),
    }
    against, beside = child.graph.rifts(**asked), child.graph.alliances(**asked)
    names = against.labels
    found = {(dyad.a, dyad.b): _tie(dyad, names) for dyad in (*against.dyads, *beside.dyads)}
    ordered = sorted(found.values(), key=lambda tie: (tie.name_a, tie.name_b, tie.a, tie.b))
    return tuple(ordered), tuple(dict.fromkeys((*against.notes, *beside.notes)))


def by_issue(child: Child) -> tuple[IssueRow, ...]:
    """How many events of each sign there are about each issue, those with none left out."""
    rows = child.graph.store.select("""
SELECT ?issue ?sign (COUNT(?event) AS ?n) WHERE {
  SELECT DISTINCT ?issue ?sign ?event WHERE {
    ?event a tkg:Event ; tkg:status "realised" ; tkg:sign ?sign ; tkg:issue ?issue .
  }
} GROUP BY ?issue ?sign""").texts()
    counted = {(iri, int(sign)): int(number) for iri, sign, number in rows}
    return tuple(
        IssueRow(
            concept.code,
            concept.label,
            "" if concept.is_top else concept.top,
            *(counted.get((concept.iri, sign), 0) for sign in (-1, 1, 0)),
        )
        for concept in _in_order(concept.code for concept in issues().values())
        if any((concept.iri, sign) in counted for sign in (-1, 0, 1))
    )


def issue_ties(child: Child, code: str) -> tuple[Tie, ...]:
    """The pairs that met over an issue, those with most events first."""
    found: dict[tuple[str, str], Tie] = {}
    for table in (child.graph.rifts, child.graph.alliances):
        answer = table(by=Grouping.ISSUE)
        for dyad in answer.dyads:
            if dyad.group == code:
                found[dyad.a, dyad.b] = _tie(dyad, answer.labels)
    return tuple(
        sorted(
            found.values(),
            key=lambda t: (-(t.confrontations + t.cooperations), t.balance, t.name_a, t.name_b),
        )
    )


def _in_order(codes: Iterable[str]) -> list[IssueConcept]:
    concepts = issues()
    return sorted(
        (concepts[code] for code in codes),
        key=lambda c: (concepts[c.top].label, not c.is_top, c.label),
    )


def _tie(dyad: Dyad, names: dict[str, str]) -> Tie:
    return Tie(
        short(dyad.a),
        short(dyad.b),
        names.get(dyad.a, short(dyad.a)),
        names.get(dyad.b, short(dyad.b)),
        dyad.confrontations,
        dyad.cooperations,
        dyad.consultations,
        dyad.balance,
        dyad.trend,
        dyad.issues[:4],
        dyad.sources,
    )


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
