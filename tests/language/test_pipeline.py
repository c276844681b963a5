"""The built-in model: it loads, reads simple sentences right, and always reads them the same."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.language import load_pipeline, model_info
from kg.language.pipeline import BUILT_IN

TEXTS = [
    "Trump threatened Denmark on Tuesday.",
    "The European Commission criticised the tariffs. Macron was invited to Washington by Biden.",
    "EU Hits Back at US Over Steel\n\nBRUSSELS — The bloc's leaders met in\nBrussels on Monday.",
    "“We will not accept this,” Angela Merkel told reporters in Berlin.",
    "",
    "MERKEL MEETS OBAMA IN BERLIN",
]


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def fingerprint(doc):
    tokens = [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return tokens, [(e.start_char, e.end_char, e.label_) for e in doc.ents]


def relation(doc, dep):
    return {(t.head.text, t.text) for t in doc if t.dep_ == dep}


@pytest.mark.parametrize(
    ("text", "subject", "object_"),
    [
        ("Trump threatened Denmark.", ("threatened", "Trump"), ("threatened", "Denmark")),
        ("Russia invaded Ukraine in 2022.", ("invaded", "Russia"), ("invaded", "Ukraine")),
        ("The minister rejected the offer.", ("rejected", "minister"), ("rejected", "offer")),
        ("France and Germany signed a treaty.", ("signed", "France"), ("signed", "treaty")),
    ],
)
def test_subject_and_object(nlp, text, subject, object_):
    doc = nlp(text)
    assert subject in relation(doc, "nsubj")
    assert object_ in relation(doc, "obj")


def test_passive(nlp):
    doc = nlp("Macron was criticised by Trump.")
    assert ("criticised", "Macron") in relation(doc, "nsubj:pass")
    assert {t.dep_ for t in doc if t.text == "Trump"} <= {"obl:agent", "obl"}


def test_tags_and_lemmas(nlp):
    doc = nlp("The ministers were meeting in Paris.")
    assert [t.lemma_ for t in doc] == ["the", "minister", "be", "meet", "in", "Paris", "."]
    assert [t.pos_ for t in doc[:4]] == ["DET", "NOUN", "AUX", "VERB"]
    assert doc[3].morph.get("VerbForm")


def test_names(nlp):
    doc = nlp("Angela Merkel met Barack Obama in Berlin, the United Nations said.")
    found = {(e.text, e.label_) for e in doc.ents}
    assert ("Angela Merkel", "PER") in found
    assert ("Barack Obama", "PER") in found
    assert ("Berlin", "LOC") in found
    assert ("United Nations", "ORG") in found


def test_sentences_come_from_the_parser(nlp):
    doc = nlp("Macron arrived in Rome. He met Meloni there.")
    assert [s.text for s in doc.sents] == ["Macron arrived in Rome.", "He met Meloni there."]


def test_preset_sentence_starts_are_kept(nlp):
    doc = nlp.make_doc("TALKS END Leaders leave Rome")
    for token in doc:
        token.is_sent_start = token.i in (0, 2)
    assert [s.start for s in nlp(doc).sents] == [0, 2]


@pytest.mark.parametrize("size", [1, 2, 64])
def test_output_does_not_depend_on_the_batch(nlp, size):
    texts = TEXTS * 3
    alone = [fingerprint(nlp(text)) for text in texts]
    assert [fingerprint(doc) for doc in nlp.pipe(texts, batch_size=size)] == alone


def test_output_does_not_depend_on_the_order(nlp):
    forward = [fingerprint(doc) for doc in nlp.pipe(TEXTS)]
    backward = [fingerprint(doc) for doc in nlp.pipe(TEXTS[::-1])]
    assert forward == backward[::-1]


def test_weights_are_single_precision(nlp):
    layers = [layer for _, pipe in nlp.pipeline for layer in pipe.model.walk()]
    kinds = {
        str(layer.get_param(name).dtype)
        for layer in layers
        for name in layer.param_names
        if layer.has_param(name)
    }
    assert kinds == {"float32"}


def test_components_can_be_left_out():
    assert "ner" not in load_pipeline(disable=("ner",)).pipe_names


def test_loading_is_quick():
    load_pipeline.cache_clear()
    started = time.process_time()
    load_pipeline()
    assert time.process_time() - started < 1.5  # about 0.3 s on an idle machine


def test_the_same_pipeline_is_shared(nlp):
    assert load_pipeline() is load_pipeline()


def test_model_is_small_and_carries_its_licence():
    assert sum(p.stat().st_size for p in BUILT_IN.rglob("*") if p.is_file()) <= 15_000_000
    assert "CC BY-SA 4.0" in (BUILT_IN / "LICENSE").read_text("utf8")
    assert "LAS" in (BUILT_IN / "MODEL_CARD.md").read_text("utf8")


def test_info_names_the_model():
    info = model_info()
    assert info.name == "en_kg_news_sm"
    assert len(info.sha256) == 64
    assert info == model_info(str(BUILT_IN))


def test_digest_follows_the_weights_only(tmp_path):
    def make(name, weights, card):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "meta.json").write_text('{"lang": "en", "name": "toy", "version": "1"}', "utf8")
        (folder / "weights").write_bytes(weights)
        (folder / "MODEL_CARD.md").write_text(card, "utf8")
        return model_info(str(folder)).sha256

    first = make("a", b"1", "x")
    assert make("b", b"1", "y") == first
    assert make("c", b"2", "x") != first


def test_asking_for_the_model_does_not_load_spacy():
    code = (
        "import sys, kg.language; kg.language.model_info(); "
        "assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("name", ["no_such_pipeline", "no such pipeline", "./nowhere"])
@pytest.mark.parametrize("function", [load_pipeline, model_info])
def test_unknown_models_are_refused(function, name):
    with pytest.raises(ModelError) as caught:
        function(name)
    assert caught.value.hint


def test_broken_models_are_refused(tmp_path):
    (tmp_path / "meta.json").write_text("{}", "utf8")
    with pytest.raises(ModelError):
        load_pipeline(str(tmp_path))


def test_missing_spacy_is_explained(monkeypatch):
    load_pipeline.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ModelError) as caught:
        load_pipeline()
    assert "pip install" in caught.value.hint
