"""Matching names to actors, for the reconciliation service."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process, utils

from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind
from kg.serve.jobs.acts import full, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.reference.model import Actor
    from kg.reference.world import World
    from kg.serve.child import Child

__all__ = ["KINDS", "PROPERTIES", "Candidate", "Wanted", "candidates", "described", "extend"]

KINDS = {
    kind.value: kind.value.replace("conference", "conference or forum").capitalize()
    for kind in ActorKind
}
"""Types of the service: id → name."""

PROPERTIES = {
    "wikidata": "Wikidata item",
    "iso3": "ISO 3166 code, three letters",
    "iso2": "ISO 3166 code, two letters",
    "alias": "other name",
    "part-of": "belongs to",
    "office": "office held",
    "polity": "speaks for",
    "bloc": "member of bloc",
    "gender": "gender",
}
"""Properties that can be matched and asked for: id → name."""

_NEWCOMERS = """
SELECT DISTINCT ?actor ?label ?kind WHERE {
  ?mention a tkg:ActorMention ; tkg:ofActor ?actor . ?actor rdfs:label ?label ; a ?kind .
}"""
_LEAST = 60.0  # likeness from 0 to 100 below which a name is no candidate
_SURE = 95.0
_NAMES = frozenset({AliasKind.NAME, AliasKind.FAMILY_NAME})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query of the service; ``properties`` are (id, value) pairs that should fit."""

    text: str
    kinds: tuple[str, ...] = ()
    limit: int = 5
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be meant, from 0 to 100; ``match`` when it surely is."""

    id: str
    name: str
    kind: str
    description: str
    score: float
    match: bool


@dataclass(slots=True)
class _Index:
    """Folded surface → actors with the score of a perfect match."""

    surfaces: dict[str, dict[str, float]]
    labels: dict[str, tuple[str, str, str]]
    folded: list[str]


def candidates(child: Child, wanted: tuple[Wanted, ...]) -> tuple[tuple[Candidate, ...], ...]:
    """The likest actors for each query, best first."""
    index: _Index = child.remembered("reconcile", lambda: _index(child))
    return tuple(_matched(child, index, query) for query in wanted)


def described(child: Child, ids: tuple[str, ...]) -> dict[str, Candidate]:
    """The actors of these ids, those that do not exist left out."""
    index: _Index = child.remembered("reconcile", lambda: _index(child))
    found = {}
    for one in ids:
        known = index.labels.get(full(one))
        if known:
            found[one] = Candidate(short(full(one)), *known, 100.0, match=True)
    return found


def extend(
    child: Child, ids: tuple[str, ...], properties: tuple[tuple[str, str], ...]
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Values of properties, as the service writes them.

    Args:
        child: what to ask.
        ids: of actors.
        properties: (id, day on which it must hold, or "").
    """
    world = child.graph.world
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in ids:
        actor = world.actors.get(full(one))
        rows[one] = {
            name: [_cell(value) for value in _values(world, actor, name, day)] if actor else []
            for name, day in properties
        }
    return rows


def _cell(value: str | tuple[str, str]) -> dict[str, Any]:
    return {"str": value} if isinstance(value, str) else {"id": value[0], "name": value[1]}


def _values(world: World, actor: Actor, name: str, day: str) -> Iterable[str | tuple[str, str]]:
    """Values of one property: texts, or (id, name) of actors."""
    if name in ("wikidata", "iso3", "iso2", "gender"):
        return list(filter(None, (str(getattr(actor, name)),)))
    if name == "alias":
        return actor.aliases
    if name == "part-of":
        return [(short(actor.part_of), world.label(actor.part_of))] if actor.part_of else []
    return _dated(world, actor, name, day)


