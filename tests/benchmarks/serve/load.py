"""Load on ``kg serve``: clients that mix pages and queries, and one query of death after another.

    python tests/benchmarks/serve/load.py --events 20000 --seconds 60 --clients 50

Makes a store of that many events (kept with --keep and used again when it is there), serves it, and
prints requests, errors, times of pages and queries, memory over time, how busy the machine was, and
how the server ended on Ctrl-C.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pyoxigraph as ox

from kg.graph import background_graphs
from kg.namespaces import ID, PREFIXES, TKG, derived_graph, document_iri, issue_iri
from kg.reference.schemes import event_types
from kg.reference.world import load_world
from kg.store import open_store

DEATH = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"
QUERIES = (
    "SELECT DISTINCT ?e ?d { ?e a tkg:Confrontation ; tkg:date ?d } LIMIT 100",
    "SELECT ?q { ?m tkg:quote ?q } LIMIT 200",
    "ASK { ?e a tkg:Cooperation }",
    "CONSTRUCT { ?s a ?c } WHERE { ?s a tkg:State ; a ?c }",
)
PARTIES = ("state/us", "state/uk", "state/germany", "state/france", "state/russia", "state/china",
           "state/ukraine", "state/turkey", "state/canada", "state/poland", "state/iran",
           "bloc/eu")  # fmt: skip
ISSUES = ("trade-tariffs", "ukraine-support", "energy", "defence-spending", "tech-ai")
BATCH = 25  # events of a document


def iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local)


def literal(value: object, kind: str = "string") -> ox.Literal:
    return ox.Literal(str(value), datatype=iri(PREFIXES["xsd"] + kind))


def quads(events: int, seed: int):  # noqa: PLR0915 - a list of statements
    """A store's content: documents of 25 sentences, each with one event between two states."""
    dice = random.Random(seed)
    world = load_world()
    states = sorted(i for i, a in world.actors.items() if i.startswith(f"{ID}state/"))[:60]
    kinds = sorted(event_types().values(), key=lambda kind: kind.notation)
    run = iri(f"{ID}run/benchmark")
    for first in range(0, events, BATCH):
        document = document_iri(f"bench{first:09d}")
        node, graph, derived = iri(document), iri(document), iri(derived_graph(f"bench{first:09d}"))
        day = f"{dice.randint(2005, 2025)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        sentences = []

        def q(s, p, o, g=graph):
            return ox.Quad(s, term(p), o, g)

        for number in range(first, min(first + BATCH, events)):
            one, other = dice.sample(states[: 8 if dice.random() < 0.7 else 60], 2)
            kind = dice.choice(kinds)
            names = world.label(one), world.label(other)
            quote_ = f"{names[0]} {kind.label} {names[1]} in report number {number}."
            start = sum(len(sentence) + 1 for sentence in sentences)
            sentences.append(quote_)
            event = iri(f"{ID}event/{number:016x}")
            family = {-1: "Confrontation", 1: "Cooperation", 0: "Consultation"}[kind.sign]
            mention = iri(f"{document}#char={start},{start + len(quote_)}")
            yield q(event, "rdf:type", term("tkg:Event"))
            yield q(event, "rdf:type", iri(TKG + family))
            yield q(event, "rdfs:label", literal(f"{names[0]} → {names[1]}: {kind.label}, {day}"))
            yield q(event, "tkg:eventType", iri(kind.iri))
            yield q(event, "tkg:eventClass", iri(event_types()[kind.top].iri))
            yield q(event, "tkg:sign", literal(kind.sign, "integer"))
            yield q(event, "tkg:intensity", literal(f"{kind.intensity:.1f}", "decimal"))
            yield q(event, "tkg:status", literal("realised"))
            yield q(event, "tkg:actor", iri(one))
            yield q(event, "tkg:recipient", iri(other))
            yield q(event, "tkg:date", literal(day, "date"))
            yield q(event, "tkg:datePrecision", literal("day"))
            yield q(event, "tkg:issue", iri(issue_iri(dice.choice(ISSUES))))
            yield q(mention, "rdf:type", term("tkg:Mention"))
            yield q(mention, "rdf:type", term("tkg:EventMention"))
            yield q(mention, "tkg:ofEvent", event)
            yield q(mention, "tkg:inDocument", node)
            yield q(mention, "tkg:start", literal(start, "integer"))
            yield q(mention, "tkg:end", literal(start + len(quote_), "integer"))
            yield q(mention, "tkg:quote", literal(quote_))
            yield q(mention, "tkg:modality", literal("asserted"))
            yield q(mention, "tkg:confidence", literal("0.8", "decimal"))
            yield q(mention, "prov:wasGeneratedBy", run)
            for role, agent in (("actor", one), ("recipient", other)):
                side = iri(f"{event.value}/{role}")
                yield q(side, "rdf:type", term("tkg:Side"), derived)
                yield q(side, "tkg:ofEvent", event, derived)
                yield q(side, "tkg:role", literal(role), derived)
                yield q(side, "tkg:agent", iri(agent), derived)
                yield q(side, "tkg:polity", iri(agent), derived)
        text = " ".join(sentences)
        yield q(node, "rdf:type", term("tkg:Document"))
        yield q(node, "dcterms:title", literal(f"Report {first}"))
        yield q(node, "dcterms:publisher", literal(f"Outlet {first % 40}"))
        yield q(node, "dcterms:issued", literal(day, "date"))
        yield q(node, "tkg:datePrecision", literal("day"))
        yield q(node, "tkg:sha256", literal(f"{first:064x}"))
        yield q(node, "tkg:length", literal(len(text), "integer"))
        yield q(node, "tkg:readOn", literal("2026-01-01", "date"))
        yield q(node, "tkg:text", literal(text))
        yield q(run, "prov:used", node)
        yield q(run, "tkg:extractor", literal("benchmark"))
        yield q(run, "tkg:version", literal("1"))
        yield q(run, "tkg:referenceVersion", literal("1"))


