"""What ``kg rift`` says: rows, facts and sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.namespaces import ID

if TYPE_CHECKING:
    from kg.analysis.rift import Estimate, Influence, Stretch, Surprise
    from kg.workspace.rift import TwoSides

__all__ = [
    "driver_rows",
    "event_rows",
    "facts",
    "figure_rows",
    "headline",
    "stretch_rows",
]

_ROW = re.compile(r'"Event Text":"([^"]{1,80})"')


def figure_rows(found: TwoSides) -> list[dict[str, Any]]:
    """One row for each figure that can be told."""
    m, left, right = found.measured, found.left, found.right
    figures = [
        ("tone", f"{left} - {right}", m.tone),
        ("forward", f"{left} → {right}", m.forward),
        ("backward", f"{right} → {left}", m.backward),
        ("asymmetry", "the former less the latter", m.asymmetry),
        ("cohesion", f"inside {left}", m.cohesion[0]),
        ("cohesion", f"inside {right}", m.cohesion[1]),
        ("rift", "inside less between", m.rift),
        ("trend", "change of the tone per year", m.trend),
    ]
    return [{"figure": name, "of": of, **_estimate(value)} for name, of, value in figures if value]


def stretch_rows(found: TwoSides) -> list[dict[str, Any]]:
    """One row for each month, quarter or year."""
    return [_stretch(stretch) for stretch in found.measured.series]


def driver_rows(found: TwoSides) -> list[dict[str, Any]]:
    """One row for each issue; the contributions sum to the tone."""
    return [
        {
            "issue": driver.issue,
            "contribution": round(driver.contribution, 4),
            "events": driver.events,
            "cooperation": round(driver.cooperation, 3),
            "conflict": round(driver.conflict, 3),
        }
        for driver in found.drivers
    ]


def event_rows(found: TwoSides) -> list[dict[str, Any]]:
    """One row for each act that moves the tone most, with what tells it."""
    return [_event(act) for act in found.events]


def facts(found: TwoSides) -> dict[str, Any]:
    """The top-level members of the JSON."""
    m = found.measured
    return {
        "left": {"name": found.left, "iri": m.left},
        "right": {"name": found.right, "iri": m.right},
        "abstained": m.abstained or None,
        "support": {
            "events": m.support.events,
            "stories": m.support.stories,
            "sources": m.support.sources,
            "cooperation": round(m.support.cooperation, 3),
            "conflict": round(m.support.conflict, 3),
        },
        **{
            name: _estimate(value) if value else None
            for name, value in (
                ("tone", m.tone),
                ("forward", m.forward),
                ("backward", m.backward),
                ("asymmetry", m.asymmetry),
                ("cohesion_left", m.cohesion[0]),
                ("cohesion_right", m.cohesion[1]),
                ("rift", m.rift),
                ("trend", m.trend),
            )
        },
        "changes": [
            {
                "day": change.day,
                "low": change.low,
                "high": change.high,
                "before": round(change.before, 4),
                "after": round(change.after, 4),
                "p_value": change.p_value,
            }
            for change in m.changes
        ],
        "surprise": _surprise(m.surprise) if m.surprise else None,
        "drivers": driver_rows(found),
        "drivers_by": m.drivers_by or None,
        "moved": event_rows(found),
        "sources": m.outlets
        and {
            "low": round(m.outlets.low, 4),
            "without_low": m.outlets.without_low,
            "high": round(m.outlets.high, 4),
            "without_high": m.outlets.without_high,
        },
    }


def headline(found: TwoSides) -> list[str]:
    """What the figures come to, in sentences."""
    m = found.measured
    if m.abstained:
        return [f"{found.left} - {found.right}: {m.abstained}."]
    said = []
    if m.tone:
        rests = f"{m.support.events} events in {m.support.stories} stories from "
        rests += f"{m.support.sources} source{'s' * (m.support.sources != 1)}"
        said.append(f"Tone {_said(m.tone)}, on {rests}.")
    if m.rift:
        said.append(f"Rift {_said(m.rift)}: {_verdict(m.rift)}.")
    said += [
        f"The level changed around {change.day} (between {change.low} and {change.high}): "
        f"{change.before:+.2f} before, {change.after:+.2f} after (p = {change.p_value:.3f})."
        for change in m.changes
    ]
    if m.surprise:
        said.append(_surprising(m.surprise))
    if m.outlets:
        said.append(
            f"Without one source the tone would lie between {m.outlets.low:+.2f} "
            f"(without {m.outlets.without_low}) and {m.outlets.high:+.2f} "
            f"(without {m.outlets.without_high})."
        )
    return [*said, *m.notes]


def _said(figure: Estimate) -> str:
    return f"{figure.value:+.2f} [{figure.low:+.2f}, {figure.high:+.2f}]"


def _verdict(rift: Estimate) -> str:
    if rift.low > 0:
        return "darker between the sides than inside them"
    if rift.high < 0:
        return "brighter between the sides than inside them"
    return "chance alone could give as much"


def _surprising(surprise: Surprise) -> str:
    start = (
        f"{surprise.found:.0%} of the acts are conflict; what the two do otherwise lets expect "
        f"{surprise.expected:.0%}"
    )
    if abs(surprise.z) < 1:
        return f"{start}: no surprise."
    than, share = (
        ("more", surprise.percentile) if surprise.z > 0 else ("less", 100 - surprise.percentile)
    )
    return (
        f"{start}: {than} than in {share:.0f}% of random networks with the same ties and signed "
        "degrees."
    )


def _estimate(value: Estimate) -> dict[str, float]:
    return {
        "value": round(value.value, 4), "low": round(value.low, 4), "high": round(value.high, 4),
    }  # fmt: skip


def _stretch(stretch: Stretch) -> dict[str, Any]:
    row: dict[str, Any] = {
        "window": stretch.label, "since": stretch.since, "until": stretch.until,
    }  # fmt: skip
    for name, figure in (("tone", stretch.tone), ("rift", stretch.rift)):
        row[name] = round(figure.value, 4) if figure else None
        row[f"{name}_low"] = round(figure.low, 4) if figure else None
        row[f"{name}_high"] = round(figure.high, 4) if figure else None
    support = stretch.support
    row |= {"events": support.events, "stories": support.stories, "sources": support.sources}
    return {**row, "abstained": stretch.abstained or None}


def _event(act: Influence) -> dict[str, Any]:
    first = act.sentences[0] if act.sentences else None
    return {
        "moved": round(act.moved, 4),
        "date": act.day,
        "label": act.label,
        "type": act.type,
        "weight": round(act.weight, 3),
        "quote": _quote(first.quote) if first else None,
        "outlet": first.outlet if first else None,
        "event": act.event.removeprefix(f"{ID}event/"),
        "iri": act.event,
        "evidence": [
            {
                "document": sentence.document, "title": sentence.title, "outlet": sentence.outlet,
                "start": sentence.start, "end": sentence.end, "quote": sentence.quote,
            }
            for sentence in act.sentences
        ],
    }  # fmt: skip


def _quote(text: str) -> str:
    """A row of a feed by what it says, a sentence as it is."""
    found = _ROW.search(text) if text.startswith("{") else None
    return found[1] if found else text


def _surprise(surprise: Surprise) -> dict[str, float]:
    return {
        "z": round(surprise.z, 3), "percentile": round(surprise.percentile, 2),
        "expected": round(surprise.expected, 4), "found": round(surprise.found, 4),
    }  # fmt: skip
