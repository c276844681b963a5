"""Blocs and camps of a store, asked in the words of a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Unpack

import polars as pl

from kg.analysis import Level, Period, labels, side_keys
from kg.analysis.acts import Acts, within
from kg.analysis.alliance import bridges, standings
from kg.analysis.alliance import cohesion as cohesion_of
from kg.analysis.balance import camps as camps_of
from kg.analysis.balance.resampling import support
from kg.analysis.network import Where, signed_network
from kg.analysis.time import Unit, Window, follow, windows_of
from kg.errors import UsageError
from kg.reference.schemes import issues
from kg.workspace.network import (
    NetworkOptions,
    about,
    chosen,
    folding,
    formula_of,
    period_of,
    undated,
)
from kg.workspace.tables import actor_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.analysis.alliance import Bridge, Cohesion, Standing
    from kg.analysis.balance import Frustration
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.time import Followed
    from kg.store.base import Reader
    from kg.workspace.tables import Reference

__all__ = ["Camps", "CampsOverTime", "Cohesions", "camps", "camps_over_time", "cohesion"]

ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Cohesions:
    """How well a bloc keeps together, as a whole or group by group.

    Attributes:
        bloc, target: IRIs; target "" for all outsiders.
        groups: (issue code, window or "", cohesion), in the order of codes or of time.
        labels: IRI → label.
        notes: what the numbers do not show, in sentences.
    """

    bloc: str
    target: str
    groups: tuple[tuple[str, Cohesion], ...]
    labels: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Camps:
    """The camps of a period.

    Attributes:
        network: what was divided; a party without a tie is in no camp.
        division: the best division, with its proof; its names are those of ``network.names()``.
        standings: everybody with a tie, by IRI.
        support: IRI → share of bootstrap replicates over stories that leave it with its camp.
        bridges: cooperative ties that alone join two parts.
        notes: what the numbers do not show, in sentences.
    """

    network: FoldedNetwork
    division: Frustration
    standings: tuple[Standing, ...]
    support: dict[str, float | None]
    bridges: tuple[Bridge, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CampsOverTime:
    """The camps of windows, followed.

    Attributes:
        windows: the windows.
        divisions: the best division of each.
        followed: its camps under numbers that last, by name.
        notes: what the numbers do not show, in sentences.
    """

    windows: tuple[Window, ...]
    divisions: tuple[Frustration, ...]
    followed: tuple[Followed, ...]
    notes: tuple[str, ...]


def cohesion(
    store: Reader,
    world: Reference,
    bloc: str,
    toward: str | None = None,
    by: str | None = None,
    **options: Unpack[NetworkOptions],
) -> Cohesions:
    """How well a bloc such as "eu" keeps together, and who leaves its line.

    Args:
        store: where the acts lie.
        world: to recognise names.
        bloc: the bloc.
        toward: the outsider that the members' stances refer to; None for all.
        by: "issue", "month", "quarter", "year" or None.
        options: see ``NetworkOptions``; level, floors and where have no effect.

    Raises:
        UsageError: no such bloc, or nobody belonged to it when it acted.
    """
    names, period, found = labels(store), period_of(options), chosen(store, options)
    iri = actor_iri(world(), names, bloc)
    if not any(iri in party.blocs for party in found.parties):
        raise UsageError(f"nobody in this store belongs to {bloc!r}", "name a bloc: eu, nato, g7")
    target = actor_iri(world(), names, toward) if toward else ""
    formula = formula_of(options)
    groups = tuple(
        (group, cohesion_of(part, iri, days, formula, target=target))
        for group, part, days in _groups(found, period, by)
    )
    return Cohesions(iri, target, groups, names, undated(found, period))


def camps(
    store: Reader,
    k: int | None = 2,
    *,
    time_limit: float = 20.0,
    seed: int = 0,
    **options: Unpack[NetworkOptions],
) -> Camps:
    """The camps of a period, how sure they are, and what holds them together.

    Args:
        store: where the acts lie.
        k: most camps, None for any number.
        time_limit: seconds for the division; then the best found.
        seed: of the searches and of the bootstrap.
        options: see ``NetworkOptions``.
    """
    folded = folding(store, options)
    network = folded.network
    division = camps_of(network.signed(), k, time_limit=time_limit, seed=seed)
    iris = {name: iri for iri, name in network.names().items()}
    camp = {iris[name]: place for place, c in enumerate(division.camps, 1) for name in c}
    signed = division.certificate.network
    weights = folded.replicates(signed, seed)
    sure = support(signed, division.certificate.camps, weights, limit=k, seed=seed)
    return Camps(
        network,
        division,
        standings(network, camp, seed=seed),
        {iris[name]: share for name, share in zip(signed.nodes, sure, strict=True)},
        bridges(network, camp),
        network.notes,
    )


def camps_over_time(
    store: Reader,
    k: int | None = 2,
    by: Unit = Unit.YEAR,
    window: int | None = None,
    step: int | None = None,
    *,
    time_limit: float = 20.0,
    progress: Callable[[str], None] = lambda _: None,
    **options: Unpack[NetworkOptions],
) -> CampsOverTime:
    """The camps of windows, followed through time.

    Args:
        store: where the acts lie.
        k: most camps, None for any number.
        by: months, quarters or years.
        window: days of a sliding window, instead.
        step: days from one to the next.
        time_limit: seconds for all divisions together.
        progress: is told the label of each window before it is divided.
        options: see ``NetworkOptions``.
    """
    period, found = period_of(options), chosen(store, options)
    keys, formula = side_keys(options.get("level", Level.POLITY)), formula_of(options)
    names, where = labels(store), options.get("where", Where.ALL)
    windows = _windows(found, period, by, window, step)
    divisions = []
    for place in windows:
        progress(place.label)
        days = Period(place.since, place.until)
        network = signed_network(found, keys, names, days, formula, where=where)
        limit = time_limit / len(windows)
        divisions.append(camps_of(network.signed(), k, time_limit=limit))
    followed = follow([division.camps for division in divisions])
    return CampsOverTime(windows, tuple(divisions), followed, undated(found, period))


def _groups(found: Acts, period: Period, by: str | None) -> Iterator[tuple[str, Acts, Period]]:
    if by is None:
        yield "", found, period
    elif by == ISSUE:
        top = {code: issue.top for code, issue in issues().items()}
        for group in sorted(set(top.values())):
            codes = [code for code, above in top.items() if above == group]
            part = Acts(found.acts.filter(about(codes)), found.faces, found.tellings, found.parties)
            yield group, part, period
    else:
        for window in _windows(found, period, Unit(by), None, None):
            yield window.label, found, Period(window.since, window.until)


def _windows(
    found: Acts, period: Period, by: Unit, window: int | None, step: int | None
) -> tuple[Window, ...]:
    inside = found.acts.filter(within(period) & pl.col("day").is_not_null())
    first, last = inside.select(a=pl.col("day").min(), b=pl.col("last").max()).collect().row(0)
    if not isinstance(first, date) or not isinstance(last, date):
        return ()
    return windows_of(period.since or first, period.until or last, by, window, step)
