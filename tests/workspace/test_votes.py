"""Votes as a library: from the store into data frames."""

from __future__ import annotations

import pytest

from kg.errors import NotFoundError
from kg.workspace import open_graph

VOTES = "rcid,session,date,ccode,vote\n" + "".join(
    f"{call},50,1995-05-0{call},{country},{vote}\n"
    for call in range(1, 5)
    for country, vote in ((2, 3), (220, 1 + call % 2))
)


def test_votes_of_a_store_as_a_frame(tmp_path, new_store):
    (tmp_path / "UNVotes.csv").write_text(VOTES)
    with open_graph(new_store(tmp_path / "v.kg"), write=True) as graph:
        with pytest.raises(NotFoundError, match="no roll calls"):
            graph.votes("us", "france")
        (report,) = graph.ingest([str(tmp_path / "UNVotes.csv")])
        assert report.books is not None
        assert report.books.rows == report.books.events == 8
        frame = graph.votes("us", "france").to_polars()
    assert frame.columns == ["group", "votes", "raw", "s", "kappa", "pi"]
    # distances 1, 2, 1, 2: mean 1.5; expected 1.5 from each one's own shares, 0.875 from both
    assert frame.rows() == [("1995", 4, 0.0, -0.5, 0.0, -0.7143)]
