"""The rift between two sides, and the tone of all pairs, asked in the words of a user."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from pyoxigraph import NamedNode

from kg.analysis import Level, labels, side_keys
from kg.analysis.rift import ALPHA, Estimate, Sentence, pair_tones
from kg.analysis.rift import rift as measured
from kg.errors import UsageError
from kg.reference.schemes import event_types
from kg.workspace.frames import FramedPairs
from kg.workspace.network import NetworkOptions, chosen, period_of, undated
from kg.workspace.tables import actor_iri

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis.rift import Change, Driver, Influence, PairTone, Rift, SourceRange
    from kg.analysis.time import Unit
    from kg.analysis.without import Without
    from kg.records import Status
    from kg.store.base import Reader
    from kg.workspace.tables import Reference

__all__ = ["PairTable", "RiftOptions", "TwoSides", "rift", "tones"]

_SENTENCES = """
SELECT DISTINCT ?document ?title ?outlet ?publisher ?start ?end ?quote ?confidence WHERE {
  ?mention tkg:ofEvent ?event ; tkg:inDocument ?document ;
    tkg:quote ?quote ; tkg:confidence ?confidence .
  OPTIONAL { ?mention tkg:start ?start ; tkg:end ?end }
  OPTIONAL { ?mention dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?publisher }
}"""
_LABEL = "SELECT DISTINCT ?label WHERE { ?event rdfs:label ?label }"
_SIDES = """
SELECT DISTINCT ?actor ?recipient WHERE { ?event tkg:actor ?actor ; tkg:recipient ?recipient }"""


class RiftOptions(TypedDict, total=False):
    """What a rift can be asked with.

    Attributes:
        since, until: days that bound the period, both included.
        level: person, polity or bloc.
        statuses: which acts count, by default only those that happened.
        min_confidence: acts below are left out.
        issue: code of the issue that acts must be about; a top-level one has all below it.
        half_life: days before the end of the period after which an act counts half.
        without: what to leave out as if it had never been read.
        by: month, quarter or year, for a series; two sides only.
        alpha: points of intensity on either side that pull a tone towards 0.
        equal: weigh all pairs inside a block alike; two sides only.
        seed: of everything drawn at random.
        most: how many of the acts that move the tone most; two sides only.
    """

    since: date | None
    until: date | None
    level: Level
    statuses: tuple[Status, ...]
    min_confidence: float
    issue: str | None
    half_life: float | None
    without: Without | None
    by: Unit | None
    alpha: float
    equal: bool
    seed: int
    most: int


@dataclass(frozen=True, slots=True)
class TwoSides:
    """How two sides stand towards each other, with the names to print it with.

    Attributes:
        measured: all figures; see ``kg.analysis.rift.Rift``.
        left, right: names of the sides.
        labels: IRI → label.
    """

    measured: Rift
    left: str
    right: str
    labels: dict[str, str]

    @property
    def tone(self) -> float | None:
        """Tone between the sides, -1 to 1; None when ``abstained`` says why."""
        return self.measured.tone.value if self.measured.tone else None

    @property
    def low(self) -> float | None:
        """Lower end of the interval of the tone."""
        return self.measured.tone.low if self.measured.tone else None

    @property
    def high(self) -> float | None:
        """Upper end of the interval of the tone."""
        return self.measured.tone.high if self.measured.tone else None

    @property
    def directions(self) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
        """What the left did to the right, the right to the left, and the difference."""
        return self.measured.forward, self.measured.backward, self.measured.asymmetry

    @property
    def sources(self) -> SourceRange | None:
        """The tone with each source left out in turn; None with a single source."""
        return self.measured.outlets

    @property
    def events(self) -> tuple[Influence, ...]:
        """The acts that move the tone most, each with its sentences."""
        return self.measured.moved

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """What each issue adds to the tone; the sum is the tone."""
        return self.measured.drivers

    @property
    def changes(self) -> tuple[Change, ...]:
        """When the level of the tone changed."""
        return self.measured.changes

    @property
    def abstained(self) -> str:
        """Why nothing is said; "" when something is."""
        return self.measured.abstained

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences behind ``events``, in their order."""
        return tuple(sentence for event in self.events for sentence in event.sentences)


