"""Words at which no grammar begins are passed over, and nothing is lost by that."""

from __future__ import annotations

from pathlib import Path

from kg.evaluation import load_gold
from kg.extraction.actors import scan
from kg.extraction.actors.draft import draft, find_spots
from kg.extraction.actors.gazetteer import gazetteer
from kg.extraction.actors.lexicon import lexicon

TESTS = Path(__file__).resolve().parent.parent
FOLDERS = (TESTS / "gold", *(TESTS / "documents" / name for name in ("open", "kept", "none")))
PHRASES = (
    "his counterpart, deputy US trade representative, two leaders, countries of Europe, both "
    "sides, former chancellor Helmut Kohl, the bloc, the eight european powers, its predecessor met"
)


class Everything:
    """Every word is in it."""

    def __contains__(self, word: str) -> bool:
        return True


def test_passing_over_plain_words_loses_no_spot(nlp, world, monkeypatch):
    names = gazetteer(world)
    texts = [PHRASES] + [i.document.text for folder in FOLDERS for i in load_gold(folder)]
    for text in texts:
        found = draft(text, names, nlp.tokenizer)
        find_spots(found, lexicon())
        quick = [line.spots for line in found.lines]
        with monkeypatch.context() as patch:
            patch.setattr(scan, "_openers", Everything)
            find_spots(found, lexicon())
        assert quick == [line.spots for line in found.lines]
