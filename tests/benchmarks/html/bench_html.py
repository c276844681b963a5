"""How fast an exported network opens and moves: ours, plain pyvis and cytoscape.js in one run.

    python tests/benchmarks/html/bench_html.py            # 2,000 and 20,000 nodes
    python tests/benchmarks/html/bench_html.py --quick    # 300 nodes, to see that it works

Needs Chromium, Playwright (dev group) and, for cytoscape.js, npm with a registry; without npm that
line is left out. The browser runs without a GPU. CPU seconds are those of all its processes from
the start of loading until the network stands; frames are counted while the mouse drags it.
pyvis starts its physics by default and counts as ready when that has come to rest.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from kg.views.html import html_page
from kg.views.html.payload import payload
from kg.views.model import AtlasView, EventView, IssueView, MentionView, NodeView, Sides

PATIENCE = 45.0  # seconds until a page counts as not ready
DRAG = 3.0  # seconds of panning
CYTOSCAPE = "cytoscape@3"


@dataclass
class Case:
    """A page to measure: ``ready`` is the script expression that says that it stands."""

    name: str
    path: Path
    fragment: str
    ready: str
    stage: str
    note: str = ""


def view(nodes: int, edges: int, seed: int = 1) -> AtlasView:
    """A random signed network with communities, one event for each pair, and a few polities."""
    dice = random.Random(seed)
    people = [
        NodeView(f"p/{n}", f"Person {n}", "person", polity=f"State {n % 12}") for n in range(nodes)
    ]
    states = [NodeView(f"s/{n}", f"State {n}", "state") for n in range(12)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        a, b = int(nodes * dice.random() ** 2), dice.randrange(nodes)
        b = min(nodes - 1, b // 12 * 12 + a % 12) if dice.random() < 0.8 else b
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    events = tuple(
        _event(number, a, b, dice, people, states) for number, (a, b) in enumerate(sorted(pairs))
    )
    return AtlasView(f"{nodes:,} nodes", (*people, *states), events)


def _event(
    number: int, a: int, b: int, dice: random.Random, people: list[NodeView], states: list[NodeView]
) -> EventView:
    sign = dice.choice((-1, -1, 0, 1, 1))
    day = f"{dice.randint(2019, 2026)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    report = number // 3
    quote = f"In sentence {number} {people[a].label} spoke of {people[b].label} at some length."
    told = MentionView(
        quote=quote,
        before="What stood before it in the report, for context. " * 4,
        after="What came after it in the report, for context. " * 4,
        title=f"Report {report}",
        outlet="The Wire",
        published=f"{2019 + report % 8}-06-15",
        document=f"d{report}",
        start=100,
        end=100 + len(quote),
        confidence=0.7,
        extractor="reader 1",
    )
    other = (b % 12) if b % 12 != a % 12 else (b + 1) % 12
    sides = Sides((states[a % 12].id,), (states[other].id,))
    return EventView(
        id=f"{number:016x}",
        type={-1: "criticise", 0: "consult", 1: "praise"}[sign],
        event_class={-1: "accuse", 0: "consult", 1: "support"}[sign],
        sign=sign,
        intensity=3.0 * sign,
        person=Sides((people[a].id,), (people[b].id,)),
        polity=sides,
        bloc=sides,
        date=day,
        issues=(IssueView("trade-tariffs", "Trade and tariffs"),),
        confidence=0.7,
        mentions=(told,),
    )


def text_bytes(atlas: AtlasView) -> int:
    """Bytes of what documents say: sentences with their context, titles."""
    told = [mention for event in atlas.events for mention in event.mentions]
    return sum(len((m.quote + m.before + m.after).encode()) for m in told) + sum(
        len(title.encode()) for title in {m.title for m in told}
    )


def ours(atlas: AtlasView, folder: Path) -> list[Case]:
    """Our page as it opens, and with every node of the largest level drawn."""
    start = time.process_time()
    page = html_page(atlas)
    built = time.process_time() - start
    path = folder / f"ours-{len(atlas.nodes)}.html"
    path.write_text(page, encoding="utf-8")
    text = text_bytes(atlas)
    rest = len(page.encode()) - text
    note = f"file {rest / 1e6:.2f} MB + {text / 1e6:.2f} MB text, made in {built:.1f} s"
    ready = "document.documentElement.dataset.ready === '1'"
    drawn = f"{ready} && A.drawing() !== null"
    whole = "#view=network&level=person&nodes=all"
    return [
        Case("ours, as it opens", path, "", ready, "", note),
        Case("ours, whole network", path, whole, drawn, "#network"),
    ]


def pyvis_default(atlas: AtlasView, folder: Path) -> Case:
    """The same network as pyvis writes it when nothing is chosen."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    for node in atlas.nodes:
        if node.kind == "person":
            network.add_node(node.id, label=node.label)
    # add_edge is quadratic and would take minutes here; what it makes is made directly.
    network.edges = [
        {"from": event.person.actors[0], "to": event.person.recipients[0]} for event in atlas.events
    ]
    path = folder / f"pyvis-{len(atlas.nodes)}.html"
    hook = (
        "network.once('stabilizationIterationsDone', () => { window.__ready = true; });"
        "return network;"
    )
    html = network.generate_html()
    path.write_text(html.replace("return network;", hook), encoding="utf-8")
    return Case("pyvis, defaults", path, "", "window.__ready === true", "#mynetwork")


