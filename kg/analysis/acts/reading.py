"""The acts of a store in columns, whoever tells them, with or without something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.acts.table import Acts, acts_of
from kg.analysis.told import told_events
from kg.records import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.events import Stored
    from kg.analysis.without import Without
    from kg.store.base import Reader

__all__ = ["acts"]


def acts(
    store: Reader,
    statuses: Iterable[Status] = (Status.REALISED,),
    *,
    without: Without | None = None,
    stored: Stored | None = None,
) -> Acts:
    """All acts of the given statuses, each once however many documents and feeds tell it.

    Args:
        store: where they lie.
        statuses: which count.
        without: what to leave out; the acts are those of a store that never held it.
        stored: what ``Stored.read(store)`` gave before: saves reading the documents again when
            the same store is asked many times, as when each source is left out in turn.

    What a person judged to be wrong is left out.
    """
    return acts_of(told_events(store, statuses, without=without, stored=stored))
