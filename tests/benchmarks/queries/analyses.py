"""Eight analyses on the columns beside a store, beside DuckDB over the same files, and SPARQL."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from kg.analysis import Level, side_keys
from kg.analysis.acts import acts, ties
from kg.analysis.acts.feeds import feed_rows
from kg.namespaces import entity_iri
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.analysis.acts import Acts

US, EU = entity_iri("state", "us"), entity_iri("bloc", "eu")
LEGS = """
SELECT a.*, p.polity AS one, q.polity AS other, q.blocs AS blocs, t.sure, t.told
FROM acts a JOIN faces f USING (act) JOIN parties p ON p.number = f.actor
JOIN parties q ON q.number = f.recipient
JOIN (SELECT act, max(confidence) AS sure, count(DISTINCT story) AS told
      FROM tellings GROUP BY act) t USING (act)
WHERE p.polity <> q.polity
"""
DUCK = {
    "balance of pairs": "SELECT least(one, other), greatest(one, other), "
    "sum(sign * abs(intensity) * sure) FROM legs GROUP BY 1, 2",
    "pairs by month": "SELECT strftime(day, '%Y-%m'), least(one, other), greatest(one, other), "
    "sum(sign * abs(intensity) * sure) FROM legs GROUP BY 1, 2, 3",
    "pairs by issue": "SELECT i, least(one, other), greatest(one, other), count(*) FROM "
    "(SELECT unnest(issues) AS i, one, other FROM legs) GROUP BY 1, 2, 3",
    "one bloc": f"SELECT one, sum(sign) FROM legs WHERE list_contains(blocs, '{EU}') GROUP BY 1",
    "ego network": f"SELECT other, count(*), sum(sign) FROM legs WHERE one = '{US}' GROUP BY 1",
    "heaviest conflicts": "SELECT event, abs(intensity) * sure AS w FROM legs WHERE sign < 0 "
    "ORDER BY w DESC, event LIMIT 20",
    "types by year": "SELECT year(day), type, count(*) FROM legs GROUP BY 1, 2",
    "sources of pairs": "SELECT least(one, other), greatest(one, other), sum(told) FROM legs "
    "GROUP BY 1, 2",
}


def report(path: Path) -> None:
    """Print seconds of CPU for each analysis and engine."""
    with open_store(path) as store:
        table = acts(store)
        rows = sum(feed.rows for feed in feed_rows(store))
        folder = next((path / "columns").glob("all-realised.*"))
        print(f"\n## Analyses over {rows:,} rows\n")
        print("| analysis | columns, CPU s | DuckDB, CPU s | ratio |\n|---|---|---|---|")
        database = duckdb.connect()
        for name in ("acts", "faces", "tellings"):
            database.execute(f"CREATE VIEW {name} AS FROM '{folder / name}.parquet'")
        database.execute(
            "CREATE VIEW parties AS SELECT *, row_number() OVER () - 1 AS number "
            f"FROM '{folder}/parties.parquet'"
        )
        database.execute(f"CREATE VIEW legs AS {LEGS}")
        for name, sql in DUCK.items():
            mine = best(lambda name=name: OURS[name](table))
            limit = best(lambda sql=sql: database.execute(sql).fetchall())
            print(f"| {name} | {mine:.2f} | {limit:.2f} | {mine / limit:.1f} |", flush=True)


def best(work: Callable[[], object]) -> float:
    """CPU seconds of the quicker of three runs."""
    found = []
    for _ in range(3):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def _tied(found: Acts) -> pl.LazyFrame:
    keys = side_keys(Level.POLITY)
    return ties(found, keys).join(found.weighed(), on="act")


def _bloc(found: Acts) -> pl.DataFrame:
    members = [number for number, party in enumerate(found.parties) if EU in party.blocs]
    polity = pl.Series(
        [party.polity or party.agent for party in found.parties], dtype=pl.Categorical
    )
    facing = found.faces.filter(pl.col("recipient").is_in(members)).join(
        found.acts.select("act", "sign"), on="act"
    ).group_by("actor").agg(pl.col("sign").sum()).collect()  # fmt: skip
    return (
        facing.with_columns(one=polity.gather(facing["actor"]))
        .group_by("one")
        .agg(pl.col("sign").sum())
    )


OURS: dict[str, Callable[[Acts], pl.DataFrame]] = {
    "balance of pairs": lambda a: _tied(a).group_by("a", "b").agg(pl.col("tone").sum()).collect(),
    "pairs by month": lambda a: (
        _tied(a).group_by(pl.col("day").dt.truncate("1mo"), "a", "b").agg(pl.col("tone").sum())
        .collect()
    ),
    "pairs by issue": lambda a: (
        _tied(a).select("issues", "a", "b").explode("issues").drop_nulls()
        .group_by("issues", "a", "b").len().collect()
    ),
    "one bloc": _bloc,
    "ego network": lambda a: (
        _tied(a).filter((pl.col("a") == US) | (pl.col("b") == US)).group_by("a", "b")
        .agg(pl.len(), pl.col("sign").sum()).collect()
    ),
    "heaviest conflicts": lambda a: (
        a.weighed().filter(pl.col("sign") < 0).top_k(20, by="weight").select("event", "weight")
        .collect()
    ),
    "types by year": lambda a: (
        a.acts.group_by(pl.col("day").dt.year(), "type").len().collect()
    ),
    "sources of pairs": lambda a: (
        _tied(a).group_by("a", "b").agg(pl.col("sources").sum()).collect()
    ),
}  # fmt: skip
