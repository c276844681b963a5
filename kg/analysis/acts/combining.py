"""Documents and feeds together: what both tell is one act, what is left out was never there.

A feed's event is taken for an act that documents (or feeds before it) tell when it is the same
event, or by the rule ``coded-same-day``: same class, sign, day, and the same polities on the same
sides; in an act of two polities together, either may be the actor. When several fit, the same
agents, then the same type decide; what is still ambiguous stays apart, and of the events of one
feed only one (in each direction) joins an act, for a feed tells its events apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts.table import ACTS, FACES, MERGED, TELLINGS, Acts, acts_of
from kg.records import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.records import Party, SignedEvent
    from kg.analysis.without import Without
    from kg.judgements import Decisions

__all__ = ["CODED", "combined", "reduced"]

CODED = "coded-same-day"
_SAME = "same-event"
_JUDGED = "judged-same"
_KEY = ("class", "sign", "day", "a", "b")
_Key = tuple[str, int, object, str, str]


def reduced(
    acts: Acts, feed: str, without: Without, decisions: Decisions, names: dict[str, str]
) -> Acts:
    """The tables of a feed less what is left out or was judged to be wrong.

    Args:
        acts: from ``feed_acts``.
        feed: IRI of the feed.
        without: what to leave out.
        decisions: what people decided about events and actors.
        names: actor → the actor it was judged to be the same as.
    """
    tellings = acts.tellings
    table = acts.acts
    if without.sources:
        outlet = pl.col("outlet").cast(pl.String)
        hidden = pl.col("outlet") != ""
        hidden &= outlet.str.to_lowercase().is_in(sorted(without.outlets))
        tellings = tellings.filter(~hidden)
        said = tellings.select("act", pl.col("issues")).explode("issues").drop_nulls()
        told = said.group_by("act").agg(pl.col("issues").cast(pl.String).unique().sort())
        table = (
            table.drop("issues")
            .join(tellings.select("act").unique(), on="act", how="semi")
            .join(told, on="act", how="left", maintain_order="left")
            .with_columns(pl.col("issues").fill_null([]).cast(ACTS["issues"]))
        )
    gone = without.events | decisions.wrong
    if gone:
        table = table.filter(~pl.col("event").is_in(sorted(gone)))
    if without.issues:
        codes = sorted(without.codes)
        about = pl.col("issues").list.eval(pl.element().cast(pl.String).is_in(codes)).list.any()
        table = table.filter(~about)
    agents = {actor for document, actor in decisions.wrong_links if document == feed}
    barred = [
        number
        for number, party in enumerate(acts.parties)
        if party.agent in agents
        or not without.actors.isdisjoint((party.agent, party.polity or "", *party.blocs))
    ]
    if barred:
        either = pl.col("actor").is_in(barred) | pl.col("recipient").is_in(barred)
        table = table.join(acts.faces.filter(either), on="act", how="anti")
    if decisions.right:
        sure = table.filter(pl.col("event").is_in(sorted(decisions.right))).select("act", sure=1.0)
        tellings = tellings.join(sure, on="act", how="left", maintain_order="left").with_columns(
            confidence=pl.coalesce("sure", "confidence")
        )
    parties = tuple(replace(p, agent=names.get(p.agent, p.agent)) for p in acts.parties)
    return Acts(table, acts.faces, tellings, parties)


def combined(told: Sequence[SignedEvent], tables: Sequence[Acts], decisions: Decisions) -> Acts:
    """The acts of documents, then those of feeds in their order, each once.

    Args:
        told: the acts that documents tell, sorted by IRI.
        tables: of the feeds.
        decisions: which events people judged to be the same, or different.
    """
    base = acts_of(told)
    if not tables:
        return base
    parts = [table.acts.with_columns(part=pl.lit(i, pl.UInt32)) for i, table in enumerate(tables)]
    coded = pl.concat(parts).rename({"act": "local"}).collect()
    targets = _targets(told, tables, coded, decisions)
    owner = pl.col("event")
    if targets:
        owner = owner.replace({event: target for event, (target, _) in targets.items()})
    coded = coded.with_columns(owner=owner)
    numbers = _numbers(base, coded)
    coded = coded.join(numbers, on="owner", maintain_order="left")
    first = coded.filter(pl.col("act").is_first_distinct() & (pl.col("act") >= len(told)))
    place = coded.select("part", "local", "act")
    parties: dict[Party, int] = {party: number for number, party in enumerate(base.parties)}
    faces = pl.concat(
        [
            base.faces.collect(),
            *(_faces(i, table, first, parties) for i, table in enumerate(tables)),
        ]
    ).sort("act", "actor", "recipient")
    spoken = (
        pl.concat(
            [t.tellings.with_columns(part=pl.lit(i, pl.UInt32)) for i, t in enumerate(tables)]
        )
        .rename({"act": "local"})
        .collect()
    )
    tellings = spoken.join(place, on=["part", "local"]).select(TELLINGS.names())
    return Acts(
        _with_issues(pl.concat([base.acts.collect(), first.select(ACTS.names())]), coded).lazy(),
        faces.lazy(),
        pl.concat([base.tellings.collect(), tellings]).sort("act", maintain_order=True).lazy(),
        tuple(parties),
        pl.concat([base.merged.collect(), _merged(coded, targets)]).lazy(),
    )


def _numbers(base: Acts, coded: pl.DataFrame) -> pl.DataFrame:
    """Owner → number of its act: those of documents first."""
    own = base.acts.select(pl.col("event").alias("owner"), "act").collect()
    new = coded.select("owner").unique(maintain_order=True).join(own, on="owner", how="anti",
                                                                 maintain_order="left")  # fmt: skip
    return pl.concat([own, new.with_row_index("act", own.height).select("owner", "act")])


def _faces(part: int, table: Acts, first: pl.DataFrame, parties: dict[Party, int]) -> pl.DataFrame:
    """The faces of a feed's own acts, counted by the common list of parties."""
    numbers = [parties.setdefault(party, len(parties)) for party in table.parties]
    agents = [party.agent for party in table.parties]
    count = pl.Series(numbers, dtype=pl.UInt32)
    place = first.filter(pl.col("part") == part).select("local", "act")
    found = table.faces.rename({"act": "local"}).collect().join(place, on="local")
    agent = pl.Series(agents, dtype=pl.Categorical)
    apart = agent.gather(found["actor"]) != agent.gather(found["recipient"])
    return (
        found.with_columns(
            actor=count.gather(found["actor"]), recipient=count.gather(found["recipient"])
        )
        .filter(apart)
        .select(FACES.names())
    )


