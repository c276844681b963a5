"""Writing a file a user named: never over another unasked, and all of it or nothing."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from kg.cli.output import note

__all__ = ["target_of", "write_whole"]


def target_of(out: str, *, force: bool) -> Path | None:
    """The file to write, None for stdout ("-").

    Raises:
        click.UsageError: it is a folder, or exists and may not be overwritten.
    """
    if out == "-":
        return None
    target = Path(out)
    if target.is_dir():
        raise click.UsageError(f"{out} is a folder; name a file")
    if target.exists() and not force:
        raise click.UsageError(f"{out} exists; --force overwrites it")
    return target


def write_whole(target: Path | None, content: bytes) -> None:
    """Write to the file, or to stdout; a partial file is never left behind."""
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    note(f"Wrote {target} ({len(content):,} bytes).")