def _dated(world: World, actor: Actor, name: str, day: str) -> Iterable[str | tuple[str, str]]:
    """Values of a property that holds for a time: on a day, or ever."""
    on = date.fromisoformat(day) if day else None
    tenures = world.tenures_of(actor.iri, on)
    if name == "office":
        return dict.fromkeys(world.label(tenure.office) for tenure in reversed(tenures))
    own = world.polity_of(actor.iri)
    polities = [own] if own else []
    polities += [world.offices[tenure.office].represents for tenure in reversed(tenures)]
    if name == "polity":
        return dict.fromkeys((short(iri), world.label(iri)) for iri in polities)
    blocs = (bloc for polity in polities for bloc in world.blocs_of(polity, on or date.max))
    return dict.fromkeys((short(iri), world.label(iri)) for iri in blocs)


def _matched(child: Child, index: _Index, query: Wanted) -> tuple[Candidate, ...]:
    scores: dict[str, float] = {}
    folded = _fold(query.text)
    exact = full(query.text.strip().removeprefix(ID))
    if exact in index.labels:
        scores[exact] = 100.0
    for iri, score in index.surfaces.get(folded, {}).items():
        scores[iri] = max(score, scores.get(iri, 0.0))
    near = process.extract(
        folded, index.folded, scorer=fuzz.token_sort_ratio, limit=40, score_cutoff=_LEAST
    )
    for surface, likeness, _ in near:
        for iri, most in index.surfaces[surface].items():
            scores[iri] = max(min(likeness * 0.9, most), scores.get(iri, 0.0))
    fitting = {
        iri: score for iri, score in scores.items()
        if not query.kinds or index.labels[iri][1] in query.kinds
    }  # fmt: skip
    if query.properties:
        fitting = {iri: _weighed(child, iri, score, query) for iri, score in fitting.items()}
    ranked = sorted(fitting.items(), key=lambda pair: (-pair[1], pair[0]))
    sure = [iri for iri, score in ranked if score >= _SURE]
    return tuple(
        Candidate(short(iri), *index.labels[iri], round(score, 1), match=sure == [iri])
        for iri, score in ranked[: query.limit]
    )


def _weighed(child: Child, iri: str, score: float, query: Wanted) -> float:
    """Half of the score is the name's, half the properties' when they do not all fit."""
    world = child.graph.world
    actor = world.actors.get(iri)
    fits = 0
    for name, value in query.properties:
        values = _values(world, actor, name, "") if actor else ()
        folded = {_fold(v) for one in values for v in ((one,) if isinstance(one, str) else one)}
        fits += _fold(value) in folded
    return score * (0.5 + 0.5 * fits / len(query.properties))


def _index(child: Child) -> _Index:
    world = child.graph.world
    surfaces: defaultdict[str, dict[str, float]] = defaultdict(dict)
    labels = {
        actor.iri: (actor.label, actor.kind.value, _about(world, actor))
        for actor in world.actors.values()
    }

    def add(text: str, iri: str, score: float) -> None:
        folded = _fold(text)
        if folded:
            surfaces[folded][iri] = max(score, surfaces[folded].get(iri, 0.0))

    for text, iri, kind in world.surfaces():
        if iri in labels and kind in _NAMES:
            surname = kind is AliasKind.FAMILY_NAME
            add(text, iri, 80.0 if surname else 100.0 if text == labels[iri][0] else 98.0)
    for actor in world.actors.values():
        for code in (actor.wikidata, actor.iso3, actor.iso2):
            add(code, actor.iri, 95.0)
    kinds = {kind.value for kind in ActorKind}
    for iri, label, kind_iri in sorted(child.graph.store.select(_NEWCOMERS).texts()):
        kind_name = kind_iri.rpartition("#")[2].lower()
        if iri not in world.actors and kind_name in kinds:
            labels[iri] = (label, kind_name, "only in documents")
            add(label, iri, 99.0)
    return _Index(dict(surfaces), labels, sorted(surfaces))


def _about(world: World, actor: Actor) -> str:
    """The latest office of a person; what something belongs to."""
    tenures = world.tenures_of(actor.iri)
    if tenures:
        last = tenures[-1]
        until = f" until {last.end}" if last.end else ""
        return f"{world.label(last.office)}{until}"
    return f"of {world.label(actor.part_of)}" if actor.part_of else ""


def _fold(text: str) -> str:
    """Words in small letters, without signs between them and without an article before them."""
    return utils.default_process(text[:200]).removeprefix("the ")
