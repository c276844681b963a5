"""What the data behind a report cannot say, in sentences with their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Status
from kg.workspace.report_figures import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis import Period, SignedEvent

__all__ = ["unknown"]


def unknown(
    held: Sequence[SignedEvent], about: Sequence[SignedEvent], period: Period, listed: int
) -> tuple[str, ...]:
    """What is missing, doubtful or left out.

    Args:
        held: the events the report counts.
        about: all events of the subject, whatever their status and date.
        period: of the report.
        listed: how many events the timeline shows.
    """
    pieces = [piece for event in held for piece in event.evidence]
    documents = len({piece.document for piece in pieces if not piece.coded})
    feeds = len({piece.document for piece in pieces if piece.coded})
    rests = [counted(documents, "document")] if documents or not feeds else []
    rests += [counted(feeds, "feed")] if feeds else []
    single = sum(event.independent_sources == 1 for event in held)
    said = [
        f"It rests on {' and '.join(rests)}. What they do not tell is not here: "
        "silence is no evidence of calm.",
        f"{single:,} of {counted(len(held), 'event')} rest on a single source.",
        *_undated(held, about, period),
    ]
    doubtful = sum(event.confidence < 0.5 for event in held)
    if doubtful:
        said.append(
            f"{counted(doubtful, 'event')} have a confidence below 0.5: look at the sentence first."
        )
    unreal = sum(event.status is not Status.REALISED for event in about)
    if unreal:
        said.append(f"{counted(unreal, 'event')} only threatened, planned or denied: not counted.")
    if listed < len(held):
        said.append(
            f"The timeline lists the {listed} heaviest of {len(held):,} events; "
            f"kg {'query reaches' if feeds else 'export csv has'} all."
        )
    if feeds:
        said.append(
            "Rows of feeds were coded by the programs of others and are counted as they code "
            "them; no sentence stands behind them here."
        )
    if feeds and not documents:
        return tuple(said)
    said.append(
        "The sentences were read by a program: it misses events and invents some. "
        "Confidence is its own estimate of having read rightly."
    )
    return tuple(said)


def _undated(
    held: Sequence[SignedEvent], about: Sequence[SignedEvent], period: Period
) -> list[str]:
    happened = [event for event in about if event.status is Status.REALISED]
    if period.open:
        undated = sum(event.date is None for event in held)
        if not undated:
            return []
        return [f"{counted(undated, 'event')} have no known date: they count, but in no month."]
    rough = sum(not period.holds(event) and _touches(event, period) for event in happened)
    if not rough:
        return []
    return [f"{counted(rough, 'event')} may lie in the period or not, and are left out."]


def _touches(event: SignedEvent, period: Period) -> bool:
    """Whether it may lie in the period: some day its date can mean does, or it has no date."""
    if event.date is None:
        return True
    after = period.since is None or event.date.last >= period.since
    return after and (period.until is None or event.date.first <= period.until)
