"""A SPARQL 1.1 server as a store, through the SPARQL protocol over HTTP.

Queries go to the URL the store is named by, updates to the same or to the one its server is known
to use (``…/query`` → ``…/update``, ``…/repositories/x`` → ``…/statements``), or to $KG_UPDATE_URL.
A name and password for the server are taken from $KG_STORE_USER and $KG_STORE_PASSWORD, else from
~/.netrc. Servers that differ from the standard are understood through ``kg.store.dialects``.

What the protocol does not allow: there is no lock, so let one process write at a time; and one
update request is atomic only on servers that make it so (Oxigraph, Jena, RDF4J and GraphDB do;
Virtuoso does not, see its dialect).
"""

from __future__ import annotations

import base64
import http.client
import netrc
import os
import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.namespaces import ID, PREFIXES
from kg.store.base import Change, Reader, Result, Store, checked, graph_name
from kg.store.changes import Plan, quads_text
from kg.store.dialects import Dialect, dialect
from kg.store.results import read_triples
from kg.store.sparql import bind, inspect, syntax_error
from kg.waiting import let_interrupt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Dataset

__all__ = ["RemoteReader", "RemoteStore", "update_url"]

_WAIT = 300.0  # seconds without a byte from the server before it is given up
_BATCH = 10_000  # quads in one request of a load
_ASKED = 500  # subjects with predicates in one query
_TABLES = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_STYLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,  # its name before 2014
    "text/turtle": ox.RdfFormat.TURTLE,
}
_PROBE = ID + "graph/probe"


def update_url(query_url: str) -> str:
    """Where the server of a query URL takes updates.

    >>> update_url("http://localhost:7878/query")
    'http://localhost:7878/update'
    """
    if given := os.environ.get("KG_UPDATE_URL"):
        return given
    if re.search(r"/repositories/[^/]+$", query_url):
        return query_url + "/statements"
    return re.sub(r"/query$", "/update", query_url)


class RemoteReader(Reader):
    """Reads from a SPARQL 1.1 endpoint.

    Args:
        url: the query endpoint. Its default graph must be the union of all graphs; it is, on a
            server filled by ``RemoteStore`` or one that is configured so.

    Raises:
        StoreError: a URL that names no host, or no endpoint answers there.
    """

    def __init__(self, url: str) -> None:
        self.location = url
        self._open = True
        self._dialect = Dialect()
        self.ask("ASK {}")

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Result:
        """See ``Reader.query``; ``timeout`` counts from the server's last sign of life."""
        if not self._open:
            raise StoreError(f"the store {self.location} is closed")
        return self.answer(bind(sparql, bindings or {}), timeout=timeout)

    def answer(self, text: str, *, graph: str = "", timeout: float | None = None) -> Result:
        """Answer a query, asked of all graphs or of one named graph alone."""
        shape = inspect(text)
        known = [prefix for prefix in shape.prefixes if prefix in PREFIXES]
        full = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in known) + text
        tabular = shape.form in ("SELECT", "ASK")
        accept = _TABLES if tabular else _TRIPLES
        alone = {"query": full, "default-graph-uri": graph}
        form = alone if graph else self._dialect.form(full)
        kind, body = self._post(self.location, form, accept, timeout)
        try:
            if tabular:
                return self._dialect.rows(body)
            return read_triples(body, _STYLES[kind])
        except (SyntaxError, ValueError, KeyError) as error:
            raise StoreError(
                f"{self.location} does not answer as a SPARQL endpoint does",
                "name its query URL, for example http://localhost:7878/query",
            ) from error

    def graphs(self) -> tuple[str, ...]:
        """See ``Reader.graphs``."""
        found = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").texts()
        return tuple(sorted(name for (name,) in found if self._dialect.ours(name)))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See ``Reader.quads``."""
        query = "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }"
        for iri in self.graphs() if graph is None else (graph,):
            name = graph_name(iri)
            for triple in self.construct(query, {"g": name}):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def dataset(self) -> Dataset:
        """See ``Reader.dataset``."""
        from kg.store.rdflib_view import remote_dataset  # noqa: PLC0415 - slow to import

        return remote_dataset(self)

    def close(self) -> None:
        """See ``Reader.close``."""
        self._open = False

    def _post(
        self, url: str, form: Mapping[str, str], accept: str, timeout: float | None = None
    ) -> tuple[str, bytes]:
        """Content type and body of the answer; errors in the server's or our own words."""
        try:
            status, kind, body, server = _exchange(url, form, accept, timeout or _WAIT)
        except TimeoutError as error:
            if timeout:
                raise QueryError(f"the query was stopped after {timeout:g} seconds") from error
            raise StoreError(f"{url} does not answer") from error
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(
                f"cannot reach the SPARQL endpoint {url}: {error}", "is the server running?"
            ) from error
        if status < 300:
            self._dialect = dialect(server)
            return kind, body
        said = " ".join(body.decode("utf-8", "replace").split())[:200]
        if status == 400 and "query" in form:
            raise syntax_error(form["query"], said)
        if status in (401, 403):
            raise StoreError(
                f"{url} refuses access ({status})",
                "set KG_STORE_USER and KG_STORE_PASSWORD",
            )
        raise StoreError(f"{url} answers with an error ({status}): {said}")


