"""Four times the text is about four times the work, counted in function calls, not in seconds."""

import cProfile
import pstats
from pathlib import Path

import pytest

from kg.evaluation import load_gold
from kg.records import Document, PartialDate

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
ALLOWED = 4.6  # calls for four times the text over calls for the text; quadratic steps go to 16


def prose(times):
    """Different documents one after another: ever more actors, events and dates."""
    items = [i.document.text for name in ("open", "kept") for i in load_gold(DOCUMENTS / name)]
    return "\n\n".join(items[: 6 * times])


REPEATED = {
    "one line": ("France accused Russia of lying; the ministers met again on Monday. ", 60),
    "one sentence": ("France accused Russia, which the Italian minister had warned, and ", 40),
    "names": ("Angela Merkel, Emmanuel Macron, Donald Trump and NATO, ", 50),
    "bullets": ("- 5 May: the EU fined Google.\n", 80),
    "turns": ("QUESTION: Did you meet?\n\nMERKEL: We did, and I thanked him.\n\n", 40),
    "quotes": ('"We reject that," Macron said. "They threatened us," he added.\n', 50),
}


def text_of(shape, times):
    if shape == "prose":
        return prose(times)
    words, count = REPEATED[shape]
    return words * count * times


def calls(reader, text):
    profiler = cProfile.Profile()
    profiler.runcall(reader.read, Document(text=text, published=PartialDate(2024, 5, 7)))
    return pstats.Stats(profiler).total_calls


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["prose", *REPEATED])
def test_work_grows_with_the_length(reader, shape):
    short, long = text_of(shape, 1), text_of(shape, 4)
    reader.read(Document(text=long))  # what is loaded once, and every word's shape, is known now
    growth = calls(reader, long) / calls(reader, short)
    assert growth <= ALLOWED * (len(long) / len(short) / 4)
