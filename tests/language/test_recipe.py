"""The training recipe: rewriting keeps trees and spans whole. No training data is needed."""

import random
from pathlib import Path

import pytest
import spacy

TRAINING = Path(__file__).parents[2] / "training"
CONLLU = """# sent_id = GUM_news_x-1
1-2\tWe'll\t_\t_\t_\t_\t_\t_\t_\t_
1\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_
2\t'll\twill\tAUX\tMD\t_\t3\taux\t_\t_
3\tmeet\tmeet\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
4\t"\t"\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No
5\tMerkel\tMerkel\tPROPN\tNNP\tNumber=Sing\t3\tobj\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t5\tpunct\t_\t_
7\tin\tin\tADP\tIN\t_\t8\tcase\t_\t_
8\tParis\tParis\tPROPN\tNNP\tNumber=Sing\t3\tobl\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = GUM_bio_x-1
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_

"""


@pytest.fixture(scope="module")
def recipe(scripts):
    return scripts(TRAINING, "corpora", "augment", "names", "silver")


@pytest.fixture
def sentences(recipe, tmp_path):
    path = tmp_path / "toy.conllu"
    path.write_text(CONLLU, "utf8")
    return recipe["corpora"].read_conllu(path)


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.fixture(scope="module")
def pool(recipe):
    return recipe["names"].NamePool.read(TRAINING / "names")


def test_multiword_tokens_are_joined(recipe, blank, sentences):
    doc = recipe["corpora"].to_doc(blank, sentences)
    assert doc.text.strip() == 'We\'ll meet "Merkel" in Paris. No'
    assert [s.root.text for s in doc.sents] == ["meet", "No"]


def test_genres_can_be_chosen(recipe, tmp_path):
    path = tmp_path / "toy.conllu"
    path.write_text(CONLLU, "utf8")
    assert len(recipe["corpora"].read_conllu(path, "GUM_(news|speech)_")) == 1


def test_rewritten_sentences_stay_trees(recipe, blank, sentences, pool):
    rng = random.Random(7)
    for _ in range(300):
        group = recipe["augment"].augment_group(sentences, pool.words, rng)
        doc = recipe["corpora"].to_doc(blank, group)
        example = recipe["corpora"].to_example(blank, doc)
        assert len(list(doc.sents)) == 2
        assert example.reference.text == example.predicted.text
        assert sum(t.dep_ == "ROOT" for t in doc) == 2


def test_reading_is_not_disturbed_by_rewriting(recipe, sentences, pool):
    before = [list(s.words) for s in sentences]
    recipe["augment"].augment_group(sentences, pool.words, random.Random(1))
    assert [list(s.words) for s in sentences] == before


def test_adverbs_depend_on_their_verb(recipe, blank, sentences):
    recipe["augment"].add_adverb(sentences[0], ["sharply"], random.Random(1))
    doc = recipe["corpora"].to_doc(blank, sentences[:1])
    assert doc.text.startswith("We'll sharply meet")
    assert doc[2].head.text == "meet"


def test_substituted_names_keep_their_spans(recipe, pool):
    names = recipe["names"]
    text = "Angela Merkel met NATO in Berlin; Angela Merkel left Italy."
    spans = [(0, 13, "PER"), (18, 22, "ORG"), (26, 32, "LOC"), (34, 47, "PER"), (53, 58, "LOC")]
    row = recipe["corpora"].NameRow(text, tuple(spans))
    for seed in range(50):
        new = names.substitute(row, pool, random.Random(seed))
        people = [new.text[a:b] for a, b, k in new.ents if k == "PER"]
        assert people[0] == people[1]
        assert [k for *_, k in new.ents] == [k for *_, k in spans]
        assert new.text.endswith(".")


def test_restyled_passages_keep_their_length(recipe):
    row = recipe["corpora"].NameRow("Leaders meet in Straße and talk. " * 6, ((16, 22, "LOC"),))
    for seed in range(60):
        new = recipe["names"].restyle(row, random.Random(seed))
        assert len(new.text) == len(row.text)


def test_silver_names_follow_the_tags(recipe, blank):
    words = ["President", "Ann", "Fox", "met", "Zed", "Corp", "of", "Rome", "on", "Monday", "."]
    tags = ["NNP", "NNP", "NNP", "VBD", "NNP", "NNP", "IN", "NNP", "IN", "NNP", "."]
    gold = spacy.tokens.Doc(blank.vocab, words=words, tags=tags)
    found = blank.make_doc(gold.text)
    found.ents = [found.char_span(10, 17, "PER"), found.char_span(22, 25, "ORG")]
    rows = recipe["silver"].annotate(gold, found)
    kinds = {gold.text[a:b]: k for a, b, k in rows}
    assert kinds == {"Ann Fox": "PER", "Zed Corp": "?", "Rome": "?"}


def test_open_stretches_are_missing_values(recipe, blank):
    row = recipe["corpora"].NameRow("Ann met Zed.", ((0, 3, "PER"), (8, 11, "?")))
    gold = recipe["corpora"].name_example(blank, row).reference
    assert [t.ent_iob_ for t in gold] == ["B", "O", "", "O"]
