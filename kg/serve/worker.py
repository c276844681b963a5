"""A child process of the server: it alone reads the store, one job at a time, within limits.

Run as ``python -P -m kg.serve.worker``. It gets frames (``kg.serve.frames``) on stdin: first what
to open, which it answers with "ready", then jobs; each is answered by one frame on stdout: a kind,
a value, and whether the child is tired and wants to be replaced. It ends when stdin does.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg import errors
from kg.serve import frames
from kg.serve.child import Child
from kg.serve.problems import Refusal

__all__ = ["Order"]

GRACE = 5  # seconds after the limit at which the system ends a child whose server is gone
JOBS = 2000  # after which a child is replaced
SETTLED = 50  # jobs by which a child holds what it needs for most
ROOM = 768 * 2**20  # bytes a child may always hold; beyond, twice what it held when settled


@dataclass(frozen=True, slots=True)
class Order:
    """One job: ``module:function`` below ``kg.serve.jobs`` with its arguments.

    ``revision`` names the state of the store the answer must come from, or a later one; ``seconds``
    is the time it has.
    """

    job: str
    arguments: tuple[Any, ...]
    revision: str
    seconds: float


@dataclass(slots=True)
class Fatigue:
    """Tells when a child should be replaced, so that none grows without bound.

    Attributes:
        done: jobs done.
        settled: bytes it held when it had done ``SETTLED`` jobs.
    """

    done: int = 0
    settled: int = 0

    def after(self, kind: str) -> bool:
        """Whether the child is tired after a job with that kind of answer."""
        self.done += 1
        held = _held()
        if self.done <= SETTLED:
            self.settled = held
        return kind == "memory" or self.done >= JOBS or held > max(ROOM, 2 * self.settled)


def _held() -> int:
    """Bytes of memory this process has for itself alone; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Answer orders until there are no more."""
    child = Child(frames.read(source))
    _limit(child.opening.memory)
    importlib.import_module("kg.serve.jobs.sparql")
    out.write(frames.pack("ready"))
    out.flush()
    fatigue = Fatigue()
    try:
        while True:
            order: Order = frames.read(source)
            _alarm(order.seconds + GRACE)
            child.deadline = time.monotonic() + order.seconds
            kind, value = _reply(child, order)
            _alarm(0)
            out.write(frames.pack((kind, value, fatigue.after(kind))))
            out.flush()
    except EOFError:
        child.close()


def _reply(child: Child, order: Order) -> tuple[str, Any]:
    try:
        child.at(order.revision)
        module, _, name = order.job.partition(":")
        function = getattr(importlib.import_module(f"kg.serve.jobs.{module}"), name)
        return "ok", function(child, *order.arguments)
    except Refusal as error:
        return "refused", (error.status, error.message, error.hint, error.headers)
    except errors.KgError as error:
        return "error", (type(error).__name__, error.message, error.hint)
    except MemoryError:
        return "memory", None
    except Exception as error:
        return "mistake", f"{type(error).__name__}: {error}"


def _limit(memory: int) -> None:
    """Never use more than ``memory`` bytes, where the system can see to that."""
    if not memory:
        return
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        resource.setrlimit(kind, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _alarm(seconds: float) -> None:
    """Let the system end this process after so long, whatever it is doing; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    private = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not break a frame
    with os.fdopen(private, "wb") as out, contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    _main()
