import re

import pytest

from kg.errors import ReferenceDataError
from kg.extraction.frames import load_lexicon, read_frames
from kg.extraction.frames.inflect import noun_forms, verb_forms
from kg.reference.schemes import event_types

GOOD = """
[[verb]]
lemmas = "scold, tell off"
type = "criticise"
actor = "subj"
recipient = "obj, with, obj-to"
example = "France scolded Italy."
expect = "France > Italy"
"""


def test_it_holds_more_than_900_expressions_of_every_broad_type():
    lexicon = load_lexicon()
    assert lexicon.size >= 900
    types = event_types()
    tops = {types[frame.type].top for frame in lexicon.frames}
    assert tops == {kind.top for kind in types.values()}


def test_no_expression_is_listed_twice_in_one_frame():
    for frame in load_lexicon().frames:
        texts = [expression.text for expression in frame.expressions]
        assert len(texts) == len(set(texts)), (
            frame.name,
            sorted(t for t in texts if texts.count(t) > 1),
        )


def test_a_well_formed_family_is_read(tmp_path):
    path = tmp_path / "family.toml"
    path.write_text(GOOD, "utf-8")
    (frame,) = read_frames(path, {}, frozenset({"criticise"}))
    assert frame.name == "family.1"
    assert [(e.head, e.after) for e in frame.expressions] == [("scold", ()), ("tell", ("off",))]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('type = "criticise"', 'type = "scold"', "unknown event type 'scold'"),
        ('actor = "subj"', 'actor = "subject"', "unknown slot 'subject'"),
        ('actor = "subj"', 'actor = ""', "'actor' is missing"),
        ('actor = "subj"', 'actor = "subj"\nlight = 3', "'light' is no text"),
        ('actor = "subj"', 'actor = "subj"\nopen = "yes"', "'open' is neither true nor false"),
        ('actor = "subj"', 'actor = "subj"\nneed = "x"', "unknown key 'need'"),
        ('expect = "France > Italy"', 'expect = "France"', "holds no '>'"),
        ("[[verb]]", "[[adverb]]", "unknown table 'adverb'"),
        ("[[verb]]", "[[verb", "family.toml"),
    ],
)
def test_a_broken_frame_is_refused_with_its_place(tmp_path, old, new, message):
    path = tmp_path / "family.toml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ReferenceDataError, match=re.escape(message)):
        read_frames(path, {}, frozenset({"criticise"}))


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("deny", "denied"), ("slam", "slammed"), ("criticise", "criticised"), ("veto", "vetoed"),
        ("agree", "agreed"), ("withdraw", "withdrew"), ("cancel", "canceled"), ("offer", "offered"),
        ("expel", "expelled"), ("ban", "banned"), ("re-impose", "re-imposed"),
    ],
)  # fmt: skip
def test_verbs_inflect(verb, past):
    assert past in verb_forms(verb)


def test_nouns_inflect():
    assert noun_forms("ally") == ("ally", "allies")
    assert noun_forms("embargo") == ("embargo", "embargoes")
