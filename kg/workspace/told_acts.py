"""Events to be counted and quoted: those of documents as they are, those of feeds from columns.

Reports and explanations count many events and quote a few. Where feeds tell them, what is counted
comes from the columns, without words, and only what is quoted is read in full.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.analysis import Evidence, SignedEvent, pairs, told_events
from kg.records import PartialDate, Status
from kg.workspace.catalogue import source_rows
from kg.workspace.told import feeds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import polars as pl

    from kg.analysis import Party
    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.store.base import Reader

__all__ = ["COUNTED", "Told"]

COUNTED = 100_000  # acts that are counted where feeds tell more: the heaviest
QUOTED = 500  # acts of one IRI's beginning


class Told:
    """The acts of a store, whatever their status, to be counted and quoted.

    Args:
        store: where they lie.
        names: IRI → label.
        most: how many are counted where feeds tell more: the heaviest; None for ``COUNTED``.
        with_wrong: whether those are there, too, that a person judged to be wrong.

    Attributes:
        by: who tells them, in words.
        has_feeds: whether feeds tell some.
    """

    def __init__(
        self,
        store: Reader,
        names: Mapping[str, str],
        *,
        most: int | None = None,
        with_wrong: bool = False,
    ) -> None:
        self._store, self._names = store, names
        self._most = COUNTED if most is None else most
        self._feeds = frozenset(feed.iri for feed in feeds_of(store))
        self.has_feeds = bool(self._feeds)
        self.by = "documents and feeds" if self.has_feeds else "documents"
        self._events = (
            () if self.has_feeds else told_events(store, tuple(Status), with_wrong=with_wrong)
        )
        self._numbers: dict[str, int] = {}

    def starting(self, start: str) -> list[SignedEvent]:
        """The acts in full one of whose events has an IRI that starts so; no more than 500."""
        if not self.has_feeds:
            return [e for e in self._events if any(i.startswith(start) for i in e.iris)]
        import polars as pl  # noqa: PLC0415 - loaded only where feeds are

        from kg.analysis.acts.details import acts_in_full, events_in_full  # noqa: PLC0415

        table = self._table()
        named = pl.col("event").str.starts_with(start)
        numbers = pl.concat([
            table.acts.filter(named).select("act"), table.merged.filter(named).select("act")
        ]).unique().sort("act").head(QUOTED).collect()["act"].to_list()  # fmt: skip
        if numbers:
            return acts_in_full(self._store, table, numbers, self._names)
        return events_in_full(self._store, [start], self._names)  # judged to be wrong, or nothing

    def tied(self, keys: Keys) -> tuple[list[SignedEvent], int]:
        """The acts that tie two parties, the heaviest ``most``; and how many there are."""
        if not self.has_feeds:
            found = [event for event in self._events if any(pairs(event, keys))]
            return found, len(found)
        from kg.analysis.acts import ties  # noqa: PLC0415 - loads Polars

        return self._counted(ties(self._table(), keys).select("act").unique())

    def about(self, codes: Iterable[str]) -> tuple[list[SignedEvent], int]:
        """The acts about any of these issues, the heaviest ``most``; and how many there are."""
        wanted = sorted(codes)
        if not self.has_feeds:
            found = [event for event in self._events if set(wanted) & set(event.issues)]
            return found, len(found)
        import polars as pl  # noqa: PLC0415

        any_of = pl.any_horizontal([pl.col("issues").list.contains(code) for code in wanted])
        return self._counted(self._table().acts.filter(any_of).select("act"))

    def whole(self, events: Sequence[SignedEvent]) -> dict[str, SignedEvent]:
        """IRI → the act in full, with every word that tells it."""
        if not self.has_feeds:
            return {event.iri: event for event in events}
        from kg.analysis.acts.details import acts_in_full  # noqa: PLC0415

        numbers = sorted({self._numbers[event.iri] for event in events})
        found = acts_in_full(self._store, self._table(), numbers, self._names)
        return {event.iri: event for event in found}

    def made_from(self) -> tuple[tuple[str, str], ...]:
        """(name, value) lines about what is in the store and who read it."""
        if not self.has_feeds:
            pieces = [piece for event in self._events for piece in event.evidence]
            readers = sorted({piece.extractor for piece in pieces})
            documents = len({piece.document for piece in pieces})
            return (
                ("Documents with events in the store", str(documents)),
                ("Read by", ", ".join(readers) or "nothing"),
            )
        rows = [row for row in source_rows(self._store) if row.events]
        feeds = [row for row in rows if row.is_feed]
        read = sorted({" ".join(row.read_by[:2]) for row in rows if not row.is_feed})
        coded = sorted({" ".join(row.read_by[:2]) for row in feeds})
        return (
            ("Documents with events in the store", str(len(rows) - len(feeds))),
            ("Feeds with events", f"{len(feeds)} ({sum(row.length for row in feeds):,} rows)"),
            ("Read by", ", ".join(read) or "nothing"),
            ("Coded by", ", ".join(coded) or "nothing"),
        )

    def _table(self) -> Acts:
        from kg.analysis.acts import acts  # noqa: PLC0415

        return acts(self._store, tuple(Status))

    def _counted(self, wanted: pl.LazyFrame) -> tuple[list[SignedEvent], int]:
        """The heaviest of these acts without their words, by IRI, and how many there are."""
        import polars as pl  # noqa: PLC0415

        table = self._table()
        rows = (
            table.weighed()
            .join(wanted, on="act", how="semi")
            .sort("weight", "act", descending=[True, False])
            .with_columns(
                pl.col("type", "class", "status").cast(pl.String),
                pl.col("issues").cast(pl.List(pl.String)),
            )
            .select("act", "event", "type", "class", "sign", "intensity", "status", "day", "last",
                    "issues")
            .collect()
        )  # fmt: skip
        total, rows = rows.height, rows.head(self._most)
        chosen = rows.lazy().select("act")
        sides, told = self._sides(table, chosen), self._tellings(table, chosen)
        found = []
        for act, iri, kind, top, sign, intensity, status, first, last, about in rows.iter_rows():
            self._numbers[iri] = act
            parties = tuple(sorted(sides[act], key=lambda party: (party.role, party.agent)))
            found.append(
                SignedEvent(
                    iri=iri, label="", type=kind, event_class=top, sign=sign, intensity=intensity,
                    status=Status(status), date=_between(first, last), parties=parties,
                    issues=tuple(about), places=(), venues=(), evidence=tuple(told[act]),
                )
            )  # fmt: skip
        return sorted(found, key=lambda event: event.iri), total

    def _sides(self, table: Acts, chosen: pl.LazyFrame) -> dict[int, set[Party]]:
        sides: dict[int, set[Party]] = defaultdict(set)
        faces = table.faces.join(chosen, on="act", how="semi").collect()
        for act, actor, recipient in faces.iter_rows():
            sides[act] |= {table.parties[actor], table.parties[recipient]}
        return sides

    def _tellings(self, table: Acts, chosen: pl.LazyFrame) -> dict[int, list[Evidence]]:
        import polars as pl  # noqa: PLC0415

        told: dict[int, list[Evidence]] = defaultdict(list)
        rows = (
            table.tellings.join(chosen, on="act", how="semi")
            .select("act", pl.col("document", "outlet").cast(pl.String), "story", "confidence")
            .sort("act", "document", "story", "confidence")
            .collect()
        )
        for act, document, outlet, story, confidence in rows.iter_rows():
            told[act].append(
                Evidence(
                    document=document, title="", outlet=outlet, source="", published=None,
                    story=str(story), start=0, end=0, quote="", modality="asserted",
                    confidence=confidence, extractor="", coded=document in self._feeds,
                )
            )  # fmt: skip
        return told


def _between(first: date | None, last: date | None) -> PartialDate | None:
    """The day, month or year that begins and ends so."""
    if first is None or last is None:
        return None
    if first == last:
        return PartialDate.of(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    return PartialDate(first.year, first.month if same_month else None)
