"""From drafts to ``CODED``: link the sides, leave out what is not wanted, name the issues."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from kg.feeds.actors import Actors
from kg.feeds.coded import CODED
from kg.feeds.draft import looked_up
from kg.feeds.kinds import gdelt, icews, mapped, polecat
from kg.feeds.links import PAGE, Links, mentioned
from kg.feeds.recording import record_json
from kg.feeds.tally import Reject, Tally
from kg.feeds.topics import named_issues, spread
from kg.feeds.vocabulary import about_cameo, contexts, portfolios

if TYPE_CHECKING:
    from datetime import date

    from kg.feeds.filters import Wanted
    from kg.feeds.layout import Layout
    from kg.reference.world import World

__all__ = ["ISSUE_FROM", "SAME", "Coder"]

SAME = "same actor on both sides"
ISSUE_FROM = "kg: issue taken from"
"""Field of a record that says where an issue was taken from that the row does not name."""
_OUTSIDE = "outside the period"
_OTHERS = "none of the actors asked for"
_LONGEST_DAY = 200_000  # rows of a day that are held back at most
_EVENTS = ("gdelt1", "gdelt2", "gdelt-renamed")
_SEVERAL = "polecat"  # whose rows name several on a side


@dataclass(slots=True)
class Coder:
    """Brings the frames of one feed into the schema ``CODED`` and keeps its books.

    Args:
        world: the reference data.
        layout: of the table.
        wanted: which rows are wanted.
        links: what the files of this run share.
        tally: counts, and gets the rejected rows.
        source: the file, for these.
    """

    world: World
    layout: Layout
    wanted: Wanted
    links: Links
    tally: Tally
    source: str
    actors: Actors = field(init=False)
    _chosen: dict[tuple[str, date], bool] = field(default_factory=dict, init=False)
    _held: pl.DataFrame | None = field(default=None, init=False)
    _left: list[pl.DataFrame] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.actors = Actors(self.world, self.wanted.private)

    def code(self, raw: pl.DataFrame) -> pl.DataFrame:
        """One frame of a feed's rows as rows of ``CODED``; the others are counted.

        Of ICEWS, which is read by the day, the rows of a day that may go on are held back until
        the next call, or ``rest``.
        """
        if self.layout.kind == "gkg":
            return self._pages(raw)
        if self.layout.kind == "icews":
            raw = self._whole_days(raw)
        return self._coded(raw)

    def rest(self) -> pl.DataFrame:
        """What was held back, when there is no more to come."""
        if self._held is None:
            return pl.DataFrame(schema=CODED)
        held, self._held = self._held, None
        return self._coded(held)

    def _coded(self, raw: pl.DataFrame) -> pl.DataFrame:
        drafts = self._draft(self._named(raw))
        drafts = self._reject(raw, drafts)
        if self.layout.kind == "icews":
            drafts = self._topics(drafts)
        drafts = self._leave_out(drafts, pl.col("left_out"))
        if self.layout.kind != "mentions":
            drafts = self._linked(drafts)
        if self.layout.kind not in ("mentions", "icews"):
            drafts = self._with_issues(drafts)
        drafts = self._leave_out(drafts, self._unwanted(drafts))
        if self.layout.kind == _SEVERAL:
            drafts = self._settle(drafts)
        coded = self._finished(raw, drafts)
        self.tally.coded += coded.filter(pl.col("act") == 0).height
        if self.layout.kind in _EVENTS:
            self.links.remember(coded)
        return coded

    def _whole_days(self, raw: pl.DataFrame) -> pl.DataFrame:
        """The rows of days that are over; those of the last one are held back."""
        if self._held is not None:
            raw = pl.concat([self._held, raw])
        self._held = None
        name = self.layout.names["Event Date"]
        over = raw.with_row_index("n").filter(pl.col(name).ne_missing(raw[name][-1]))
        cut = int(over["n"][-1]) + 1 if over.height else 0
        if raw.height - cut > _LONGEST_DAY:
            return raw
        self._held = raw[cut:]
        return raw[:cut]

    def _topics(self, drafts: pl.DataFrame) -> pl.DataFrame:
        """Link the sides and name the issues, with the help of rows that tell no act, too."""
        for side in ("actor", "recipient"):
            drafts = self.actors.resolve(drafts, side)
        drafts = self._with_issues(drafts)
        drafts = drafts.drop("actor", "recipient", "actor_why", "recipient_why")
        topics = spread(drafts.select("row", "date", "story", "one", "other", "issues"))
        return drafts.drop("issues").join(topics, on="row", how="left", maintain_order="left")

    def _capacity(self, person: str, day: date) -> tuple[str | None, str | None]:
        """The polity a person speaks for that day, and what an office held deals with."""
        offices = [self.world.offices[t.office] for t in self.world.tenures_of(person, day)]
        known = portfolios("office")
        about = sorted(known[office.kind] for office in offices if office.kind in known)
        polities = sorted({office.represents for office in offices})
        return next(iter(polities), None), next(iter(about), None)

    def _named(self, raw: pl.DataFrame) -> pl.DataFrame:
        """The feed's columns under its own names, whatever the file calls them."""
        if self.layout.mapping is not None:
            return raw
        names = self.layout.names
        found = [pl.col(theirs).alias(ours) for ours, theirs in names.items()]
        columns = polecat.COLUMNS if self.layout.kind == "polecat" else icews.COLUMNS
        absent = columns if self.layout.kind in ("polecat", "icews") else gdelt.COLUMNS_2
        if self.layout.kind == "mentions":
            absent = ()
        missing = [pl.lit(None, pl.String).alias(name) for name in absent if name not in names]
        return raw.select("row", *found, *missing)

    def _draft(self, rows: pl.DataFrame) -> pl.DataFrame:
        if self.layout.mapping is not None:
            return mapped.draft(rows, self.layout.mapping)
        if self.layout.kind == "mentions":
            return mentioned(rows, self.links)
        if self.layout.kind == "icews":
            return icews.draft(rows)
        if self.layout.kind == "polecat":
            return polecat.draft(rows)
        return gdelt.draft(rows, self.layout.kind, root_only=self.wanted.root_only)

    def _pages(self, raw: pl.DataFrame) -> pl.DataFrame:
        rows = self._named(raw)
        self.links.add_pages(rows)
        self.tally.filter({PAGE: raw.height})
        return pl.DataFrame(schema=CODED)

    def _reject(self, raw: pl.DataFrame, drafts: pl.DataFrame) -> pl.DataFrame:
        bad = drafts.filter(pl.col("bad").is_not_null()).select("row", "bad")
        if bad.height:
            told = bad.join(raw, on="row", how="left", maintain_order="left")
            records = record_json(told.drop("row", "bad"))
            for row, why, record in zip(bad["row"], bad["bad"], records, strict=True):
                self.tally.reject(Reject(self.source, row, why, record))
        return drafts.filter(pl.col("bad").is_null())

    def _leave_out(self, drafts: pl.DataFrame, reason: pl.Expr) -> pl.DataFrame:
        drafts = drafts.with_columns(left_out=reason)
        kept = drafts.filter(pl.col("left_out").is_null())
        left = drafts.filter(pl.col("left_out").is_not_null())
        if self.layout.kind == _SEVERAL:
            self._left.append(left.select("row", "left_out"))
        else:
            self.tally.filter(_reasons(left))
        return kept

    def _settle(self, drafts: pl.DataFrame) -> pl.DataFrame:
        """Count what was left out where rows tell several acts; each act of a row once.

        A row of which nothing counts is filtered, for the reason of the first that went.
        """
        left = pl.concat(self._left)
        self._left.clear()
        self.tally.pairs.update(_reasons(left.join(drafts, on="row", how="semi")))
        rows = left.join(drafts, on="row", how="anti", maintain_order="left")
        self.tally.filter(_reasons(rows.unique("row", keep="first", maintain_order=True)))
        # two ministers of one state act for it once
        return drafts.unique(["row", "actor", "recipient"], keep="first", maintain_order=True)

    def _linked(self, drafts: pl.DataFrame) -> pl.DataFrame:
        for side in ("actor", "recipient"):
            drafts = self.actors.resolve(drafts, side)
            drafts = self._leave_out(drafts, pl.col(f"{side}_why"))
        return self._leave_out(
            drafts, pl.when(pl.col("actor") == pl.col("recipient")).then(pl.lit(SAME))
        )

    def _unwanted(self, drafts: pl.DataFrame) -> pl.Expr:
        reasons = [pl.lit(None, pl.String)]
        if self.wanted.since:
            reasons.append(pl.when(pl.col("date") < self.wanted.since).then(pl.lit(_OUTSIDE)))
        if self.wanted.until:
            reasons.append(pl.when(pl.col("date") > self.wanted.until).then(pl.lit(_OUTSIDE)))
        if self.wanted.only:
            chosen = [
                self._counts(actor, day) or self._counts(recipient, day)
                for actor, recipient, day in drafts.select("actor", "recipient", "date").iter_rows()
            ]
            mask = pl.lit(pl.Series(chosen, dtype=pl.Boolean))
            reasons.append(pl.when(~mask).then(pl.lit(_OTHERS)))
        return pl.coalesce(reasons)

    def _counts(self, actor: str, day: date) -> bool:
        key = (actor, day)
        if key not in self._chosen:
            self._chosen[key] = self.wanted.counts(self.world, actor, day)
        return self._chosen[key]

    def _with_issues(self, drafts: pl.DataFrame) -> pl.DataFrame:
        """Add the polities "one" and "other", and the issues of the row, its code and its page."""
        for name, side in (("one", "actor"), ("other", "recipient")):
            drafts = self._with_capacity(drafts, name, side)
        return drafts.with_columns(issues=self._issues(drafts))

    def _with_capacity(self, drafts: pl.DataFrame, name: str, side: str) -> pl.DataFrame:
        """Add the polity of a side as ``name``; as side + "_about" what its office deals with."""
        polity = looked_up(side, self.world.polity_of, drafts)
        drafts = drafts.with_columns(polity.alias(name))
        people = drafts.filter(pl.col(side).is_not_null() & pl.col(name).is_null())
        days = people.select(side, "date").unique(maintain_order=True)
        rows = [(*row, *self._capacity(*row)) for row in days.iter_rows()]
        texts = [side, "date", f"{name}_then", f"{side}_about"]
        schema = {column: pl.Date if column == "date" else pl.String for column in texts}
        held = pl.DataFrame(rows, schema, orient="row")
        drafts = drafts.join(held, on=[side, "date"], how="left", maintain_order="left")
        return drafts.with_columns(pl.coalesce(name, f"{name}_then").alias(name)).drop(
            f"{name}_then"
        )

    def _issues(self, drafts: pl.DataFrame) -> pl.Series:
        keys = ["one", "other", "about", "code"]
        special = sorted({party for _, party in contexts()} - {"*"})
        about = drafts.select(
            *(pl.when(pl.col(name).is_in(special)).then(name) for name in ("one", "other")),
            about=pl.concat_list(pl.col("about").fill_null([]), "actor_about", "recipient_about")
            .list.drop_nulls()
            .list.unique()
            .list.sort()
            .list.join(" "),
            code=looked_up("code", about_cameo, drafts).fill_null(""),
        )
        distinct = about.unique(maintain_order=True)
        found = [named_issues(*row) for row in distinct.iter_rows()]
        table = distinct.with_columns(issues=pl.Series(found, dtype=pl.List(pl.String)))
        issues = about.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")[
            "issues"
        ]
        pages = self.links.page_issues(drafts["story"]) if self.layout.kind in _EVENTS else None
        if pages is None:
            return issues
        both = pl.DataFrame({"issues": issues, "page": pages})
        own = pl.col("issues").list.len() > 0  # what the code says is surer than the page
        page = pl.when(pl.col("page").is_null()).then(pl.col("issues"))
        chosen = page.when(own).then(pl.col("issues")).otherwise(pl.concat_list("page"))
        return both.select(chosen.alias("issues")).to_series()

    def _finished(self, raw: pl.DataFrame, drafts: pl.DataFrame) -> pl.DataFrame:
        if not drafts.height:
            return pl.DataFrame(schema=CODED)
        told = drafts.select("row").join(raw, on="row", how="left", maintain_order="left")
        if "issue_from" in drafts.columns:
            told = told.with_columns(drafts["issue_from"].alias(ISSUE_FROM))
        own_id = pl.col("row").cast(pl.String)
        story = pl.coalesce(
            "story", pl.when(pl.col("id") != "").then(pl.col("id")).otherwise(own_id)
        )
        finished = drafts.with_columns(
            story=story,
            outlet=pl.col("outlet").cast(pl.String).fill_null(""),
            confidence=pl.col("confidence").round(4),
            record=record_json(told.drop("row")),
            act=pl.int_range(pl.len()).over("row") if self.layout.kind == _SEVERAL else 0,
        )
        return finished.select(list(CODED)).cast(CODED)


def _reasons(left: pl.DataFrame) -> Counter[str]:
    """Why drafts are left out, and how many for each reason."""
    return Counter(dict(left["left_out"].value_counts(sort=True, name="n").rows()))
