"""Figures of a report where there is enough evidence: intervals, verdicts, change."""

from __future__ import annotations

from datetime import date

import pytest

from kg.analysis import Evidence, Level, Party, Period, SignedEvent, between
from kg.namespaces import entity_iri
from kg.records import PartialDate, Status
from kg.workspace.report_changes import changes
from kg.workspace.report_figures import Subject, charts, figures, measured, summary

pytest.importorskip("ruptures", reason="needs the extra analysis")
US, EU, FRANCE = (
    entity_iri("state", "us"), entity_iri("bloc", "eu"), entity_iri("state", "france")
)  # fmt: skip
NAMES = {US: "United States", EU: "European Union", FRANCE: "France"}


def told(number: int, sign: int, day: str, actor: str = US, other: str = EU) -> SignedEvent:
    """One act, told by a document of its own."""
    piece = Evidence(
        f"d{number}", f"Report {number}", f"Outlet {number}", "a.txt", None, f"story {number}",
        0, 10, "A sentence.", "asserted", 0.9, "reader 1",
    )  # fmt: skip
    parties = (Party("actor", actor, actor), Party("recipient", other, other))
    return SignedEvent(
        f"https://example.org/e{number:03d}", f"act {number}", "criticise", "accuse", sign,
        4.0 * sign, Status.REALISED, PartialDate.parse(day), parties, ("trade-tariffs",),
        (), (), (piece,),
    )  # fmt: skip


FRIENDLY = [told(n, 1, f"2024-{n:02d}-10") for n in range(1, 13)]
HOSTILE = [told(20 + n, -1, f"2025-{n:02d}-10") for n in range(1, 13)]
PAIR = Subject("European Union – United States", NAMES, between(EU, US, Level.POLITY), EU, US)


def test_enough_evidence_gives_a_tone_with_its_interval_and_a_verdict():
    found = measured(PAIR, HOSTILE, Period())
    (tone,) = [one for one in figures(PAIR, HOSTILE, found) if one.name == "Tone"]
    assert tone.value.startswith("−")
    assert "95 % interval" in tone.interval
    assert "hostile, for the interval does not reach 0" in summary(PAIR, HOSTILE, found)[1]


def test_an_interval_that_holds_zero_settles_nothing():
    mixed = [*FRIENDLY[:6], *HOSTILE[:6]]
    said = summary(PAIR, mixed, measured(PAIR, mixed, Period()))[1]
    assert "the evidence does not settle which way it leans" in said


def test_a_change_of_tone_is_said_with_both_intervals():
    period = Period(date(2025, 1, 1), date(2025, 12, 31))
    said = changes(PAIR, [*FRIENDLY, *HOSTILE], period)
    assert "12 confrontations, 0 before." in said
    assert any("Tone −" in one and "the intervals lie apart" in one for one in said)


def test_silence_before_is_not_taken_for_calm():
    said = changes(PAIR, HOSTILE, Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert said[-1].endswith("no evidence of calm.")


def test_an_actor_has_its_counterparts_with_intervals_the_darkest_first():
    subject = Subject("United States", NAMES, between(US, None, Level.POLITY), US)
    kind = [told(40 + n, 1, f"2025-{n:02d}-11", US, FRANCE) for n in range(1, 13)]
    events = [*HOSTILE, *kind]
    found = measured(subject, events, Period())
    (tones,) = [chart for chart in charts(subject, events, found) if chart.bars]
    assert [bar.label for bar in tones.bars] == ["European Union", "France"]
    assert tones.bars[0].high < 0 < tones.bars[1].low
    assert "the darkest is European Union" in summary(subject, events, found)[1]


def test_long_stretches_are_drawn_by_quarter_or_year():
    def unit(first: str, last: str) -> str:
        events = [told(1, 1, first), told(2, -1, last)]
        return charts(PAIR, events, measured(PAIR, events, Period()))[0].caption.split(":")[0]

    assert unit("2024-01-01", "2025-12-01") == "Events by month"
    assert unit("2020-01-01", "2025-12-01") == "Events by quarter"
    assert unit("1990-01-01", "2025-12-01") == "Events by year"
