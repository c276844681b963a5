"""What can go wrong with a request, as the status and the sentence it is answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import (
    KgError,
    NotFoundError,
    StoreLockedError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Busy", "Died", "Ending", "OutOfTime", "Refusal", "refusal"]


class Refusal(KgError):  # noqa: N818 - it is as much an answer as an error
    """A request that is answered with an error.

    Args:
        status: HTTP status.
        message: one line for people.
        hint: what to do about it.
        headers: further headers of the answer.
    """

    def __init__(
        self,
        status: int,
        message: str,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.status = status
        self.headers = dict(headers or {})


class Busy(Refusal):
    """All workers are at work and the queue is full."""

    def __init__(self, wait: int = 2) -> None:
        super().__init__(
            503, "too many requests are waiting", "try again shortly", {"Retry-After": str(wait)}
        )


class OutOfTime(Refusal):
    """Work that was stopped at its limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            504,
            f"this was stopped after {seconds:g} seconds",
            "make it narrower (a filter, a shorter period, fewer patterns), or start kg serve "
            "with a larger --timeout",
        )


class Died(Refusal):
    """The process at work ended without an answer, most likely for lack of memory."""

    def __init__(self) -> None:
        super().__init__(
            500,
            "this needed more memory than it may have, or the process at work was ended",
            "make it narrower, or start kg serve with a larger --memory",
        )


class Ending(Refusal):
    """The server is being ended."""

    def __init__(self) -> None:
        super().__init__(503, "the server is being ended", headers={"Connection": "close"})


def refusal(error: KgError) -> Refusal:
    """Any error of the library as an answer."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, NotFoundError):
        return Refusal(404, error.message, error.hint)
    if isinstance(error, StoreLockedError):
        return Refusal(503, error.message, error.hint, {"Retry-After": "5"})
    status = 400 if isinstance(error, UsageError) else 500
    return Refusal(status, error.message, error.hint)
