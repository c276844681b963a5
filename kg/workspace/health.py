"""What a store holds, and whether it keeps its own rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.namespaces import ID
from kg.records import Status
from kg.reference.audit import FindingKind, audit
from kg.resources import ontology_dir, queries_dir
from kg.store.parameters import load_query
from kg.version import VERSION
from kg.workspace.judging import dormant
from kg.workspace.newcomers import conflicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.reference.world import World
    from kg.store.base import Reader
    from kg.workspace.catalogue import SourceRow

__all__ = [
    "CheckReport",
    "Figures",
    "Finding",
    "Info",
    "check",
    "figures",
    "info",
    "reference_counts",
]

# One pattern each, for joins of a million events take long: only events have a status, and only
# events and votes have a date.
_OF_STATUS = "SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event tkg:status ?status }"
_DATED = "SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE { ?it tkg:date ?date }"
_DATED_VOTES = "SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE { ?it a tkg:RollCall ; tkg:date ?date }"
_SIDES = ("tkg:actor", "tkg:recipient")
_MENTIONS = "SELECT (COUNT(DISTINCT ?mention) AS ?n) WHERE { ?mention a tkg:EventMention }"
_ROWS = "SELECT (COUNT(DISTINCT ?row) AS ?n) WHERE { ?row a tkg:Row }"


# What cannot be: an open tenure whose office's data end earlier, two holders at once, no interval.
CONTRADICTIONS = frozenset({
    FindingKind.INVERTED,
    FindingKind.SUPERSEDED,
    FindingKind.STALE,
    FindingKind.OVERLAP,
    FindingKind.DOUBLE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read and found, in the order it is worth printing."""

    location: str
    version: str
    documents: int
    feeds: int
    first_published: str
    last_published: str
    events: int
    realised: int
    undated: int
    mentions: int
    actors: int


@dataclass(frozen=True, slots=True)
class Info(Figures):
    """The same, how much the store holds, and who read it."""

    quads: int
    graphs: int
    read_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken by one thing."""

    check: str
    severity: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The checks that ran and what they found."""

    checks: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """True without a violation; warnings do not fail a check."""
        return not any(finding.severity == "violation" for finding in self.findings)


def figures(store: Reader, rows: tuple[SourceRow, ...]) -> Figures:
    """Count what was found; the rows of feeds count as mentions."""
    events = {status: _one(store, _OF_STATUS, {"status": Literal(status)}) for status in Status}
    tellings = [_one(store, query) for query in (_MENTIONS, _ROWS)]
    dates = sorted(str(row.published) for row in rows if row.published)
    actors = {
        row
        for side in _SIDES
        for row in store.select(f"SELECT DISTINCT ?actor WHERE {{ ?event {side} ?actor }}").rows
    }
    return Figures(
        location=store.location,
        version=VERSION,
        documents=sum(not row.is_feed for row in rows),
        feeds=sum(row.is_feed for row in rows),
        first_published=dates[0] if dates else "",
        last_published=dates[-1] if dates else "",
        events=sum(events.values()),
        realised=events[Status.REALISED],
        undated=sum(events.values()) - (_one(store, _DATED) - _one(store, _DATED_VOTES)),
        mentions=sum(tellings),
        actors=len(actors),
    )


def info(store: Reader, rows: tuple[SourceRow, ...]) -> Info:
    """Count what was found and what the store holds; the latter takes a while with millions."""
    return Info(
        **asdict(figures(store, rows)),
        quads=store.size(),
        graphs=len(store.graphs()),
        read_by=tuple(sorted({f"{row.read_by[0]} {row.read_by[1]}" for row in rows})),
    )


def _one(store: Reader, counting: str, bound: Mapping[str, Literal] | None = None) -> int:
    return int(store.select(counting, bound).texts()[0][0])


def check(
    store: Reader, world: World, *, shacl: bool = False, reference: bool = False
) -> CheckReport:
    """Run queries/checks/*.rq and what cannot be asked in SPARQL.

    Args:
        store: what to check.
        world: the reference data; contradictions in them are warnings, and offices that documents
            state are compared with them.
        shacl: also validate with pySHACL, which takes about as long as parsing the whole store
            with rdflib: for small stores and samples.
        reference: also tell gaps, vacancies and shared names in the reference data.
    """
    from kg.analysis.acts.agreement import disagreements  # noqa: PLC0415 - loads Polars

    queries = sorted((queries_dir() / "checks").glob("*.rq"))
    findings = [finding for path in queries for finding in _violations(store, path)]
    findings += _sleeping(store)
    findings += [
        Finding("stated-offices", "warning", conflict.stated.person, conflict.message)
        for conflict in conflicts(store, world)
    ]
    findings += [
        Finding("reference", "warning", doubt.subject, f"{doubt.kind.value}: {doubt.message}")
        for doubt in audit(world)
        if reference or doubt.kind in CONTRADICTIONS
    ]
    findings += [
        Finding("columns", "violation", feed, f"{message}; delete the folder columns of the store")
        for feed, message in disagreements(store)
    ]
    names = [
        *(path.stem for path in queries),
        *("judgements", "stated-offices", "reference", "columns"),
    ]
    if shacl:
        names.append("shapes")
        findings += _shapes(store)
    return CheckReport(tuple(names), tuple(findings))


def _violations(store: Reader, path: Path) -> Iterator[Finding]:
    """The rows of one check query."""
    query = load_query(path)
    for row in store.select(query.bound()).dicts():
        values = {name: str(getattr(term, "value", term)) for name, term in row.items()}
        subject = values.get("subject") or next(iter(values.values()), "")
        severity, message = values.get("severity", "violation"), values.get("message")
        yield Finding(path.stem, severity, subject, message or query.summary)


def _sleeping(store: Reader) -> Iterator[Finding]:
    """Judgements on what is no longer in the store."""
    for entry, iri in dormant(store):
        what = f"judgement {entry.number} ({entry.verdict.value}, by {entry.author})"
        message = f"{what} sleeps: {iri.removeprefix(ID)} is not in the store"
        yield Finding("judgements", "warning", entry.iri, message)


def _shapes(store: Reader) -> list[Finding]:
    import io  # noqa: PLC0415 - pySHACL and rdflib take half a second to import

    import pyshacl  # noqa: PLC0415
    from rdflib import RDF, SH, Graph  # noqa: PLC0415

    data = io.BytesIO()
    store.dump(data, "ntriples")
    graph = Graph().parse(data=data.getvalue(), format="nt")
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True, inference="none")
    return [
        Finding(
            "shapes",
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in sorted(report.subjects(RDF.type, SH.ValidationResult), key=str)
    ]


def reference_counts(world: World) -> dict[str, int]:
    """How much the reference data cover: number of things of each kind."""
    kinds = Counter(actor.kind.value for actor in world.actors.values())
    return {
        **{f"{kind}s": kinds[kind] for kind in sorted(kinds)},
        "offices": len(world.offices),
        "tenures": len(world.tenures),
        "memberships": len(world.memberships),
    }
