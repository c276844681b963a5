"""What codes mean, read from the tables in ``kg/feeds/data``: types, issues, countries, groups."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import ID

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Coder",
    "about_cameo",
    "coders",
    "contexts",
    "countries",
    "cow_codes",
    "groups",
    "plover_contexts",
    "plover_types",
    "portfolios",
    "speakers",
    "themes",
    "type_of_cameo",
]

_DATA = Path(__file__).with_name("data")


class Coder(NamedTuple):
    """A machine coder, and the prior probability that a row of it is right."""

    name: str
    version: str
    prior: float


@cache
def _table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, as wide as its header, without comments and header."""
    text = (_DATA / f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    width = len(lines[0])
    return tuple(tuple((line + [""] * width)[:width]) for line in lines[1:])


@cache
def _cameo() -> Mapping[str, tuple[str, str]]:
    return MappingProxyType({code: (kind, about) for code, kind, about in _table("cameo")})


def type_of_cameo(code: str) -> str | None:
    """Our type of a CAMEO code: its own, or that of the nearest code above it.

    Returns:
        A notation; "" for codes that tell no act; None for what is no CAMEO code.

    >>> type_of_cameo("1122"), type_of_cameo("1221"), type_of_cameo("010"), type_of_cameo("99")
    ('accuse', 'refuse', '', None)
    """
    found = _nearest(code)
    return found[0] if found else None


def about_cameo(code: str) -> str:
    """The issue or context that a CAMEO code itself names; "" for most.

    >>> about_cameo("061"), about_cameo("163"), about_cameo("111")
    ('economic', 'sanctions', '')
    """
    found = _nearest(code)
    return found[1] if found else ""


def _nearest(code: str) -> tuple[str, str] | None:
    if not code.isascii() or not code.isdigit() or not 2 <= len(code) <= 4:
        return None
    return next((_cameo()[code[:end]] for end in (4, 3, 2) if code[:end] in _cameo()), None)


@cache
def plover_types() -> Mapping[tuple[str, str], str]:
    """(PLOVER event, mode) in lower case → our type; the mode is "" for the event itself."""
    return MappingProxyType({(event, mode): kind for event, mode, kind in _table("plover")})


@cache
def plover_contexts() -> Mapping[str, str]:
    """PLOVER context → issue or context."""
    return MappingProxyType(dict(_table("plover-contexts")))  # type: ignore[arg-type]


@cache
def contexts() -> Mapping[tuple[str, str], str]:
    """(context, IRI of a party or "*") → issue."""
    rows = _table("contexts")
    return MappingProxyType({
        (context, party if party == "*" else f"{ID}state/{party}"): issue
        for context, party, issue in rows
    })  # fmt: skip


@cache
def themes() -> Mapping[str, str]:
    """GKG theme → issue."""
    return MappingProxyType(dict(_table("themes")))  # type: ignore[arg-type]


@cache
def portfolios(scheme: str) -> Mapping[str, str]:
    """Sector ("icews") or kind of office ("office") → issue or context."""
    rows = _table("portfolios")
    return MappingProxyType({name: about for kind, name, about in rows if kind == scheme})


@cache
def countries(scheme: str) -> Mapping[str, str]:
    """Codes ("cameo") or names ("name") of countries that the reference data do not know → IRI."""
    rows = _table("countries")
    return MappingProxyType({code: ID + entity for kind, code, entity in rows if kind == scheme})


@cache
def cow_codes() -> Mapping[str, str]:
    """Number of the Correlates of War project → ISO 3166 code of three letters."""
    return MappingProxyType(dict(_table("cow")))  # type: ignore[arg-type]


@cache
def groups() -> Mapping[str, str]:
    """CAMEO code of a known group → IRI."""
    return MappingProxyType({code: ID + entity for code, entity in _table("groups")})


@cache
def speakers(scheme: str) -> frozenset[str]:
    """Sectors ("cameo", "icews") that act for their country or organisation."""
    return frozenset(sector for kind, sector in _table("speakers") if kind == scheme)


@cache
def coders() -> Mapping[str, Coder]:
    """Kind of feed → its coder."""
    rows = _table("coders")
    return MappingProxyType({k: Coder(name, version, float(p)) for k, name, version, p in rows})
