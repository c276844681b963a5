"""Which of several actors a pronoun means: a weighed sum of what speaks for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.actors.firstperson import SUBJECTS
from kg.extraction.actors.lexicon import rows
from kg.extraction.actors.salience import Seen, barred, chain, is_possessive

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from spacy.tokens import Token

    from kg.extraction.actors.salience import Tracker

__all__ = ["Entry", "choose"]

Chosen = tuple[tuple[str, ...], float]
Entry = tuple[Seen, tuple[str, ...]]
"""A place and what the kind of whoever is seen there tells."""
_FLOOR = 0.45
_SURE = {"he": (0.75, 0.9), "they": (0.6, 0.7), "it": (0.55, 0.65)}
"""How far a link is believed that is likely, and one that is very likely (a chance of 0.8)."""


@dataclass(slots=True)
class _Candidate:
    """Everything seen of one actor (or of several together) in the last sentences.

    Attributes:
        keys: who. places: where it was seen, latest first. traits: what its kind tells.
    """

    keys: tuple[str, ...]
    places: list[Seen]
    traits: tuple[str, ...] = ()


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Class of pronouns ("he", "they", "it") → feature → weight."""
    found: dict[str, dict[str, float]] = {}
    for kind, feature, weight in rows("salience.tsv"):
        found.setdefault(kind, {})[feature] = float(weight)
    return found


def _role(token: Token) -> str:
    if is_possessive(token):
        return "p"
    if token.lower_.endswith(("self", "selves")):
        return "r"
    return "s" if token.dep_ in SUBJECTS else "o"


def _features(
    candidate: _Candidate,
    token: Token,
    sentence: int,
    role: str,
    above: list[int],
    inside: Container[int],
) -> dict[str, float]:
    """What speaks for a candidate and against it, as features with their values."""
    latest = candidate.places[0]
    distance = sentence - latest.sentence
    found = {f"far{min(distance, 4)}": 1.0, "often": math.log(len(candidate.places))}
    for trait in candidate.traits:
        found[trait] = 1.0
    for place in candidate.places if distance < 2 else ():
        if place.sentence != latest.sentence:
            break
        if distance == 0:
            found.update(_here(place, token, role, above))
        else:
            found[("sub1" if place.subject else "obj1") + role] = 1.0
        if place.main:
            found[f"main{distance}{role}"] = 1.0
    if distance == 0:
        steps = min(token.i - latest.index, 40) / 10
        found["steps" + role] = steps
    if latest.joined:
        found["joined"] = 1.0
    if latest.pronoun:
        found["chain"] = 1.0
    if latest.quoted != (token.i in inside):
        found["spoken" if latest.quoted else "unspoken"] = 1.0
    return found


def _here(place: Seen, token: Token, role: str, above: list[int]) -> dict[str, float]:
    """Features of a place in the pronoun's own sentence."""
    if not place.subject:
        return {"obj0" + role: 1.0}
    if place.verb == token.head.i or (place.verb in above[:3] and role == "p"):
        return {"own" + role: 1.0}
    if place.verb in above:
        return {"above" + role: 1.0}
    return {"sub0" + role: 1.0}


def _grouped(entries: Sequence[Entry]) -> list[_Candidate]:
    """Places with the traits of whom they show, latest first, put together by whom they show."""
    found: dict[tuple[str, ...], _Candidate] = {}
    for entry, traits in entries:
        candidate = found.get(entry.keys)
        if candidate is None:
            found[entry.keys] = _Candidate(entry.keys, [entry], traits)
        else:
            candidate.places.append(entry)
    return list(found.values())


def _described(
    tracker: Tracker, token: Token, sentence: int, entries: Sequence[Entry]
) -> list[tuple[tuple[str, ...], dict[str, float]]]:
    """Candidates with their features, latest first; those that grammar bars are left out."""
    besides = barred(tracker, token, sentence)
    allowed = [
        (entry, traits)
        for entry, traits in entries
        if not (len(entry.keys) == 1 and entry.keys[0] in besides)
    ]
    role, above = _role(token), chain(token)
    candidates = _grouped(allowed)
    result = []
    for number, candidate in enumerate(candidates):
        features = _features(candidate, token, sentence, role, above, tracker.inside)
        if number == 0:
            features["last" + role] = 1.0
        if len(candidates) == 1:
            features["alone"] = 1.0
        result.append((candidate.keys, features))
    return result


def choose(
    kind: str,
    tracker: Tracker,
    token: Token,
    sentence: int,
    entries: Sequence[Entry],
) -> Chosen:
    """Who a pronoun most likely means, and how far to believe it; nobody when it is open.

    Args:
        kind: class of the pronoun: "he", "they" or "it".
        tracker: who was seen.
        token: the pronoun.
        sentence: number of its sentence.
        entries: places it can go back to, latest first, with what their kind tells.
    """
    weights = _weights()[kind]
    best: Chosen = ((), 0.0)
    total = math.exp(weights.get("nobody" + _role(token), 0.0))
    for keys, features in _described(tracker, token, sentence, entries):
        value = math.exp(sum(weights.get(name, 0.0) * x for name, x in features.items()))
        total += value
        if value > best[1]:
            best = (keys, value)
    chance = best[1] / total
    if chance < _FLOOR:
        return (), 0.0
    return best[0], _SURE[kind][chance >= 0.8]
