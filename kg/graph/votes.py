"""Roll calls as N-Triples: one node for each, one triple for each vote, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kg.graph.terms import day, iri, plain, term
from kg.namespaces import ID, document_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Literal, NamedNode

    from kg.feeds.coded import Feed
    from kg.feeds.kinds.votes import Assembly

__all__ = ["PREDICATES", "roll_call_lines", "vote_lines"]

PREDICATES = {"yes": "tkg:votedYes", "abstain": "tkg:abstained", "no": "tkg:votedNo"}
"""How a vote is written: from the roll call to the state."""
_NODE = f"{ID}rollcall/un-ga-"


def roll_call_lines(assembly: Assembly, feed: Feed) -> bytes:
    """What was voted on: six to nine triples for each roll call."""
    lines = []
    for call in assembly.calls.iter_rows(named=True):
        node = iri(f"{_NODE}{call['call']}")
        said: list[tuple[str, NamedNode | Literal]] = [
            ("rdf:type", term("tkg:RollCall")),
            ("tkg:inDocument", iri(document_iri(feed.id))),
        ]
        if call["date"]:
            said += [("tkg:date", day(call["date"])), ("tkg:datePrecision", plain("day"))]
        texts = (("tkg:session", "session"), ("dcterms:identifier", "resolution"),
                 ("dcterms:title", "title"))  # fmt: skip
        said += [(predicate, plain(call[key])) for predicate, key in texts if call[key]]
        said += [("tkg:voteIssue", plain(issue)) for issue in call["issues"] or ()]
        lines += [f"{node} {term(predicate)} {value} .\n" for predicate, value in said]
    return "".join(lines).encode()


def vote_lines(assembly: Assembly) -> Iterator[bytes]:
    """How each state voted: one triple a vote."""
    predicates = {vote: str(term(name)) for vote, name in PREDICATES.items()}
    line = pl.format(
        f"<{_NODE}{{}}> {{}} <{{}}> .\n", "call", pl.col("vote").replace_strict(predicates), "state"
    )
    for piece in assembly.cast.iter_slices(100_000):
        yield "".join(piece.select(line).to_series()).encode()
