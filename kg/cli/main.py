"""The ``kg`` command: the lazy group, the options every command shares, and errors as messages."""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from kg.errors import KgError
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "Command", "kg", "main"]

INTERRUPTED = 130
_RECORDS = 50_000  # made between two searches for circles, of which there are few in millions
CONFIG_NAME = "kg.toml"


class Command(NamedTuple):
    """Where a command lives and how the overview presents it."""

    module: str
    section: str
    summary: str


COMMANDS: dict[str, Command] = {
    "ingest": Command("kg.cli.build", "Build", "Read documents and event feeds into the graph."),
    "load": Command("kg.cli.shards", "Build", "Load N-Quads that a cluster wrote."),
    "forget": Command("kg.cli.build", "Build", "Remove a document and exactly its share."),
    "check": Command("kg.cli.build", "Build", "Check the store against its rules."),
    "read": Command("kg.cli.read", "Ask", "Show a document with what was found in it."),
    "info": Command("kg.cli.ask", "Ask", "Show what the store holds."),
    "sources": Command("kg.cli.ask", "Ask", "List the documents that have been read."),
    "rifts": Command("kg.cli.tables", "Ask", "Rank the pairs that confront each other."),
    "rift": Command("kg.cli.rift", "Ask", "Measure the rift between two sides."),
    "alliances": Command("kg.cli.tables", "Ask", "Rank the pairs that stand together."),
    "explain": Command("kg.cli.ask", "Ask", "Show the sentences behind an event or a pair."),
    "review": Command("kg.cli.judge", "Judge", "Walk through what is doubtful and decide."),
    "judgements": Command("kg.cli.judge", "Judge", "Keep the log of decisions."),
    "query": Command("kg.cli.query", "Ask", "Ask in SPARQL."),
    "world": Command("kg.cli.world", "Ask", "Look up people, offices and memberships by date."),
    "export": Command("kg.cli.share", "Share", "Write the graph as HTML or for other tools."),
    "report": Command("kg.cli.report", "Share", "Write a dossier with figures and sources."),
    "serve": Command("kg.cli.serve", "Share", "Serve the graph as a web app and SPARQL endpoint."),
    "network": Command("kg.cli.network", "Measure", "Fold acts into a signed network."),
    "timeline": Command("kg.cli.timeline", "Measure", "Follow a pair through time."),
    "votes": Command("kg.cli.votes", "Measure", "Compare how states vote in the UN."),
    "diff": Command("kg.cli.diff", "Measure", "Show what changed between two dates."),
    "cohesion": Command("kg.cli.cohesion", "Measure", "Show how well a bloc keeps together."),
    "camps": Command("kg.cli.camps", "Measure", "Show who stands in which camp, over time."),
    "balance": Command("kg.cli.balance", "Measure", "Divide a network into camps, with proof."),
    "evaluate": Command("kg.cli.evaluate", "Measure", "Score the reader on annotated documents."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Command names in the order of the overview."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name].module)
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but with our names to suggest from."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=list(COMMANDS), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands by section, without importing them."""
        for section in dict.fromkeys(command.section for command in COMMANDS.values()):
            rows = [(n, c.summary) for n, c in COMMANDS.items() if c.section == section]
            with formatter.section(section):
                formatter.write_dl(rows)


def _config_files() -> list[Path]:
    """User configuration first, the project's own last, so that the latter wins."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return [Path(home) / "transatlantic-kg" / CONFIG_NAME, Path(CONFIG_NAME)]


def _defaults() -> dict[str, object]:
    """Option defaults from kg.toml files: top-level keys for all commands, tables for one.

    Raises:
        click.UsageError: a file is not valid TOML.
    """
    import tomllib  # noqa: PLC0415 - only needed when there is a file to read

    merged: dict[str, object] = {}
    for path in _config_files():
        if not path.is_file():
            continue
        try:
            settings = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise click.UsageError(f"{path} is not a usable configuration: {error}") from error
        common = {k: v for k, v in settings.items() if not isinstance(v, dict)}
        for name in COMMANDS:
            own = settings.get(name, {})
            inherited = merged.get(name, {})
            assert isinstance(inherited, dict)
            merged[name] = {**inherited, **common, **(own if isinstance(own, dict) else {})}
    return merged


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "KG"},
    epilog="Start with: kg ingest FILES, then kg rifts. Documentation: docs/ in the source.",
)
@click.version_option(VERSION, prog_name="kg", message="%(prog)s (transatlantic-kg) %(version)s")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
@click.option("--color/--no-color", default=None, help="Force colours on or off (see NO_COLOR).")
@click.pass_context
def kg(ctx: click.Context, debug: bool, color: bool | None) -> None:
    """Who confronts whom, speaking for whom, over what - and which sentence says so."""
    if color is None and os.environ.get("NO_COLOR"):
        color = False
    ctx.color = color
    ctx.obj = {"debug": debug}
    ctx.default_map = _defaults()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``kg`` and leave with its exit code.

    0 ok, 1 failure, 2 usage, 3 validation failed, 4 nothing found (with --fail-empty),
    130 interrupted.
    """
    gc.set_threshold(_RECORDS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without UTF-8 shows escapes
            stream.reconfigure(errors="backslashreplace")
    try:
        result = kg.main(words, prog_name="kg", standalone_mode=False)
        code = result if isinstance(result, int) else 0
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except BaseException as error:
        if debug and not isinstance(error, click.exceptions.Exit):
            traceback.print_exc()
        code = _report(error)
    sys.exit(code)


def _report(error: BaseException) -> int:  # noqa: PLR0911 - one line for each kind of error
    """Print one clear line for an error and give the exit code."""
    from kg.cli.output import complain  # noqa: PLC0415 - only when something is wrong

    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        click.echo("Interrupted. What was already read is stored.", err=True)
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KgError):
        complain(error.message, error.hint)
        return error.exit_code
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        complain(
            "The disk is full; what was stored before is intact.", "Free some space and repeat."
        )
        return 1
    if isinstance(error, OSError):
        complain(str(error), "Check the path and its permissions.")
        return 1
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    complain(
        f"Unexpected {type(error).__name__}: {error}",
        "This is a mistake of the program; repeat with kg --debug and report what it prints.",
    )
    return 1
