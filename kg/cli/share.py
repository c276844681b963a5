"""Write the graph for people and for other tools."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import click

from kg.analysis import Level
from kg.cli.files import target_of, write_whole
from kg.cli.output import known_on_option, overlay_option, overlays, store_option
from kg.store.dump import FORMATS as RDF_FORMATS
from kg.views.formats import EXPORTERS
from kg.workspace import open_graph

if TYPE_CHECKING:
    from datetime import date

    from kg.workspace import KnowledgeGraph

__all__ = ["export"]

FORMATS = ("html", *EXPORTERS, *RDF_FORMATS)


@click.command(
    epilog="Examples:  kg export html atlantic.html  |  kg export nquads - | gzip > atlantic.nq.gz"
)
@click.argument("format_", type=click.Choice(FORMATS), metavar="FORMAT")
@click.argument("out", metavar="OUT")
@click.option("--title", default="Transatlantic relations", show_default=True, help="Page heading.")
@click.option("--at", "start", default="", metavar="STATE",
              help="What the page opens on, as in its address: pair=us,eu.")  # fmt: skip
@click.option("--level", type=click.Choice([level.value for level in Level]), default="polity",
              show_default=True, help="Whose network graphml and gexf hold.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite OUT when it exists.")
@known_on_option
@overlay_option
@store_option
def export(
    format_: str,
    out: str,
    title: str,
    start: str,
    level: str,
    force: bool,
    known_on: date | None,
    store: str,
) -> None:
    """Write the graph as FORMAT to OUT ("-" for stdout).

    html: one self-contained page that works offline. graphml, gexf, csv, jsonl: networks and
    tables. nquads, trig, jsonld, turtle, ntriples: the RDF itself, equal content in equal bytes.
    """
    target = target_of(out, force=force)
    with open_graph(store, known_on=known_on, overlays=overlays()) as graph:
        content = _content(graph, format_, title, start, level)
    write_whole(target, content)


def _content(graph: KnowledgeGraph, format_: str, title: str, start: str, level: str) -> bytes:
    if format_ in RDF_FORMATS:
        out = io.BytesIO()
        graph.store.dump(out, format_)
        return out.getvalue()
    if format_ == "html":
        from kg.views.html import html_page  # noqa: PLC0415 - pyvis takes half a second

        return html_page(graph.view(title), start).encode("utf-8")
    return EXPORTERS[format_].render(graph.view(title), Level(level).value).encode("utf-8")
