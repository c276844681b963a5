"""The console people read: colours as they asked, and no fuss when a pipe closes early."""

from __future__ import annotations

import sys

import click
from rich.console import Console

__all__ = ["console"]


class _Piped(Console):
    """One whose reader may leave early (``| head``) without that being a failure."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(piped_width: int = 160) -> Console:
    """A console on stdout, as wide as the terminal, or ``piped_width`` when there is none."""
    color = click.get_current_context().find_root().color
    return _Piped(
        no_color=color is False,
        force_terminal=color,
        width=None if sys.stdout.isatty() else piped_width,
        highlight=False,
    )
