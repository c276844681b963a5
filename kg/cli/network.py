"""The signed network of a store, as a table or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.files import target_of, write_whole
from kg.cli.measuring import (
    Given,
    asked,
    floor_options,
    half_life_option,
    level_option,
    opened,
    parameters,
    period_options,
    where_option,
)
from kg.cli.output import Table, no_rows, show

if TYPE_CHECKING:
    from kg.analysis.network import FoldedNetwork
    from kg.workspace import KnowledgeGraph

__all__ = ["network"]


@click.command(epilog="Example:  kg network --since 2018 --until 2018 --out net.graphml")
@click.option("--out", metavar="FILE", help="Write it: .graphml, .gexf, .csv or .jsonl.")
@click.option("--acts", "unfolded", is_flag=True, help="In the file, one arc for each act.")
@click.option("--force", is_flag=True, help="Overwrite the file when it exists.")
@half_life_option
@level_option
@where_option
@period_options
@floor_options(40)
def network(out: str | None, unfolded: bool, force: bool, **given: Unpack[Given]) -> int:
    """Fold the acts of a period into a signed network: one weighted tie for each pair."""
    if out:
        return _written(out, unfolded, force, given)
    if unfolded:
        raise click.UsageError("--acts needs --out: kg network --acts --out acts.graphml")
    with opened(given) as graph:
        found = graph.network(**asked(given, graph))
    rows = _rows(found)
    shown = rows[: given["limit"] or None]
    notes = list(found.notes)
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    columns = {
        "source": "Party", "target": "Party", "weight": "Weight", "tone": "Tone",
        "contested": "Contested", "cooperations": "Cooper.", "confrontations": "Confront.",
        "forth": "Forth", "back": "Back", "inside": "Inside", "sources": "Sources",
        "first": "First", "last": "Last",
    }  # fmt: skip
    facts = {"nodes": [{"iri": iri, "name": name} for iri, name in found.names().items()]}
    table = Table("network", shown, columns, parameters(given), notes, facts)
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _written(out: str, unfolded: bool, force: bool, given: Given) -> int:
    from kg.views.formats import exporter_for  # noqa: PLC0415 - --help needs none of it

    target = target_of(out, force=force)
    writer = exporter_for(Path(out) if target else Path("network.graphml"))
    with opened(given) as graph:
        found = _acts(graph, given) if unfolded else graph.network(**asked(given, graph)).graph()
    write_whole(target, writer.render(found).encode("utf-8"))
    return 0


def _acts(graph: KnowledgeGraph, given: Given) -> Any:
    from kg.workspace.network import multigraph  # noqa: PLC0415

    return multigraph(graph.store, **asked(given, graph))


def _rows(found: FoldedNetwork) -> list[dict[str, Any]]:
    names = found.names()
    rows = [
        {"source": names[row["a"]], "target": names[row["b"]], **row}
        for row in found.table.iter_rows(named=True)
    ]
    for row in rows:
        for name in ("tone", "contested", "cooperation", "conflict"):
            row[name] = round(row[name], 4)
    return sorted(rows, key=lambda row: (-abs(row["weight"]), row["source"], row["target"]))
