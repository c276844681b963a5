"""The measures of a ``KnowledgeGraph``, under the names of their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from kg.records import Status
from kg.workspace.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kg.analysis.acts import Acts, Without
    from kg.analysis.balance import Frustration
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.time import Difference, Unit
    from kg.workspace.cohesion import Camps, Cohesions
    from kg.workspace.network import NetworkOptions
    from kg.workspace.rift import PairTable, RiftOptions, TwoSides
    from kg.workspace.tables import DyadTable, TableOptions
    from kg.workspace.timeline import Timeline
    from kg.workspace.votes import VoteOptions, VoteTable

__all__ = ["Measuring"]


class Measuring(Held):
    """Rifts, alliances, camps and votes."""

    def acts(
        self,
        statuses: Iterable[Status] = (Status.REALISED,),
        *,
        without: Without | None = None,
    ) -> Acts:
        """All acts in columns, whoever tells them; see ``kg.analysis.acts.acts``."""
        from kg.analysis.acts import acts  # noqa: PLC0415 - only for analyses

        return acts(self._store, statuses, without=without)

    def rifts(self, **options: Unpack[TableOptions]) -> DyadTable:
        """Pairs that confront each other; options as in ``kg.workspace.tables.TableOptions``."""
        from kg.workspace.tables import rifts  # noqa: PLC0415 - only for analyses

        return rifts(self._store, lambda: self.world, **options)

    def alliances(self, **options: Unpack[TableOptions]) -> DyadTable:
        """Pairs that stand together; options as for ``rifts``."""
        from kg.workspace.tables import alliances  # noqa: PLC0415

        return alliances(self._store, lambda: self.world, **options)

    def network(self, **options: Unpack[NetworkOptions]) -> FoldedNetwork:
        """Who stands with and against whom; see ``kg.workspace.network.NetworkOptions``."""
        from kg.workspace.network import network  # noqa: PLC0415

        return network(self._store, **options)

    def timeline(
        self,
        pair: str,
        by: Unit | None = None,
        window: int | None = None,
        step: int | None = None,
        **options: Unpack[NetworkOptions],
    ) -> Timeline:
        """A pair ("us,eu") month by month; see ``kg.workspace.timeline.timeline``."""
        from kg.analysis.time import Unit  # noqa: PLC0415
        from kg.workspace.timeline import timeline  # noqa: PLC0415

        by = by or Unit.MONTH
        return timeline(self._store, lambda: self.world, pair, by, window, step, **options)

    def diff(
        self, before: date, after: date, window: int = 365, **options: Unpack[NetworkOptions]
    ) -> Difference:
        """Ties that appeared, ended or flipped between windows that end on two days."""
        from kg.workspace.timeline import diff  # noqa: PLC0415

        return diff(self._store, before, after, window, **options)

    def votes(self, one: str, other: str, **options: Unpack[VoteOptions]) -> VoteTable:
        """How two states or blocs vote in the UN; see ``kg.workspace.votes.vote_table``."""
        from kg.workspace.votes import stored_votes, vote_table  # noqa: PLC0415

        store = self._store
        return vote_table(
            self.world, one, other, lambda states: stored_votes(store, states), options
        )

    def rift(self, left: str, right: str, **options: Unpack[RiftOptions]) -> TwoSides:
        """Tone and rift between two sides, with intervals; see ``kg.workspace.rift.rift``."""
        from kg.workspace.rift import rift  # noqa: PLC0415

        return rift(self._store, lambda: self.world, left, right, **options)

    def tones(self, **options: Unpack[RiftOptions]) -> PairTable:
        """Tone, interval and surprise of all pairs; see ``kg.workspace.rift.RiftOptions``."""
        from kg.workspace.rift import tones  # noqa: PLC0415

        return tones(self._store, **options)

    def cohesion(
        self,
        bloc: str,
        toward: str | None = None,
        by: str | None = None,
        **options: Unpack[NetworkOptions],
    ) -> Cohesions:
        """How well a bloc keeps together; see ``kg.workspace.cohesion.cohesion``."""
        from kg.workspace.cohesion import cohesion  # noqa: PLC0415

        return cohesion(self._store, lambda: self.world, bloc, toward, by, **options)

    def camps(
        self, k: int | None = 2, time_limit: float = 20.0, **options: Unpack[NetworkOptions]
    ) -> Camps:
        """The camps of a period and what holds them together; ``k`` None: any number."""
        from kg.workspace.cohesion import camps  # noqa: PLC0415

        return camps(self._store, k, time_limit=time_limit, **options)

    def balance(
        self, k: int | None = 2, time_limit: float = 60.0, **options: Unpack[NetworkOptions]
    ) -> Frustration:
        """The best division of the store's network into camps, with its proof."""
        from kg.analysis.balance import camps  # noqa: PLC0415

        return camps(self.network(**options).signed(), k, time_limit=time_limit)

    def leaving_out(self, wanted: Iterable[str]) -> Without:
        """What ``without`` takes, from "actor:us", "issue:iran" …; see ``kg.workspace.without``."""
        from kg.workspace.without import leaving_out  # noqa: PLC0415

        return leaving_out(self._store, lambda: self.world, wanted)
