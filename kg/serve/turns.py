"""Whose turn it is when more is asked than can be done at once."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from kg.serve.problems import Busy

__all__ = ["Turns"]

_SOONEST, _LATEST = 2, 60  # seconds after which a client that was refused may come again


@dataclass(slots=True, eq=False)
class _Place:
    """A place in the line; ``called`` is whether it led to a turn, once that is known."""

    called: asyncio.Future[bool]
    since: float


@dataclass(slots=True)
class Turns:
    """A few turns at a time, and a line of those that wait for one.

    Clients are served one after the other, the requests of each in their order: whoever asks a
    hundred things at once delays nobody else by more than one of them. When the line is full, the
    client with most places in it loses its last to one that has fewer.

    Attributes:
        size: turns taken at the same time.
        room: places in the line.
    """

    size: int
    room: int
    _taken: int = 0
    _lines: OrderedDict[str, deque[_Place]] = field(default_factory=OrderedDict)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    async def take(self, client: str, patience: float) -> None:
        """Wait for a turn; whoever got one gives it back.

        Args:
            client: who asks.
            patience: seconds it waits.

        Raises:
            Busy: the line is full, or no turn came in time.
        """
        if self._taken < self.size:
            self._taken += 1
            return
        place = self._line_up(client)
        try:
            await asyncio.wait((place.called,), timeout=patience)
        except asyncio.CancelledError:
            if place.called.done():
                if place.called.result():
                    self.give()
            else:
                self._leave(client, place)
            raise
        if not place.called.done():
            busy = self._busy()
            self._leave(client, place)
            raise busy
        if not place.called.result():
            raise self._busy()

    def give(self) -> None:
        """Give a turn back: the next client has it."""
        if not self._lines:
            self._taken -= 1
            return
        client, line = next(iter(self._lines.items()))
        line.popleft().called.set_result(True)
        if line:
            self._lines.move_to_end(client)
        else:
            del self._lines[client]

    def _line_up(self, client: str) -> _Place:
        if self.waiting >= self.room:
            longest = max(self._lines, key=lambda name: len(self._lines[name]), default=client)
            most = len(self._lines.get(longest, ()))
            if most <= len(self._lines.get(client, ())) + 1:
                raise self._busy()
            self._lines[longest].pop().called.set_result(False)
        place = _Place(asyncio.get_running_loop().create_future(), time.monotonic())
        self._lines.setdefault(client, deque()).append(place)
        return place

    def _leave(self, client: str, place: _Place) -> None:
        line = self._lines[client]
        line.remove(place)
        if not line:
            del self._lines[client]

    def _busy(self) -> Busy:
        """Come again when the one that waits longest has waited as long once more."""
        eldest = min((line[0].since for line in self._lines.values()), default=time.monotonic())
        waited = math.ceil(time.monotonic() - eldest)
        return Busy(min(max(waited, _SOONEST), _LATEST))