def _with_issues(acts: pl.DataFrame, coded: pl.DataFrame) -> pl.DataFrame:
    """The issues of an act are those of all events it stands for."""
    own = acts.select("act", "event")
    further = coded.join(own, on=["act", "event"], how="anti").filter(
        pl.col("issues").list.len() > 0
    )
    if further.is_empty():
        return acts
    touched = acts.join(further.select("act").unique(), on="act", how="semi")
    more = (
        pl.concat([touched.select("act", "issues"), further.select("act", "issues")])
        .explode("issues").drop_nulls().group_by("act")
        .agg(pl.col("issues").cast(pl.String).unique().sort().alias("all"))
        .with_columns(pl.col("all").cast(ACTS["issues"]))
    )  # fmt: skip
    joined = acts.join(more, on="act", how="left", maintain_order="left")
    return joined.with_columns(issues=pl.coalesce("all", "issues")).select(ACTS.names())


def _merged(coded: pl.DataFrame, targets: dict[str, tuple[str, str]]) -> pl.DataFrame:
    events = [event for event in targets if targets[event][1] != _SAME]
    rules = [targets[event][1] for event in events]
    rule = pl.DataFrame({"event": events, "rule": rules}, {"event": pl.String, "rule": pl.String})
    found = coded.select("event", "act").unique(maintain_order=True).join(rule, on="event")
    return found.cast({"rule": pl.Categorical}).select(MERGED.names()).sort("act", "event")


def _targets(
    told: Sequence[SignedEvent],
    tables: Sequence[Acts],
    coded: pl.DataFrame,
    decisions: Decisions,
) -> dict[str, tuple[str, str]]:
    """Event of a feed → the act it is taken for, and by which rule."""
    targets = {iri: (act.iri, _SAME) for act in told for iri in act.iris}
    apart = {pair for one, other in decisions.different for pair in ((one, other), (other, one))}
    keys: dict[_Key, list[SignedEvent]] = defaultdict(list)
    for act in told:
        for key in _keys(act):
            keys[key].append(act)
    for part, table in enumerate(tables) if keys else ():
        for event, owner in _matched(coded.filter(pl.col("part") == part), table, keys, apart):
            targets.setdefault(event, (owner, CODED))
    _judged(targets, coded, decisions)
    return targets


