"""What a Wikidata-like endpoint knows about tenures and memberships that the reference data do not.

Offices are found by their English labels, blocs and states by their Wikidata identifiers. An end
date there is taken as the first day on which it no longer held, as on the day of a handover. What
the endpoint leaves open or does not know changes nothing; deprecated statements are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ID, PREFIXES, entity_iri
from kg.records import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.reference.model import Membership, Office, Tenure
    from kg.reference.world import World
    from kg.workspace.endpoint import Endpoint

__all__ = ["Action", "Difference", "compare"]

BATCH = 40  # labels or blocs in one query
WIKIDATA = PREFIXES["wd"]
PROP, ONTOLOGY = "http://www.wikidata.org/prop/", "http://wikiba.se/ontology#"
PRECISIONS = {"11": Precision.DAY, "10": Precision.MONTH, "9": Precision.YEAR}
KEPT = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}

_INTERVAL = f"""
  ?statement <{PROP}qualifier/value/P580> ?from .
  ?from <{ONTOLOGY}timeValue> ?start ; <{ONTOLOGY}timePrecision> ?startPrecision .
  OPTIONAL {{ ?statement <{PROP}qualifier/value/P582> ?to .
    ?to <{ONTOLOGY}timeValue> ?end ; <{ONTOLOGY}timePrecision> ?endPrecision }}
  FILTER NOT EXISTS {{ ?statement <{ONTOLOGY}rank> <{ONTOLOGY}DeprecatedRank> }}
}} ORDER BY ?item ?what ?start ?end ?name"""

_TENURES = f"""SELECT DISTINCT ?item ?name ?what ?start ?startPrecision ?end ?endPrecision WHERE {{
  VALUES ?what {{ %s }}
  ?position <http://www.w3.org/2000/01/rdf-schema#label> ?what .
  ?statement <{PROP}statement/P39> ?position .
  ?item <{PROP}P39> ?statement ; <http://www.w3.org/2000/01/rdf-schema#label> ?name .
  FILTER(LANG(?name) = "en"){_INTERVAL}"""

_MEMBERSHIPS = f"""SELECT DISTINCT ?item ?name ?what ?start ?startPrecision ?end ?endPrecision
WHERE {{
  VALUES ?what {{ %s }}
  ?statement <{PROP}statement/P463> ?what .
  ?item <{PROP}P463> ?statement .
  BIND("" AS ?name){_INTERVAL}"""


class Action(StrEnum):
    """What would be done to the reference data."""

    ADD = "add"
    CHANGE = "change"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Difference:
    """One tenure or membership that the endpoint knows better.

    Attributes:
        action: add, change or close.
        iri: of the tenure or membership.
        holder, what: IRIs of person and office, or of state and bloc.
        holder_label, what_label: their names.
        wikidata: "Q…" of somebody the reference data do not know, else "".
        start, end: as far as known ("2026-02"), the end being the first day after; None if not.
        before: what the reference data say now, "" for an addition.
    """

    action: Action
    iri: str
    holder: str
    what: str
    holder_label: str
    what_label: str
    wikidata: str
    start: str
    end: str | None
    before: str

    @property
    def is_tenure(self) -> bool:
        """True for a tenure, false for a membership."""
        return self.iri.startswith(f"{ID}tenure/")


@dataclass(frozen=True, slots=True)
class _Told:
    """One row of an answer."""

    item: str
    name: str
    what: str
    start: str
    end: str | None

    @classmethod
    def of(cls, row: tuple[str, ...]) -> _Told | None:
        item, name, what, start, start_precision, end, end_precision = row
        since, until = _partial(start, start_precision), _partial(end, end_precision)
        if since is None or not item.startswith(WIKIDATA):
            return None
        if until is not None and until[: len(since)] < since[: len(until)]:
            return None  # it ends before it begins: theirs to mend
        return cls(item.removeprefix(WIKIDATA), name.strip(), what, since, until)


def compare(
    world: World, endpoint: Endpoint, of: str | None = None, since: date | None = None
) -> tuple[Difference, ...]:
    """Ask for all offices and blocs, and say what would be added, changed or closed.

    Args:
        world: the reference data with the user's overlays.
        endpoint: where to ask.
        of: IRI of a polity, to look at its offices (or, for a bloc, its members) only.
        since: leave out what ended before this day.

    Returns:
        Differences sorted by what they are about; each IRI once.
    """
    known = {actor.wikidata: iri for iri, actor in world.actors.items() if actor.wikidata}
    found: dict[str, Difference] = {}
    for told, office in _tenures(world, endpoint, of):
        if since is None or told.end is None or told.end >= since.isoformat()[: len(told.end)]:
            difference = _tenure(world, known, told, office)
            if difference:
                found.setdefault(difference.iri, difference)
    for told in _memberships(world, endpoint, of):
        if since is None or told.end is None or told.end >= since.isoformat()[: len(told.end)]:
            difference = _membership(world, known, told)
            if difference:
                found.setdefault(difference.iri, difference)
    return tuple(sorted(found.values(), key=lambda d: (d.what_label, d.start, d.iri)))


def _tenures(world: World, endpoint: Endpoint, of: str | None) -> Iterator[tuple[_Told, Office]]:
    labels: dict[str, list[Office]] = {}
    for office in world.offices.values():
        if of is None or office.represents == of:
            for label in {office.label, *office.aliases}:
                labels.setdefault(label, []).append(office)
    clear = sorted(label for label, offices in labels.items() if len(offices) == 1)
    for batch in _batches(clear):
        values = " ".join(str(Literal(label, language="en")) for label in batch)
        for row in endpoint.rows(_TENURES % values):
            told = _Told.of(row)
            if told and told.name and told.what in labels:
                yield told, labels[told.what][0]


def _memberships(world: World, endpoint: Endpoint, of: str | None) -> Iterator[_Told]:
    blocs = {m.bloc for m in world.memberships if of is None or m.bloc == of}
    items = sorted(world.actors[bloc].wikidata for bloc in blocs if world.actors[bloc].wikidata)
    for batch in _batches(items):
        values = " ".join(str(NamedNode(WIKIDATA + item)) for item in batch)
        for row in endpoint.rows(_MEMBERSHIPS % values):
            told = _Told.of(row)
            if told:
                yield told


def _tenure(world: World, known: dict[str, str], told: _Told, office: Office) -> Difference | None:
    person = known.get(told.item, "")
    wikidata = ""
    if not person:
        person, wikidata = entity_iri("person", told.name), told.item
        namesake = world.actors.get(person)
        if namesake and namesake.wikidata:
            person = entity_iri("person", f"{told.name} {told.item}")
        elif namesake:
            wikidata = ""  # the only one of that name, whose identifier we did not know
    ours = [t for t in world.tenures_of(person) if t.office == office.iri]
    slugs = "/".join(iri.rsplit("/", 1)[-1] for iri in (person, office.iri))
    start = told.start if len(told.start) == 10 else told.start[:4]
    return _difference(
        told, ours, f"{ID}tenure/{slugs}/{start}",
        (person, office.iri), (told.name, office.label), wikidata,
    )  # fmt: skip


def _membership(world: World, known: dict[str, str], told: _Told) -> Difference | None:
    state, bloc = known.get(told.item), known.get(told.what.removeprefix(WIKIDATA))
    if state is None or bloc is None or len(told.start) < 10 or not world.actors[state].is_polity:
        return None  # members we do not know, and days nobody knows, are left to the editor
    if told.end and len(told.end) < 10:
        return None
    ours = [m for m in world.memberships if (m.state, m.bloc) == (state, bloc)]
    slugs = "/".join(iri.rsplit("/", 1)[-1] for iri in (state, bloc))
    labels = (world.label(state), world.label(bloc))
    iri = f"{ID}membership/{slugs}/{told.start}"
    return _difference(told, ours, iri, (state, bloc), labels, "")


def _difference(
    told: _Told,
    ours: Sequence[Tenure | Membership],
    iri: str,
    who: tuple[str, str],
    labels: tuple[str, str],
    wikidata: str,
) -> Difference | None:
    """Compare with the interval of ours that it means: the same start, or else an overlap."""
    same = [
        o for o in ours if o.start and _agree(_shown(o.start, _precision(o, "start")), told.start)
    ]
    meant = (same or [o for o in ours if _overlap(o, told)])[:1]
    action, before, start, end = Action.ADD, "", told.start, told.end
    for interval in meant:
        own_start = _shown(interval.start, _precision(interval, "start"))
        own_end = _shown(interval.end, _precision(interval, "end"))
        finer_start = not _agree(own_start, told.start) or len(told.start) > len(own_start or "")
        closes = told.end is not None and own_end is None
        moves = told.end is not None and own_end is not None and (
            not _agree(own_end, told.end) or len(told.end) > len(own_end)
        )  # fmt: skip
        if not (finer_start or closes or moves):
            return None
        action = Action.CLOSE if closes and not finer_start else Action.CHANGE
        iri, before = interval.iri, f"{own_start or '?'} to {own_end or 'today'}"
        start = told.start if finer_start else (own_start or told.start)
        end = told.end if closes or moves else own_end
    return Difference(action, iri, *who, *labels, wikidata, start, end, before)


def _overlap(ours: Tenure | Membership, told: _Told) -> bool:
    first = (ours.start or date.min).isoformat()
    last = (ours.end or date.max).isoformat()
    return first[: len(told.start)] <= (told.end or "9999") and told.start < last


def _precision(interval: Tenure | Membership, which: str) -> Precision:
    found = getattr(interval, f"{which}_precision", Precision.DAY)
    assert isinstance(found, Precision)
    return found


def _shown(day: date | None, precision: Precision) -> str | None:
    return None if day is None else day.isoformat()[: KEPT[precision]]


def _agree(one: str | None, other: str | None) -> bool:
    """Equal as far as both are known."""
    if one is None or other is None:
        return one is other
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _partial(value: str, precision: str) -> str | None:
    """``1991-12-26T00:00:00Z`` with precision 10 → ``1991-12``; None when it is no such date."""
    kept = PRECISIONS.get(precision)
    if kept is None:
        return None
    try:
        day = date.fromisoformat(value.lstrip("+")[:10].replace("-00", "-01"))
    except ValueError:
        return None
    return day.isoformat()[: KEPT[kept]]


def _batches(items: Iterable[str]) -> Iterator[list[str]]:
    ordered = list(items)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