def make(path: Path, events: int, seed: int) -> None:
    """The store, with every triple in the union, too."""
    with open_store(path, write=True) as store:
        store.replace(background_graphs())
        engine = store.engine  # a bulk load; the interface for documents would take hours
        engine.bulk_extend(quads(events, seed))
        union = ox.DefaultGraph()
        engine.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, union)
            for quad in quads(events, seed)
        )
        engine.optimize()


def paths(known: dict[str, list[str]], dice: random.Random):
    """What a client may ask, for ever; ``known`` are ids of events and documents."""
    fixed = ("/", "/matrix", "/issues", "/documents", "/search?q=report", "/query", "/review",
             "/feed.atom")  # fmt: skip
    while True:
        one, other = dice.sample(PARTIES, 2)
        level = dice.choice(("", "&level=polity"))
        pages = (*fixed, f"/issue?code={dice.choice(ISSUES)}", f"/actor?id={one}",
                 f"/pair?a={one}&b={other}{level}")  # fmt: skip
        draw = dice.random()
        if draw < 0.3:
            yield "page", f"/event?id={dice.choice(known['event'])}"
        elif draw < 0.5 and known["document"]:
            yield "page", f"/document?id={dice.choice(known['document'])}"
        elif draw < 0.75:
            yield "page", dice.choice(pages)
        else:
            yield "query", f"/sparql?query={quote(dice.choice(QUERIES))}"


async def client(http, number, until, known, seen):
    for kind, path in paths(known, random.Random(number)):
        if time.monotonic() > until:
            return
        begun = time.monotonic()
        try:
            answer = await http.get(path)
            status = str(answer.status_code)
            if status == "500":  # a mistake: say which
                status += f" {path[:40]} {re.sub('<[^>]*>', ' ', answer.text)[-300:].split()}"
        except httpx.HTTPError as error:
            status = type(error).__name__
        name = kind if kind == "query" else re.sub(r"\?.*", "", path)
        seen.append((kind, name, status, time.monotonic() - begun))
        await asyncio.sleep(0.1)  # a reader looks at the answer


async def killer(http, until, seen):
    """One query of death after the other."""
    while time.monotonic() < until:
        begun = time.monotonic()
        answer = await http.get(f"/sparql?query={quote(DEATH)}", timeout=120)
        seen.append(("death", "death", str(answer.status_code), time.monotonic() - begun))


