"""Eight analyses at several sizes, by four engines that must give the same answers.

The columns beside a store with everything ``kg rifts`` does, DuckDB over the same Parquet files,
SPARQL on the store, and rdflib's graph in memory (see triples.py for both).
"""

from __future__ import annotations

import math
import resource
import time
from typing import TYPE_CHECKING

from kg.namespaces import entity_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl
    from queries.triples import Answer

    from kg.analysis.acts import Acts

__all__ = ["ENGINES", "columns", "duckdb", "growth", "hopeless", "report"]

US, EU = entity_iri("state", "us"), entity_iri("bloc", "eu")
ENGINES = ("columns", "duckdb", "sparql", "rdflib")
_SHORT = 0.1  # seconds of CPU below which growth says nothing
LEGS = """
SELECT a.*, p.polity AS one, q.polity AS other, q.blocs AS blocs, t.sure, t.told,
  sign * abs(intensity) * t.sure AS tone
FROM acts a JOIN faces f USING (act) JOIN parties p ON p.number = f.actor
JOIN parties q ON q.number = f.recipient JOIN weights t USING (act)
WHERE p.polity <> q.polity
"""
WEIGHTS = """SELECT act, max(confidence) AS sure, count(DISTINCT story) AS told
FROM tellings GROUP BY act"""
DUCK = {
    "balance of pairs": "SELECT least(one, other), greatest(one, other), sum(tone) "
    "FROM legs GROUP BY 1, 2",
    "pairs by month": "SELECT strftime(day, '%Y-%m'), least(one, other), greatest(one, other), "
    "sum(tone) FROM legs GROUP BY 1, 2, 3",
    "pairs by issue": "SELECT i, least(one, other), greatest(one, other), count(*) FROM "
    "(SELECT unnest(issues) AS i, one, other FROM legs) GROUP BY 1, 2, 3",
    "one bloc": f"SELECT one, sum(sign) FROM legs WHERE list_contains(blocs, '{EU}') GROUP BY 1",
    "ego network": "SELECT least(one, other), greatest(one, other), count(*), sum(sign) "
    f"FROM legs WHERE one = '{US}' OR other = '{US}' GROUP BY 1, 2",
    "heaviest conflicts": "SELECT event, abs(intensity) * sure AS w FROM acts "
    "JOIN weights USING (act) WHERE sign < 0 ORDER BY w DESC, event LIMIT 20",
    "types by year": "SELECT year(day), type, count(*) FROM acts GROUP BY 1, 2",
    "sources of pairs": "SELECT least(one, other), greatest(one, other), sum(told) FROM legs "
    "GROUP BY 1, 2",
}


def columns(folder: Path) -> dict[str, Answer]:
    """What the columns in a folder say, by the library's own functions."""
    from kg.analysis.acts.shelf import _read

    table = _read(folder)
    return _answers({name: _last(lambda ask=ask: ask(table)) for name, ask in _ours().items()})


def duckdb(folder: Path) -> dict[str, Answer]:
    """What DuckDB says over the same files."""
    import duckdb as engine

    database = engine.connect()
    for name in ("acts", "faces", "tellings"):
        database.execute(f"CREATE VIEW {name} AS FROM '{folder / name}.parquet'")
    database.execute(
        "CREATE VIEW parties AS SELECT *, row_number() OVER () - 1 AS number "
        f"FROM '{folder}/parties.parquet'"
    )
    database.execute(f"CREATE VIEW weights AS {WEIGHTS}")
    database.execute(f"CREATE VIEW legs AS {LEGS}")

    def ask(sql: str) -> list[float]:
        return [float(row[-1]) for row in database.execute(sql).fetchall()]

    return _answers({name: lambda sql=sql: ask(sql) for name, sql in DUCK.items()})


def report(rows: int, said: Mapping[str, Mapping[str, Answer]], whys: Mapping[str, str]) -> None:
    """Print seconds of CPU for each analysis and engine, their peaks, and what is missing.

    Args:
        rows: of the feed.
        said: engine → analysis → answer.
        whys: engine → why it was not asked at all.
    """
    print(f"\n## Analyses over {rows:,} rows: seconds of CPU\n")
    print("| analysis | columns | DuckDB | SPARQL | rdflib | columns / DuckDB |")
    print("|---|---|---|---|---|---|")
    for name in DUCK:
        cells = [_seconds(said.get(engine, {}).get(name)) for engine in ENGINES]
        ours, limit = (float(said[engine][name]["cpu"]) for engine in ENGINES[:2])
        print(f"| {name} | {' | '.join(cells)} | {ours / limit:.1f} |")
    peaks = [_peak(said.get(engine, {})) for engine in ENGINES]
    print(f"| peak memory, MB | {' | '.join(peaks)} | |\n")
    for engine in ENGINES:
        missing = [f"{name} {said[engine][name]['why']}" for name in DUCK
                   if engine in said and "why" in said[engine][name]]  # fmt: skip
        if engine not in said or missing:
            print(f"- {engine}: {'; '.join(missing) or whys.get(engine)}")
    filling = said.get("rdflib", {}).get("filling the graph")
    if filling:
        print(f"- rdflib: filling the graph took {filling['cpu']:.0f} s")
    wrong = _unlike(said)
    print(f"- {'all answers agree' if not wrong else 'ANSWERS DIFFER: ' + ', '.join(wrong)}",
          flush=True)  # fmt: skip


