"""What proves a frustration to anybody: a division and inconsistent cycles, as one JSON document.

The document holds the network itself, the division with its value, and parts that each prove a
share of the lower bound. A part is a packing of closed walks; where no packing suffices it
distinguishes whether two nodes are together or apart, and packs in either case.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kg.analysis.balance.network import SignedNetwork, Tie
from kg.analysis.balance.proof import Proof, Walk
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Certificate", "read_certificate"]

FORMAT = "transatlantic-kg balance certificate"
VERSION = 1
FRACTION = re.compile(r"-?[0-9]{1,2000}(/[0-9]{1,2000})?")
DEEPEST = 200  # cases within cases


@dataclass(frozen=True, slots=True)
class Certificate:
    """A claim about a network and its proof; ``verify`` says whether it holds.

    Attributes:
        network: the network the claim is about.
        limit: most camps that are allowed, None for any number.
        camps: the camp of every node, by position.
        value: frustrated weight of that division.
        lower_bound: what no division of at most ``limit`` camps can go below.
        unit: amounts of walks are whole multiples of one over this.
        parts: proofs whose bounds add up; nodes and steps are positions in the network.
        digest: SHA-256 of all the rest, as it was written; empty when it was not read from a file.
    """

    network: SignedNetwork
    limit: int | None
    camps: tuple[int, ...]
    value: Fraction
    lower_bound: Fraction
    unit: int
    parts: tuple[Proof, ...]
    digest: str = ""

    def to_json(self) -> str:
        """The certificate as text; equal certificates give equal text."""
        content = self._content()
        return json.dumps({**content, "digest": _digest(content)}, ensure_ascii=False)

    def seal(self) -> str:
        """SHA-256 of the content as it is now."""
        return _digest(self._content())

    def _content(self) -> dict[str, Any]:
        network = self.network
        return {
            "format": FORMAT,
            "version": VERSION,
            "limit": self.limit,
            "value": str(self.value),
            "lower_bound": str(self.lower_bound),
            "directed": network.directed,
            "nodes": list(network.nodes),
            "ties": [[tie.source, tie.target, str(tie.weight)] for tie in network.ties],
            "camps": list(self.camps),
            "unit": self.unit,
            "parts": [_written(part) for part in self.parts],
        }

    @classmethod
    def from_json(cls, text: str | bytes) -> Certificate:
        """Read what ``to_json`` wrote; whether it holds is for ``verify`` to say.

        Raises:
            UnreadableError: the text is no certificate.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT or data["version"] != VERSION:
                raise UnreadableError(
                    f"not a balance certificate of version {VERSION}",
                    "kg balance --certificate FILE writes one",
                )
            ties = tuple(Tie(_whole(a), _whole(b), _fraction(w)) for a, b, w in data["ties"])
            nodes = tuple(str(name) for name in data["nodes"])
            return cls(
                SignedNetwork(nodes, ties, bool(data["directed"])),
                None if data["limit"] is None else _whole(data["limit"]),
                tuple(_whole(camp) for camp in data["camps"]),
                _fraction(data["value"]),
                _fraction(data["lower_bound"]),
                _whole(data["unit"]),
                tuple(_read(part) for part in data["parts"]),
                str(data["digest"]),
            )
        except (ValueError, KeyError, TypeError, ZeroDivisionError, RecursionError) as error:
            raise UnreadableError(
                f"not a balance certificate: {type(error).__name__}",
                "kg balance --certificate FILE writes one",
            ) from error


def read_certificate(path: Path) -> Certificate:
    """Read a certificate from a file.

    Raises:
        UnreadableError: the file holds no certificate.
        OSError: the file cannot be read.
    """
    return Certificate.from_json(path.read_bytes())


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _fraction(text: object) -> Fraction:
    """A fraction as ``str`` writes it; nothing that expands when it is read."""
    if not isinstance(text, str) or not FRACTION.fullmatch(text):
        raise TypeError(text)
    return Fraction(text)


def _written(proof: Proof) -> dict[str, Any]:
    if proof.pair is None or proof.together is None or proof.apart is None:
        return {"walks": [[walk.amount, walk.steps] for walk in proof.walks]}
    return {
        "pair": list(proof.pair),
        "together": _written(proof.together),
        "apart": _written(proof.apart),
    }


def _read(data: dict[str, Any], depth: int = 0) -> Proof:
    if depth > DEEPEST:
        raise ValueError(depth)
    if "pair" in data:
        a, b = (_whole(node) for node in data["pair"])
        return Proof(
            pair=(a, b),
            together=_read(data["together"], depth + 1),
            apart=_read(data["apart"], depth + 1),
        )
    walks = [Walk(_whole(n), [], [_whole(s) for s in steps]) for n, steps in data["walks"]]
    return Proof(walks)