def memory(process: psutil.Process) -> tuple[float, float]:
    """Mebibytes of the server itself, and of it with its children."""
    own = process.memory_info().rss / 2**20
    return own, own + sum(c.memory_info().rss / 2**20 for c in process.children(recursive=True))


async def watch(process: psutil.Process, until: float) -> None:
    """Memory ten times on the way."""
    step = (until - time.monotonic()) / 10
    sizes = []
    while time.monotonic() < until - step / 2:
        await asyncio.sleep(step)
        sizes.append("{:.0f}/{:.0f}".format(*memory(process)))
    print("memory on the way, server/with children, MiB:", *sizes)


def end(server: subprocess.Popen[str]) -> None:
    """Ctrl-C, and what comes of it."""
    children = psutil.Process(server.pid).children(recursive=True)
    begun = time.monotonic()
    server.send_signal(signal.SIGINT)
    said = server.stderr.read()
    status = server.wait()
    left = sum(child.is_running() for child in children)
    took = time.monotonic() - begun
    print(f"Ctrl-C: ended with {status} after {took:.1f} s, {left} children left, said {said!r}")


async def ids(http: httpx.AsyncClient, kind: str) -> list[str]:
    """Some ids that exist."""
    query = f"SELECT ?x {{ ?x a tkg:{kind.capitalize()} }} LIMIT 500"
    answer = await http.get(f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    start = f"{ID}{kind}/"
    return [line.removeprefix(start) for line in answer.text.split() if line.startswith(start)]


async def load(url: str, process: psutil.Process, options: argparse.Namespace) -> list:
    limits = httpx.Limits(max_connections=options.clients + 5)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as http:
        for path in ("/", "/matrix", "/issues", "/documents", "/search?q=report", "/feed.atom"):
            begun = time.monotonic()
            while {"refresh", "retry-after"} & {*(await http.get(path)).headers}:
                await asyncio.sleep(0.5)
            print(f"first {path:20s} complete after {time.monotonic() - begun:7.1f} s")
        print("memory before: server {:.0f} MiB, with children {:.0f} MiB".format(*memory(process)))
        known = {kind: await ids(http, kind) for kind in ("event", "document")}
        seen: list = []
        until = time.monotonic() + options.seconds
        tasks = [client(http, n, until, known, seen) for n in range(options.clients)]
        await asyncio.gather(*tasks, killer(http, until, seen), watch(process, until))
        print("memory after:  server {:.0f} MiB, with children {:.0f} MiB".format(*memory(process)))
    return seen


def report(seen: list, seconds: float) -> None:
    statuses = defaultdict(Counter)
    for kind, _, status, _ in seen:
        statuses[kind][status] += 1
    for kind in sorted(statuses):
        times = sorted(t for k, _, _, t in seen if k == kind)
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{kind:6s} {len(times):6d} requests  {len(times) / seconds:6.1f}/s p50 {p50:.3f} s  "
              f"p95 {p95:.3f} s  longest {times[-1]:.3f} s  {dict(statuses[kind])}")  # fmt: skip
    for name in sorted({n for k, n, _, _ in seen if k == "page"}):
        times = sorted(t for _, n, _, t in seen if n == name)
        print(f"  {name:14s} {len(times):6d}  p50 {statistics.median(times):.3f}  "
              f"p95 {times[int(len(times) * 0.95)]:.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--timeout", type=float, default=5, help="of a query, in seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="the store: any, or made there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.keep or Path(folder) / "bench.kg"
        if not store.exists():
            begun = time.monotonic()
            make(store, options.events, options.seed)
            print(f"store of {options.events:,} events made in {time.monotonic() - begun:.0f} s")
        command = [sys.executable, "-m", "kg.cli", "serve", "--port", "0", "-s", str(store),
                   "--timeout", str(options.timeout)]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as server:
            url = re.search(r"at (http://\S+)/ ", server.stderr.readline())[1]
            try:
                seen = asyncio.run(load(url, psutil.Process(server.pid), options))
                print("load of the machine over 1, 5 and 15 minutes:", *os.getloadavg())
                end(server)
            finally:
                server.terminate()
        report(seen, options.seconds)


if __name__ == "__main__":
    main()
