"""Commands that look things up: sources, info, explain."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kg.analysis.identity import RULES
from kg.cli.output import (
    Table,
    clean,
    format_option,
    known_on_option,
    no_rows,
    overlay_option,
    overlays,
    show,
    store_option,
)
from kg.namespaces import ID
from kg.workspace import open_graph

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis import Evidence, SignedEvent
    from kg.workspace.explain import Explanation

__all__ = ["explain", "info", "sources"]


@click.command(epilog="Example:  kg sources -f csv > documents.csv")
@click.option("--fail-empty", is_flag=True, help="Exit code 4 when there is nothing.")
@store_option
@format_option
def sources(fail_empty: bool, store: str, format_: str) -> int:
    """List the documents that have been read, with dates, hashes and counts."""
    with open_graph(store) as graph:
        found = graph.sources()
    rows = [
        {
            "document": row.id,
            "source": row.source,
            "title": row.title,
            "outlet": row.outlet,
            "published": str(row.published) if row.published else None,
            "published_origin": row.published_origin,
            "read_on": row.read_on.isoformat(),
            "sha256": row.sha256,
            "characters": row.length,
            "events": row.events,
            "extractor": " ".join(row.read_by[:2]),
        }
        for row in found
    ]
    columns = {
        "document": "Document",
        "published": "Published",
        "source": "Source",
        "title": "Title",
        "outlet": "Outlet",
        "events": "Events",
        "characters": "Characters",
        "read_on": "Read on",
        "sha256": "SHA-256",
    }
    if format_ == "table":
        rows = [{**row, "sha256": str(row["sha256"])[:12]} for row in rows]
    table = Table("sources", rows, columns, {"store": store})
    show(table, format_)
    return no_rows(table, fail_empty)


@click.command(epilog="Example:  kg info -f json")
@click.option("--reference", is_flag=True, help="Count the reference data instead.")
@known_on_option
@overlay_option
@store_option
@format_option
def info(reference: bool, known_on: date | None, store: str, format_: str) -> None:
    """Show what the store holds, or what the reference data know."""
    if reference:
        from kg.reference.world import load_world  # noqa: PLC0415 - only for this option
        from kg.workspace.health import reference_counts  # noqa: PLC0415

        facts: dict[str, Any] = reference_counts(load_world(overlays()))
    else:
        with open_graph(store, known_on=known_on, overlays=overlays()) as graph:
            facts = asdict(graph.info())
    rows = [{"what": name.replace("_", " "), "value": value} for name, value in facts.items()]
    show(Table("info", rows, {"what": "What", "value": "Value"}, {"store": store}), format_)


@click.command(epilog="Examples:  kg explain us,eu  |  kg explain 4f0c2a91 -f json")
@click.argument("subject", metavar="EVENT|PAIR")
@known_on_option
@overlay_option
@store_option
@format_option
def explain(subject: str, known_on: date | None, store: str, format_: str) -> None:
    """Show the sentences behind an event or a pair, with where they stand and how sure we are."""
    with open_graph(store, known_on=known_on, overlays=overlays()) as graph:
        found = graph.explain(subject)
    if format_ == "table":
        _tell(found)
        return
    rows = [_row(event, piece, found) for event in found.events for piece in event.evidence]
    columns = {name: name.replace("_", " ").capitalize() for name in (rows[0] if rows else {})}
    show(Table("explain", rows, columns, {"store": store, "subject": subject}), format_)


def _row(event: SignedEvent, piece: Evidence, found: Explanation) -> dict[str, Any]:
    labels = found.labels

    def named(role: str) -> list[str]:
        parties = (party for party in event.parties if party.role == role)
        return [labels.get(party.agent, party.agent) for party in parties]

    return {
        "event": event.iri.removeprefix(f"{ID}event/"),
        "type": event.type,
        "class": event.event_class,
        "sign": event.sign,
        "status": event.status.value,
        "date": str(event.date) if event.date else None,
        "actors": named("actor"),
        "recipients": named("recipient"),
        "issues": list(event.issues),
        "venue": ", ".join(event.venues) or None,
        "place": ", ".join(event.places) or None,
        "independent_sources": event.independent_sources,
        "judged": event.judged or None,
        "merged": [
            {
                "event": merge.event.removeprefix(f"{ID}event/"),
                "date": str(merge.date) if merge.date else None,
                "rule": merge.rule,
                "reason": RULES[merge.rule],
            }
            for merge in event.merges
        ],
        "quote": piece.quote,
        "document": piece.document.removeprefix(f"{ID}document/"),
        "title": piece.title,
        "outlet": piece.outlet,
        "source": piece.source,
        "published": str(piece.published) if piece.published else None,
        "start": piece.start,
        "end": piece.end,
        "modality": piece.modality,
        "speaker": labels.get(piece.speaker, piece.speaker) if piece.speaker else None,
        "confidence": piece.confidence,
        "extractor": piece.extractor,
        "links": [
            {
                "actor": labels.get(agent, agent),
                "confidence": link.confidence,
                "reason": link.reason,
            }
            for agent in sorted({party.agent for party in event.parties})
            if (link := found.links.get((piece.document, agent)))
        ],
    }


def _tell(found: Explanation) -> None:
    """Events with their sentences, to be read from top to bottom."""
    click.echo(click.style(clean(found.subject), bold=True))
    for event in found.events:
        sign = {-1: "−", 0: "·", 1: "+"}[event.sign]
        when = str(event.date) if event.date else "date unknown"
        status = "" if event.status.value == "realised" else f" [{event.status.value}]"
        status += f" [judged {event.judged}]" if event.judged else ""
        identifier = event.iri.removeprefix(f"{ID}event/")
        click.echo()
        click.echo(f"{sign} {when}  {clean(event.label)}{status}  ({identifier})")
        click.echo(f"    capacity: {_capacities(event, found.labels)}")
        where = ", ".join((*event.venues, *event.places))
        about = ", ".join(event.issues)
        if about or where:
            click.echo(f"    about: {about or '-'}" + (f"; at: {clean(where)}" if where else ""))
        for merge in event.merges:
            name = merge.event.removeprefix(f"{ID}event/")
            click.echo(f"    one with {name} ({merge.date or 'undated'}): {RULES[merge.rule]}")
        for piece in event.evidence:
            _tell_evidence(piece, found.labels)


def _capacities(event: SignedEvent, labels: dict[str, str]) -> str:
    told = {}
    for party in event.parties:
        offices = ", ".join(labels.get(office, office) for office in party.offices)
        polity = labels.get(party.polity, "") if party.polity else "unknown"
        name = labels.get(party.agent, party.agent)
        told[party.agent] = (
            f"{name} ({offices or '-'}; for {polity})"
            if offices
            else (name if party.agent == party.polity else f"{name} (for {polity})")
        )
    return clean("; ".join(told.values()))


def _tell_evidence(piece: Evidence, labels: dict[str, str]) -> None:
    name = piece.title or piece.source or piece.document.removeprefix(f"{ID}document/")
    origin = ", ".join(filter(None, [name, piece.outlet, str(piece.published or "undated")]))
    speaker = f", told by {labels.get(piece.speaker, piece.speaker)}" if piece.speaker else ""
    click.echo(f"    “{clean(piece.quote)}”")
    click.echo(
        clean(
            f"{origin} [{piece.start}:{piece.end}] {piece.modality}{speaker}, "
            f"confidence {piece.confidence:.2f}, {piece.extractor}"
        ).join(("      ", ""))
    )