def _keys(act: SignedEvent) -> Iterator[_Key]:
    """What a feed's event has to share with an act: one key, two for an act of two together."""
    if act.date is None or act.date.precision is not Precision.DAY:
        return
    sides = {
        role: {party.polity or party.agent for party in act.parties if party.role == role}
        for role in ("actor", "recipient")
    }
    both = sorted(sides["actor"] | sides["recipient"])
    joint = sides["actor"] == sides["recipient"]
    if len(both) == 2 and (joint or all(len(side) == 1 for side in sides.values())):
        for a, b in zip(both, reversed(both), strict=True):
            if a in sides["actor"] and b in sides["recipient"]:
                yield act.event_class, act.sign, act.date.first, a, b


def _matched(
    coded: pl.DataFrame,
    table: Acts,
    keys: dict[_Key, list[SignedEvent]],
    apart: set[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """Events of one feed and the acts they surely are: each the best for the other."""
    wanted = pl.DataFrame(
        list(keys),
        {"class": pl.Categorical, "sign": pl.Int8, "day": pl.Date, "a": pl.String, "b": pl.String},
        orient="row",
    )
    number = [("a", "actor"), ("b", "recipient")]
    held = coded.join(wanted.select("class", "sign", "day").unique(), on=["class", "sign", "day"])
    found = held.join(table.faces.collect(), left_on="local", right_on="act")
    for name, role in number:
        polity = [party.polity or party.agent for party in table.parties]
        found = found.with_columns(
            pl.Series(polity, dtype=pl.String).gather(found[role]).alias(name)
        )
    found = found.join(wanted, on=list(_KEY), how="semi").sort("event")
    groups: dict[_Key, list[tuple[str, str, set[str]]]] = defaultdict(list)
    for row in found.select(*_KEY, "event", "type", "actor", "recipient").iter_rows():
        agents = {table.parties[row[7]].agent, table.parties[row[8]].agent}
        groups[row[:5]].append((row[5], row[6], agents))
    for key, events in groups.items():
        yield from _mutual(events, keys[key], apart)


def _mutual(
    events: list[tuple[str, str, set[str]]],
    acts: list[SignedEvent],
    apart: set[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """Pairs that choose each other; who cannot choose chooses nobody."""
    likeness = {
        (event, act.iri): ({p.agent for p in act.parties} == agents, act.type == kind)
        for event, kind, agents in events
        for act in acts
        if event not in act.iris and not any((event, iri) in apart for iri in act.iris)
    }
    chosen = [_best(likeness, side) for side in (0, 1)]
    yield from sorted(set(chosen[0]) & set(chosen[1]))


def _best(likeness: dict[tuple[str, str], tuple[bool, bool]], side: int) -> list[tuple[str, str]]:
    ranked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in likeness:
        ranked[pair[side]].append(pair)
    found = []
    for pairs in ranked.values():
        top = max(likeness[pair] for pair in pairs)
        best = [pair for pair in pairs if likeness[pair] == top]
        found += best if len(best) == 1 else []
    return found


def _judged(targets: dict[str, tuple[str, str]], coded: pl.DataFrame, decisions: Decisions) -> None:
    """Join what people judged to be the same, where a feed tells one of the two."""
    pairs = [pair for pair in sorted(decisions.same) if pair not in decisions.different]
    named = sorted({iri for pair in pairs for iri in pair})
    there = coded.filter(pl.col("event").is_in(named))["event"].unique(maintain_order=True)
    place = {event: number for number, event in enumerate(there.to_list())}
    for pair in pairs if place else ():
        known = all(iri in place or iri in targets for iri in pair)
        one, other = (targets.get(iri, (iri, ""))[0] for iri in pair)
        free = [act for act in (one, other) if act not in targets]  # what no document tells
        if known and one != other and free:
            joining = max(free, key=lambda act: place.get(act, -1))
            target = other if joining == one else one
            for event, (act, rule) in tuple(targets.items()):
                if act == joining:
                    targets[event] = (target, rule)
            targets[joining] = (target, _JUDGED)
