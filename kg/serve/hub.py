"""What request handlers share: the pools, what was computed before, and the state of the store."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, NotFoundError
from kg.serve.child import Opening
from kg.serve.guards import Tokens
from kg.serve.pool import Pool
from kg.serve.problems import OutOfTime, Refusal, refusal
from kg.serve.revision import Revision

if TYPE_CHECKING:
    from kg.serve.settings import Settings

__all__ = ["Hub", "Index", "Later"]

ENTRIES = 50  # of the feed
_KEPT = 256  # answers remembered


class Later:
    """Stands for a part of a page that is not computed yet."""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Index:
    """Where the search index lies ("" when there is none yet), and what is to be waited for.

    ``waiting`` is a ``Later`` while an index of the present state is made, a ``Refusal`` when that
    failed, else None.
    """

    path: str
    waiting: Later | Refusal | None


class Hub:
    """The server's one object.

    Attributes:
        settings: how it was started.
        revision: the state of the store.
        queries: answers SPARQL.
        look_ups: answers what a page needs quickly.
        analyses: works through the whole store.
        writer: changes the store.
        tokens: for forms.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.revision = Revision(settings.store)
        self.tokens = Tokens()
        limited = Opening(settings.store, settings.overlays, settings.memory)
        free = Opening(settings.store, settings.overlays)
        self.queries = Pool(
            limited, settings.workers, settings.queue, settings.timeout, settings.wait
        )
        self.look_ups = Pool(limited, 2, 256, settings.page_timeout, settings.page_timeout)
        self.analyses = Pool(free, 2, 64, settings.analysis_timeout, settings.analysis_timeout)
        self.writer = Pool(free, 1, 8, max(settings.timeout, 60.0), 60.0)
        self._shown = ""
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._running: dict[tuple[Any, ...], asyncio.Task[Any]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="kg-serve-", ignore_cleanup_errors=True)
        self._index = ""
        self._feed: Any = Later()
        self._warming: asyncio.Task[None] | None = None

    @property
    def pools(self) -> tuple[Pool, ...]:
        """All pools that are used."""
        reading = (self.queries, self.look_ups, self.analyses)
        return (*reading, self.writer) if self.settings.writable else reading

    async def start(self) -> None:
        """Start the children that the first page needs; others come when there is work for two."""
        for pool in self.pools:
            await pool.start(ahead=0 if pool is self.writer else 1)
        self._warming = asyncio.create_task(self._warm())

    async def close(self) -> None:
        """End the children, and with them whatever is being computed."""
        await asyncio.gather(*(pool.close() for pool in self.pools))
        tasks = [*self._running.values(), *([self._warming] if self._warming else [])]
        await asyncio.gather(*tasks, return_exceptions=True)
        self._folder.cleanup()

    async def _warm(self) -> None:
        """Let children load what every page needs, so that the first page need not wait for it."""
        now = self.revision.now()
        pool = self.look_ups
        works = (pool.run("warming:look_ups", revision=now) for _ in range(pool.size))
        await asyncio.gather(*works, return_exceptions=True)
        with contextlib.suppress(KgError):
            await self.feed()

    async def look_up(self, job: str, *arguments: Any) -> Any:
        """What a quick job gives for the present state of the store; remembered."""
        return await self._once(self.look_ups, job, arguments)

    async def analyse(self, job: str, *arguments: Any) -> Any:
        """What a thorough job gives; remembered. May take minutes on a large store."""
        return await self._once(self.analyses, job, arguments)

    async def parts(self, **jobs: tuple[Any, ...]) -> dict[str, Any]:
        """Several thorough jobs, each as far as it comes in the time a page waits.

        Args:
            **jobs: name → job and its arguments.

        Returns:
            name → what it gives; a ``Later`` while it is still computed; a ``Refusal`` when it
            cannot be done.
        """
        tasks = {
            name: asyncio.ensure_future(self.analyse(job, *arguments))
            for name, (job, *arguments) in jobs.items()
        }
        await asyncio.wait(tasks.values(), timeout=self.settings.patience)
        found: dict[str, Any] = {}
        for name, task in tasks.items():
            if not task.done():
                found[name] = Later()
                task.add_done_callback(_heard)
            elif isinstance(error := task.exception(), KgError) and not isinstance(
                error, NotFoundError
            ):
                found[name] = refusal(error)
            else:
                found[name] = task.result()
        return found

    async def feed(self) -> Any:
        """The newest confrontations; while these are computed the last there were, or a ``Later``.

        Raises:
            KgError: they cannot be told.
        """
        task = asyncio.ensure_future(self.analyse("events:new_confrontations", ENTRIES))
        patience = self.settings.patience if self._feed else self.settings.page_timeout
        await asyncio.wait((task,), timeout=patience)
        if task.done():
            self._feed = task.result()
        else:
            task.add_done_callback(_heard)
        return self._feed

    async def index(self) -> Index:
        """The search index of the present state, or else the last there was."""
        path = str(Path(self._folder.name) / f"{self.revision.now()}.index")
        waiting = (await self.parts(made=("search:build", path)))["made"]
        if isinstance(waiting, int):
            former, self._index = self._index, path
            if former not in ("", path):
                Path(former).unlink(missing_ok=True)
            return Index(path, None)
        return Index(self._index, waiting)

    async def _once(self, pool: Pool, job: str, arguments: tuple[Any, ...]) -> Any:
        """One computation for all that ask for the same, and none when it is known."""
        revision = self.revision.now()
        if revision != self._shown:
            self._kept.clear()
            self._shown = revision
        key = (revision, job, *arguments)
        if key in self._kept:
            self._kept.move_to_end(key)
            known = self._kept[key]
            if isinstance(known, OutOfTime):
                raise known
            return known
        task = self._running.get(key)
        if task is None:
            task = asyncio.ensure_future(pool.run(job, *arguments, revision=revision))
            self._running[key] = task
            task.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(task)

    def _keep(self, key: tuple[Any, ...], task: asyncio.Task[Any]) -> None:
        self._running.pop(key, None)
        if task.cancelled() or key[0] != self._shown:
            return
        error = task.exception()
        if error is None or isinstance(error, OutOfTime):  # what takes too long always will
            self._kept[key] = error or task.result()
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _heard(task: asyncio.Future[Any]) -> None:
    if not task.cancelled():
        task.exception()
