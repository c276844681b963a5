"""Where tables are kept between analyses: Parquet files in the store's folder, or memory.

    atlantic.kg/columns/
        <name>.<stamp>/acts.parquet, faces.parquet, tellings.parquet, …

The stamp says what the tables were computed from; tables with another stamp are never used. All of
it is derived: deleting the folder loses nothing but the time to compute it again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import polars as pl

from kg.analysis.acts.table import Acts
from kg.analysis.records import Party

if TYPE_CHECKING:
    from kg.store.base import Reader

__all__ = ["COLUMNS", "Shelf", "shelf_of"]

COLUMNS = "columns"
_TABLES = ("acts", "faces", "tellings", "merged", "parties")
_PARTIES = pl.Schema({
    "role": pl.String(),
    "agent": pl.String(),
    "polity": pl.String(),
    "blocs": pl.List(pl.String()),
    "offices": pl.List(pl.String()),
})  # fmt: skip


class Shelf:
    """Tables by name and stamp.

    Args:
        folder: where to keep them; None, or one that cannot be written, keeps them in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, tuple[str, Acts]] = {}

    def get(self, name: str, stamp: str) -> Acts | None:
        """The tables of this name and stamp, read only as far as they are used."""
        held = self._memory.get(name)
        if held and held[0] == stamp:
            return held[1]
        if self._folder is None:
            return None
        place = self._folder / f"{name}.{stamp}"
        if not all((place / f"{table}.parquet").is_file() for table in _TABLES):
            return None
        return _read(place)

    def put(self, name: str, stamp: str, acts: Acts) -> Acts:
        """Keep tables instead of any others of this name, and give them back as they are kept."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                return _read(self._write(name, stamp, acts))
        kept = Acts(
            acts.acts.collect().lazy(),
            acts.faces.collect().lazy(),
            acts.tellings.collect().lazy(),
            acts.parties,
            acts.merged.collect().lazy(),
        )
        self._memory[name] = (stamp, kept)
        return kept

    def keep_only(self, names: frozenset[str]) -> None:
        """Drop the tables of all other names, such as those of feeds that were forgotten."""
        self._memory = {name: held for name, held in self._memory.items() if name in names}
        if self._folder is not None and self._folder.is_dir():
            for place in self._folder.iterdir():
                if place.name.rpartition(".")[0] not in names:
                    shutil.rmtree(place, ignore_errors=True)

    def _write(self, name: str, stamp: str, acts: Acts) -> Path:
        """Written beside and moved into place, so that tables are there whole or not at all."""
        assert self._folder is not None
        self._folder.mkdir(exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", dir=self._folder))
        place = self._folder / f"{name}.{stamp}"
        try:
            for table in _TABLES[:4]:
                frame: pl.LazyFrame = getattr(acts, table)
                frame.sink_parquet(part / f"{table}.parquet", compression="lz4")
            _parties(acts.parties).write_parquet(part / "parties.parquet")
            for other in self._folder.glob(f"{name}.*"):
                shutil.rmtree(other, ignore_errors=True)
            part.chmod(0o777 & ~_umask())
            part.replace(place)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return place


def _umask() -> int:
    """What others may not do; ``mkdtemp`` shuts them out altogether."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


_shelves: WeakKeyDictionary[Reader, Shelf] = WeakKeyDictionary()


def shelf_of(store: Reader) -> Shelf:
    """The shelf of a store; a store without a folder has one in memory as long as it is open."""
    if store not in _shelves:
        folder = getattr(store, "path", None)
        _shelves[store] = Shelf(folder / COLUMNS if isinstance(folder, Path) else None)
    return _shelves[store]


def _read(place: Path) -> Acts:
    parties = pl.read_parquet(place / "parties.parquet")
    return Acts(
        pl.scan_parquet(place / "acts.parquet"),
        pl.scan_parquet(place / "faces.parquet"),
        pl.scan_parquet(place / "tellings.parquet"),
        tuple(
            Party(role, agent, polity, tuple(blocs), tuple(offices))
            for role, agent, polity, blocs, offices in parties.iter_rows()
        ),
        pl.scan_parquet(place / "merged.parquet"),
    )


def _parties(parties: tuple[Party, ...]) -> pl.DataFrame:
    rows = [(p.role, p.agent, p.polity, list(p.blocs), list(p.offices)) for p in parties]
    return pl.DataFrame(rows, _PARTIES, orient="row")
