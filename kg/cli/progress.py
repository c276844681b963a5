"""A line on stderr that tells somebody who waits what is being done, and for how long."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.output import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["working"]


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show ``what`` while the block runs, when stderr is a terminal.

    Yields:
        A function to say how far it is.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - loaded only when somebody watches
    from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn  # noqa: PLC0415

    shown = Progress(
        SpinnerColumn(), "{task.description}", TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with shown:
        task = shown.add_task(what, total=None)
        yield lambda text: shown.update(task, description=f"{what}: {clean(text)}")
