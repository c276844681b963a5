"""A few child processes that work in turn: bounded in number, in waiting, in time, in memory.

A child that was stopped, or says that it is tired (``worker.Fatigue``), is replaced by a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg import errors
from kg.serve import frames
from kg.serve.problems import Busy, Died, Ending, OutOfTime, Refusal
from kg.serve.turns import Turns
from kg.serve.worker import Order

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from kg.serve.child import Opening

__all__ = ["Pool"]

_LARGEST = 2**31  # bytes of one frame
_START = 60.0  # seconds a child may take to start


@dataclass(slots=True)
class Pool:
    """Children that answer orders.

    Attributes:
        opening: what each child opens.
        size: how many work at the same time.
        queue: how many orders may wait for a child; see ``kg.serve.turns`` for what comes beyond.
        seconds: how long an order may take, from the moment a child has it.
        wait: how long it may wait for that moment.
    """

    opening: Opening
    size: int
    queue: int
    seconds: float
    wait: float
    _idle: list[Process] = field(default_factory=list)
    _all: set[Process] = field(default_factory=set)
    _fresh: set[Process] = field(default_factory=set)
    _turns: Turns = field(init=False)
    _closed: bool = False

    def __post_init__(self) -> None:
        self._turns = Turns(self.size, self.queue)

    async def start(self, ahead: int = 0) -> None:
        """Get ready, with so many children started ahead of the first order."""
        self._idle = [await self._spawn() for _ in range(min(ahead, self.size))]

    async def run(
        self,
        job: str,
        *arguments: Any,
        revision: str = "",
        seconds: float | None = None,
        client: str = "",
    ) -> Any:
        """What a job gives.

        Args:
            job: ``module:function`` below ``kg.serve.jobs``.
            arguments: for it.
            revision: the state of the store to look at.
            seconds: what the client allows: so long it waits, and so long the job may then take.
            client: who asks; clients are served in turn.

        Cancelling this, as when the client has gone, ends the child that is at it.

        Raises:
            Busy: the queue is full, or a turn did not come in time.
            OutOfTime: it was stopped.
            Died: the child ended.
            Ending: the pool was closed.
            KgError: whatever the job raised.
        """
        limit = min(seconds or self.seconds, self.seconds)
        if self._closed:
            raise Ending
        await self._turns.take(client, min(seconds or self.wait, self.wait))
        try:
            if self._closed:
                raise Ending
            return await self._work(Order(job, arguments, revision, limit))
        finally:
            self._turns.give()

    async def _work(self, order: Order) -> Any:
        child = self._idle.pop() if self._idle else await self._spawn()
        fit = False
        try:
            await self._ready(child)
            async with asyncio.timeout(order.seconds):
                kind, value, tired = await self._exchange(child, order)
            fit = not tired
        except TimeoutError as error:
            raise OutOfTime(order.seconds) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise (Ending if self._closed else Died) from error
        finally:
            if fit:
                self._idle.append(child)
            else:
                await self._end(child)
                if not self._closed:
                    self._idle.append(await self._spawn())  # warms up until the next order
        return _value(kind, value)

    async def _exchange(self, child: Process, order: Order) -> tuple[str, Any, bool]:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(frames.pack(order))
        await child.stdin.drain()
        kind, value, tired = await frames.read_async(child.stdout)
        return kind, value, tired

    async def _ready(self, child: Process) -> None:
        """Wait until a new child can work; that is no part of an order's time."""
        if child in self._fresh:
            assert child.stdout is not None
            try:
                async with asyncio.timeout(_START):
                    await frames.read_async(child.stdout)
            except TimeoutError as error:
                raise Busy from error
            self._fresh.discard(child)

    async def _spawn(self) -> Process:
        # -P: never import from the folder the user happens to be in
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LARGEST,
        )
        self._all.add(child)
        self._fresh.add(child)
        assert child.stdin is not None
        child.stdin.write(frames.pack(self.opening))
        return child

    async def _end(self, child: Process) -> None:
        if child in self._all:  # killed twice, it would be reaped behind asyncio's back
            self._all.discard(child)
            self._fresh.discard(child)
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        await child.wait()
        if child.stdin is not None:
            child.stdin.close()

    async def close(self) -> None:
        """End all children."""
        self._closed = True
        for child in sorted(self._all, key=lambda child: child.pid):
            await self._end(child)
        self._idle.clear()


def _value(kind: str, value: Any) -> Any:
    if kind == "ok":
        return value
    if kind == "refused":
        raise Refusal(*value)
    if kind == "error":
        name, message, hint = value
        raise getattr(errors, name, errors.KgError)(message, hint)
    if kind == "memory":
        raise Died
    raise Refusal(500, f"an unexpected {value}", "please report it")
