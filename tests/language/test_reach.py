"""How far the models look: what lies further away never changes an answer."""

import pytest
from spacy.tokens import Doc

from kg.language import load_pipeline
from kg.language.reach import reach

TEXT = "Josephine Ballon of HateAid met Karin Kneissl in Linz before Ms Roe flew to Narvik again"
WORDS = TEXT.split()


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def test_built_in_name_finder_sees_a_few_words(nlp):
    assert 0 < reach(nlp.get_pipe("ner").model) < 10


def test_words_out_of_reach_change_nothing(nlp):
    model = nlp.get_pipe("ner").model.get_ref("tok2vec")
    far = reach(model)
    whole = model.predict([Doc(nlp.vocab, words=WORDS)])
    part = model.predict([Doc(nlp.vocab, words=WORDS[:-3])])
    count = len(WORDS) - 3
    assert (whole[: count - far] == part[: count - far]).all()
    assert (whole[count - far] != part[count - far]).any()


def test_shared_layers_reach_nobody_knows_how_far(nlp):
    assert reach(nlp.get_pipe("tagger").model) is None
