"""Feeds whose truth is known: acts between two blocs, told by stories, with chosen tones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

import numpy as np
import polars as pl

from kg.analysis.acts import ACTS, FACES, TELLINGS, Acts
from kg.analysis.records import Party

LEFT, RIGHT = "id:left", "id:right"
GOOD = np.array([1, 3, 4, 5, 7, 8.0])  # intensities of cooperation, equally likely
BAD = np.array([2, 4, 5, 6, 7, 8, 10.0])  # of conflict
SURE = (0.4, 1.0)  # confidence, equally likely in between
START = date(2015, 1, 1)


@dataclass(frozen=True)
class World:
    """Two blocs: how many members they have, and the tones that acts are drawn with.

    ``spread`` lets the tones of pairs differ from that of their block; ``alike`` makes the acts of
    one story alike (0 not at all, 1 all of one sign); ``repeats`` is the mean number of further
    acts of a story.
    """

    left: int = 1
    right: int = 1
    between: float = -0.3
    inside_left: float = 0.4
    inside_right: float = 0.4
    spread: float = 0.0
    alike: float = 0.3
    repeats: float = 1.0


@dataclass(frozen=True)
class Feed:
    """The acts, and the true tone of each pair of members by their names."""

    acts: Acts
    tones: dict[tuple[str, str], float]


def chance_of(tone):
    """How likely an act is cooperative where the masses of the signs have a tone."""
    good, bad = GOOD.mean(), BAD.mean()
    return bad * (1 + tone) / (good * (1 - tone) + bad * (1 + tone))


def feed(random, world: World, stories: int, *, days: int = 365, shift=None) -> Feed:
    """Draw a feed.

    Args:
        random: numpy's generator.
        world: what is true.
        stories: how many.
        days: over which they are spread.
        shift: for each day what is added to the tone between the blocs.
    """
    ends, tones, parties = _pairs(random, world)
    volume = random.lognormal(0, 1, len(ends))
    count = 1 + random.poisson(world.repeats, stories)
    story = np.repeat(np.arange(stories), count)
    main = random.choice(len(ends), stories, p=volume / volume.sum())
    stray = random.random(story.size) < 0.2  # acts between others than the story is about
    pair = np.where(
        stray, random.choice(len(ends), story.size, p=volume / volume.sum()), main[story]
    )
    day = random.integers(days, size=stories)
    tone = tones[pair]
    if shift is not None:
        crossing = np.array([a[0] != b[0] for a, b in ends])[pair]
        tone = np.clip(tone + np.where(crossing, np.asarray(shift)[day[story]], 0), -0.98, 0.98)
    luck = np.where(
        random.random(story.size) < world.alike, random.random(stories)[story],
        random.random(story.size),
    )  # fmt: skip
    good = luck < chance_of(tone)
    size = np.where(good, random.choice(GOOD, story.size), random.choice(BAD, story.size))
    turned = random.random(story.size) < 0.5
    one = np.array([parties[a] for a, _ in ends])[pair]
    other = np.array([parties[b] for _, b in ends])[pair]
    number = np.arange(story.size)
    when = [START + timedelta(days=int(d)) for d in day[story]]
    acts = pl.LazyFrame({
        "act": number, "event": [f"id:event/{n:07d}" for n in number], "type": "act",
        "class": "act", "status": "realised", "sign": np.where(good, 1, -1),
        "intensity": np.where(good, size, -size), "day": when, "last": when,
        "issues": [["climate"] if n % 3 else [] for n in number],
    }, ACTS, strict=False)  # fmt: skip
    faces = pl.LazyFrame({
        "act": number, "actor": np.where(turned, other, one),
        "recipient": np.where(turned, one, other),
    }, FACES, strict=False)  # fmt: skip
    tellings = pl.LazyFrame({
        "act": number, "story": story, "document": [f"id:document/{s}" for s in story],
        "outlet": [f"Outlet {s % 7}" for s in story],
        "confidence": random.uniform(*SURE, story.size),
    }, TELLINGS, strict=False)  # fmt: skip
    roster = tuple(_party(name) for name in parties)
    truth = {(_iri(a), _iri(b)): float(t) for (a, b), t in zip(ends, tones, strict=True)}
    return Feed(Acts(acts, faces, tellings, roster), truth)


def joined(*feeds: Acts) -> Acts:
    """Several feeds of the same parties as one."""
    acts, faces, tellings, start = [], [], [], 0
    for part in feeds:
        moved = pl.col("act") + start
        acts.append(part.acts.with_columns(moved, event=pl.col("event") + f"/{start}"))
        faces.append(part.faces.with_columns(moved))
        tellings.append(
            part.tellings.with_columns(moved, story=pl.col("story") + start * 1_000_003)
        )
        start += part.acts.select(pl.len()).collect().item()
    schemas = ((acts, ACTS), (faces, FACES), (tellings, TELLINGS))
    tables = [pl.concat(parts).cast(dict(schema)) for parts, schema in schemas]
    return Acts(*tables, feeds[0].parties)


def only(acts: Acts, chosen: pl.Expr) -> Acts:
    """The acts for which an expression over ``Acts.acts`` holds; their numbers stay."""
    kept = acts.acts.filter(chosen)
    return Acts(
        kept,
        acts.faces.join(kept.select("act"), on="act", how="semi"),
        acts.tellings.join(kept.select("act"), on="act", how="semi"),
        acts.parties,
    )


def _pairs(random, world: World):
    left = [f"l{n}" for n in range(world.left)]
    right = [f"r{n}" for n in range(world.right)]
    blocks = (
        (list(product(left, right)), world.between),
        (list(combinations(left, 2)), world.inside_left),
        (list(combinations(right, 2)), world.inside_right),
    )
    ends = [pair for pairs, _ in blocks for pair in pairs]
    tones = np.concatenate([np.full(len(pairs), tone) for pairs, tone in blocks])
    tones = np.clip(tones + random.normal(0, 1, tones.size) * world.spread, -0.95, 0.95)
    return ends, tones, {name: number for number, name in enumerate((*left, *right))}


def _iri(name: str) -> str:
    return f"id:{name}"


def _party(name: str) -> Party:
    return Party("actor", _iri(name), _iri(name), (LEFT if name[0] == "l" else RIGHT,))
