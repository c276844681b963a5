"""How balanced a signed network is, which camps it falls into, and the proof of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.balance_options import BalanceGiven, balance_options
from kg.cli.balance_report import (
    CENSUS_LIMIT,
    Found,
    facts,
    headline,
    member_rows,
    number,
)
from kg.cli.measuring import asked, opened
from kg.cli.output import Table, no_rows, show
from kg.cli.progress import working
from kg.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analysis.balance import SignedNetwork

__all__ = ["balance"]

REJECTED = 3
SURE = 10.0  # seconds to find out which sides are decided
RESAMPLED_UP_TO = 1_500  # nodes whose support is worked out


@click.command(epilog="Example:  kg balance --edges net.csv --camps free -f json")
@balance_options
def balance(**given: Unpack[BalanceGiven]) -> int:
    """Divide a signed network into camps at the least frustration, and prove it.

    Without --edges the network is that of the store: who stands with and against whom.
    """
    if given["verify"]:
        return _verify(given["verify"], given)
    network, camps_support = _network(given)
    return _measure(network, camps_support, given)


def _network(given: BalanceGiven) -> tuple[SignedNetwork, Any]:
    """The network, and the weights of its ties in bootstrap replicates (pairs by name, masses)."""
    if given["edges"]:
        from kg.analysis.balance import read_edges  # noqa: PLC0415 - --help needs no solver

        return read_edges(given["edges"], directed=given["directed"]), None
    if given["directed"]:
        raise click.UsageError("--directed is for --edges; ties of the store have no direction")
    from kg.workspace.network import folding  # noqa: PLC0415

    with opened(given) as graph:
        folded = folding(graph.store, asked(given, graph))
    network = folded.network.signed()
    drawn = folded.replicates(network, given["seed"])
    return replace(network, notes=(*folded.network.notes, *network.notes)), drawn


def _measure(network: SignedNetwork, drawn: Any, given: BalanceGiven) -> int:
    with working("Dividing") as progress:
        found = _found(network, drawn, given, progress)
    if given["certificate"]:
        _write(given["certificate"], found.result.certificate.to_json())
    rows = member_rows(found)
    shown = rows[: given["limit"] or None]
    notes = [*network.notes, *headline(found)]
    if len(network.nodes) > CENSUS_LIMIT:
        notes.append(f"Walk-based balance is left out beyond {CENSUS_LIMIT} nodes.")
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    columns = {"camp": "Camp", "name": "Name", "ties": "Ties", "weight": "Weight",
               "frustrated": "Frustrated", "side": "Side", "support": "Support"}  # fmt: skip
    table = Table("balance", shown, columns, _parameters(given), notes, facts(network, found))
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _found(network: SignedNetwork, drawn: Any, given: BalanceGiven, progress: Any) -> Found:
    from kg.analysis.balance import camps, chance, sides, support, tie_weights  # noqa: PLC0415

    wanted, seed = given["camps"] or None, given["seed"]
    limit = given["time_limit"]
    result = camps(network, wanted, time_limit=limit, seed=seed, watch=progress)
    decided = {}
    if wanted == 2:
        progress("which sides are decided")
        decided = sides(result, time_limit=min(SURE, limit), seed=seed)
    beside = None
    if given["samples"] != 0:
        progress("what chance gives")
        beside = chance(network, samples=given["samples"], seed=seed)
    sure: list[float | None] = [None] * len(network.nodes)
    if network.ties and len(network.nodes) <= RESAMPLED_UP_TO and wanted != 1:
        progress("how sure the camps are")
        weights = tie_weights(network, seed=seed) if drawn is None else drawn
        sure = support(network, result.certificate.camps, weights, limit=wanted, seed=seed)
    return Found(result, decided, dict(zip(network.nodes, sure, strict=True)), beside)


def _verify(path: Path, given: BalanceGiven) -> int:
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


def _parameters(given: BalanceGiven) -> dict[str, Any]:
    left_out = ("format_", "fail_empty", "verify", "limit")
    kept = {name: value for name, value in given.items() if name not in left_out}
    return {**kept, "camps": given["camps"] or "free"}