@dataclass(frozen=True, slots=True)
class PairTable(FramedPairs):
    """All pairs, the darkest tone first, with labels and what the reader must know."""

    pairs: tuple[PairTone, ...]
    labels: dict[str, str]
    notes: tuple[str, ...]

    def records(self) -> list[dict[str, Any]]:
        """One row for each pair."""
        return [self.record(pair) for pair in self.pairs]

    def record(self, pair: PairTone) -> dict[str, Any]:
        """The row of one pair."""
        surprise = pair.surprise
        return {
            "a": self.labels.get(pair.a, pair.a),
            "b": self.labels.get(pair.b, pair.b),
            "a_iri": pair.a,
            "b_iri": pair.b,
            "tone": round(pair.tone.value, 4) if pair.tone else None,
            "low": round(pair.tone.low, 4) if pair.tone else None,
            "high": round(pair.tone.high, 4) if pair.tone else None,
            "forward": None if pair.forward is None else round(pair.forward, 4),
            "backward": None if pair.backward is None else round(pair.backward, 4),
            "p_value": pair.p_value,
            "q_value": pair.q_value,
            "surprise": round(surprise.z, 3) if surprise else None,
            "percentile": round(surprise.percentile, 2) if surprise else None,
            "events": pair.support.events,
            "stories": pair.support.stories,
            "sources": pair.support.sources,
            "abstained": pair.abstained or None,
        }

    def _repr_html_(self) -> str:
        """The table inside a notebook."""
        from kg.workspace.showing import pairs_html  # noqa: PLC0415 - only in a notebook

        return pairs_html(self.pairs, self.labels, self.notes)


def rift(
    store: Reader, world: Reference, left: str, right: str, **options: Unpack[RiftOptions]
) -> TwoSides:
    """The rift between two sides; see ``kg.analysis.rift.rift``.

    Args:
        store: where the acts lie.
        world: to recognise the names.
        left: name of one side ("us", "European Union", an IRI).
        right: name of the other.
        options: see ``RiftOptions``.

    Raises:
        UsageError: an unknown name, twice the same side, or a period that ends before it begins.
    """
    names, period = labels(store), period_of(_shared(options))
    one, other = (actor_iri(world(), names, name) for name in (left, right))
    if one == other:
        raise UsageError(f"both sides are the same: {left} and {right}")
    found = measured(
        chosen(store, _shared(options)),
        one,
        other,
        period,
        level=options.get("level", Level.POLITY),
        by=options.get("by"),
        alpha=options.get("alpha", ALPHA),
        equal=options.get("equal", False),
        half_life=options.get("half_life"),
        seed=options.get("seed", 0),
        most=options.get("most", 10),
    )
    names = {**_reference_labels(world, (one, other)), **names}
    moved = tuple(_told(store, names, act) for act in found.moved)
    return TwoSides(replace(found, moved=moved), names[one], names[other], names)


def tones(store: Reader, **options: Unpack[RiftOptions]) -> PairTable:
    """The tone of all pairs; see ``kg.analysis.rift.pair_tones``."""
    period, found = period_of(_shared(options)), chosen(store, _shared(options))
    pairs = pair_tones(
        found,
        side_keys(options.get("level", Level.POLITY)),
        period,
        alpha=options.get("alpha", ALPHA),
        half_life=options.get("half_life"),
        seed=options.get("seed", 0),
    )
    notes = undated(found, period, dated=options.get("half_life") is not None)
    return PairTable(pairs, labels(store), notes)


def _shared(options: RiftOptions) -> NetworkOptions:
    names = ("since", "until", "statuses", "min_confidence", "issue", "without")
    kept: NetworkOptions = {n: options[n] for n in names if n in options}  # type: ignore[literal-required, assignment]
    return kept


def _reference_labels(world: Reference, iris: tuple[str, str]) -> dict[str, str]:
    actors = world().actors
    return {iri: actors[iri].label if iri in actors else iri for iri in iris}


def _told(store: Reader, names: dict[str, str], act: Influence) -> Influence:
    """The act with its label and what tells it, the surest first: sentences or rows of feeds."""
    wanted = {"event": NamedNode(act.event)}
    rows = sorted(store.select(_SENTENCES, wanted).texts(), key=lambda row: (-float(row[7]), row))
    sentences = tuple(
        Sentence(document, title, outlet or publisher, int(start or 0), int(end or 0), quote)
        for document, title, outlet, publisher, start, end, quote, _ in rows
    )
    label = next((row[0] for row in sorted(store.select(_LABEL, wanted).texts())), "")
    if not label:
        sides = sorted(store.select(_SIDES, wanted).texts())
        kind = event_types()[act.type].label if act.type in event_types() else act.type
        label = "; ".join(f"{names.get(a, a)}: {kind}, {names.get(b, b)}" for a, b in sides)
    return replace(act, label=label, sentences=sentences)
