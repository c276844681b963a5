"""The option ``--without`` of all analyses."""

from __future__ import annotations

import click

__all__ = ["without_option"]

without_option = click.option(
    "--without",
    multiple=True,
    metavar="KIND:NAME",
    help="Leave out event:ID, actor:NAME, source:NAME or issue:CODE; may be repeated.",
)
