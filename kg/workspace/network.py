"""The signed network of a store, asked in the words of a user; what the other measures share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import polars as pl
from pyoxigraph import NamedNode

from kg.analysis import Level, Period, labels, side_keys
from kg.analysis.acts import Acts, acts
from kg.analysis.network import Formula, Where, acts_graph, fold, placed
from kg.analysis.network.resampling import resampled
from kg.errors import UsageError
from kg.namespaces import TYPE
from kg.records import Status
from kg.reference.schemes import event_types, issues

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.balance import SignedNetwork
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.without import Without
    from kg.store.base import Reader

__all__ = [
    "Folding",
    "NetworkOptions",
    "about",
    "chosen",
    "folding",
    "formula_of",
    "multigraph",
    "network",
    "period_of",
    "quotes",
    "undated",
]

_QUOTES = """
SELECT DISTINCT ?quote ?confidence ?document ?start WHERE {
  ?mention a tkg:EventMention ; tkg:ofEvent ?event ; tkg:quote ?quote ;
    tkg:confidence ?confidence ; tkg:inDocument ?document ; tkg:start ?start .
}"""

_CODED = """
SELECT DISTINCT ?type ?actor ?recipient WHERE {
  ?event tkg:eventType ?type ; tkg:actor ?actor ; tkg:recipient ?recipient .
}"""


class NetworkOptions(TypedDict, total=False):
    """What a network can be asked with.

    Attributes:
        since, until: days that bound the period, both included.
        level: person, polity or bloc.
        statuses: which events count, by default only those that happened.
        min_confidence: acts below are left out.
        issue: code of the issue that acts must be about; a top-level one has all below it.
        half_life: days after which an act counts half.
        min_events, min_sources: less evidence draws no tie.
        where: whether acts inside a bloc, between blocs or all count.
        without: what to leave out as if it had never been read.
    """

    since: date | None
    until: date | None
    level: Level
    statuses: tuple[Status, ...]
    min_confidence: float
    issue: str | None
    half_life: float | None
    min_events: int
    min_sources: int
    where: Where
    without: Without | None


def network(store: Reader, **options: Unpack[NetworkOptions]) -> FoldedNetwork:
    """Who stands with and against whom; see ``kg.analysis.network``."""
    return folding(store, options).network


@dataclass(frozen=True, slots=True)
class Folding:
    """A network with what it was folded from.

    Attributes:
        network: the network; its notes say what is left out.
        rows: the acts by pair, as ``kg.analysis.network.placed`` gives them.
        acts: all acts the options let count, whatever their date.
    """

    network: FoldedNetwork
    rows: pl.DataFrame
    acts: Acts

    def replicates(self, signed: SignedNetwork, seed: int = 0) -> NDArray[np.float64]:
        """Weights of the ties in bootstrap replicates over stories.

        Args:
            signed: the network as the measures of balance read it.
            seed: of the draws.

        Returns:
            A row for each tie of ``signed``, a column for each replicate.
        """
        drawn = resampled(self.rows.lazy(), self.acts, seed=seed)
        iris = {name: iri for iri, name in self.network.names().items()}
        place = {pair: row for row, pair in enumerate(drawn.pairs)}
        ends = [(iris[signed.nodes[t.source]], iris[signed.nodes[t.target]]) for t in signed.ties]
        order = [place[min(pair), max(pair)] for pair in ends]
        weights: NDArray[np.float64] = (drawn.cooperation - drawn.conflict)[order]
        return weights


def folding(store: Reader, options: NetworkOptions) -> Folding:
    """What ``network`` gives, with the acts behind it."""
    period, found, formula = period_of(options), chosen(store, options), formula_of(options)
    keys = side_keys(options.get("level", Level.POLITY))
    where = options.get("where", Where.ALL)
    rows = placed(found, keys, period, formula, where=where).collect()
    folded = fold(rows, found, labels(store), period, formula)
    notes = (*undated(found, period), *folded.notes)
    return Folding(replace(folded, notes=notes), rows, found)


def multigraph(store: Reader, **options: Unpack[NetworkOptions]) -> nx.MultiDiGraph[Any]:
    """The acts before they are folded; see ``kg.analysis.network.acts_graph``."""
    found, keys = chosen(store, options), side_keys(options.get("level", Level.POLITY))
    return acts_graph(found, keys, labels(store), period_of(options), formula_of(options))


def chosen(store: Reader, options: NetworkOptions) -> Acts:
    """The acts that the options let count, whatever their date."""
    statuses = options.get("statuses", (Status.REALISED,))
    found = acts(store, statuses, without=options.get("without"))
    kept = found.acts
    if (least := options.get("min_confidence", 0.0)) > 0:
        sure = found.weighed().filter(pl.col("confidence") >= least).select("act")
        kept = kept.join(sure, on="act", how="semi", maintain_order="left")
    if issue := options.get("issue"):
        kept = kept.filter(about(_codes(issue)))
    return Acts(kept, found.faces, found.tellings, found.parties)


def about(codes: Iterable[str]) -> pl.Expr:
    """Whether an act is about one of the issues."""
    wanted = sorted(codes)
    return pl.col("issues").list.eval(pl.element().cast(pl.String).is_in(wanted)).list.any()


def formula_of(options: NetworkOptions) -> Formula:
    """Weights, decay and floor."""
    return Formula(
        half_life=options.get("half_life"),
        min_acts=options.get("min_events", 1),
        min_sources=options.get("min_sources", 1),
    )


def period_of(options: NetworkOptions) -> Period:
    """The days asked for.

    Raises:
        UsageError: it ends before it begins.
    """
    period = Period(options.get("since"), options.get("until"))
    if period.since and period.until and period.since > period.until:
        raise UsageError(f"the period ends ({period.until}) before it begins ({period.since})")
    return period


def undated(found: Acts, period: Period, *, dated: bool = False) -> tuple[str, ...]:
    """What a period leaves out for want of a date, in a sentence.

    Args:
        found: the acts.
        period: the period.
        dated: whether a date is needed without a period, too, as for a half-life.
    """
    if period.open and not dated:
        return ()
    table = found.acts.select(pl.len(), without=pl.col("day").is_null().sum()).collect()
    total, without = table.row(0)
    if not without:
        return ()
    return (f"{without} of {total} acts have no known date; they are left out.",)


def quotes(store: Reader, events: Iterable[str]) -> dict[str, str]:
    """What to quote for each event: the sentence of the surest mention.

    An act of a feed has no sentence; then who did what to whom is said.
    """
    found: dict[str, str] = {}
    names: dict[str, str] | None = None
    for event in sorted(set(events)):
        wanted = {"event": NamedNode(event)}
        rows = store.select(_QUOTES, wanted).texts()
        ranked = sorted(rows, key=lambda row: (-float(row[1]), row[2], int(row[3])))
        if ranked:
            found[event] = ranked[0][0]
        elif coded := sorted(store.select(_CODED, wanted).texts()):
            names = labels(store) if names is None else names
            kind, actor, recipient = coded[0]
            known = event_types().get(kind.removeprefix(TYPE))
            did = known.label if known else kind
            found[event] = f"{names.get(actor, actor)} to {names.get(recipient, recipient)}: {did}"
    return found


def _codes(wanted: str) -> list[str]:
    """The codes of an issue and of those below it.

    Raises:
        UsageError: there is no such issue.
    """
    found = [code for code, issue in issues().items() if wanted in (code, issue.top)]
    if not found:
        tops = sorted({issue.top for issue in issues().values()})
        raise UsageError(f"no issue is called {wanted!r}", f"choose among {', '.join(tops)}")
    return sorted(found)
