"""The events that pages, exports and reports show, whoever tells them: documents or feeds.

Without feeds these are the acts of the documents, all of them. Feeds tell millions: their acts are
looked up in columns, and where there are very many, the heaviest are shown and the rest is counted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import told_events
from kg.records import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.analysis import Evidence, SignedEvent
    from kg.analysis.acts.feeds import FeedRow
    from kg.store.base import Reader

__all__ = [
    "MOST",
    "ROWS",
    "Row",
    "events_to_show",
    "evidence",
    "feeds_of",
    "heaviest",
    "row_of",
    "shown",
]

MOST = 5_000  # acts a page or an export shows
ROWS = 20  # rows of one act whose fields are shown


def feeds_of(store: Reader) -> tuple[FeedRow, ...]:
    """The feeds of a store; without any nothing is loaded that only feeds need."""
    if not store.ask("ASK { ?feed a tkg:Feed }"):
        return ()
    from kg.analysis.acts.feeds import feed_rows  # noqa: PLC0415 - loads Polars

    return feed_rows(store)


def events_to_show(
    store: Reader,
    names: Mapping[str, str],
    statuses: Iterable[Status] = tuple(Status),
    most: int = MOST,
    *,
    with_wrong: bool = False,
) -> tuple[tuple[SignedEvent, ...], int]:
    """The acts of a store with all their evidence, sorted by IRI, and how many there are.

    Args:
        store: where they lie.
        names: IRI → label, for the events that only feeds tell.
        statuses: which events count.
        most: how many are given where feeds tell more: the heaviest. A store of documents alone
            gives all.
        with_wrong: also give those judged to be wrong, beyond ``most`` and not counted.
    """
    wanted = tuple(statuses)
    if not feeds_of(store):
        events = told_events(store, wanted, with_wrong=with_wrong)
        return events, len(events)
    import polars as pl  # noqa: PLC0415

    from kg.analysis.acts import acts  # noqa: PLC0415
    from kg.analysis.acts.details import acts_in_full, events_in_full  # noqa: PLC0415
    from kg.judgements import read_log  # noqa: PLC0415

    table = acts(store, wanted)
    ranked = table.weighed().select("act", "weight").collect()
    numbers = ranked.sort("weight", "act", descending=[True, False])["act"].head(most)
    found = {e.iri: e for e in acts_in_full(store, table, numbers.to_list(), names)}
    if with_wrong:
        wrong = events_in_full(store, read_log(store).decisions().wrong, names)
        found |= {e.iri: e for e in wrong if e.status in wanted and e.iri not in found}
    total: int = table.acts.select(pl.len()).collect().item()
    return tuple(found[iri] for iri in sorted(found)), total


def heaviest(count: int, total: int) -> str:
    """How much of it is shown, in words; "" when all is.

    >>> heaviest(5000, 994687), heaviest(3, 3)
    ('5,000 heaviest of 994,687 acts', '')
    """
    return f"{count:,} heaviest of {total:,} acts" if count < total else ""


def shown(source: str) -> str:
    """Where something came from, without the folders of the machine it lay on."""
    return source.rpartition("/")[2] if source.startswith("/") else source


def evidence(event: SignedEvent) -> list[Evidence]:
    """What tells an event, sentences before rows of feeds, the surest first."""
    return sorted(event.ranked, key=lambda piece: piece.coded)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a feed, to be read by people.

    Attributes:
        place: "row 5 of events.tab".
        file: the feed's file.
        coder: who coded it, with the version.
        fields: (name, value) of the row's columns that hold something, in their order.
    """

    place: str
    file: str
    coder: str
    fields: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """Where it stands and who coded it."""
        return f"{self.place}, coded by {self.coder}"


def row_of(piece: Evidence) -> Row | None:
    """The row of a feed that a piece of evidence is; None for a sentence."""
    if not piece.coded:
        return None
    number, _, source = piece.title.partition(" of ")
    file = shown(source)
    return Row(f"{number} of {file}", file, piece.extractor, _fields(piece.quote))


def _fields(record: str) -> tuple[tuple[str, str], ...]:
    try:
        read = json.loads(record)
    except ValueError:
        return (("record", record),)
    pairs: Sequence[tuple[object, object]]
    if isinstance(read, dict):
        pairs = list(read.items())
    elif isinstance(read, list):
        pairs = list(enumerate(read, start=1))
    else:
        pairs = [("record", read)]
    return tuple((str(name), _value(value)) for name, value in pairs if value not in ("", None))


def _value(value: object) -> str:
    """A field as text: numbers as they are, lists with commas."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_value(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
