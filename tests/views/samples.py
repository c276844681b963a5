"""Views to test with: a small one with known figures, a hostile one, a large one."""

from __future__ import annotations

import random

from kg.views.model import AtlasView, CampsView, EventView, IssueView, MentionView, NodeView, Sides

TRADE = IssueView("trade-tariffs", "Trade and tariffs")
UKRAINE = IssueView("ukraine-support", "Support for Ukraine")
BASE = "https://w3id.org/transatlantic-kg/id/"
US, EU, FRANCE, UKRAINE_STATE = (
    f"{BASE}{tail}" for tail in ("state/us", "bloc/eu", "state/france", "state/ukraine")
)
WALTZ, KALLAS = f"{BASE}person/mike-waltz", f"{BASE}person/kaja-kallas"

NODES = (
    NodeView(US, "United States", "state"),
    NodeView(EU, "European Union", "bloc"),
    NodeView(FRANCE, "France", "state", blocs=("European Union", "NATO")),
    NodeView(UKRAINE_STATE, "Ukraine", "state"),
    NodeView(
        WALTZ,
        "Mike Waltz",
        "person",
        polity="United States",
        offices=("Ambassador to the United Nations",),
    ),
    NodeView(KALLAS, "Kaja Kallas", "person", polity="European Union"),
)


def event(number: int, sign: int, date: str | None, **more: object) -> EventView:
    """An event between Waltz and Kallas unless told otherwise."""
    given: dict[str, object] = {
        "id": f"e{number:03d}",
        "type": {-1: "criticise", 0: "consult", 1: "support"}[sign],
        "event_class": {-1: "accuse", 0: "consult", 1: "support"}[sign],
        "sign": sign,
        "intensity": 4.0 * sign,
        "date": date,
        "person": Sides((KALLAS,), (WALTZ,)),
        "polity": Sides((EU,), (US,)),
        "bloc": Sides((EU,), (US,)),
        "confidence": 0.5,
        "mentions": (
            MentionView(
                quote=f"Sentence number {number} says so.",
                before="Before it stood this.",
                after="After it came that.",
                title=f"Report {number}",
                outlet="The Wire",
                published=date or "2026-02-15",
                source="https://news.example/report",
                document="d1",
                start=100,
                end=130,
                speaker="A spokesman",
                confidence=0.5,
                extractor="reader 1",
            ),
        ),
    }
    given.update(more)
    return EventView(**given)  # type: ignore[arg-type]


def small() -> AtlasView:
    """US and EU: 3 confrontations (1 undated), 1 cooperative event, 1 threat; and a meeting."""
    joint = Sides((FRANCE, UKRAINE_STATE), (UKRAINE_STATE, FRANCE))
    events = (
        event(1, -1, "2026-02-14", issues=(UKRAINE,), venue="Munich Security Conference"),
        event(2, -1, "2026-01-10", issues=(TRADE,)),
        event(3, -1, None, issues=(TRADE,)),
        event(4, 1, "2025-11", issues=(UKRAINE,)),
        event(5, -1, "2026-03-01", status="hypothetical", issues=(TRADE,)),
        event(6, 0, "2026-02-14", person=joint, polity=joint, bloc=Sides((EU,), (UKRAINE_STATE,))),
    )
    return AtlasView("Small atlas", NODES, events, (("Documents", "2"),), "Six events")


HOSTILE = (
    "<script>window.__pwned=1</script>",
    '"><img src=x onerror="window.__pwned=1">',
    "</script><script>window.__pwned=1</script>",
    "<!--<script>",
    "{{7*7}}{% raw %}",
    '<a href="javascript:window.__pwned=1">href</a>',
    "javascript:window.__pwned=1",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200b",
    "line\u2028paragraph\u2029 \x00\x07 \ud800",
    '=HYPERLINK("http://evil.example")',
    "' onmouseover='window.__pwned=1",
    "x" * 10_000,
)


def hostile() -> AtlasView:
    """Every hostile text in every field that can hold a text."""
    nodes, events = [], []
    for number, text in enumerate(HOSTILE):
        pair = (f"a{number}{text}", f"b{number}{text}")
        nodes += [NodeView(one, text, text, text, (text,), (text,)) for one in pair]
        sides = Sides((pair[0],), (pair[1],))
        mention = MentionView(
            text,
            text,
            text,
            text,
            text,
            "2026-01-02",
            text,
            text,
            1,
            2,
            text,
            text,
            0.5,
            text,
            text,
        )
        issue = IssueView(text, text)
        told = {"id": f"{number}{text}", "mentions": (mention,), "issues": (issue,)}
        where = {"place": text, "venue": text, "type": text, "event_class": text}
        levels = {"person": sides, "polity": sides, "bloc": sides}
        events.append(event(number, -1, "2026-01-02", **told, **where, **levels))
    summary = ((HOSTILE[0], HOSTILE[1]),)
    camps = CampsView("polity", (tuple(node.id for node in nodes[:4]),), HOSTILE[0])
    return AtlasView(HOSTILE[2], tuple(nodes), tuple(events), summary, HOSTILE[1], (camps,))


def large(actors: int = 300, events: int = 2000, seed: int = 7) -> AtlasView:
    """A random view of the size the page must stay fluid at."""
    dice = random.Random(seed)
    nodes = (
        tuple(
            NodeView(f"{BASE}person/p-{n}", f"Person number {n}", "person") for n in range(actors)
        )
        + NODES
    )
    people = [node.id for node in nodes]
    states = [US, EU, FRANCE, UKRAINE_STATE]
    told = []
    for number in range(events):
        a = int(actors * dice.random() ** 2)
        b = (a + 1 + int((actors - 1) * dice.random() ** 2)) % actors
        c, d = dice.sample(states, 2)
        date = f"{dice.randint(2019, 2026)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        told.append(
            event(
                number,
                dice.choice((-1, -1, 0, 1, 1)),
                date if dice.random() < 0.9 else None,
                id=f"e{number:06d}",
                person=Sides((people[a],), (people[b],)),
                polity=Sides((c,), (d,)),
                issues=(dice.choice((TRADE, UKRAINE)),),
            )
        )
    return AtlasView("Large atlas", nodes, tuple(told))
