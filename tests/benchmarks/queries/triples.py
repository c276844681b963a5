"""The eight analyses asked in SPARQL: of a store of ours, and of rdflib's graph in memory.

Each runs in a forked process of its own, which is ended when its time is up: neither engine can
stop a query itself. Nothing here imports Polars, whose threads do not outlive a fork. The queries
are the quickest that give the same answers; they rest on what the rows of
tests/benchmarks/feeds/rows.py have: an address for each, and one actor and recipient.
"""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.namespaces import PREFIXES, entity_iri
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from rdflib.term import Identifier

__all__ = ["QUERIES", "Answer", "rdflib_answers", "sparql_answers"]

Answer = dict[str, float | str]
"""What one engine says to one analysis: "cpu" in seconds, "rows", "total" of the last column and
"peak" in MB; or "why" there is none."""

US, EU = entity_iri("state", "us"), entity_iri("bloc", "eu")
_SIDES = """?from tkg:ofEvent ?event ; tkg:polity ?one ; tkg:role ?acting .
  ?to tkg:ofEvent ?event ; tkg:polity ?other ; tkg:role ?receiving .
  FILTER(?acting = "actor" && ?receiving = "recipient" && ?one != ?other)"""
# tkg:role "actor" in the pattern would make rdflib begin with all pairs of sides
_PAIR = f"""{_SIDES}
  BIND(IF(STR(?one) < STR(?other), ?one, ?other) AS ?a)
  BIND(IF(STR(?one) < STR(?other), ?other, ?one) AS ?b)"""
_SIGN = '?event tkg:status "realised" ; tkg:sign ?sign .'
_SURE = """{ SELECT ?event (MAX(?confidence) AS ?sure) {
    ?row tkg:ofEvent ?event ; tkg:confidence ?confidence } GROUP BY ?event }
  ?event tkg:status "realised" ; tkg:sign ?sign ; tkg:intensity ?intensity .
  BIND(ABS(?intensity) * ?sure AS ?weight)"""
QUERIES = {
    "balance of pairs": f"""SELECT ?a ?b (SUM(?sign * ?weight) AS ?total) {{ {_SURE} {_PAIR} }}
        GROUP BY ?a ?b""",
    "pairs by month": f"""SELECT ?month ?a ?b (SUM(?sign * ?weight) AS ?total) {{ {_SURE} {_PAIR}
        ?event tkg:date ?date . BIND(SUBSTR(STR(?date), 1, 7) AS ?month) }}
        GROUP BY ?month ?a ?b""",
    "pairs by issue": f"""SELECT ?issue ?a ?b (COUNT(?event) AS ?total) {{
        ?event tkg:status "realised" ; tkg:issue ?issue . {_PAIR} }} GROUP BY ?issue ?a ?b""",
    "one bloc": f"""SELECT ?one (SUM(?sign) AS ?total) {{ {_SIGN} {_SIDES} ?to tkg:bloc <{EU}> }}
        GROUP BY ?one""",
    "ego network": f"""SELECT ?a ?b (COUNT(?event) AS ?acts) (SUM(?sign) AS ?total) {{
        {_SIGN} {_PAIR} FILTER(?one = <{US}> || ?other = <{US}>) }} GROUP BY ?a ?b""",
    "heaviest conflicts": f"""SELECT ?event ?weight {{ {_SURE} FILTER(?sign < 0) }}
        ORDER BY DESC(?weight) ?event LIMIT 20""",
    "types by year": """SELECT ?year ?type (COUNT(?event) AS ?total) {
        ?event tkg:status "realised" ; tkg:eventType ?type ; tkg:date ?date .
        BIND(YEAR(?date) AS ?year) } GROUP BY ?year ?type""",
    "sources of pairs": f"""SELECT ?a ?b (SUM(?stories) AS ?total) {{
        {{ SELECT ?event (COUNT(DISTINCT ?source) AS ?stories) {{
          ?row tkg:ofEvent ?event ; tkg:confidence ?sure ; dcterms:source ?source }}
          GROUP BY ?event }}
        ?event tkg:status "realised" . {_PAIR} }} GROUP BY ?a ?b""",
}


def sparql_answers(path: Path, limit: float) -> dict[str, Answer]:
    """What the store at a path says to each analysis, and how long that takes."""

    def asked(query: str) -> Callable[[], Iterable[float]]:
        def ask() -> Iterable[float]:
            with open_store(path) as store:
                return [float(row[-1]) for row in store.select(query).texts()]

        return ask

    return {name: _forked(asked(query), limit) for name, query in QUERIES.items()}


def rdflib_answers(
    path: Path, limit: float, skip: Mapping[str, str] | None = None
) -> dict[str, Answer]:
    """The same of a graph in memory that is filled with the store's triples first.

    Args:
        path: the store.
        limit: seconds of CPU for each query.
        skip: analyses that are not asked, and why.
    """
    from rdflib import Graph, URIRef

    graph = Graph()
    start = time.process_time()
    with open_store(path) as store:
        for quad in store.quads():
            subject, predicate = URIRef(quad.subject.value), URIRef(quad.predicate.value)
            graph.add((subject, predicate, _term(quad.object)))
    filling = time.process_time() - start

    def asked(query: str) -> Callable[[], Iterable[float]]:
        return lambda: [float(row[-1]) for row in graph.query(query, initNs=PREFIXES)]

    found: dict[str, Answer] = {name: {"why": why} for name, why in (skip or {}).items()}
    for name, query in QUERIES.items():
        if name not in found:
            found[name] = _forked(asked(query), limit)
    return found | {"filling the graph": {"cpu": filling}}


def _term(value: ox.NamedNode | ox.Literal) -> Identifier:
    from rdflib import Literal, URIRef

    if not isinstance(value, ox.Literal):
        return URIRef(value.value)
    if value.language or value.datatype.value == PREFIXES["xsd"] + "string":
        return Literal(value.value, lang=value.language)  # to rdflib, "a" is no xsd:string
    return Literal(value.value, datatype=URIRef(value.datatype.value))


def _forked(work: Callable[[], Iterable[float]], limit: float) -> Answer:
    """Run something in a child; end it after ``limit`` s of CPU or four times that on the clock."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        signal.alarm(int(4 * limit))
        signal.setitimer(signal.ITIMER_PROF, limit)
        start = time.process_time()
        values = list(work())
        taken = time.process_time() - start
        said = {"cpu": taken, "rows": len(values), "total": sum(values)}
        os.write(into, json.dumps(said).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as answer:
        said = answer.read()
    _, status, usage = os.wait4(child, 0)
    peak = usage.ru_maxrss / 1024
    if said:
        return json.loads(said) | {"peak": peak}
    ended = os.waitstatus_to_exitcode(status)
    late = ended in (-signal.SIGALRM, -signal.SIGPROF)
    return {"why": f"over {limit:.0f} s" if late else f"ended by {ended}", "peak": peak}
