"""The figures and charts of a report, each with its uncertainty or the reason why there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import Level
from kg.analysis.acts import acts_of
from kg.analysis.rift import pair_tones, rift
from kg.reference.schemes import issues
from kg.views.report import Bar, Chart, Figure, Span
from kg.views.report.model import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis import Period, SignedEvent
    from kg.analysis.levels import Keys
    from kg.analysis.rift import Estimate, PairTone, Rift

__all__ = ["Measures", "Subject", "charts", "counted", "figures", "measured", "standing", "summary"]

ROWS = 12  # counterparts in a chart
INTERVAL = "95 % interval"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: one pair, one actor ("" for right) or all pairs ("" for both)."""

    title: str
    names: dict[str, str]
    keys: Keys
    left: str = ""
    right: str = ""
    level: Level = Level.POLITY
    told_by: str = "documents"

    def name(self, iri: str) -> str:
        """Label of an actor."""
        return self.names.get(iri, iri)


def standing(subject: Subject, events: Sequence[SignedEvent], period: Period) -> Rift:
    """Tone and rift between the two sides of a pair."""
    return rift(acts_of(events), subject.left, subject.right, period, level=subject.level)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is computed once: the two sides of a pair, or else every pair, the darkest first."""

    sides: Rift | None
    pairs: tuple[PairTone, ...] = ()

    @property
    def sure(self) -> list[PairTone]:
        """The pairs with enough evidence for a tone."""
        return [pair for pair in self.pairs if pair.tone]


def measured(subject: Subject, happened: Sequence[SignedEvent], period: Period) -> Measures:
    """Tone between the sides of a pair, or of every pair that the report is about."""
    if subject.right:
        return Measures(standing(subject, happened, period))
    return Measures(None, pair_tones(acts_of(happened), subject.keys, period))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 event", "2 events"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def summary(subject: Subject, held: Sequence[SignedEvent], found: Measures) -> tuple[str, ...]:
    """What to read first: how much there is, how it stands, and on what it rests."""
    signs = Counter(event.sign for event in held)
    tops = Counter(code for event in held for code in event.issues).most_common(2)
    concepts = issues()
    about = " and ".join(concepts[c].label if c in concepts else c for c, _ in tops)
    told = (
        f"The {subject.told_by} tell {counted(len(held), 'event')}: "
        f"{counted(signs[-1], 'confrontation')}, {counted(signs[1], 'cooperative event')} and "
        f"{counted(signs[0], 'consultation')}" + (f", most often about {about}." if about else ".")
    )
    if found.sides:
        return (told, _verdict(found.sides.tone, found.sides.abstained))
    tones = found.sure
    if not tones:
        return (told, "No single pair has enough evidence for a figure of its own.")
    ends = [("darkest", tones[0])] + ([("friendliest", tones[-1])] if len(tones) > 1 else [])
    said = "; ".join(
        f"the {word} is {_pair(subject, pair)} at {_estimate(pair.tone)}"
        for word, pair in ends
        if pair.tone
    )
    return (told, f"Of the pairs with enough evidence {said} (tone, {INTERVAL}).")


def _verdict(tone: Estimate | None, abstained: str) -> str:
    if tone is None:
        return f"Whether the tone is hostile or friendly cannot be said: {abstained}."
    side = "hostile" if tone.high < 0 else "friendly" if tone.low > 0 else ""
    found = f"The tone between the two sides is {_estimate(tone)} ({INTERVAL})"
    if side:
        return f"{found}: {side}, for the interval does not reach 0."
    return f"{found}: the interval holds 0, so the evidence does not settle which way it leans."


def _estimate(tone: Estimate) -> str:
    return f"{signed(tone.value, 2)} ({signed(tone.low, 2)} to {signed(tone.high, 2)})"


def _interval(tone: Estimate) -> str:
    return f"{signed(tone.low, 2)} to {signed(tone.high, 2)}, {INTERVAL}"


def figures(subject: Subject, held: Sequence[SignedEvent], found: Measures) -> tuple[Figure, ...]:
    """Headline figures; the first three for everybody, the others by kind of subject."""
    signs = Counter(event.sign for event in held)
    pieces = [piece for event in held for piece in event.evidence]
    stories = len({piece.story for piece in pieces})
    outlets = {piece.outlet for piece in pieces if piece.outlet}
    mass = [sum(e.weight for e in held if e.sign == sign) for sign in (-1, 1)]
    common = (
        Figure(
            "Events",
            f"{len(held):,}",
            detail=f"−{counted(signs[-1], 'confrontation')}, +{signs[1]:,} cooperative, "
            f"·{counted(signs[0], 'consultation')}",
        ),
        Figure(
            "Independent sources",
            f"{stories:,}",
            detail=f"copies of one report count once; {counted(len(outlets), 'outlet')} by name",
        ),
        Figure(
            "Balance",
            signed(mass[1] - mass[0]),
            detail=f"cooperation {mass[1]:.1f} less conflict {mass[0]:.1f}: "
            "intensity times confidence",
        ),
    )
    if found.sides:
        return common + _pair_figures(subject, found.sides)
    return common + _circle_figures(subject, found)


def _pair_figures(subject: Subject, found: Rift) -> tuple[Figure, ...]:
    left, right = subject.name(subject.left), subject.name(subject.right)
    if found.tone is None:
        return (Figure("Tone", "not known", detail=found.abstained),)
    rows = [
        ("Tone", found.tone, "from −1, all conflict, to +1, all cooperation; pulled towards 0"),
        (f"{left} towards {right}", found.forward, "tone of what the one did to the other"),
        (f"{right} towards {left}", found.backward, "tone of what the other did to the one"),
        ("Rift", found.rift, "tone inside the sides less the tone between them, −2 to +2"),
        ("Trend a year", found.trend, "change of the monthly tone"),
    ]
    known = [
        Figure(name, signed(value.value, 2), _interval(value), detail)
        for name, value, detail in rows
        if value is not None
    ]
    if found.outlets is not None:
        span = f"{signed(found.outlets.low, 2)} to {signed(found.outlets.high, 2)}"
        known.append(Figure("Without any one source", span, detail="range of the tone"))
    return tuple(known)


def _circle_figures(subject: Subject, found: Measures) -> tuple[Figure, ...]:
    tones, sure = found.pairs, found.sure
    what = "pairs" if not subject.left else "counterparts"
    told = [Figure(what.capitalize(), f"{len(tones):,}",
                   detail=f"{len(sure)} of them with enough evidence for a tone")]  # fmt: skip
    ends = [("Darkest", sure[0]), ("Friendliest", sure[-1])] if len(sure) > 1 else []
    told += [
        Figure(f"{word}: {_pair(subject, pair)}", signed(pair.tone.value, 2), _interval(pair.tone))
        for word, pair in ends
        if pair.tone
    ]
    return tuple(told)


def _pair(subject: Subject, pair: PairTone) -> str:
    if subject.left in (pair.a, pair.b):
        return subject.name(pair.b if pair.a == subject.left else pair.a)
    return " – ".join(sorted((subject.name(pair.a), subject.name(pair.b))))


def charts(subject: Subject, held: Sequence[SignedEvent], found: Measures) -> tuple[Chart, ...]:
    """Events over time, and the tone of each counterpart or issue with its interval."""
    drawn = [chart for chart in (_over_time(held), _tones(subject, found)) if chart]
    return tuple(drawn)


def _over_time(held: Sequence[SignedEvent]) -> Chart | None:
    dated = [event for event in held if event.date and event.date.month]
    if not dated:
        return None
    months = sorted({(e.date.year, e.date.month or 1) for e in dated if e.date})
    (y0, m0), (y1, m1) = months[0], months[-1]
    count = (y1 - y0) * 12 + m1 - m0 + 1
    size, unit = (1, "month") if count <= 30 else (3, "quarter") if count <= 96 else (12, "year")
    tally: dict[int, Counter[int]] = {}
    for event in dated:
        assert event.date is not None
        at = (event.date.year * 12 + (event.date.month or 1) - 1) // size
        tally.setdefault(at, Counter())[event.sign] += 1
    spans = tuple(
        Span(_label(at, size), tally.get(at, Counter())[-1], tally.get(at, Counter())[1],
             tally.get(at, Counter())[0])
        for at in range(min(tally), max(tally) + 1)
    )  # fmt: skip
    left_out = len(held) - len(dated)
    caption = f"Events by {unit}: cooperation above the line, confrontation, hatched, below it."
    if left_out:
        caption += f" {counted(left_out, 'event')} without a known month not drawn."
    return Chart("Over time", caption, spans=spans)


def _label(at: int, size: int) -> str:
    year, part = divmod(at * size, 12)
    return {1: f"{year}-{part + 1:02d}", 3: f"{year} Q{part // 3 + 1}", 12: f"{year}"}[size]


def _tones(subject: Subject, found: Measures) -> Chart | None:
    sure = found.sure
    if not sure:
        return None
    shown = sure if len(sure) <= ROWS else [*sure[: ROWS // 2], *sure[-ROWS // 2 :]]
    bars = tuple(
        Bar(_pair(subject, pair), pair.tone.value, pair.tone.low, pair.tone.high)
        for pair in shown
        if pair.tone
    )
    caption = (
        f"Tone with its {INTERVAL}: −1 all conflict, +1 all cooperation. Only pairs with enough "
        "evidence; dashed with a diamond: below 0."
    )
    if len(sure) > ROWS:
        caption += f" The {ROWS // 2} darkest and the {ROWS // 2} friendliest of {len(sure)}."
    return Chart("Tone by pair" if not subject.left else "Tone by counterpart", caption, bars=bars)
