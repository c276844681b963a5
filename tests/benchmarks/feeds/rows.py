"""Makes realistic rows of GDELT Events 2.0, the same for the same seed, as many as wanted.

Countries follow Zipf's law, as do outlets; twenty years; verbs in about the shares in which GDELT
codes them; three rows to a report; one row in a hundred tells what an earlier one told.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.feeds.kinds.gdelt import COLUMNS_2
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

__all__ = ["write_rows"]

CHUNK = 100_000
FIRST, DAYS = date(2005, 1, 1), 20 * 365
# CAMEO code, Goldstein value, share of rows in GDELT, rounded
VERBS = (
    *(("010", 0.0, 9), ("020", 3.0, 3), ("036", 4.0, 7), ("040", 1.0, 9), ("042", 1.9, 8)),
    *(("043", 2.8, 7), ("051", 3.4, 6), ("057", 8.0, 2), ("060", 6.0, 2), ("061", 6.4, 2)),
    *(("071", 7.4, 2), ("080", 5.0, 1), ("090", -2.0, 2), ("110", -2.0, 3), ("111", -2.0, 6)),
    *(("112", -2.0, 4), ("120", -4.0, 3), ("130", -4.4, 2), ("138", -7.0, 2), ("141", -6.5, 1)),
    *(("160", -4.0, 2), ("163", -8.0, 2), ("172", -5.0, 2), ("173", -5.0, 3), ("190", -10.0, 5)),
)
ROLES = ("", "GOV", "MIL", "LEG", "COP")
ROLE_SHARES = (0.62, 0.25, 0.07, 0.04, 0.02)


def write_rows(path: Path, count: int, seed: int = 2026) -> None:
    """Write ``count`` rows, tab-separated and without a header, as GDELT does."""
    with path.open("wb") as out:
        for frame in _frames(count, seed):
            frame.write_csv(out, include_header=False, separator="\t", quote_style="never")


def _frames(count: int, seed: int) -> Iterator[pl.DataFrame]:
    rng = np.random.default_rng(seed)
    states = sorted(
        (actor.iso3, actor.label.upper()) for actor in load_world().actors.values() if actor.iso3
    )
    order = rng.permutation(len(states))
    states = [states[i] for i in order]
    # the sides that matter here lead, as they do in the feed
    states.sort(key=lambda state: state[0] not in ("USA", "RUS", "CHN", "FRA", "GBR", "DEU"))
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        frame = _frame(rng, start, size, states)
        again = rng.integers(0, size, size // 100)
        copies = frame[again].with_columns(
            pl.Series("GLOBALEVENTID", [str(900_000_000 + start + i) for i in range(len(again))]),
            SOURCEURL=pl.col("SOURCEURL") + "?again",
        )
        yield pl.concat([frame.head(size - len(again)), copies])


def _frame(rng: Generator, start: int, size: int, states: list[tuple[str, str]]) -> pl.DataFrame:
    weights = 1 / np.arange(1, len(states) + 1)
    weights /= weights.sum()
    one = rng.choice(len(states), size, p=weights)
    other = (
        one + 1 + rng.choice(len(states) - 1, size, p=weights[:-1] / weights[:-1].sum())
    ) % len(states)
    shares = np.array([share for *_, share in VERBS], float)
    verb = rng.choice(len(VERBS), size, p=shares / shares.sum())
    days = np.sort(rng.integers(0, DAYS, size))
    when = [(FIRST + timedelta(days=int(n))).strftime("%Y%m%d") for n in days]
    report = (start + np.arange(size)) // 3
    outlet = np.minimum(rng.zipf(1.6, size), 3000)
    codes = [VERBS[i][0] for i in verb]
    told = rng.integers(1, 12, size)
    frame = pl.DataFrame({
        "GLOBALEVENTID": [str(410_000_000 + start + i) for i in range(size)],
        "SQLDATE": when,
        "MonthYear": [text[:6] for text in when],
        "Year": [text[:4] for text in when],
        "FractionDate": [f"{text[:4]}.{int(text[4:6]) * 83:04d}" for text in when],
        **_side(rng, "1", one, states),
        **_side(rng, "2", other, states),
        "IsRootEvent": rng.choice(["0", "1"], size),
        "EventCode": codes,
        "EventBaseCode": codes,
        "EventRootCode": [code[:2] for code in codes],
        "QuadClass": [str(1 + 2 * (VERBS[i][1] < 0)) for i in verb],
        "GoldsteinScale": [str(VERBS[i][1]) for i in verb],
        "NumMentions": told.astype(str),
        "NumSources": np.minimum(told, 3).astype(str),
        "NumArticles": told.astype(str),
        "AvgTone": [f"{tone:.6f}" for tone in rng.normal(-2, 4, size)],
        "ActionGeo_Type": ["1"] * size,
        "ActionGeo_FullName": [states[i][1].title() for i in one],
        "ActionGeo_CountryCode": [states[i][0][:2] for i in one],
        "ActionGeo_Lat": [f"{lat:.4f}" for lat in rng.uniform(-60, 70, size)],
        "ActionGeo_Long": [f"{lon:.4f}" for lon in rng.uniform(-180, 180, size)],
        "DATEADDED": [text + "120000" for text in when],
        "SOURCEURL": [
            f"https://www.outlet{o}.com/world/{text[:4]}/report-{n}.html"
            for o, text, n in zip(outlet[report - report[0]], when, report, strict=True)
        ],
    })  # fmt: skip
    return frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
        for name in COLUMNS_2
    )


def _side(
    rng: Generator, number: str, who: np.ndarray, states: list[tuple[str, str]]
) -> dict[str, list[str]]:
    role = rng.choice(len(ROLES), len(who), p=ROLE_SHARES)
    return {
        f"Actor{number}Code": [states[i][0] + ROLES[r] for i, r in zip(who, role, strict=True)],
        f"Actor{number}Name": [states[i][1] for i in who],
        f"Actor{number}CountryCode": [states[i][0] for i in who],
        f"Actor{number}Type1Code": [ROLES[r] for r in role],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    write_rows(given.path, given.count)
