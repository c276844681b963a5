"""How balanced a signed network is, which camps it falls into, and the proof of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from kg.analysis import Level
from kg.cli.balance_report import CENSUS_LIMIT, EXPLANATION, facts, headline, member_rows, number
from kg.cli.output import Table, format_option, no_rows, show, store_option
from kg.cli.values import DATE, UNTIL
from kg.cli.without import without_option
from kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.analysis.balance import SignedNetwork

__all__ = ["balance"]

REJECTED = 3


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


class Given(TypedDict):
    """The options, as click hands them over."""

    edges: Path | None
    directed: bool
    camps: int
    time_limit: float
    seed: int
    certificate: Path | None
    verify: Path | None
    explain: bool
    level: str
    since: date | None
    until: date | None
    min_confidence: float
    min_events: int
    without: tuple[str, ...]
    limit: int
    fail_empty: bool
    store: str
    format_: str


FILE = click.Path(path_type=Path, dir_okay=False)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((
        click.option("--edges", type=FILE, help="A network of your own: source,target,sign."),
        click.option("--directed", is_flag=True, help="Its ties have a direction."),
        click.option("--camps", type=CampsType(), default="2", show_default=True,
                     metavar="K|free", help="At most K camps, or any number."),
        click.option("--time-limit", type=click.FloatRange(0, min_open=True), default=60.0,
                     show_default=True, help="Seconds; then the best found with its bound."),
        click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
                     help="Of the search for good divisions."),
        click.option("--certificate", type=FILE, help="Write the proof to this file."),
        click.option("--verify", type=FILE, help="Check such a file instead."),
        click.option("--explain", is_flag=True, help="Print what is computed, and its limits."),
        click.option("--level", type=click.Choice([level.value for level in Level]),
                     default="polity", show_default=True, help="Who counts as a node."),
        click.option("--since", type=DATE, help="First day: YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--until", type=UNTIL, help="Last day, included."),
        click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0,
                     show_default=True, help="Leave weaker readings out."),
        click.option("--min-events", type=click.IntRange(1), default=1, show_default=True,
                     help="Fewer signed events draw no tie."),
        without_option,
        click.option("-n", "--limit", type=click.IntRange(0), default=40, show_default=True,
                     help="Rows to print; 0 for all."),
        click.option("--fail-empty", is_flag=True, help="Exit code 4 when there is nothing."),
        store_option,
        format_option,
    )):  # fmt: skip
        command = option(command)
    return command


@click.command(epilog="Example:  kg balance --edges net.csv --camps free -f json")
@_options
def balance(**given: Unpack[Given]) -> int:
    """Divide a signed network into camps at the least frustration, and prove it.

    Without --edges the network is that of the store: who stands with and against whom.
    """
    if given["explain"]:
        click.echo(EXPLANATION)
        return 0
    if given["verify"]:
        return _verify(given["verify"], given)
    network = _network(given)
    return _measure(network, given)


def _network(given: Given) -> SignedNetwork:
    from kg.analysis.balance import read_edges  # noqa: PLC0415 - --help needs no solver

    if given["edges"]:
        return read_edges(given["edges"], directed=given["directed"])
    from kg.cli.balance_store import store_network  # noqa: PLC0415

    if given["directed"]:
        raise click.UsageError("--directed is for --edges; ties of the store have no direction")
    return store_network(
        given["store"],
        level=Level(given["level"]),
        since=given["since"],
        until=given["until"],
        min_confidence=given["min_confidence"],
        min_events=given["min_events"],
        without=given["without"],
    )


def _measure(network: SignedNetwork, given: Given) -> int:
    from kg.analysis.balance import camps, sides  # noqa: PLC0415

    wanted = given["camps"] or None
    result = camps(network, wanted, time_limit=given["time_limit"], seed=given["seed"])
    if given["certificate"]:
        _write(given["certificate"], result.certificate.to_json())
    decided = sides(result, time_limit=min(10.0, given["time_limit"]), seed=given["seed"])
    rows = member_rows(result, decided if wanted == 2 else {})
    shown = rows[: given["limit"] or None]
    notes = [*network.notes, *headline(result, decided if wanted == 2 else {})]
    if len(network.nodes) > CENSUS_LIMIT:
        notes.append(f"Walk-based balance is left out beyond {CENSUS_LIMIT} nodes.")
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    columns = {"camp": "Camp", "name": "Name", "ties": "Ties", "weight": "Weight",
               "frustrated": "Frustrated", "side": "Side"}  # fmt: skip
    table = Table("balance", shown, columns, _parameters(given), notes, facts(network, result))
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _verify(path: Path, given: Given) -> int:
    from kg.analysis.balance import read_certificate, read_edges, verify  # noqa: PLC0415

    certificate = read_certificate(path)
    network = read_edges(given["edges"], directed=given["directed"]) if given["edges"] else None
    found = verify(certificate, network)
    row = {
        "valid": found.valid,
        "optimal": found.optimal,
        "frustration": number(found.value),
        "lower_bound": number(found.lower_bound),
        "nodes": len(certificate.network.nodes),
        "ties": len(certificate.network.ties),
        "problems": list(found.problems),
    }
    columns = {"valid": "Holds", "optimal": "Optimal", "frustration": "Frustration",
               "lower_bound": "Lower bound", "nodes": "Nodes", "ties": "Ties",
               "problems": "Problems"}  # fmt: skip
    show(Table("balance", [row], columns, {"verify": str(path)}, (), row), given["format_"])
    return 0 if found.valid else REJECTED


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror}") from error


def _parameters(given: Given) -> dict[str, Any]:
    left_out = ("format_", "fail_empty", "verify", "explain", "limit")
    kept = {name: value for name, value in given.items() if name not in left_out}
    return {**kept, "camps": given["camps"] or "free"}
