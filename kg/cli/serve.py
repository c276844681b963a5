"""Start the local web app."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli.output import note, overlay_option, overlays, store_option
from kg.serve.running import run
from kg.serve.settings import MEBIBYTE, Settings

__all__ = ["serve"]


@click.command(epilog="Examples:  kg serve --open  |  kg serve --port 0 --timeout 60 --writable")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="Address to listen at; one that is not local lets others in.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
              help="Port to listen at; 0 for any that is free.")  # fmt: skip
@click.option("--open", "open_", is_flag=True, help="Open the overview in the browser.")
@click.option("--writable", is_flag=True, help="Take judgements and SPARQL updates.")
@click.option("--author", envvar="KG_AUTHOR", default="", help="Who signs judgements.")
@click.option("--timeout", type=click.FloatRange(0, 3600, min_open=True), default=30.0,
              show_default=True, help="Seconds a query may take.")  # fmt: skip
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True,
              help="Rows or triples of an answer.")  # fmt: skip
@click.option("--memory", type=click.IntRange(256), default=2048, show_default=True,
              help="Mebibytes a query may use.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True,
              help="Queries answered at the same time.")  # fmt: skip
@click.option("--queue", type=click.IntRange(0, 10_000), default=128, show_default=True,
              help="Queries that may wait for their turn.")  # fmt: skip
@click.option("--wait", type=click.FloatRange(0, 3600, min_open=True), default=60.0,
              show_default=True, help="Seconds a query waits for its turn.")  # fmt: skip
@click.option("--cors", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin read the data services; may be repeated.")  # fmt: skip
@click.option("--allow-host", multiple=True, metavar="NAME",
              help="Another name the server goes by; may be repeated.")  # fmt: skip
@overlay_option
@store_option
def serve(
    host: str,
    port: int,
    open_: bool,
    writable: bool,
    author: str,
    timeout: float,
    max_rows: int,
    memory: int,
    workers: int,
    queue: int,
    wait: float,
    cors: tuple[str, ...],
    allow_host: tuple[str, ...],
    store: str,
) -> None:
    """Serve the graph as a local web app and SPARQL 1.1 endpoint, until Ctrl-C.

    Only this machine can reach it unless --host says otherwise, and it only reads unless
    --writable does.
    """
    settings = Settings(
        store=store if store.startswith(("http://", "https://")) else str(Path(store).absolute()),
        overlays=tuple(path.absolute() for path in overlays()),
        writable=writable,
        author=author,
        cors=tuple(origin.rstrip("/") for origin in cors),
        allowed_hosts=allow_host,
        timeout=timeout,
        max_rows=max_rows,
        memory=memory * MEBIBYTE,
        workers=workers,
        queue=queue,
        wait=wait,
    )

    def ready(address: str) -> None:
        note(f"Serving {store} at {address} (SPARQL: {address}sparql). Ctrl-C ends it.")
        if open_:
            webbrowser.open(address)

    run(settings, host, port, ready)
