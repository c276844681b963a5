"""What files of one run know of each other: GDELT's mentions its events, its pages their themes."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from kg.feeds.draft import outlet_of
from kg.feeds.vocabulary import coders, themes

__all__ = ["NO_EVENT", "PAGE", "Links", "mentioned"]

NO_EVENT = "mentions an event that is not in this run"
PAGE = "tells no act: its themes serve as issues"
_KEPT = pl.Schema({
    "id": pl.UInt64(),
    "date": pl.Date(),
    "type": pl.Categorical(),
    "actor": pl.Categorical(),
    "recipient": pl.Categorical(),
    "issues": pl.List(pl.Categorical()),
})  # fmt: skip


@dataclass(slots=True)
class Links:
    """What is remembered while the files of one run are read.

    Attributes:
        keep_events: whether events are kept for a file of mentions that comes later.
    """

    keep_events: bool = False
    _events: list[pl.DataFrame] = field(default_factory=list)
    _pages: list[pl.DataFrame] = field(default_factory=list)
    _all_pages: pl.DataFrame | None = None

    def remember(self, coded: pl.DataFrame) -> None:
        """Keep what mentions need of events: their number, day, type, sides and issues."""
        if self.keep_events and coded.height:
            number = pl.col("id").cast(pl.UInt64, strict=False)
            kept = coded.with_columns(id=number).select(list(_KEPT)).cast(_KEPT)
            self._events.append(kept.filter(pl.col("id").is_not_null()))

    def events(self) -> pl.DataFrame:
        """The events kept, each once."""
        if not self._events:
            return pl.DataFrame(schema=_KEPT)
        if len(self._events) > 1:
            self._events = [pl.concat(self._events)]
        return self._events[0].unique("id", keep="first", maintain_order=True)

    def add_pages(self, rows: pl.DataFrame) -> int:
        """Keep the leading issue of each page of the GKG; how many have one."""
        found = rows.select("DocumentIdentifier", "V2Themes").drop_nulls()
        theme = pl.element().str.split(",").list.first()
        issue = theme.replace_strict(dict(themes()), default=None, return_dtype=pl.String)
        pages = (
            found.select(
                page=pl.col("DocumentIdentifier").hash(seed=0),
                issue=pl.col("V2Themes").str.split(";").list.eval(issue.drop_nulls()),
            )
            .explode("issue")
            .drop_nulls()
            .group_by("page", "issue")
            .len()
            .sort(["page", "len", "issue"], descending=[False, True, False])
            .unique("page", keep="first", maintain_order=True)
            .select("page", pl.col("issue").cast(pl.Categorical))
        )
        self._pages.append(pages)
        self._all_pages = None
        return pages.height

    def page_issues(self, addresses: pl.Series) -> pl.Series | None:
        """The leading issue of each address, null where there is none; None without pages."""
        if not self._pages:
            return None
        if self._all_pages is None:
            whole = pl.concat(self._pages)
            self._all_pages = whole.unique("page", keep="first", maintain_order=True)
        asked = pl.DataFrame({"page": addresses.hash(seed=0)})
        found = asked.join(self._all_pages, on="page", how="left", maintain_order="left")
        return found["issue"].cast(pl.String)


def mentioned(rows: pl.DataFrame, links: Links) -> pl.DataFrame:
    """Mentions with what their events say: the columns of ``CODED`` but for "record".

    "left_out" is null for mentions of an event of this run; "bad" is null for readable rows.
    """
    number = pl.col("GLOBALEVENTID").cast(pl.UInt64, strict=False)
    sure = pl.col("Confidence").cast(pl.Float64, strict=False)
    asked = rows.select("row", "MentionIdentifier", "MentionSourceName", id=number, sure=sure)
    events = links.events().with_columns(known=pl.lit(value=True))
    found = asked.join(events, on="id", how="left", maintain_order="left")
    return found.select(
        "row",
        *("date", "type", "actor", "recipient", "issues"),
        id=rows["GLOBALEVENTID"].fill_null(""),
        confidence=pl.col("sure").clip(0, 100) / 100 * coders()["mentions"].prior,
        outlet=pl.coalesce("MentionSourceName", outlet_of(pl.col("MentionIdentifier"))),
        story="MentionIdentifier",
        bad=pl.coalesce(
            pl.when(pl.col("id").is_null()).then(pl.lit("no GLOBALEVENTID")),
            pl.when(pl.col("sure").is_null()).then(pl.lit("no number in Confidence")),
        ),
        left_out=pl.when(pl.col("known").is_null()).then(pl.lit(NO_EVENT)),
    )
