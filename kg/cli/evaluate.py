"""Score the reader on annotated documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import Table, format_option, note, show
from kg.evaluation import Score
from kg.evaluation import evaluate as run
from kg.evaluation.scoring import HEADLINES

if TYPE_CHECKING:
    from kg.extraction import Extractor

__all__ = ["evaluate"]


@click.command(epilog="Example:  kg evaluate annotated/ --out predictions/ --errors 20")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="PRED_DIR",
              help="Write one prediction file per document there.")  # fmt: skip
@click.option(
    "--errors", type=click.IntRange(0), default=0, help="Print so many misses and over-productions."
)
@click.option("--all", "everything", is_flag=True, help="Also by class, genre and modality.")
@click.option("--model", help="Another spaCy pipeline that is installed here.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True)
@format_option
def evaluate(
    gold: Path,
    out: Path | None,
    errors: int,
    everything: bool,
    model: str | None,
    jobs: int,
    format_: str,
) -> None:
    """Score the reader on annotated documents, one JSON file each (docs/reference/annotation.md).

    Only title, date and text of a document reach the reader. GOLD_DIR may also be a file of
    PLOVER gold records, which are read with unnamed actors (kg read --generic-actors).
    """
    from kg.extraction.coder import AnalystExtractor  # noqa: PLC0415 - loads the pipeline
    from kg.reference.world import load_world  # noqa: PLC0415

    extractor = AnalystExtractor(world=load_world(), model=model, generic_actors=gold.is_file())
    if gold.is_file():
        _plover(gold, extractor, errors, format_)
        return
    score = run(gold, extractor, out, jobs)
    figures, details = _figures(score, everything), (_accuracies(score), _reliability(score))
    figures.extra = {table.command: table.rows for table in details}
    show(figures, format_)
    for table in details if format_ == "table" else ():
        show(table, format_)
    for error in score.errors[:errors]:
        note(f"{error.document} {error.kind} {error.text[:200]}")


def _plover(path: Path, extractor: Extractor, errors: int, format_: str) -> None:
    from kg.evaluation.plover import evaluate_plover, load_plover  # noqa: PLC0415 - rarely needed
    from kg.reference.world import load_world  # noqa: PLC0415

    score = evaluate_plover(load_plover(path), extractor, load_world())
    rows: list[dict[str, Any]] = [
        {"measure": name, "found": score.found[name], "of": count}
        for name, count in sorted(score.records.items())
    ]
    counts = score.counts
    rows.append(
        {"measure": "all", "found": counts.tp, "of": counts.tp + counts.fn,
         "recall": round(counts.recall, 3), "precision": round(counts.precision, 3)}
    )  # fmt: skip
    columns = {"measure": "Type", "found": "Found", "of": "Of", "recall": "Recall",
               "precision": "Precision"}  # fmt: skip
    show(Table("evaluate-plover", rows, columns), format_)
    note("Unnamed actors and politics at home were read, too, as the records code them.")
    for record in score.missed[:errors]:
        note(f"{record.id} - {record.text[:200]}")


def _figures(score: Score, everything: bool) -> Table:
    breakdown = sorted(name for name in score.counts if "|" in name) if everything else []
    rows: list[dict[str, Any]] = []
    for name in (*HEADLINES, *breakdown):
        counts = score.counts[name]
        figures = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        rounded = {key: round(value, 3) for key, value in figures.items()}
        rows.append({"measure": name, **rounded, "tp": counts.tp, "fp": counts.fp, "fn": counts.fn})
    columns = {key: key.capitalize() if len(key) > 2 else key for key in rows[0]}
    return Table("evaluate", rows, columns)


def _accuracies(score: Score) -> Table:
    rows = [
        {"measure": name, "accuracy": round(right / total, 3), "right": right, "of": total}
        for name, (right, total) in sorted(score.accuracy.items())
    ]
    columns = {"measure": "On matched items", "accuracy": "Accuracy", "right": "Right", "of": "Of"}
    return Table("accuracy", rows, columns)


def _reliability(score: Score) -> Table:
    """Of the events given a confidence, how many are right: by tenths."""
    rows = []
    for low in range(10):
        inside = [(c, hit) for c, hit in score.reliability if low <= min(c, 0.999) * 10 < low + 1]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            right = sum(hit for _, hit in inside) / len(inside)
            label = f"{low / 10:.1f}-{(low + 1) / 10:.1f}"
            rows.append(
                {"band": label, "events": len(inside), "confidence": round(mean, 3),
                 "right": round(right, 3)}
            )  # fmt: skip
    columns = {"band": "Confidence", "events": "Events", "confidence": "Mean", "right": "Right"}
    return Table("reliability", rows, columns)
