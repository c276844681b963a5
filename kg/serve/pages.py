"""The pages: each asks the children for plain records and fills a template with them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.errors import UsageError
from kg.reference.schemes import issues as concepts
from kg.serve.charts import steps_chart, tenure_strip
from kg.serve.guards import CSP_ATLAS
from kg.serve.problems import Refusal
from kg.serve.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub
    from kg.serve.jobs.records import Tie

__all__ = [
    "actor",
    "atlas",
    "document",
    "documents",
    "event",
    "issue",
    "issues",
    "matrix",
    "network",
    "overview",
    "pair",
    "search",
]

LEVELS = ("polity", "bloc", "person")
TOP = 8  # rows of the lists on the overview
SIZES = (20, 12, 30, 50)
ROWS = 100  # documents on a page
HITS = 25
_KINDS = ("actor", "event", "document")


def _hub(request: Request) -> Hub:
    hub: Hub = request.app.state.hub
    return hub


def _said(request: Request, name: str, most: int = 2000) -> str:
    return request.query_params.get(name, "")[:most].strip()


def _day(request: Request, name: str) -> str:
    """A day as the address has it; "" for none."""
    text = _said(request, name)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"{text[:40]!r} is not a day", "write it as 2026-02-14") from error


def _choice(request: Request, name: str, choices: tuple[str, ...]) -> str:
    text = _said(request, name) or choices[0]
    if text not in choices:
        raise UsageError(f"{name} is one of: {', '.join(filter(None, choices))}")
    return text


def _page(request: Request) -> int:
    text = _said(request, "page") or "0"
    if not re.fullmatch(r"\d{1,6}", text):
        raise UsageError("pages are counted from 0")
    return int(text)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


async def overview(request: Request) -> Response:
    """``/``: figures, latest confrontations, top rifts and alliances."""
    found = await _hub(request).parts(
        info=("overview:figures",),
        latest=("overview:latest", "Confrontation", "", TOP),
        ties=("overview:ties",),
    )
    rifts, alliances = _ranked(found["ties"])
    return await page(request, "overview.html", rifts=rifts, alliances=alliances, **found)


def _ranked(ties: object) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    """The most hostile and the most friendly balances."""
    if not isinstance(ties, tuple):
        return (), ()
    found: tuple[Tie, ...] = ties[0]
    against = sorted((t for t in found if t.balance < 0), key=lambda t: t.balance)
    beside = sorted((t for t in found if t.balance > 0), key=lambda t: -t.balance)
    return tuple(against[:TOP]), tuple(beside[:TOP])


async def matrix(request: Request) -> Response:
    """``/matrix``: who stands with whom, by camps."""
    level = _choice(request, "level", LEVELS)
    size = int(_choice(request, "size", tuple(map(str, SIZES))))
    since, until = _day(request, "since"), _day(request, "until")
    found = await _hub(request).parts(matrix=("matrix:matrix", level, since, until, size))
    return await page(
        request, "matrix.html", level=level, levels=LEVELS, size=size, sizes=SIZES, since=since,
        until=until, **found,
    )  # fmt: skip


async def network(request: Request) -> Response:
    """``/network``: the page of ``kg export html`` in a frame."""
    found = await _hub(request).parts(atlas=("share:atlas",))
    return await page(request, "network.html", **found)


async def atlas(request: Request) -> Response:
    """``/network/atlas.html``: that page itself."""
    body = await _hub(request).analyse("share:atlas")
    headers = {"Content-Security-Policy": CSP_ATLAS, "Cache-Control": "no-cache"}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


async def pair(request: Request) -> Response:
    """``/pair?a=…&b=…``: the timeline of two parties."""
    a, b = _said(request, "a"), _said(request, "b")
    if not a or not b:
        raise Refusal(404, "a pair has two sides", "choose one in the matrix")
    level = _choice(request, "level", ("", *LEVELS))
    found = await _hub(request).parts(pair=("pairs:pair", a, b, level))
    view = found["pair"]
    chart = steps_chart(view.steps) if hasattr(view, "steps") else None
    return await page(request, "pair.html", chart=chart, level=level, a=a, b=b, **found)


async def actor(request: Request) -> Response:
    """``/actor?id=…``: offices over time, allies and adversaries by date, events."""
    hub, wanted = _hub(request), _said(request, "id")
    since, until = _day(request, "since"), _day(request, "until")
    on = _day(request, "on") or until or _today()
    who = await hub.look_up("actors:actor", wanted, on)
    found = await hub.parts(
        ties=("overview:ties", who.id, "polity", since, until),
        events=("actors:actor_events", who.id, 30),
    )
    strip = tenure_strip(who.offices, _today()) if who.kind == "person" and not who.told else None
    allies, adversaries = _sided(found["ties"])
    return await page(
        request, "actor.html", who=who, strip=strip, since=since, until=until, allies=allies,
        adversaries=adversaries, **found,
    )  # fmt: skip


def _sided(ties: object) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
    if not isinstance(ties, tuple):
        return (), ()
    found: tuple[Tie, ...] = ties[0]
    beside = sorted((t for t in found if t.balance > 0), key=lambda t: -t.balance)
    against = sorted((t for t in found if t.balance <= 0), key=lambda t: t.balance)
    return tuple(beside[:30]), tuple(against[:30])


async def event(request: Request) -> Response:
    """``/event?id=…``: every sentence that tells it, side by side."""
    found = await _hub(request).look_up("events:event", _said(request, "id"))
    return await page(request, "event.html", event=found)


async def documents(request: Request) -> Response:
    """``/documents``: what was read."""
    number = _page(request)
    found = await _hub(request).parts(rows=("documents:documents",))
    rows = found["rows"]
    total = len(rows) if isinstance(rows, tuple) else 0
    shown = rows[number * ROWS : (number + 1) * ROWS] if isinstance(rows, tuple) else rows
    more = (number + 1) * ROWS < total
    return await page(request, "documents.html", rows=shown, number=number, more=more, total=total)


async def document(request: Request) -> Response:
    """``/document?id=…``: the text with everything marked that was found in it."""
    found = await _hub(request).look_up("documents:document", _said(request, "id"))
    return await page(request, "document.html", document=found)


async def issues(request: Request) -> Response:
    """``/issues``: what it was about."""
    found = await _hub(request).parts(rows=("overview:by_issue",))
    return await page(request, "issues.html", **found)


async def issue(request: Request) -> Response:
    """``/issue?code=…``: the pairs and events over one issue."""
    code = _said(request, "code")
    concept = concepts().get(code)
    if concept is None:
        raise Refusal(404, "there is no such issue")
    found = await _hub(request).parts(
        rows=("overview:by_issue",),
        ties=("overview:issue_ties", code),
        events=("overview:latest", "Event", code, 30),
    )
    return await page(request, "issue.html", issue=concept, **found)


async def search(request: Request) -> Response:
    """``/search?q=…``: actors, sentences and texts."""
    hub, words = _hub(request), _said(request, "q", 200)
    kind = _choice(request, "kind", ("", *_KINDS))
    number = _page(request)
    index = await hub.index()
    found = None
    if words and index.path:
        size = HITS if kind else 8
        found = await hub.look_up("search:search", index.path, words, kind, number, size)
    return await page(
        request, "search.html", words=words, kind=kind, number=number, found=found,
        waiting=index.waiting, kinds=_KINDS, hits_on_page=HITS, q=words,
    )  # fmt: skip
