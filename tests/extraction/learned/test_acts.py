"""Acts that no frame tells, and what the models make of those that one does."""

import pytest

from kg.extraction.actors import annotate
from kg.extraction.coder import AnalystExtractor
from kg.extraction.events.people import Cast
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned.expressions import load_expressions
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.parties import Parties
from kg.language.pipeline import load_pipeline
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types
from kg.reference.world import load_world


@pytest.fixture(scope="module")
def extractor():
    return AnalystExtractor()


def read(extractor, text):
    reading = extractor.read(Document(text=text, published=PartialDate.parse("2025-06-15")))

    def names(ids):
        return {reading.by_id[i].name for i in ids}

    return [
        (e, event_types()[e.type].top, names(e.actors), names(e.recipients)) for e in reading.events
    ]


@pytest.mark.parametrize(
    ("text", "top", "actor", "recipient"),
    [
        ("Orban cosied up to Putin.", "support", "Viktor Orbán", "Vladimir Putin"),
        ("Paris turned up its nose at the American offer.", "reject", "France", "United States"),
    ],
)
def test_an_act_is_found_that_no_frame_tells(extractor, text, top, actor, recipient):
    ((event, found, actors, recipients),) = read(extractor, text)
    assert event.rule == f"learned.{top}"
    assert (found, actors, recipients) == (top, {actor}, {recipient})
    assert event.trigger.quote in text


def test_a_frame_goes_before_the_models(extractor):
    ((event, *_),) = read(extractor, "France accused Russia of sabotage.")
    assert event.rule.startswith("accuse.")


@pytest.fixture(scope="module")
def tree_of():
    def parsed(text):
        annotated = annotate(Document(text=text), load_pipeline(), load_world())
        return Tree(annotated, load_lexicon()), Cast(annotated, load_world())

    return parsed


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("France poured cold water on the plan.", "poured", "xw==reject"),
        ("France poured a glass of wine.", "poured", "xp==reject"),
        ("The French walked home.", "home", "x=none"),
    ],
)
def test_expressions_count_whole_or_in_part(tree_of, text, word, expected):
    tree, _ = tree_of(text)
    assert expected in load_expressions().features(tree, tree.lower.index(word))


def test_who_may_be_a_side_does_not_grow_with_the_text(tree_of):
    sentence = "Germany, which had thanked Italy, warned Poland and Spain about the plan. "
    counts = []
    for times in (12, 48):
        tree, cast = tree_of(sentence * times)
        parties = Parties(Kinds(tree, cast))
        last = max(i for i, word in enumerate(tree.lower) if word == "warned")
        counts.append(len(parties.candidates(last)))
    assert counts[0] == counts[1]


def test_a_negated_word_of_consent_rejects_and_a_negated_rejection_is_none(extractor):
    text = "Germany does not accept the argument that Iran is entitled to reduce compliance."
    ((event, top, actors, _),) = read(extractor, text)
    assert (top, actors, event.modality) == ("reject", {"Germany"}, "asserted")
    assert read(extractor, "Donald Trump did not rule out force against Denmark.") == []
