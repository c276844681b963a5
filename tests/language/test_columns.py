"""Columns say what the tokens say."""

from kg.language import load_pipeline
from kg.language.columns import heads, strings

TEXT = "“We do not accept this,” Merkel told reporters in BERLIN.\n\nİzmir waits. "


def test_columns_agree_with_tokens():
    doc = load_pipeline()(TEXT)
    lower, lemmas, pos, tags, deps = strings(doc, "LOWER", "LEMMA", "POS", "TAG", "DEP")
    assert lower == [token.lower_ for token in doc]
    assert lemmas == [token.lemma_ for token in doc]
    assert pos == [token.pos_ for token in doc]
    assert tags == [token.tag_ for token in doc]
    assert deps == [token.dep_ for token in doc]
    assert heads(doc) == [token.head.i for token in doc]


def test_unparsed_and_empty_documents():
    blank = load_pipeline().make_doc("Nobody parsed this")
    assert strings(blank, "LEMMA", "POS") == [["", "", ""], ["", "", ""]]
    assert heads(blank) == [0, 1, 2]
    assert strings(load_pipeline().make_doc(""), "LOWER") == [[]]
