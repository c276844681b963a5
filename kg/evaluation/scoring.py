"""Figures: precision, recall and F1 of entities, offices and events; accuracies on what matched."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.evaluation.matching import EventMatch, Judge, codes, overlap, resolve
from kg.evaluation.names import normal, same_polity, similarity

if TYPE_CHECKING:
    from kg.evaluation.gold import Annotation, GoldDocument

__all__ = ["HEADLINES", "Counts", "Error", "Score", "score"]

REALISED = ("asserted", "background")
HEADLINES = (
    "entities",
    "mentions",
    "offices lenient",
    "offices strict",
    "events lenient",
    "events strict",
    "events realised",
    "issues",
)

Item = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """True among the predicted: tp / (tp + fp), 0 when nothing was predicted."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Found among the annotated: tp / (tp + fn), 0 when there was nothing to find."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """A miss ("-") or an over-production ("+") with the words it is about."""

    document: str
    kind: str
    text: str


@dataclass(slots=True)
class Score:
    """Everything measured on a set of documents.

    Attributes:
        counts: by headline and breakdown ("events lenient | genre wire").
        accuracy: name → (right, total), on matched items.
        modality: (annotated, predicted) → number.
        reliability: (confidence, was right) of each realised prediction.
        errors: misses and over-productions.
    """

    counts: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    accuracy: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    modality: Counter[tuple[str, str]] = field(default_factory=Counter)
    reliability: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def right(self, name: str, hit: bool) -> None:
        """Count one decision towards an accuracy."""
        self.accuracy[name][0] += hit
        self.accuracy[name][1] += 1


def score(gold: tuple[GoldDocument, ...], predictions: dict[str, Annotation]) -> Score:
    """Compare predictions (by document id) with the annotations; a missing one counts as empty."""
    total = Score()
    empty: Annotation = {"entities": [], "offices": [], "events": []}
    for document in gold:
        _Document(document, predictions.get(document.id, empty), total).score()
    return total


