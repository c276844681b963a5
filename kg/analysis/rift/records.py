"""What the measures of a rift give: figures with intervals, and what lies behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "FLOOR",
    "Change",
    "Driver",
    "Estimate",
    "Floor",
    "Influence",
    "PairTone",
    "Rift",
    "Sentence",
    "SourceRange",
    "Stretch",
    "Support",
    "Surprise",
]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval.

    Attributes:
        value: the figure, shrunk towards 0.
        low, high: interval of the figure that unlimited reporting would show.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Support:
    """What a figure rests on.

    Attributes:
        events: signed acts (consultations have no sign and are not among them).
        stories: stories among which the acts are divided, each act belonging to one.
        sources: outlets, or documents whose outlet is unknown.
        cooperation, conflict: mass of the acts, |intensity| times confidence.
    """

    events: int
    stories: int
    sources: int
    cooperation: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Floor:
    """The least evidence about which anything is said: acts, and the stories they come from."""

    events: int = 5
    stories: int = 5

    def abstention(self, support: Support) -> str:
        """Why nothing is said, in plain words; "" when there is enough."""
        if support.events >= self.events and support.stories >= self.stories:
            return ""
        found = (
            f"{_count(support.events, 'event')} in {_count(support.stories, 'story', 'stories')} "
            f"from {_count(support.sources, 'source')}"
        )
        if not support.events:
            found = "no signed events"
        return f"{found}: too little to say ({self} are the least)"

    def __str__(self) -> str:
        return f"{_count(self.events, 'event')} in {_count(self.stories, 'story', 'stories')}"


FLOOR = Floor()


@dataclass(frozen=True, slots=True)
class Driver:
    """What an issue adds to the figure; over all issues this sums to the whole.

    Attributes:
        issue: top-level code; "other" for acts without one.
        contribution: its part of the tone.
        events: how many acts are about it.
        cooperation, conflict: their calibrated masses; an act with several issues is divided.
    """

    issue: str
    contribution: float
    events: int
    cooperation: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that tells an act, with where it stands."""

    document: str
    title: str
    outlet: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Influence:
    """An act and how far it moves the figure.

    Attributes:
        event: IRI.
        day: first day it can have happened; None when unknown.
        type: notation of its type.
        weight: |intensity| times confidence, with the act's sign.
        moved: the figure less what it would be without this act.
        label, sentences: filled in where a store is at hand (``KnowledgeGraph.rift``).
    """

    event: str
    day: date | None
    type: str
    weight: float
    moved: float
    label: str = ""
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRange:
    """The figure with each source left out in turn: its extremes, and whose absence gives them."""

    low: float
    without_low: str
    high: float
    without_high: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The figures of one month, quarter, year or week.

    ``tone`` and what follows are None when ``abstained`` says why.
    """

    label: str
    since: date
    until: date
    support: Support
    tone: Estimate | None = None
    rift: Estimate | None = None
    abstained: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which the level of a series changed.

    Attributes:
        day: first day of the first stretch after the change.
        low, high: interval of that day.
        before, after: level of the series on either side, up to the next changes.
        p_value: chance of so clear a change in a series that keeps its level.
    """

    day: date
    low: date
    high: date
    before: float
    after: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Surprise:
    """How a pair's conflict compares with what its parties' signed degrees let expect.

    Attributes:
        z: standard deviations above (more conflict) or below what is expected.
        percentile: where the pair lies in the null model, 0 to 100; 100 is all conflict.
        expected: share of its acts that are expected to be conflictual, 0 to 1.
        found: share of its acts that are.
    """

    z: float
    percentile: float
    expected: float
    found: float


@dataclass(frozen=True, slots=True)
class PairTone:
    """One pair among all: its tone, and how it compares with chance and with the other pairs.

    Attributes:
        a, b: IRIs, in the order of the alphabet.
        tone: of the pair; None when ``abstained`` says why.
        forward, backward: shrunk tone of what a did to b, and b to a.
        p_value: of a tone of 0.
        q_value: the same, with the false discovery rate over all pairs that are not abstained on.
        surprise: against the null model.
    """

    a: str
    b: str
    support: Support
    tone: Estimate | None = None
    forward: float | None = None
    backward: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    surprise: Surprise | None = None
    abstained: str = ""


@dataclass(frozen=True, slots=True)
class Rift:
    """How two sides stand towards each other, and what that rests on.

    Attributes:
        left, right: IRIs of the sides.
        since, until: the period; None where it is open.
        support: what the figures between the sides rest on.
        tone: tone between the sides, -1 to 1; None when ``abstained`` says why.
        forward, backward: tone of what the left did to the right, and the right to the left.
        asymmetry: forward less backward.
        cohesion: tone inside the left and inside the right; None where a side has no ties of its
            own, or too little is known of them.
        rift: tone inside the sides less the tone between them, -2 to 2; None without either.
        drivers: what each issue adds to the tone, which is their sum.
        drivers_by: "shapley" or "linear".
        moved: the acts that move the tone most.
        outlets: the tone with each source left out in turn.
        series: the stretches, when asked for by month, quarter, year or week.
        changes: when the monthly tone changed its level.
        trend: change of the monthly tone per year.
        surprise: the two sides against the null model, None without evidence.
        abstained: why nothing is said; "" otherwise.
        notes: what the reader must know.
    """

    left: str
    right: str
    since: date | None
    until: date | None
    support: Support
    tone: Estimate | None = None
    forward: Estimate | None = None
    backward: Estimate | None = None
    asymmetry: Estimate | None = None
    cohesion: tuple[Estimate | None, Estimate | None] = (None, None)
    rift: Estimate | None = None
    drivers: tuple[Driver, ...] = ()
    drivers_by: str = ""
    moved: tuple[Influence, ...] = ()
    outlets: SourceRange | None = None
    series: tuple[Stretch, ...] = ()
    changes: tuple[Change, ...] = ()
    trend: Estimate | None = None
    surprise: Surprise | None = None
    abstained: str = ""
    notes: tuple[str, ...] = ()


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