class RemoteStore(RemoteReader, Store):
    """Reads from and writes to a SPARQL 1.1 server. Let one process write at a time."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._update_url = update_url(url)
        standard = isinstance(self._dialect.union, ox.DefaultGraph)
        self._unites = standard and self._finds_union()

    def _finds_union(self) -> bool:
        """Whether the server itself makes its default graph the union of the named ones."""
        probe = f"<{_PROBE}>"
        self._update(f"INSERT DATA {{ GRAPH {probe} {{ {probe} {probe} {probe} }} }}")
        try:
            return self.ask(f"ASK {{ {probe} {probe} {probe} }}")
        finally:
            self._update(f"DROP SILENT GRAPH {probe}")

    def replace(
        self, graphs: Mapping[str, Iterable[ox.Triple]], remove: Iterable[str] = ()
    ) -> Change:
        """See ``Writer.replace``: one update request, or several where the dialect says so."""
        new = checked(graphs)
        new |= {name: set() for iri in remove if (name := graph_name(iri)) not in new}
        old = {name: {quad.triple for quad in self.quads(name.value)} for name in new}
        plan = Plan.between(old, new)
        if plan:
            if not self._unites:
                plan = plan.with_union(
                    self._held_elsewhere(plan.vanished, new), self._dialect.union
                )
            for request in plan.requests(self._dialect.longest):
                self._update(request)
        return plan.change

    def load(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        """See ``Writer.load``; batches of INSERT DATA, for the protocol knows nothing better.

        So other readers see a part of it meanwhile. When it fails here, what was written is
        removed again; when this process is killed, the part stays until the same is loaded again.
        """
        longest = self._dialect.longest or _BATCH
        graphs: dict[str, None] = {}
        try:
            for graph, block in blocks:
                graphs[graph] = None
                for triples in _batches(block, longest // 2):
                    names = [graph_name(graph), *([] if self._unites else [self._dialect.union])]
                    quads = [
                        ox.Quad(t.subject, t.predicate, t.object, name)
                        for name in names
                        for t in triples
                    ]
                    self._update(f"INSERT DATA {{ {quads_text(quads)} }}")
        except BaseException:
            self.discard(graphs)
            raise

    def _held_elsewhere(
        self, triples: set[ox.Triple], touched: Mapping[ox.NamedNode, set[ox.Triple]]
    ) -> set[ox.Triple]:
        """Those of ``triples`` that a graph not ``touched`` holds; objects are compared here."""
        asked = sorted({f"({triple.subject} {triple.predicate})" for triple in triples})
        names = ", ".join(str(name) for name in touched)
        held: set[ox.Triple] = set()
        for start in range(0, len(asked), _ASKED):
            values = " ".join(asked[start : start + _ASKED])
            query = (
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES (?s ?p) {{ {values} }} "
                f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({names})) }}"
            )
            held.update(self.construct(query))
        return triples & held

    def _update(self, update: str) -> None:
        self._post(self._update_url, {"update": update}, "*/*")


def _batches(block: bytes, size: int) -> Iterator[list[ox.Quad]]:
    """The lines of some N-Triples, so many at a time."""
    lines = iter(ox.parse(block, ox.RdfFormat.N_TRIPLES, lenient=True))
    while batch := list(islice(lines, size)):
        yield batch


def _exchange(
    url: str, form: Mapping[str, str], accept: str, timeout: float
) -> tuple[int, str, bytes, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"not the URL of a SPARQL endpoint: {url}")
    secure = parts.scheme == "https"
    make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = make(parts.hostname, parts.port, timeout=timeout)
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    headers |= _credentials(parts.hostname)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    let_interrupt()
    try:
        connection.request("POST", path, urlencode(form).encode(), headers)
        answer = connection.getresponse()
        kind = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
        return answer.status, kind, answer.read(), answer.getheader("Server", "")
    finally:
        connection.close()


def _credentials(host: str) -> dict[str, str]:
    """The header with name and password: from the environment, else from ~/.netrc."""
    name, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD", "")
    if not name:
        try:
            found = netrc.netrc().authenticators(host)
        except (OSError, netrc.NetrcParseError):
            return {}
        if found is None:
            return {}
        name, password = found[0], found[2] or ""
    secret = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {secret}"}