class _Document:
    """The comparison of one document, adding to a common score."""

    def __init__(self, gold: GoldDocument, guess: Annotation, total: Score) -> None:
        self.id, self.gold, self.guess, self.total = gold.id, gold.annotation, guess, total
        self.resolved = resolve(self.gold, guess)

    def score(self) -> None:
        self._entities()
        self._mentions()
        self._offices("offices lenient", _office_lenient)
        self._offices("offices strict", _office_strict)
        match = Judge(self.gold, self.resolved).match(self.guess["events"])
        self._events(match)
        self._realised(match)
        for i, j in match.pairs.items():
            self._details(self.gold["events"][i], self.guess["events"][j])

    def _log(self, kind: str, text: str) -> None:
        self.total.errors.append(Error(self.id, kind, text))

    def _entities(self) -> None:
        counts, found = self.total.counts, set()
        kinds = {entity["id"]: entity["type"] for entity in self.gold["entities"]}
        for entity in self.guess["entities"]:
            target = self.resolved[entity["id"]]
            if target and target not in found:
                found.add(target)
                counts["entities"].tp += 1
                counts[f"entities | {kinds[target]}"].tp += 1
                self.total.right("entity type", kinds[target] == entity["type"])
            else:
                counts["entities"].fp += 1
                counts[f"entities | {entity['type']}"].fp += 1
                self._log("entity +", entity["name"])
        for entity in self.gold["entities"]:
            if entity["id"] not in found:
                counts["entities"].fn += 1
                counts[f"entities | {entity['type']}"].fn += 1
                self._log("entity -", entity["name"])

    def _mentions(self) -> None:
        wanted = [(m, e["id"]) for e in self.gold["entities"] for m in e["mentions"]]
        given = [(m, self.resolved[e["id"]]) for e in self.guess["entities"] for m in e["mentions"]]
        hits = sum(any(a == b and overlap(m, n) for n, b in given) for m, a in wanted)
        right = sum(any(a == b and overlap(m, n) for m, a in wanted) for n, b in given)
        counts = self.total.counts["mentions"]
        counts.tp += hits
        counts.fn += len(wanted) - hits
        counts.fp += len(given) - right

    def _offices(self, name: str, alike: Any) -> None:
        counts, used = self.total.counts[name], set()
        given = self.guess["offices"]
        for office in self.gold["offices"]:
            hit = next(
                (
                    j
                    for j, other in enumerate(given)
                    if j not in used
                    and self.resolved.get(other["holder"]) == office["holder"]
                    and alike(office, other)
                ),
                None,
            )
            if hit is None:
                counts.fn += 1
                if name.endswith("lenient"):
                    self._log("office -", f"{office['holder']}: {office['office']}")
            else:
                used.add(hit)
                counts.tp += 1
        for j, other in enumerate(given):
            if j not in used and not self._restated(other):
                counts.fp += 1
                if name.endswith("lenient"):
                    self._log("office +", f"{other['holder']}: {other['office']}")

    def _restated(self, office: Item) -> bool:
        """The same office of the same holder stated again is not punished."""
        holder = self.resolved.get(office["holder"])
        return any(
            holder == own["holder"] and similarity(own["office"], office["office"]) >= 0.34
            for own in self.gold["offices"]
        )

    def _events(self, match: EventMatch) -> None:
        counts = self.total.counts
        given = self.guess["events"]
        for i, event in enumerate(self.gold["events"]):
            if event.get("optional"):
                continue
            for key in self._breakdown(event):
                counts[key].tp += i in match.pairs
                counts[key].fn += i not in match.pairs
            counts["events strict"].tp += i in match.strict
            counts["events strict"].fn += i not in match.strict
            if i not in match.pairs:
                self._log("event -", _tell(event))
        partner = {j: i for i, j in match.pairs.items()}
        for j, event in enumerate(given):
            if j in match.repeats:
                continue
            if j in partner:
                optional = self.gold["events"][partner[j]].get("optional")
                counts["events strict"].fp += not optional and partner[j] not in match.strict
                continue
            counts["events strict"].fp += 1
            for key in self._breakdown(event):
                counts[key].fp += 1
            self._log("event +", _tell(event))

    def _breakdown(self, event: Item) -> tuple[str, ...]:
        return (
            "events lenient",
            f"events lenient | class {event['plover']}",
            f"events lenient | genre {self.gold.get('genre', 'unknown')}",
            f"events lenient | modality {event['modality']}",
        )

    def _realised(self, match: EventMatch) -> None:
        """A negated or hypothetical act that is predicted as real is a false alarm."""
        counts, given = self.total.counts["events realised"], self.guess["events"]
        for i, event in enumerate(self.gold["events"]):
            if event.get("optional") or event["modality"] not in REALISED:
                continue
            hit = i in match.pairs and given[match.pairs[i]]["modality"] in REALISED
            counts.tp += hit
            counts.fn += not hit
        partner = {j: i for i, j in match.pairs.items()}
        for j, event in enumerate(given):
            if event["modality"] not in REALISED or j in match.repeats:
                continue
            own = self.gold["events"][partner[j]] if j in partner else None
            right = own is not None and (own["modality"] in REALISED or bool(own.get("optional")))
            counts.fp += not right
            self.total.reliability.append((event.get("confidence", 1.0), right))

    def _details(self, event: Item, guess: Item) -> None:
        total = self.total
        total.modality[event["modality"], guess["modality"]] += 1
        total.right("modality", event["modality"] == guess["modality"])
        total.right("class", event["plover"] == guess["plover"])
        wanted, given = codes(event), codes(guess)
        total.counts["issues"].tp += len(wanted & given)
        total.counts["issues"].fp += len(given - wanted)
        total.counts["issues"].fn += len(wanted - given)
        if event["date"]:
            total.right("date", str(guess["date"] or "").startswith(event["date"]))
        else:
            total.right("unknown date left unknown", not guess["date"])
        for key in ("venue", "place"):
            if event[key]:
                want, have = normal(event[key]), normal(guess[key] or "")
                total.right(key, bool(have) and (want in have or have in want))
        if event["reported_by"] or guess["reported_by"]:
            reporter = self.resolved.get(guess["reported_by"] or "")
            total.right("reported by", reporter == event["reported_by"])


def _office_lenient(own: Item, other: Item) -> bool:
    return similarity(own["office"], other["office"]) >= 0.34 or overlap(
        own["evidence"], other["evidence"]
    )


def _office_strict(own: Item, other: Item) -> bool:
    same_body = similarity(own["body"], other["body"]) > 0 or same_polity(
        normal(own["body"]), normal(other["body"])
    )
    return (
        similarity(own["office"], other["office"]) >= 0.5
        and same_body
        and overlap(own["evidence"], other["evidence"])
    )


def _tell(event: Item) -> str:
    sides = f"{', '.join(event['source'])} > {', '.join(event['target'])}"
    return f"{event['plover']} {sides} {event['modality']}: {event['evidence']['text']}"
