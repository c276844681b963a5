"""The signed network of a period: a multigraph of acts, folded into one weighted tie a pair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.analysis.acts import ties
from kg.analysis.levels import DEFAULT_CAMPS
from kg.analysis.network.formula import Formula, contested, during, tied, tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from kg.analysis.acts import Acts
    from kg.analysis.balance import SignedNetwork
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Period
    from kg.analysis.records import Party

__all__ = ["NETWORK", "FoldedNetwork", "Where", "acts_graph", "fold", "placed", "signed_network"]

DIGITS = 3  # of weights; what is proved of a network is proved for what is shown

NETWORK = pl.Schema({
    "a": pl.String(),  # IRI, before b in the alphabet
    "b": pl.String(),
    "weight": pl.Float64(),  # cooperation less conflict, rounded to thousandths
    "cooperation": pl.Float64(),  # mass of the cooperative acts
    "conflict": pl.Float64(),
    "tone": pl.Float64(),  # shrunk, in (-1, 1)
    "contested": pl.Float64(),  # 0..1
    "forth": pl.Float64(),  # weight of what a did to b; joint acts count here and in "back"
    "back": pl.Float64(),
    "inside": pl.Float64(),  # weight of the acts while both were members of one of the blocs
    "confrontations": pl.UInt32(),
    "cooperations": pl.UInt32(),
    "consultations": pl.UInt32(),
    "sources": pl.UInt32(),  # independent stories
    "first": pl.Date(),
    "last": pl.Date(),
})  # fmt: skip


class Where(StrEnum):
    """Which acts draw ties: all, those inside one of the blocs, or those between them."""

    ALL = "all"
    INSIDE = "inside"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class FoldedNetwork:
    """A signed network of acts.

    Attributes:
        table: one row for each tie, columns ``NETWORK``, sorted by a and b.
        nodes: IRIs of everybody whom an act of the period ties to somebody, sorted; those whose
            evidence draws no tie included.
        labels: IRI → label, for the nodes.
        period: the days it is of.
        formula: how it was folded.
        notes: what was left out, in sentences.
    """

    table: pl.DataFrame
    nodes: tuple[str, ...]
    labels: Mapping[str, str]
    period: Period
    formula: Formula
    notes: tuple[str, ...] = ()

    def names(self) -> dict[str, str]:
        """IRI → label, with the IRI beside labels that several bear."""
        bearers = Counter(self.labels.get(iri, iri) for iri in self.nodes)
        return {
            iri: label if bearers[label := self.labels.get(iri, iri)] == 1 else f"{label} ({iri})"
            for iri in self.nodes
        }

    def graph(self) -> nx.Graph[Any]:
        """As a NetworkX graph: nodes by IRI with "label", ties with all columns of the table.

        "weight" is negative for a tie of conflict, which most algorithms of NetworkX do not
        expect; ``cooperative`` gives the part they can read.
        """
        import networkx as nx  # noqa: PLC0415 - tables need none of it

        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from((iri, {"label": self.labels.get(iri, iri)}) for iri in self.nodes)
        for row in self.table.iter_rows(named=True):
            graph.add_edge(row.pop("a"), row.pop("b"), **row)
        return graph

    def cooperative(self) -> nx.Graph[Any]:
        """The ties of positive weight alone, each with "distance" 1 / weight (Newman 2001)."""
        graph = self.graph()
        against = [(a, b) for a, b, data in graph.edges(data=True) if data["weight"] <= 0]
        graph.remove_edges_from(against)
        for _, _, data in graph.edges(data=True):
            data["distance"] = 1 / data["weight"]
        return graph

    def signed(self) -> SignedNetwork:
        """As the measures of balance read it: nodes by name, ties with exact weights."""
        import networkx as nx  # noqa: PLC0415 - as above

        from kg.analysis.balance import SignedNetwork  # noqa: PLC0415 - loads solvers

        graph = self.graph()
        graph.remove_nodes_from([node for node in self.nodes if not graph.adj[node]])
        return SignedNetwork.from_networkx(nx.relabel_nodes(graph, self.names()))


def signed_network(
    acts: Acts,
    keys: Keys,
    labels: Mapping[str, str],
    period: Period,
    formula: Formula | None = None,
    *,
    where: Where = Where.ALL,
    blocs: Sequence[str] = DEFAULT_CAMPS,
) -> FoldedNetwork:
    """Fold the acts of a period into one signed tie for each pair; see ``formula``.

    Args:
        acts: the acts.
        keys: under which IRIs a party counts (``kg.analysis.side_keys``).
        labels: IRI → label.
        period: acts that do not surely lie in it are left out.
        formula: weights, decay and floor; None for the plain one.
        where: whether acts inside a bloc, between blocs or all count.
        blocs: IRIs of the blocs that "inside" refers to.
    """
    formula = formula or Formula()
    rows = placed(acts, keys, period, formula, where=where, blocs=blocs).collect()
    return fold(rows, acts, labels, period, formula)


def fold(
    rows: pl.DataFrame, acts: Acts, labels: Mapping[str, str], period: Period, formula: Formula
) -> FoldedNetwork:
    """The network of rows that ``placed`` gave; they are all of ``period``."""
    folded = _folded(rows.lazy(), acts, formula).collect()
    signed = pl.col("confrontations") + pl.col("cooperations")
    enough = (signed >= formula.min_acts) & (pl.col("sources") >= formula.min_sources)
    drawn = folded.filter(enough & (pl.col("weight") != 0))
    nodes = sorted({*folded["a"].to_list(), *folded["b"].to_list()})
    return FoldedNetwork(
        table=drawn,
        nodes=tuple(nodes),
        labels={iri: labels[iri] for iri in nodes if iri in labels},
        period=period,
        formula=formula,
        notes=_notes(folded, enough, formula),
    )


def placed(
    acts: Acts,
    keys: Keys,
    period: Period,
    formula: Formula,
    *,
    where: Where = Where.ALL,
    blocs: Sequence[str] = DEFAULT_CAMPS,
) -> pl.LazyFrame:
    """The rows of ``tied`` with "inside": whether both sides were in one of the blocs that day.

    Args:
        acts: the acts.
        keys: under which IRIs a party counts.
        period: acts that do not surely lie in it are left out.
        formula: how they weigh.
        where: which rows to keep.
        blocs: IRIs.
    """
    wanted = frozenset(blocs)

    def inside(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        near = all(wanted.intersection(party.blocs, other.blocs) for other in others)
        return keys(party, others) if near else frozenset()

    found = ties(during(acts, period), inside).select("act", "a", "b", inside=True)
    rows = tied(acts, keys, period, formula)
    rows = rows.join(found, on=["act", "a", "b"], how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("inside").fill_null(False))
    return rows if where is Where.ALL else rows.filter(pl.col("inside") == (where is Where.INSIDE))


def acts_graph(
    acts: Acts,
    keys: Keys,
    labels: Mapping[str, str],
    period: Period,
    formula: Formula | None = None,
) -> nx.MultiDiGraph[Any]:
    """The acts of a period before they are folded, as a directed multigraph of NetworkX.

    One arc for each act and pair from who acted to whom; a joint act is one arc in alphabetical
    direction with "joint" true. "weight" is the signed mass of ``formula``.
    """
    import networkx as nx  # noqa: PLC0415 - tables need none of it

    rows = tied(acts, keys, period, formula or Formula()).collect()
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    present = sorted({*rows["a"].cast(pl.String).unique(), *rows["b"].cast(pl.String).unique()})
    graph.add_nodes_from((iri, {"label": labels.get(iri, iri)}) for iri in present)
    for row in rows.iter_rows(named=True):
        one, other = (row["b"], row["a"]) if row["direction"] < 0 else (row["a"], row["b"])
        graph.add_edge(
            one,
            other,
            key=row["event"],
            event=row["event"],
            type=row["type"],
            joint=row["direction"] == 0,
            sign=row["sign"],
            weight=round(row["mass"] * row["sign"], DIGITS),
            day=row["day"],
            last=row["last"],
            issues=row["issues"],
            confidence=row["confidence"],
            sources=row["sources"],
        )
    return graph


def _folded(rows: pl.LazyFrame, acts: Acts, formula: Formula) -> pl.LazyFrame:
    mass, sign, direction = pl.col("mass"), pl.col("sign"), pl.col("direction")
    signed = mass * sign
    sums = rows.group_by("a", "b").agg(
        cooperation=mass.filter(sign > 0).sum(),
        conflict=mass.filter(sign < 0).sum(),
        forth=signed.filter(direction >= 0).sum().round(DIGITS),
        back=signed.filter(direction <= 0).sum().round(DIGITS),
        inside=signed.filter(pl.col("inside")).sum().round(DIGITS),
        confrontations=(sign < 0).sum(),
        cooperations=(sign > 0).sum(),
        consultations=(sign == 0).sum(),
        first=pl.col("day").min(),
        last=pl.col("last").max(),
    )
    told = (
        rows.select("act", "a", "b")
        .join(acts.tellings.select("act", "story"), on="act")
        .group_by("a", "b")
        .agg(sources=pl.col("story").n_unique())
    )
    return (
        sums.join(told, on=["a", "b"], how="left")
        .with_columns(
            weight=(pl.col("cooperation") - pl.col("conflict")).round(DIGITS),
            tone=tone(formula.alpha),
            contested=contested(),
        )
        .select(pl.col(name).cast(kind) for name, kind in NETWORK.items())
        .sort("a", "b")
    )


def _notes(folded: pl.DataFrame, enough: pl.Expr, formula: Formula) -> tuple[str, ...]:
    found = []
    mute = folded.filter((pl.col("confrontations") + pl.col("cooperations")) == 0).height
    if mute:
        found.append(f"{mute} of {folded.height} pairs only consulted; they have no tie.")
    thin = folded.filter(~enough).height - mute
    if thin:
        found.append(
            f"{thin} of {folded.height} pairs have fewer than {formula.min_acts} signed acts or "
            f"{formula.min_sources} sources; they have no tie."
        )
    even = folded.filter(enough & (pl.col("weight") == 0)).height
    if even:
        found.append(f"{even} pairs lean neither way; they have no tie.")
    return tuple(found)
