"""The reconciliation service, version 0.2 (https://reconciliation-api.github.io/specs/0.2/).

Pages of other origins reach it only with ``--cors``; JSONP, which version 0.2 leaves open to a
service, would let any page read it and is not offered.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from kg.errors import KgError, UsageError
from kg.namespaces import ID, TKG
from kg.serve.endpoint import plain_refusal
from kg.serve.guards import CSP
from kg.serve.jobs.reconcile import KINDS, PROPERTIES, Candidate, Wanted
from kg.serve.problems import Refusal
from kg.serve.protocol import form_of
from kg.serve.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub

__all__ = ["preview", "properties", "service", "suggest"]

BATCH = 50  # queries of one request
MOST = 50  # candidates of one query
_NAME = "Transatlantic actors"


async def service(request: Request) -> Response:
    """``/reconcile``: the manifest, a batch of queries, or values to extend a table with."""
    hub: Hub = request.app.state.hub
    try:
        if request.method == "POST":
            form = await form_of(request, hub.settings.max_query)
            fields = {name: values[-1] for name, values in form.items()}
        else:
            fields = dict(request.query_params)
        if "queries" in fields:
            return JSONResponse(await _reconciled(hub, fields["queries"]))
        if "extend" in fields:
            return JSONResponse(await _extended(hub, fields["extend"]))
        return JSONResponse(_manifest(request))
    except KgError as error:
        return plain_refusal(error)


async def suggest(request: Request) -> Response:
    """``/reconcile/suggest/…``: entities, types or properties that begin with something."""
    hub: Hub = request.app.state.hub
    prefix = request.query_params.get("prefix", "")[:200].strip()
    try:
        start = int(request.query_params.get("cursor", "0") or "0")
    except ValueError:
        start = 0
    what = request.path_params["what"]
    if what == "entity":
        wanted = (Wanted(prefix, limit=MOST),)
        (found,) = await hub.look_up("reconcile:candidates", wanted)
        rows = [_suggested(candidate) for candidate in found]
    elif what in ("type", "property"):
        table = KINDS if what == "type" else PROPERTIES
        folded = prefix.casefold()
        rows = [
            {"id": key, "name": name}
            for key, name in table.items()
            if key.startswith(folded) or name.casefold().startswith(folded)
        ]
    else:
        return plain_refusal(Refusal(404, "entity, type or property can be suggested"))
    return JSONResponse({"result": rows[max(start, 0) : max(start, 0) + 10]})


async def properties(request: Request) -> Response:
    """``/reconcile/properties``: what a table of one type can be extended with."""
    kind = request.query_params.get("type", "")
    limit = request.query_params.get("limit", "")
    rows = [{"id": key, "name": name} for key, name in PROPERTIES.items()]
    most = int(limit) if limit.isdecimal() and int(limit) else len(rows)
    answer: dict[str, Any] = {"properties": rows[:most]}
    return JSONResponse(answer | ({"type": kind} if kind else {}))


async def preview(request: Request) -> Response:
    """``/reconcile/preview?id=…``: a small page about an actor, to be shown in a frame."""
    hub: Hub = request.app.state.hub
    wanted = request.query_params.get("id", "")[:2000]
    found = await hub.look_up("reconcile:described", (wanted,))
    if wanted not in found:
        return plain_refusal(Refusal(404, "there is no such actor"))
    frames = " ".join(("'self'", *hub.settings.cors))
    policy = CSP.replace("frame-ancestors 'none'", f"frame-ancestors {frames}")
    headers = {"Content-Security-Policy": policy}
    return await page(request, "preview.html", headers=headers, who=found[wanted])


def _manifest(request: Request) -> dict[str, Any]:
    base = f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"

    def at(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": _NAME,
        "identifierSpace": ID,
        "schemaSpace": TKG,
        "defaultTypes": [{"id": key, "name": name} for key, name in KINDS.items()],
        "view": {"url": f"{base}/actor?id={{{{id}}}}"},
        "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", "width": 400, "height": 120},
        "suggest": {
            "entity": at("/reconcile/suggest/entity"),
            "type": at("/reconcile/suggest/type"),
            "property": at("/reconcile/suggest/property"),
        },
        "extend": {
            "propose_properties": at("/reconcile/properties"),
            "property_settings": [
                {"name": "on", "label": "On the day", "type": "text", "default": "",
                 "help_text": "Offices and memberships of this day, as 2026-02-14"}
            ],
        },
        "batchSize": BATCH,
    }  # fmt: skip


async def _reconciled(hub: Hub, text: str) -> dict[str, Any]:
    asked = _object(text, "queries")
    if len(asked) > BATCH:
        raise Refusal(413, f"a batch holds {BATCH} queries at most")
    wanted = tuple(_wanted(query) for query in asked.values())
    found = await hub.look_up("reconcile:candidates", wanted)
    return {
        key: {"result": [_written(candidate) for candidate in rows]}
        for key, rows in zip(asked, found, strict=True)
    }


def _wanted(query: Any) -> Wanted:
    if not isinstance(query, dict):
        raise UsageError("each query is a JSON object")
    text, kinds, limit = query.get("query", ""), query.get("type", ()), query.get("limit", 5)
    kinds = (kinds,) if isinstance(kinds, str) else kinds
    pairs = query.get("properties", ())
    if (
        not isinstance(text, str)
        or not isinstance(limit, int)
        or not isinstance(kinds, list | tuple)
        or not isinstance(pairs, list | tuple)
        or not all(isinstance(pair, dict) for pair in pairs)
    ):
        raise UsageError("a query has a text, and may have type, limit and properties")
    return Wanted(
        text[:500],
        tuple(str(kind).removeprefix(TKG).lower() for kind in kinds if kind),
        max(1, min(limit, MOST)),
        tuple((str(pair.get("pid", "")), _plain(pair.get("v"))) for pair in pairs[:20]),
    )


def _plain(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value.get("id", "") if isinstance(value, dict) else value)


async def _extended(hub: Hub, text: str) -> dict[str, Any]:
    asked = _object(text, "extend")
    ids, wanted = asked.get("ids", []), asked.get("properties", [])
    if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > 1000:
        raise UsageError("extend has lists of ids (1000 at most) and of properties")
    pairs = tuple(_property(one) for one in wanted)
    names = tuple(str(one) for one in ids)
    rows = await hub.look_up("reconcile:extend", names, pairs)
    meta = [{"id": key, "name": PROPERTIES[key]} for key, _ in pairs]
    return {"meta": meta, "rows": rows}


def _property(one: Any) -> tuple[str, str]:
    key = str(one.get("id", "")) if isinstance(one, dict) else ""
    settings = one.get("settings") if isinstance(one, dict) else None
    day = str(settings.get("on") or "") if isinstance(settings, dict) else ""
    if key not in PROPERTIES:
        raise UsageError(f"there is no property {key[:40]!r}", f"one of: {', '.join(PROPERTIES)}")
    try:
        return key, date.fromisoformat(day).isoformat() if day else ""
    except ValueError as error:
        raise UsageError(f"{day[:40]!r} is not a day") from error


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the parameter {name!r} is not JSON") from error
    if not isinstance(found, dict):
        raise UsageError(f"the parameter {name!r} is not a JSON object")
    return found


def _written(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "description": candidate.description,
        "type": [{"id": candidate.kind, "name": KINDS[candidate.kind]}],
        "score": candidate.score,
        "match": candidate.match,
    }


def _suggested(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "description": candidate.description,
        "notable": [{"id": candidate.kind, "name": KINDS[candidate.kind]}],
    }
