"""Which predicted entity and event is which annotated one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.evaluation.names import bare, normal, same_polity

if TYPE_CHECKING:
    from kg.evaluation.gold import Annotation

__all__ = ["EventMatch", "Judge", "codes", "overlap", "resolve"]

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
LONGEST_EVIDENCE = 600  # characters; beyond, evidence may be twice as long as the annotated one
ENOUGH = 3.5  # score from which a predicted entity is taken for an annotated one

Item = dict[str, Any]


def overlap(a: Item, b: Item) -> bool:
    """True when two spans share a character."""
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def codes(event: Item) -> set[str]:
    """The issue codes of an event."""
    return {issue["code"] for issue in event.get("issue") or []}


def resolve(gold: Annotation, predicted: Annotation) -> dict[str, str | None]:
    """Predicted entity id → annotated id or None, by name, mention text and overlapping spans."""
    resolved = {}
    for entity in predicted["entities"]:
        best: tuple[float, str | None] = (0.0, None)
        for candidate in gold["entities"]:
            points = _likeness(entity, candidate)
            if points > best[0]:
                best = points, candidate["id"]
        resolved[entity["id"]] = best[1] if best[0] >= ENOUGH else None
    return resolved


def _likeness(entity: Item, candidate: Item) -> float:
    points = _name_likeness(entity, candidate)
    spans = entity["mentions"]
    if spans:
        hits = sum(any(overlap(span, own) for own in candidate["mentions"]) for span in spans)
        points += 6.0 * hits / len(spans)
    return points + 0.5 if points > 0 and entity["type"] == candidate["type"] else points


def _name_likeness(entity: Item, candidate: Item) -> float:
    name, short = normal(entity["name"]), bare(entity["name"])
    names = {normal(candidate["name"]), bare(candidate["name"])}
    texts = {form(m["text"]) for m in candidate["mentions"] for form in (normal, bare)}
    if name and (name in names or short in names):
        return 10.0
    if name and any(same_polity(name, other) for other in names):
        return 9.0
    if name and (name in texts or short in texts):
        return 5.0
    return 4.0 if _same_surname(entity, candidate, short) else 0.0


def _same_surname(entity: Item, candidate: Item, short: str) -> bool:
    if entity["type"] != "person" or candidate["type"] != "person" or len(short) <= 2:
        return False
    own, other = short.split(), bare(candidate["name"]).split()
    return own[-1:] == other[-1:] and (len(own) == 1 or own[0] == other[0])


@dataclass(frozen=True, slots=True)
class EventMatch:
    """Pairs of annotated and predicted events (indexes), strict ones among them, and repeats.

    ``repeats`` are predictions that match an event already matched or an optional one: neither
    rewarded nor punished.
    """

    pairs: dict[int, int]
    strict: set[int]
    repeats: set[int] = field(default_factory=set)


class Judge:
    """Compares the events of one document.

    Args:
        gold: the annotation.
        resolved: predicted entity id → annotated id, from ``resolve``.
    """

    def __init__(self, gold: Annotation, resolved: dict[str, str | None]) -> None:
        self._gold, self._resolved = gold, resolved
        self._families = {entity["id"]: self._family(entity) for entity in gold["entities"]}

    def match(self, predicted: list[Item]) -> EventMatch:
        """Greedy one-to-one matching, the best pairs first."""
        events: list[Item] = self._gold["events"]
        ranked = sorted(
            (-self._quality(event, guess), i, j)
            for i, event in enumerate(events)
            for j, guess in enumerate(predicted)
            if self.lenient(event, guess)
        )
        pairs: dict[int, int] = {}
        used: set[int] = set()
        for _, i, j in ranked:
            if i not in pairs and j not in used:
                pairs[i] = j
                used.add(j)
        repeats = {
            j for _, i, j in ranked if j not in used and (i in pairs or events[i].get("optional"))
        }
        strict = {i for i, j in pairs.items() if self.strict(events[i], predicted[j])}
        return EventMatch(pairs, strict, repeats)

    def lenient(self, event: Item, guess: Item) -> bool:
        """Same polarity, a common actor on each side, overlapping evidence of sensible length."""
        evidence = guess["evidence"]
        length = evidence["end"] - evidence["start"]
        allowed = 2 * (event["evidence"]["end"] - event["evidence"]["start"])
        if event["polarity"] != guess["polarity"] or length > max(LONGEST_EVIDENCE, allowed):
            return False
        if not any(overlap(evidence, span) for span in [event["evidence"], *event.get("also", [])]):
            return False
        sources, targets = self._actors(guess["source"]), self._actors(guess["target"])
        if self._joint(event):
            needed = set(event["source"]) | set(event["target"])
            hits = sum(bool(self._families[x] & (sources | targets)) for x in needed)
            return hits >= min(2, len(needed))
        return self._side(event["source"], sources) and self._side(event["target"], targets)

    def strict(self, event: Item, guess: Item) -> bool:
        """Equal actor sets, equal class, a common issue."""
        sources, targets = self._actors(guess["source"]), self._actors(guess["target"])
        wanted = set(event["source"]), set(event["target"])
        if self._joint(event):
            equal = sources | targets == wanted[0] | wanted[1]
        else:
            equal = (sources, targets) == wanted
        return equal and event["plover"] == guess["plover"] and bool(codes(event) & codes(guess))

    def _quality(self, event: Item, guess: Item) -> float:
        return float(
            4 * self.strict(event, guess)
            + 2 * (event["plover"] == guess["plover"])
            + (event["modality"] == guess["modality"])
            + 1.5 * overlap(event["evidence"], guess["evidence"])
            + (set(event["target"]) == self._actors(guess["target"]))
            + bool(codes(event) & codes(guess))
            - 0.1 * bool(event.get("optional"))
        )

    def _joint(self, event: Item) -> bool:
        same = bool(event["source"]) and set(event["source"]) == set(event["target"])
        return same or event["plover"] in SYMMETRIC

    def _actors(self, ids: list[str]) -> set[str]:
        return {self._resolved.get(key) or f"?{key}" for key in ids}

    def _side(self, wanted: list[str], found: set[str]) -> bool:
        return not wanted or any(self._families[key] & found for key in wanted)

    def _family(self, entity: Item) -> set[str]:
        """An actor and those that may stand for it: what it is of, what is of it, members."""
        everybody = self._gold["entities"]
        family = {entity["id"], *entity.get("members", [])}
        family |= {other["id"] for other in everybody if other["name"] == entity.get("of")}
        family |= {other["id"] for other in everybody if other.get("of") == entity["name"]}
        family |= {o["id"] for o in everybody if entity["id"] in o.get("members", [])}
        return family
