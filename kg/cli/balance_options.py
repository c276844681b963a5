"""The options of ``kg balance``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.measuring import (
    Given,
    floor_options,
    level_option,
    period_options,
    where_option,
)

__all__ = ["CAMPS", "BalanceGiven", "balance_options"]


class CampsType(click.ParamType[int]):
    """A number of camps, or "free" (0)."""

    name = "camps"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or fail as a usage error."""
        text = str(value).strip().lower()
        if text in ("free", "0"):
            return 0
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            self.fail(f"{value!r} is neither a number of camps nor 'free'", param, ctx)
        return int(text)


CAMPS = CampsType()
FILE = click.Path(path_type=Path, dir_okay=False)


class BalanceGiven(Given):
    """The options, as click hands them over."""

    edges: Path | None
    directed: bool
    camps: int
    time_limit: float
    seed: int
    samples: int | None
    certificate: Path | None
    verify: Path | None


def balance_options(command: Any) -> Any:
    """Add them all."""
    for option in reversed((
        click.option("--edges", type=FILE, help="A network of your own: source,target,sign."),
        click.option("--directed", is_flag=True, help="Its ties have a direction."),
        click.option("--camps", type=CAMPS, default="2", show_default=True,
                     metavar="K|free", help="At most K camps, or any number."),
        click.option("--time-limit", type=click.FloatRange(0, min_open=True), default=60.0,
                     show_default=True, help="Seconds; then the best found with its bound."),
        click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
                     help="Of everything that is drawn at random."),
        click.option("--chance", "samples", type=click.IntRange(0), metavar="N",
                     help="Networks drawn to compare with; 0 for none, else as time allows."),
        click.option("--certificate", type=FILE, help="Write the proof to this file."),
        click.option("--verify", type=FILE, help="Check such a file instead."),
        level_option,
        where_option,
        period_options,
        floor_options(40),
    )):  # fmt: skip
        command = option(command)
    return command
