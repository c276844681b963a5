"""Results as data frames and networks, for those who go on working with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl

__all__ = ["Framed", "FramedPairs"]


class Framed(ABC):
    """A result that is a table."""

    __slots__ = ()

    @abstractmethod
    def records(self) -> list[dict[str, Any]]:
        """The rows as ``-f json`` prints them: one dictionary each, all with the same keys."""

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame."""
        import polars as pl  # noqa: PLC0415 - a command that prints a table needs none of it

        return pl.DataFrame(self.records(), infer_schema_length=None)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise UsageError("pandas is not installed", "pip install pandas") from error
        frame: pd.DataFrame = pandas.DataFrame.from_records(self.records())
        return frame


class FramedPairs(Framed):
    """A table whose rows have two parties, "a" and "b"."""

    __slots__ = ()

    def to_networkx(self) -> nx.MultiGraph[str]:
        """The parties as nodes, and each row as an edge that carries its other columns."""
        import networkx as nx  # noqa: PLC0415

        graph: nx.MultiGraph[str] = nx.MultiGraph()
        for row in self.records():
            graph.add_edge(row["a"], row["b"], **{k: v for k, v in row.items() if k not in "ab"})
        return graph
