"""Measure the reader on our own annotated documents and rewrite docs/reference/quality.md.

    python tools/quality.py            # measure, rewrite the part between the markers
    python tools/quality.py --check    # measure, exit 1 when the page says something else

No figure on that page is typed by hand: this script writes all that stands between its markers.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.evaluation import GoldDocument, Score, load_gold, prediction, score
from kg.evaluation.scoring import HEADLINES, Counts
from kg.extraction.coder import AnalystExtractor
from kg.language.pipeline import model_info
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "extraction" / "documents"
PAGE = ROOT / "docs" / "reference" / "quality.md"
BEGIN, END = "<!-- begin: tools/quality.py -->", "<!-- end: tools/quality.py -->"
ACCURACIES = ("modality", "class", "date", "unknown date left unknown", "place", "venue",
              "reported by", "entity type")  # fmt: skip


class Measured(NamedTuple):
    """A folder of annotated documents and how the reader did on it."""

    gold: tuple[GoldDocument, ...]
    score: Score

    @property
    def events(self) -> int:
        """Annotated events that count, optional ones left out."""
        return sum(not e.get("optional") for g in self.gold for e in g.annotation["events"])


def measure(extractor: AnalystExtractor, *folders: str) -> Measured:
    """Read the documents of some folders and score them together."""
    gold = tuple(item for folder in folders for item in load_gold(DOCUMENTS / folder))
    readings = extractor.read_many(item.document for item in gold)
    found = {g.id: prediction(g.id, r) for g, r in zip(gold, readings, strict=True)}
    return Measured(gold, score(gold, found))


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table, figures to the right."""
    rule = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join(["| " + " | ".join(head) + " |", rule,
                      *("| " + " | ".join(row) + " |" for row in rows)])  # fmt: skip


def figures(counts: Counts) -> tuple[str, str, str]:
    """Precision, recall and F1."""
    return f"{counts.precision:.2f}", f"{counts.recall:.2f}", f"{counts.f1:.2f}"


def headline_table(opened: Measured, kept: Measured) -> str:
    """Precision, recall and F1 of both halves and the gap between them."""
    rows: list[tuple[str, ...]] = []
    for name in HEADLINES:
        a, b = opened.score.counts[name], kept.score.counts[name]
        rows.append((name, *figures(a), *figures(b), f"{a.f1 - b.f1:+.2f}"))
    head = ("", "open P", "R", "F1", "kept P", "R", "F1", "gap of F1")
    return table(head, rows)


def accuracy_table(opened: Measured, kept: Measured) -> str:
    """What is right about the events that were found."""
    rows: list[tuple[str, ...]] = []
    for name in ACCURACIES:
        cells = []
        for measured in (opened, kept):
            right, total = measured.score.accuracy.get(name, [0, 0])
            cells.append(f"{right / total:.2f} of {total}" if total else "–")
        rows.append((name, *cells))
    return table(("on what was found", "open", "kept"), rows)


def reliability_table(both: Measured) -> str:
    """Of the realised events given a confidence, how many are right."""
    rows: list[tuple[str, ...]] = []
    for low in range(10):
        band = [x for x in both.score.reliability if low <= min(x[0], 0.999) * 10 < low + 1]
        if band:
            mean = sum(confidence for confidence, _ in band) / len(band)
            right = sum(hit for _, hit in band) / len(band)
            label = f"{low / 10:.1f}–{(low + 1) / 10:.1f}"
            rows.append((label, str(len(band)), f"{mean:.2f}", f"{right:.2f}"))
    return table(("confidence", "events", "mean", "right"), rows)


def breakdown_table(both: Measured, kind: str) -> str:
    """Lenient events by genre or class, the most frequent first."""
    lead = f"events lenient | {kind} "
    found = {k.removeprefix(lead): c for k, c in both.score.counts.items() if k.startswith(lead)}
    ordered = sorted(found.items(), key=lambda item: (-item[1].tp - item[1].fn, item[0]))
    rows = [(name, str(c.tp + c.fn), *figures(c)) for name, c in ordered if c.tp + c.fn]
    return table((kind, "annotated", "P", "R", "F1"), rows)


def report(today: str) -> str:
    """Everything between the markers."""
    extractor = AnalystExtractor()
    opened, kept = measure(extractor, "open"), measure(extractor, "kept")
    both, none = measure(extractor, "open", "kept"), measure(extractor, "none")
    produced = none.score.counts["events lenient"].fp
    model = model_info()
    return "\n\n".join(
        (
            f"Measured on {today} with transatlantic-kg {VERSION}, reader "
            f"{extractor.name} {extractor.version}, model {model.name} {model.version}.",
            f"open: {len(opened.gold)} documents, {opened.events} events; kept: "
            f"{len(kept.gold)} documents, {kept.events} events (optional ones not counted).",
            headline_table(opened, kept),
            accuracy_table(opened, kept),
            f"In the {len(none.gold)} documents without any diplomatic event the reader finds "
            f"{produced}.",
            "### Is the confidence to be believed?",
            "Realised events of both halves, by the confidence they were given:",
            reliability_table(both),
            "### By genre and by class",
            "Lenient events of both halves:",
            breakdown_table(both, "genre"),
            breakdown_table(both, "class"),
        )
    )


def between(page: str) -> tuple[str, str, str]:
    """The page before, between and after the markers.

    Raises:
        SystemExit: the markers are missing.
    """
    before, begin, rest = page.partition(BEGIN)
    content, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE} lacks the markers {BEGIN} and {END}")
    return before, content.strip(), after


def main() -> int:
    """Measure, then compare with the page or rewrite it."""
    parser = argparse.ArgumentParser(description="Measure the reader; rewrite the quality page.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on difference")
    parser.add_argument("--date", default="", help="date to print instead of today's")
    given = parser.parse_args()
    before, old, after = between(PAGE.read_text("utf-8"))
    if given.check:
        stated = old.removeprefix("Measured on ").partition(" ")[0]
        same = report(stated) == old
        print("The page holds." if same else f"{PAGE} is out of date: run python tools/quality.py")
        return 0 if same else 1
    content = report(given.date or date.today().isoformat())
    PAGE.write_text(f"{before}{BEGIN}\n\n{content}\n\n{END}{after}", "utf-8")
    print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