def hopeless(said: Mapping[str, Answer], small: int, large: int, limit: float) -> dict[str, str]:
    """The analyses that an engine cannot do in time at a size, seen from a smaller one, and why.

    Args:
        said: its answers at the smaller size.
        small, large: rows at both sizes.
        limit: seconds for each.
    """
    found = {}
    for name in DUCK:
        answer = said.get(name, {"cpu": 0.0})
        if "cpu" not in answer:
            found[name] = f"not asked: over {limit:.0f} s at {small:,} rows already"
        elif float(answer["cpu"]) * large > limit * small:  # it grows at least with the rows
            found[name] = f"not asked: {answer['cpu']:.1f} s at {small:,} rows"
    return found


def growth(sizes: Mapping[int, Mapping[str, Mapping[str, Answer]]]) -> None:
    """Print how many times more CPU each analysis takes from each size to the next."""
    steps = list(zip(sorted(sizes), sorted(sizes)[1:], strict=False))
    if not steps:
        return
    print("\n## Growth: times the CPU of the smaller size\n")
    print("| analysis | engine |" + "".join(f" {a:,} → {b:,} |" for a, b in steps))
    print("|---|---|" + "---|" * len(steps))
    for name in DUCK:
        for engine in ENGINES:
            cells = [_times(sizes[a], sizes[b], engine, name) for a, b in steps]
            if any(cell != "-" for cell in cells):
                print(f"| {name} | {engine} | {' | '.join(cells)} |", flush=True)
    print(f"\n`-`: not answered at one of the sizes, or in less than {_SHORT} s at the smaller.")


def _times(
    small: Mapping[str, Mapping[str, Answer]],
    large: Mapping[str, Mapping[str, Answer]],
    engine: str,
    name: str,
) -> str:
    one, other = (said.get(engine, {}).get(name, {}).get("cpu") for said in (small, large))
    if one is None or other is None or float(one) < _SHORT:
        return "-"
    return f"{float(other) / float(one):.1f}"


def _seconds(answer: Answer | None) -> str:
    return f"{answer['cpu']:.2f}" if answer and "cpu" in answer else "-"


def _peak(said: Mapping[str, Answer]) -> str:
    return f"{max(float(answer.get('peak', 0)) for answer in said.values()):.0f}" if said else "-"


def _unlike(said: Mapping[str, Mapping[str, Answer]]) -> list[str]:
    """The analyses to which two engines say something else."""
    wrong = []
    for name in DUCK:
        first, *others = (a[name] for a in said.values() if "rows" in a.get(name, {}))
        same = all(
            other["rows"] == first["rows"]
            and math.isclose(float(other["total"]), float(first["total"]), rel_tol=1e-6)
            for other in others
        )
        wrong += [] if same else [name]
    return wrong


def _answers(asked: Mapping[str, Callable[[], list[float]]]) -> dict[str, Answer]:
    """The quicker of three runs of each."""
    found: dict[str, Answer] = {}
    for name, ask in asked.items():
        times = []
        for _ in range(3):
            start = time.process_time()
            values = ask()
            times.append(time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found[name] = {"cpu": min(times), "rows": len(values), "total": math.fsum(values),
                       "peak": peak}  # fmt: skip
    return found


def _last(work: Callable[[], pl.DataFrame]) -> Callable[[], list[float]]:
    """The last column of a table."""
    return lambda: work().to_series(-1).to_list()


def _ours() -> dict[str, Callable[[Acts], pl.DataFrame]]:
    """The analyses in the library's terms."""
    import polars as pl

    from kg.analysis import Level, side_keys
    from kg.analysis.acts import ties

    def tied(found: Acts) -> pl.LazyFrame:
        keys = side_keys(Level.POLITY)
        return ties(found, keys).join(found.weighed(), on="act")

    def bloc(found: Acts) -> pl.DataFrame:
        members = [number for number, party in enumerate(found.parties) if EU in party.blocs]
        polity = pl.Series([party.polity or party.agent for party in found.parties],
                           dtype=pl.Categorical)  # fmt: skip
        facing = (
            found.faces.filter(pl.col("recipient").is_in(members))
            .join(found.acts.select("act", "sign"), on="act")
            .group_by("actor", "recipient")
            .agg(pl.col("sign").sum())
            .collect()
        )
        named = facing.with_columns(
            one=polity.gather(facing["actor"]), other=polity.gather(facing["recipient"])
        )
        return named.filter(pl.col("one") != pl.col("other")).group_by("one").agg(
            pl.col("sign").sum()
        )  # fmt: skip

    us = (pl.col("a") == US) | (pl.col("b") == US)
    month = pl.col("day").dt.truncate("1mo")
    return {
        "balance of pairs": lambda a: (
            tied(a).group_by("a", "b").agg(pl.col("tone").sum()).collect()
        ),
        "pairs by month": lambda a: (
            tied(a).group_by(month, "a", "b").agg(pl.col("tone").sum()).collect()
        ),
        "pairs by issue": lambda a: (
            tied(a).select("issues", "a", "b").explode("issues").drop_nulls()
            .group_by("issues", "a", "b").len().collect()
        ),
        "one bloc": bloc,
        "ego network": lambda a: (
            tied(a).filter(us).group_by("a", "b").agg(pl.len(), pl.col("sign").sum()).collect()
        ),
        "heaviest conflicts": lambda a: (
            a.weighed().filter(pl.col("sign") < 0).top_k(20, by="weight")
            .select("event", "weight").collect()
        ),
        "types by year": lambda a: (
            a.acts.group_by(pl.col("day").dt.year(), "type").len().collect()
        ),
        "sources of pairs": lambda a: (
            tied(a).group_by("a", "b").agg(pl.col("sources").sum()).collect()
        ),
    }  # fmt: skip
