"""Single acts in full: labels, places and every telling, read from the store by IRI."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts.table import story_number
from kg.analysis.events import Stored, partial_date, signed_events
from kg.analysis.records import Evidence, Merge, Party, SignedEvent
from kg.analysis.told import decided, known
from kg.judgements import read_log
from kg.namespaces import ISSUE, TYPE
from kg.records import Status
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.analysis.acts.table import Acts
    from kg.analysis.without import Without
    from kg.store.base import Reader

__all__ = ["acts_in_full", "events_in_full"]

_MOST = 500  # events in one query
_EVENTS = """
SELECT DISTINCT ?event ?type ?status ?date ?precision ?issue WHERE {
  VALUES ?event { %s }
  ?event tkg:eventType ?type ; tkg:status ?status .
  OPTIONAL { ?event tkg:date ?date }
  OPTIONAL { ?event tkg:datePrecision ?precision }
  OPTIONAL { ?event tkg:issue ?issue }
}"""
_SIDES = """
SELECT DISTINCT ?event ?role ?agent ?polity ?bloc ?office WHERE {
  VALUES ?event { %s }
  ?side tkg:ofEvent ?event ; tkg:role ?role ; tkg:agent ?agent .
  OPTIONAL { ?side tkg:polity ?polity } OPTIONAL { ?side tkg:bloc ?bloc }
  OPTIONAL { ?side tkg:office ?office }
}"""
_ROWS = """
SELECT DISTINCT ?event ?row ?feed ?source ?record ?confidence ?outlet ?report ?extractor ?version
WHERE {
  VALUES ?event { %s }
  ?row tkg:ofEvent ?event ; tkg:inDocument ?feed ; tkg:quote ?record ; tkg:confidence ?confidence .
  ?feed a tkg:Feed ; dcterms:source ?source .
  ?run prov:used ?feed ; tkg:extractor ?extractor ; tkg:version ?version .
  OPTIONAL { ?row dcterms:publisher ?outlet }
  OPTIONAL { ?row dcterms:source ?report }
}"""


def acts_in_full(
    store: Reader,
    acts: Acts,
    numbers: Sequence[int],
    names: Mapping[str, str],
    without: Without | None = None,
) -> list[SignedEvent]:
    """The acts of these numbers, in their order, with the evidence of all events they stand for.

    Args:
        store: what ``acts`` were read from.
        acts: from ``kg.analysis.acts.acts``.
        numbers: of acts.
        names: IRI → label, for events that only feeds tell.
        without: what was left out of ``acts``.
    """
    wanted = pl.LazyFrame({"act": list(numbers)}, {"act": pl.UInt32})
    heads = acts.iris(numbers)
    merged = wanted.join(acts.merged, on="act").sort("act", "event").collect()
    others: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for act, event, rule in merged.select("act", "event", "rule").iter_rows():
        others[act].append((event, rule))
    iris = [*heads, *merged["event"].to_list()]
    told = {event.iri: event for event in events_in_full(store, iris, names, without)}
    return [
        _joined(told[event], [(told[iri], rule) for iri, rule in others[act] if iri in told])
        for act, event in zip(numbers, heads, strict=True)
    ]


def events_in_full(
    store: Reader,
    iris: Iterable[str],
    names: Mapping[str, str],
    without: Without | None = None,
) -> list[SignedEvent]:
    """The stored events of these IRIs as documents and feeds tell them, sorted by IRI.

    Judged ones are marked so; one that nobody tells (any more) is left out.
    """
    decisions = read_log(store).decisions()
    found: dict[str, SignedEvent] = {}
    ordered = sorted(set(iris))
    for start in range(0, len(ordered), _MOST):
        some = ordered[start : start + _MOST]
        stored = Stored.read(store, some)
        for event in signed_events(stored.but(without) if without else stored, tuple(Status)):
            found[event.iri] = event
        for event in _coded(store, some, names, without):
            before = found.get(event.iri)
            found[event.iri] = _with_rows(before, event) if before else event
    events = (found[iri] for iri in sorted(found))
    return list(decided(events, decisions, known(store, decisions)))


def _joined(first: SignedEvent, others: list[tuple[SignedEvent, str]]) -> SignedEvent:
    if not others:
        return first
    events = [first, *(event for event, _ in others)]
    return replace(
        first,
        issues=tuple(sorted({issue for event in events for issue in event.issues})),
        places=tuple(sorted({place for event in events for place in event.places})),
        venues=tuple(sorted({venue for event in events for venue in event.venues})),
        evidence=_sorted(piece for event in events for piece in event.evidence),
        merges=tuple(Merge(event.iri, event.label, event.date, rule) for event, rule in others),
        judged="right" if any(event.judged == "right" for event in events) else first.judged,
    )


def _with_rows(told: SignedEvent, coded: SignedEvent) -> SignedEvent:
    """One event that documents and feeds tell; the parties are as the documents say."""
    issues = tuple(sorted({*told.issues, *coded.issues}))
    return replace(told, issues=issues, evidence=_sorted((*told.evidence, *coded.evidence)))


def _sorted(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(pieces, key=lambda e: (e.document, e.start, e.end, e.modality)))


def _coded(
    store: Reader, iris: Sequence[str], names: Mapping[str, str], without: Without | None
) -> list[SignedEvent]:
    """Events as the rows of feeds tell them."""
    values = " ".join(f"<{iri}>" for iri in iris)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in sorted(store.select(_ROWS % values).texts()):
        event, node, feed, source, record, sure, outlet, report, coder, version = row
        if without and without.source(feed, outlet):
            continue
        node = node.partition("&act=")[0]  # acts of one row are of one story
        number = int(node.rpartition("#row=")[2])
        evidence[event].append(
            Evidence(
                document=feed, title=f"row {number} of {source}", outlet=outlet,
                source=report or source, published=None, story=str(story_number(report or node)),
                start=number, end=number + 1, quote=record, modality="asserted",
                confidence=float(sure), extractor=f"{coder} {version}", coded=True,
            )
        )  # fmt: skip
    if not evidence:
        return []
    parties = _parties(store.select(_SIDES % values).texts())
    issues: dict[str, set[str]] = defaultdict(set)
    heads: dict[str, tuple[str, ...]] = {}
    for event, kind, status, day, precision, issue in store.select(_EVENTS % values).texts():
        heads[event] = (kind.removeprefix(TYPE), status, day, precision)
        issues[event] |= {issue.removeprefix(ISSUE)} - {""}
    return [
        _event(iri, heads[iri], parties[iri], tuple(sorted(issues[iri])), _sorted(pieces), names)
        for iri, pieces in sorted(evidence.items())
        if iri in heads
    ]


def _event(
    iri: str,
    head: tuple[str, ...],
    parties: tuple[Party, ...],
    issues: tuple[str, ...],
    evidence: tuple[Evidence, ...],
    names: Mapping[str, str],
) -> SignedEvent:
    kind, status, day, precision = head
    known_type, when = event_types()[kind], partial_date(day, precision)
    sides = {
        role: " & ".join(names.get(p.agent, p.agent) for p in parties if p.role == role)
        for role in ("actor", "recipient")
    }
    label = f"{sides['actor'] or 'Unknown'} → {sides['recipient']}: {known_type.label}, {when}"
    return SignedEvent(
        iri=iri, label=label, type=kind, event_class=known_type.top, sign=known_type.sign,
        intensity=known_type.intensity, status=Status(status), date=when, parties=parties,
        issues=issues, places=(), venues=(), evidence=evidence,
    )  # fmt: skip


def _parties(rows: Iterable[tuple[str, ...]]) -> defaultdict[str, tuple[Party, ...]]:
    gathered: dict[tuple[str, ...], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for event, role, agent, polity, bloc, office in rows:
        gathered[event, role, agent, polity][0].update(filter(None, [bloc]))
        gathered[event, role, agent, polity][1].update(filter(None, [office]))
    parties: defaultdict[str, tuple[Party, ...]] = defaultdict(tuple)
    for (event, role, agent, polity), (blocs, offices) in sorted(gathered.items()):
        found = Party(role, agent, polity or None, tuple(sorted(blocs)), tuple(sorted(offices)))
        parties[event] += (found,)
    return parties
