"""Labels of other schemes become the normalised ones, and only those."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language import coarse_pos, edges, load_pipeline, normalise_dep
from kg.language.labels import KEPT


@pytest.mark.parametrize(
    ("given_label", "expected"),
    [
        ("nsubj", "nsubj"),
        ("nsubj:outer", "nsubj"),
        ("nsubj:pass", "nsubj:pass"),
        ("nsubjpass", "nsubj:pass"),
        ("ROOT", "root"),
        ("dobj", "obj"),
        ("dative", "iobj"),
        ("obl:unmarked", "obl"),
        ("obl:agent", "obl:agent"),
        ("nmod:desc", "nmod"),
        ("advcl:relcl", "advcl"),
        ("relcl", "acl:relcl"),
        ("poss", "nmod:poss"),
        ("det:predet", "det"),
        ("reparandum", "dep"),
        ("list", "parataxis"),
        ("something:new", "dep"),
        ("", "dep"),
    ],
)
def test_labels(given_label, expected):
    assert normalise_dep(given_label) == expected


@given(st.text(max_size=12))
def test_results_are_always_in_the_set(label):
    assert normalise_dep(label) in KEPT
    assert normalise_dep(normalise_dep(label)) == normalise_dep(label)


def test_every_label_of_the_built_in_parser_is_known():
    labels = load_pipeline().get_pipe("parser").labels
    lost = {label for label in labels if normalise_dep(label) == "dep"}
    assert lost <= {"dep", "orphan", "reparandum", "dislocated"}


def make(words, heads, deps, pos):
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos)


def test_prepositional_objects_are_lifted():
    doc = make(
        ["Vance", "was", "criticised", "by", "Kallas", "in", "front", "of", "Rubio"],
        [2, 2, 2, 2, 3, 2, 5, 6, 7],
        ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj", "prep", "pobj"],
        ["PROPN", "AUX", "VERB", "ADP", "PROPN", "ADP", "NOUN", "ADP", "PROPN"],
    )
    found = [(e.head, e.label) for e in edges(doc)]
    assert found[0] == (2, "nsubj:pass")
    assert found[3:5] == [(4, "case"), (2, "obl:agent")]
    assert found[5:7] == [(6, "case"), (2, "obl")]
    assert found[7:9] == [(8, "case"), (6, "nmod")]


def test_stacked_prepositions_share_their_object():
    doc = make(
        ["left", "out", "of", "Paris"],
        [0, 0, 1, 2],
        ["ROOT", "prep", "prep", "pobj"],
        ["VERB", "ADP", "ADP", "PROPN"],
    )
    assert [(e.head, e.label) for e in edges(doc)][3] == (0, "obl")


def test_dative_and_gerund_complements():
    doc = make(
        ["gave", "aid", "to", "Kyiv", "by", "voting"],
        [0, 0, 0, 2, 0, 4],
        ["ROOT", "dobj", "dative", "pobj", "prep", "pcomp"],
        ["VERB", "NOUN", "ADP", "PROPN", "ADP", "VERB"],
    )
    found = [(e.head, e.label) for e in edges(doc)]
    assert found[3] == (0, "iobj")
    assert found[4:] == [(5, "mark"), (0, "advcl")]


def test_universal_parses_keep_their_shape():
    doc = make(
        ["They", "did", "not", "meet", "in", "Paris"],
        [3, 3, 3, 3, 5, 3],
        ["nsubj", "aux", "advmod", "ROOT", "case", "obl"],
        ["PRON", "AUX", "PART", "VERB", "ADP", "PROPN"],
    )
    found = [(e.head, e.label) for e in edges(doc)]
    assert found == [(t.head.i, n) for t, n in zip(doc, LABELS, strict=True)]


LABELS = ["nsubj", "aux", "neg", "root", "case", "obl"]


@pytest.mark.parametrize(
    ("pos", "tag", "expected"),
    [
        ("", "VBD", "VERB"),
        ("", "PRP$", "PRON"),
        ("", "NNP", "PROPN"),
        ("", "WDT", "PRON"),
        ("", "??", "X"),
        ("", "", "X"),
        ("VERB", "MD", "AUX"),
        ("NOUN", "NN", "NOUN"),
    ],
)
def test_parts_of_speech(pos, tag, expected):
    assert coarse_pos(pos, tag) == expected
