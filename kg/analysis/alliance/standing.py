"""Where everybody stands in the cooperation of a network: who brokers, who holds a camp together.

Only ties of positive weight count. Betweenness takes 1 / weight as the length of a tie (Newman
2001); in large networks it is estimated from a sample of sources (Brandes and Pich 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.network import FoldedNetwork

__all__ = ["Bridge", "Standing", "bridges", "standings"]

WORK = 400_000  # ties times sources that betweenness may take


@dataclass(frozen=True, slots=True)
class Standing:
    """One party in the cooperation of a network.

    Attributes:
        iri: who.
        camp: number of its camp.
        inside: weight of its cooperative ties with its own camp.
        across: weight of its cooperative ties with other camps.
        betweenness: share of shortest ways between others that lead over it, 0 to 1.
        parts: parts that the cooperation of the rest of its camp falls into without it, beyond
            those it has with it: what it holds together; 0 when nothing depends on it.
    """

    iri: str
    camp: int
    inside: float
    across: float
    betweenness: float
    parts: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A cooperative tie that alone joins two parts of the network.

    Attributes:
        a, b: IRIs, in the alphabet.
        weight: of the tie.
        across: whether it joins two camps.
        smaller: parties on its smaller side.
    """

    a: str
    b: str
    weight: float
    across: bool
    smaller: int


def standings(
    network: FoldedNetwork, camp: Mapping[str, int], *, seed: int = 0
) -> tuple[Standing, ...]:
    """Where everybody stands, by IRI.

    Args:
        network: whose positive ties are the cooperation.
        camp: IRI → number of the camp; who is missing is left out.
        seed: of the sample, when betweenness is estimated.
    """
    graph = network.cooperative().subgraph(sorted(camp))
    sources = max(1, WORK // max(1, graph.number_of_edges()))
    sample = sources if sources < len(graph) else None
    between = nx.betweenness_centrality(graph, k=sample, weight="distance", seed=seed)
    parts = _held(graph, camp)
    return tuple(
        Standing(
            iri,
            camp[iri],
            sum(d["weight"] for v, d in graph.adj[iri].items() if camp[v] == camp[iri]),
            sum(d["weight"] for v, d in graph.adj[iri].items() if camp[v] != camp[iri]),
            min(1.0, between[iri]),
            parts[iri],
        )
        for iri in sorted(graph)
    )


def bridges(network: FoldedNetwork, camp: Mapping[str, int]) -> tuple[Bridge, ...]:
    """Cooperative ties without which the network falls apart, the weightiest cut first."""
    graph: nx.Graph[str] = nx.Graph(network.cooperative().subgraph(sorted(camp)))
    size = {v: len(part) for part in nx.connected_components(graph) for v in part}
    found = []
    for a, b in sorted(tuple(sorted(ends)) for ends in nx.bridges(graph)):
        data = dict(graph.edges[a, b])
        graph.remove_edge(a, b)
        side = len(nx.node_connected_component(graph, a))
        graph.add_edge(a, b, **data)
        smaller = min(side, size[a] - side)
        found.append(Bridge(a, b, data["weight"], camp[a] != camp[b], smaller))
    return tuple(sorted(found, key=lambda one: (-one.smaller, -one.weight, one.a, one.b)))


def _held(graph: nx.Graph[str], camp: Mapping[str, int]) -> dict[str, int]:
    """Parts of its camp's cooperation that only each node holds together."""
    parts = dict.fromkeys(graph, 0)
    for number in sorted(set(camp.values())):
        inner = nx.Graph(graph.subgraph(v for v in graph if camp[v] == number))
        before = nx.number_connected_components(inner)
        for v in sorted(nx.articulation_points(inner)):
            rest = inner.subgraph(u for u in inner if u != v)
            parts[v] = nx.number_connected_components(rest) - before
    return parts
