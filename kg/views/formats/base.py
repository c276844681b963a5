"""What every exporter is: a name, its file suffixes, and a function from a source to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

from kg.errors import SourceError
from kg.views.model import AtlasView, Level

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Exporter", "Source"]

Source: TypeAlias = "AtlasView | nx.Graph[Any]"
Render: TypeAlias = Callable[["AtlasView | nx.Graph[Any]", Level], str]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Attributes:
        name: as in ``kg export NAME``.
        suffixes: file name endings, the usual one first.
        media_type: IANA media type or the customary one.
        text: the function that does it: source and level in, the file's text out.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    text: Render

    def render(self, source: Source, level: Level = "polity") -> str:
        """The whole file as text.

        Args:
            source: a view, or any NetworkX graph.
            level: whose network to write, where the format holds one; ignored for tables and
                for graphs.
        """
        return self.text(source, level)

    def write(self, source: Source, out: Path | TextIO, *, level: Level = "polity") -> None:
        """Write the file as UTF-8 with the line ends of the format.

        Raises:
            SourceError: the file cannot be written.
        """
        content = self.render(source, level)
        if not isinstance(out, Path):
            out.write(content)
            return
        try:
            out.write_bytes(content.encode("utf-8"))
        except OSError as error:
            raise SourceError(
                f"cannot write {out}: {error.strerror or error}", "choose another file or folder"
            ) from error
