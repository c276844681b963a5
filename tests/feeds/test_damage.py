"""Damaged files: every row is accounted for, and nothing of a broken file is handed on as whole."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError, UnreadableError
from kg.feeds import Tally, feed_files, reject_writer
from kg.feeds.opening import MAX_RATIO, Part, opened, parts
from kg.feeds.records import MAX_RECORD, blocks

if TYPE_CHECKING:
    from pathlib import Path


@st.composite
def damaged(draw, good: list[str]) -> bytes:
    """Lines of a feed with some of them cut, doubled, joined, quoted or overwritten."""
    lines = draw(st.lists(st.sampled_from(good), min_size=3, max_size=12))
    wounds = st.sampled_from(["cut", "double", "quote", "bytes", "blank", "tabs", "none"])
    out = []
    for line in lines:
        data = line.encode()
        wound = draw(wounds)
        at = draw(st.integers(0, len(data)))
        if wound == "cut":
            data = data[:at]
        elif wound == "double":
            data = data + b"\t" + data
        elif wound == "quote":
            data = data[:at] + b'"' + data[at:]
        elif wound == "bytes":
            data = data[:at] + draw(st.binary(max_size=6)) + data[at:]
        elif wound == "blank":
            data = b""
        elif wound == "tabs":
            data = b"\t" * at
        out.append(data)
    return draw(st.sampled_from([b"\n", b"\r\n"])).join(out)


def _balanced(path: Path, world, kind: str) -> Tally:
    tally = Tally()
    for file in feed_files(path, kind=kind):
        rows = sum(batch.height for batch in file.batches(world, tally))
        assert rows == tally.coded
    assert tally.balanced
    assert len(tally.first) <= 10
    return tally


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
@pytest.mark.parametrize("kind", ["gdelt2", "gdelt1", "mentions"])
def test_every_row_of_a_damaged_file_is_accounted_for(data, kind, rows, tmp_path, world):
    good = [rows[kind](number) for number in range(1, 6)]
    path = tmp_path / "damaged"
    content = data.draw(damaged(good))
    path.write_bytes("\n".join(good * 3).encode() + b"\n" + content)
    tally = _balanced(path, world, kind)
    lines = [line for line in path.read_bytes().split(b"\n") if line.strip(b"\r").strip(b" ")]
    assert tally.rows == len(lines)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=5), max_size=8))
def test_quoted_tables_lose_no_row_whatever_they_hold(cells, tmp_path, world):
    header = "Event ID,Event Date,Source Name,CAMEO Code,Target Name\n"
    body = "\n".join(",".join(row) for row in cells)
    path = tmp_path / "odd.csv"
    path.write_bytes((header + body).encode("utf-8", "replace"))
    _balanced(path, world, "icews")


def test_rejected_rows_are_told_and_written_whole(write, rows, world, tmp_path):
    good = rows["gdelt2"]
    lines = [good(1), "1\t2", good(3, SQLDATE="soon"), good(4, EventCode="9x"), "", good(5)]
    out = io.StringIO()
    tally = Tally(on_reject=reject_writer(out))
    (file,) = feed_files(write("gdelt2", lines))
    coded = pl.concat(file.batches(world, tally))
    assert coded["row"].to_list() == [1, 5]
    assert [(found.row, found.reason) for found in tally.first] == [
        (2, "2 columns, not 61"),
        (3, "no date in SQLDATE"),
        (4, "no CAMEO code"),
    ]
    written = [json.loads(line) for line in out.getvalue().splitlines()]
    assert written[0]["record"] == "1\t2"
    assert json.loads(written[1]["record"])["SQLDATE"] == "soon"


def test_a_quotation_that_never_closes_costs_its_line_alone(tmp_path, world):
    path = tmp_path / "open.csv"
    row = "{},2018-06-01,France,NA,France,040,Canada,NA,Canada\n"
    path.write_text(
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,CAMEO Code,Target Name,"
        "Target Sectors,Target Country\n"
        + row.format(1)
        + '2,"2018-06-01,France\n'
        + "".join(row.format(number) for number in range(3, 2003))
    )
    tally = _balanced(path, world, "icews")
    assert (tally.rows, tally.coded) == (2002, 2001)
    assert tally.rejected.total() == 1


def test_one_line_of_ten_megabytes_is_rejected_in_little_memory(write, rows, world):
    good = rows["gdelt2"]
    path = write(
        "gdelt2", [good(1), "x" * 10 * MAX_RECORD, good(3), "y\t" * 10 * MAX_RECORD, good(5)]
    )
    tally = Tally()
    (file,) = feed_files(path)
    coded = pl.concat(file.batches(world, tally))
    assert coded["row"].to_list() == [1, 3, 5]
    assert [found.row for found in tally.first] == [2, 4]
    assert {found.reason for found in tally.first} == {"longer than 1024 KB"}


def test_memory_does_not_grow_with_a_line_without_end():
    class Endless:
        left = 400

        def read(self, size: int) -> bytes:
            self.left -= 1
            return b"x" * (1 << 20) if self.left > 0 else b""

    tracemalloc.start()
    found = [block for block in blocks(Endless(), quoted=True) if block.broken]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1
    assert peak < 40 * (1 << 20)


def test_lines_in_an_older_encoding_are_kept(tmp_path, world, rows):
    path = tmp_path / "latin"
    text = "\n".join([rows["gdelt2"](1, Actor1Geo_FullName="Zürich"), rows["gdelt2"](2)])
    path.write_bytes(text.encode("cp1252"))
    (file,) = feed_files(path)
    coded = pl.concat(file.batches(world, Tally()))
    assert json.loads(coded["record"][0])["Actor1Geo_FullName"] == "Zürich"


@pytest.mark.parametrize("packing", ["gz", "zip", "parquet"])
def test_packed_files_say_the_same(packing, write, rows, read, tmp_path):
    plain = write("icews", [rows["icews"](number) for number in range(1, 4)])
    expected, _ = read(plain)
    path = tmp_path / f"packed.{packing}"
    if packing == "gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
    elif packing == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, "../../etc/events.tab")
    else:
        pl.read_csv(plain, separator="\t", try_parse_dates=True).write_parquet(path)
    coded, _ = read(path)
    same = ["row", "date", "type", "actor", "recipient", "issues", "story"]
    assert coded.select(same).equals(expected.select(same))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["icews.csv", path.name]


def test_a_truncated_file_is_an_error_after_whatever_came_before(write, rows, world, tmp_path):
    plain = write("gdelt2", [rows["gdelt2"](number) for number in range(1, 9000)])
    whole = gzip.compress(plain.read_bytes(), 1)
    path = tmp_path / "cut.gz"
    path.write_bytes(whole[: len(whole) // 2])
    (file,) = feed_files(path)
    with pytest.raises(UnreadableError, match="ends too early"):
        list(file.batches(world, Tally()))


def test_a_damaged_archive_is_an_error_in_one_line(tmp_path):
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    with pytest.raises(UnreadableError, match="damaged"):
        parts(path)
    (tmp_path / "empty.csv").touch()
    with pytest.raises(UnreadableError, match="empty"):
        parts(tmp_path / "empty.csv")
    with pytest.raises(SourceError, match="cannot read"):
        parts(tmp_path / "absent.csv")


def test_damage_in_the_middle_is_an_error(write, rows, world, tmp_path):
    plain = write("gdelt2", [rows["gdelt2"](number) for number in range(1, 3000)])
    data = bytearray(gzip.compress(plain.read_bytes()))
    data[-8] ^= 1  # the checksum
    path = tmp_path / "flipped.gz"
    path.write_bytes(data)
    (file,) = feed_files(path)
    with pytest.raises(UnreadableError, match="damaged"):
        list(file.batches(world, Tally()))


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_a_bomb_is_refused_before_it_has_grown(packing, tmp_path):
    zeros = b"\0" * (1 << 20)
    path = tmp_path / f"bomb.{packing}"
    if packing == "gz":
        with gzip.open(path, "wb") as out:
            for _ in range(200):
                out.write(zeros)
    else:
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("a", "w") as out,
        ):
            for _ in range(200):
                out.write(zeros)
    assert path.stat().st_size * MAX_RATIO < 200 << 20
    (part,) = parts(path)
    with pytest.raises(UnreadableError, match="grows more than"):
        _read_all(part)


def _read_all(part: Part) -> None:
    with opened(part) as stream:
        while stream.read(1 << 20):
            pass


def test_names_in_archives_are_printable(tmp_path):
    assert Part(tmp_path / "a.zip", "../\x1b[2J").name.endswith(r"a.zip/../\x1b[2J")


@pytest.mark.parametrize("packing", ["", "gz", "zip"])
def test_progress_tells_rows_and_their_share(packing, write, rows, world, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.feeds.records.BLOCK", 50_000)
    path = write("gdelt2", [rows["gdelt2"](number) for number in range(1, 2001)])
    if packing == "gz":
        path = tmp_path / "a.gz"
        path.write_bytes(gzip.compress((tmp_path / "gdelt2.csv").read_bytes()))
    elif packing == "zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, "a")
        path = tmp_path / "a.zip"
    told: list[tuple[int, float]] = []
    (file,) = feed_files(path)
    list(file.batches(world, Tally(), progress=lambda rows, share: told.append((rows, share))))
    assert told == sorted(told)
    assert told[-1] == (2000, 1.0)
    assert len(told) > 3