def cytoscape(atlas: AtlasView, folder: Path) -> Case | None:
    """cytoscape.js with our places given, so that it need not lay anything out."""
    library = _cytoscape(folder)
    if library is None:
        return None
    packed = payload(atlas)
    person = packed.data["levels"].index("person")
    nodes = [node for node in packed.nodes if node["level"] == person]
    labels = [row[1] for row in packed.data["actors"]]
    elements = [
        {
            "data": {"id": f"n{node['actor']}", "label": labels[node["actor"]]},
            "position": {"x": node["x"], "y": node["y"]},
        }
        for node in nodes
    ]
    elements += [
        {"data": {"source": f"n{edge['from']}", "target": f"n{edge['to']}"}}
        for edge in packed.edges
        if edge["level"] == person
    ]
    script = (
        f"const cy = cytoscape({{container: document.getElementById('cy'), elements: "
        f"{json.dumps(elements)}, layout: {{name: 'preset'}}, style: [{{selector: 'node', style: "
        "{label: 'data(label)'}}]}); cy.one('render', () => { window.__ready = true; });"
    )
    path = folder / f"cytoscape-{len(atlas.nodes)}.html"
    path.write_text(
        "<!doctype html><meta charset=utf-8><style>#cy {width: 1000px; height: 640px}</style>"
        f"<div id=cy></div><script>{library}</script><script>{script}</script>",
        encoding="utf-8",
    )
    return Case("cytoscape.js, preset", path, "", "window.__ready === true", "#cy")


def _cytoscape(folder: Path) -> str | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    if not (folder / "node_modules").exists():
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), CYTOSCAPE]
        subprocess.run(command, check=True, capture_output=True)
    library = folder / "node_modules/cytoscape/dist/cytoscape.min.js"
    return library.read_text("utf-8").replace("</script", "<\\/script")


def cpu_seconds(browser: Browser) -> float:
    """CPU time of all processes of the browser so far."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")
    session.detach()
    return sum(float(process["cpuTime"]) for process in told["processInfo"])


def measure(browser: Browser, case: Case) -> str:
    """One line of the table."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    try:
        before, start = cpu_seconds(browser), time.monotonic()
        page.goto(case.path.as_uri() + case.fragment, wait_until="commit")
        until(page, case.ready, start + PATIENCE)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
        spent, waited = cpu_seconds(browser) - before, time.monotonic() - start
    except (Error, TimeoutError):
        page.close()
        return f"{case.name:24} not ready in {PATIENCE:.0f} s"
    rate = frames(page, case.stage) if case.stage else None
    page.close()
    pan = f"{rate:5.0f} frames/s" if rate is not None else " " * 14
    return f"{case.name:24} {spent:6.2f} CPU-s  {waited:6.2f} s  {pan}  {case.note}"


def until(page: Page, ready: str, deadline: float) -> None:
    """Ask again and again; Playwright's own way needs eval, which our policy forbids."""
    while not page.evaluate(f"() => {{ try {{ return {ready}; }} catch {{ return false; }} }}"):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)


def frames(page: Page, stage: str) -> float:
    """Frames a second while the mouse drags the drawing to and fro."""
    page.locator(stage).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = page.locator(stage).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.52, box["y"] + min(box["height"], 500) * 0.52
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(
        "() => { window.__frames = 0; const tick = () => { window.__frames += 1;"
        " requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"
    )
    start = time.monotonic()
    step = 0
    while time.monotonic() - start < DRAG:
        step += 1
        page.mouse.move(x + 120 * ((step // 20) % 2) + 5 * (step % 20), y + 3 * (step % 20))
    counted = page.evaluate("window.__frames")
    rate = float(counted) / (time.monotonic() - start)
    page.mouse.up()
    return rate


def main() -> int:
    """Build the pages, open each in a fresh browser, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="300 nodes only")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="the browser to use")
    given = parser.parse_args()
    if not given.chromium:
        parser.error("no chromium found; name one with --chromium")
    sizes = [(300, 900)] if given.quick else [(2_000, 6_000), (20_000, 60_000)]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        for nodes, edges in sizes:
            atlas = view(nodes, edges)
            print(f"{nodes:,} nodes, {edges:,} edges", file=sys.stdout, flush=True)
            cases = [*ours(atlas, folder), pyvis_default(atlas, folder), cytoscape(atlas, folder)]
            for case in cases:
                if case is None:
                    print("cytoscape.js left out: no npm", flush=True)
                    continue
                arguments = ["--no-sandbox", "--disable-gpu"]
                browser = driver.chromium.launch(executable_path=given.chromium, args=arguments)
                print(f"  {measure(browser, case)}", flush=True)
                browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
