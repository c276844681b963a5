"""Files of every feed, made here in the published columns; the people and states are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from kg.feeds import Links, Tally, Wanted, feed_files, in_order
from kg.feeds.coded import CODED
from kg.feeds.kinds import gdelt, icews, polecat
from kg.feeds.layouts import GKG, MENTIONS
from kg.reference.world import load_world

if TYPE_CHECKING:
    from pathlib import Path


def _row(columns, values: dict[str, str]) -> str:
    assert values.keys() <= set(columns), values.keys() - set(columns)
    return "\t".join(values.get(name, "") for name in columns)


def gdelt2(number: int = 1, **values: str) -> str:
    """A row of Events 2.0: the United States criticise Germany."""
    given = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20250221", "Actor1Code": "USA",
        "Actor1Name": "UNITED STATES", "Actor1CountryCode": "USA", "Actor2Code": "DEU",
        "Actor2Name": "BERLIN", "Actor2CountryCode": "DEU", "IsRootEvent": "1",
        "EventCode": "111", "EventRootCode": "11", "GoldsteinScale": "-2.0",
        "SOURCEURL": f"https://www.news.example/{number}", "DATEADDED": "20250221010000",
    }  # fmt: skip
    return _row(gdelt.COLUMNS_2, given | values)


def gdelt1(number: int = 1, *, url: bool = True, **values: str) -> str:
    """The same in Events 1.0, with or without the last column."""
    given = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20120221", "MonthYear": "201202",
        "Actor1CountryCode": "USA", "Actor2CountryCode": "DEU", "EventCode": "042",
        "EventRootCode": "04", "DATEADDED": "20120221",
    }  # fmt: skip
    columns = gdelt.COLUMNS_1 if url else gdelt.COLUMNS_1[:-1]
    return _row(columns, given | values)


def mention(number: int = 1, **values: str) -> str:
    given = {
        "GLOBALEVENTID": str(number), "EventTimeDate": "20250221010000",
        "MentionTimeDate": "20250221010000", "MentionType": "1",
        "MentionSourceName": "other.example", "MentionIdentifier": "https://other.example/a",
        "Confidence": "60",
    }  # fmt: skip
    return _row(MENTIONS, given | values)


def page(number: int = 1, **values: str) -> str:
    given = {
        "GKGRECORDID": f"20250221010000-{number}", "DATE": "20250221010000",
        "SourceCollectionIdentifier": "1", "DocumentIdentifier": "https://www.news.example/1",
        "V2Themes": "TAX_FNCACT,3;ENV_CLIMATECHANGE,9;WB_698_TRADE,20;ECON_TRADE_DISPUTE,44;",
    }  # fmt: skip
    return _row(GKG, given | values)


def icews_row(number: int = 1, **values: str) -> str:
    given = {
        "Event ID": str(number), "Event Date": "2018-06-01", "Source Name": "Donald Trump",
        "Source Sectors": "Executive,Government", "Source Country": "United States",
        "Event Text": "Demand", "CAMEO Code": "100", "Intensity": "-5",
        "Target Name": "European Union",
        "Target Sectors": "International Government Organization,Regional",
        "Target Country": "NA", "Story ID": "77", "Publisher": "Agency",
    }  # fmt: skip
    return _row(icews.COLUMNS, given | {key.replace("_", " "): v for key, v in values.items()})


def polecat_row(number: int = 1, **values: str) -> str:
    given = {
        "Event ID": f"EV{number}", "Event Date": "2022-02-24", "Event Type": "SANCTION",
        "Event Mode": "discontinue", "Contexts": "economic; military", "Actor Name": "Joe Biden",
        "Actor Country": "USA", "Actor Primary Sector": "GOV", "Recipient Name": "Russia",
        "Recipient Country": "RUS", "Recipient COW": "365", "Source": "Agency",
        "Publication Date": "2022-02-25",
    }  # fmt: skip
    return _row(polecat.COLUMNS, given | {key.replace("_", " "): v for key, v in values.items()})


@pytest.fixture
def rows():
    """The makers of rows by feed."""
    return {
        "gdelt2": gdelt2,
        "gdelt1": gdelt1,
        "mentions": mention,
        "gkg": page,
        "icews": icews_row,
        "polecat": polecat_row,
    }


@pytest.fixture(scope="session")
def world():
    return load_world()


HEADS = {"icews": "\t".join(icews.COLUMNS) + "\n", "polecat": "\t".join(polecat.COLUMNS) + "\n"}


@pytest.fixture
def write(tmp_path):
    """Write lines as a file of a feed, with its header where it has one."""

    def make(kind: str, lines: list[str], name: str = "") -> Path:
        path = tmp_path / (name or f"{kind}.csv")
        path.write_text(HEADS.get(kind, "") + "".join(line + "\n" for line in lines), "utf-8")
        return path

    return make


@pytest.fixture
def read(world):
    """Read files as one run: rows of CODED with plain strings, and the tally of each file."""

    def run(*paths: Path, wanted: Wanted | None = None, **how):
        files = [file for path in paths for file in feed_files(path, **how)]
        ordered, links = in_order(files)
        assert isinstance(links, Links)
        tallies: dict[str, Tally] = {}
        found: list[pl.DataFrame] = [pl.DataFrame(schema=CODED)]
        for file in ordered:
            tally = tallies.setdefault(file.part.path.name, Tally())
            for batch in file.batches(world, tally, wanted=wanted, links=links):
                assert batch.schema == CODED
                found.append(batch)
            assert tally.balanced, tally
        short = pl.col("actor", "recipient").cast(pl.String).str.split("/id/").list.last()
        coded = pl.concat(found).with_columns(
            short,
            pl.col("type", "outlet").cast(pl.String),
            pl.col("issues").cast(pl.List(pl.String)),
        )
        return coded, tallies

    return run
