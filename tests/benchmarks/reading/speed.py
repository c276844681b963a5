"""How fast the reader is: ``python tests/benchmarks/reading/speed.py [--profile 25]``.

Prints ratios, which travel between machines better than seconds do:

- *throughput*: words per second of the whole reader over those of its bare language pipeline on
  the same documents (CPU time of one process, the best of several rounds, taken in turns);
- *growth*: CPU time per word for one document of 1, 2, 4 and 8 times the length, over that of the
  shortest: 1.0 throughout when cost is linear;
- *jobs*: time of two processes over that of one, start of the processes included: by the clock
  (below 1 when a core is free for each) and in CPU seconds (what the second process costs).

``--profile N`` adds the N functions with the most time of their own.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.evaluation import load_gold
from kg.extraction.coder import AnalystExtractor
from kg.language.pipeline import load_pipeline
from kg.records import Document, PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).resolve().parent.parent.parent / "extraction"
FOLDERS = (TESTS / "gold", TESTS / "documents" / "open", TESTS / "documents" / "kept",
           TESTS / "documents" / "none")  # fmt: skip
BATCH = 32


def corpus() -> list[Document]:
    """All annotated documents of the tests: news, speeches, lists, threads and so on."""
    return [item.document for folder in FOLDERS for item in load_gold(folder)]


def words(documents: list[Document]) -> int:
    """Words separated by white space."""
    return sum(len(document.text.split()) for document in documents)


def seconds(work: Callable[[], Any]) -> float:
    """CPU time of one run of ``work`` in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(documents: list[Document]) -> None:
    """The language pipeline alone."""
    for _ in load_pipeline().pipe([document.text for document in documents], batch_size=BATCH):
        pass


def whole(reader: AnalystExtractor, documents: list[Document], jobs: int = 1) -> None:
    """The whole reader."""
    for _ in reader.read_many(documents, jobs):
        pass


def best(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """The least CPU time of each work, in turns, after one run to warm up."""
    for work in works:
        work()
    return [min(times) for times in zip(*([seconds(w) for w in works] for _ in range(rounds)),
                                        strict=True)]  # fmt: skip


def joined(documents: list[Document], times: int) -> Document:
    """One document of ``times`` the length of a fixed part of the corpus; nothing repeats."""
    step = len(documents) // 8
    text = "\n\n".join(document.text for document in documents[: step * times])
    return Document(text=text, title="Joined", published=PartialDate(2024, 5, 7))


def throughput(reader: AnalystExtractor, documents: list[Document], rounds: int) -> None:
    """Print the first table."""
    alone, all_of_it = best(rounds, lambda: bare(documents), lambda: whole(reader, documents))
    count = words(documents)
    print(f"throughput: {count:,} words in {len(documents)} documents")
    print(f"  bare pipeline  {count / alone:9,.0f} words/s  1.00")
    print(f"  whole reader   {count / all_of_it:9,.0f} words/s  {alone / all_of_it:.2f}")


def growth(reader: AnalystExtractor, documents: list[Document], rounds: int) -> None:
    """Print the second table."""
    print("growth: CPU time per word of one document, 1.00 = the shortest")
    first: list[float] = []
    for times in (1, 2, 4, 8):
        one = [joined(documents, times)]
        alone, all_of_it = best(rounds, lambda one=one: bare(one),
                                lambda one=one: whole(reader, one))  # fmt: skip
        each = [alone / words(one), all_of_it / words(one)]
        first = first or each
        ratios = f"bare {each[0] / first[0]:.2f}   whole {each[1] / first[1]:.2f}"
        print(f"  {times}x {words(one):7,} words   {ratios}   bare/whole {each[0] / each[1]:.2f}")


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(each.ru_utime + each.ru_stime for each in used)


def jobs(documents: list[Document], copies: int) -> None:
    """Print the third table: the clock tells little on a busy machine, so CPU time stands by it."""
    many = documents * copies
    load = os.getloadavg()[0]
    print(f"jobs: {words(many):,} words, start of processes included; load {load:.1f}")
    first: list[float] = []
    for number in (1, 2):
        start = time.perf_counter(), cpu()
        whole(AnalystExtractor(), many, number)
        spent = [time.perf_counter() - start[0], cpu() - start[1]]
        first = first or spent
        ratios = f"clock {spent[0] / first[0]:.2f}   CPU {spent[1] / first[1]:.2f}"
        print(f"  {number} process(es)  {spent[0]:6.1f} s   {ratios}")


def profile(reader: AnalystExtractor, documents: list[Document], lines: int) -> None:
    """Print the functions that take most time of their own."""
    profiler = cProfile.Profile()
    profiler.runcall(whole, reader, documents)
    for order in ("tottime", "cumulative"):
        out = io.StringIO()
        pstats.Stats(profiler, stream=out).strip_dirs().sort_stats(order).print_stats(lines)
        print(out.getvalue())


def main() -> None:
    """Parse the options and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts")
    parser.add_argument("--copies", type=int, default=8, help="how often --jobs reads the corpus")
    parser.add_argument("--only", choices=("throughput", "growth", "jobs"), help="one table")
    parser.add_argument("--profile", type=int, metavar="N", default=0, help="N hot functions")
    given = parser.parse_args()
    documents, reader = corpus(), AnalystExtractor()
    if given.only in (None, "throughput"):
        throughput(reader, documents, given.rounds)
    if given.only in (None, "growth"):
        growth(reader, documents, given.rounds)
    if given.only in (None, "jobs"):
        jobs(documents, given.copies)
    if given.profile:
        profile(reader, documents, given.profile)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
