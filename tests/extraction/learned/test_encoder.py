"""Words as pieces, windows, and what the encoder makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.extraction.actors import annotate
from kg.extraction.events.people import Cast
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned.context import FARTHEST, Context, distances
from kg.extraction.learned.encoder import Encoder, packed
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import CLASSES, OUTCOME, load_models
from kg.extraction.learned.pieces import LONGEST, PEOPLE, WordPieces, windows
from kg.language.pipeline import load_pipeline
from kg.records import Document
from kg.reference.world import load_world

VOCABULARY = ["[CLS]", "[SEP]", "[UNK]", "re", "##buff", "##ed", "cafe", "5", "%", "ed"]


@pytest.fixture
def pieces():
    return WordPieces(VOCABULARY)


@pytest.fixture(scope="module")
def kinds_of():
    def kinds(text, title=""):
        annotated = annotate(Document(text=text, title=title), load_pipeline(), load_world())
        return Kinds(Tree(annotated, load_lexicon()), Cast(annotated, load_world()))

    return kinds


def words_of(kinds):
    text = kinds.tree.annotated.document.text
    return [text[start:end] for start, end in kinds.tree.annotated.offsets]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Rebuffed", ["re", "##buff", "##ed"]),
        ("Café", ["cafe"]),
        ("5%", ["5", "%"]),
        ("the Cafe ed", ["[UNK]", "cafe", "ed"]),
        ("ed", ["ed"]),
        ("rebuffs", ["[UNK]"]),
        ("\n", []),
        ("", []),
        ("\u200f", []),
    ],
)
def test_words_are_split_into_the_longest_pieces(pieces, word, expected):
    assert [VOCABULARY[number] for number in pieces.of(word)] == expected


@given(st.text(max_size=40))
def test_any_word_has_pieces_of_the_vocabulary(word):
    split = load_models().encoder.pieces.of(word)
    assert len(split) <= 12
    assert all(number >= 0 for number in split)


def test_each_word_has_the_row_of_its_first_piece(kinds_of):
    split = load_models().encoder.pieces
    text = "Merkel rebuffed Washington.\n\n" + "The chancellor said so again. " * 60
    kinds = kinds_of(text, "A rebuff")
    found, where = windows(kinds, split)
    rows = [piece for window in found for piece in window.pieces]
    assert len(found) > 1
    assert max(len(window.pieces) for window in found) <= LONGEST
    words = words_of(kinds)
    assert "Merkel" in words
    assert all(
        rows[row] == split.of(word)[0]
        for word, row in zip(words, where.tolist(), strict=True)
        if split.of(word)
    )


def test_each_window_begins_with_the_title(kinds_of):
    split = load_models().encoder.pieces
    found, _ = windows(kinds_of("He met her again. " * 100, "Trouble ahead"), split)
    expected = [split.begin, *split.of("Trouble"), *split.of("ahead"), split.end]
    assert len(found) > 1
    assert {tuple(window.pieces[: len(expected)]) for window in found} == {tuple(expected)}


def test_a_sentence_that_is_too_long_is_cut(kinds_of):
    found, _ = windows(kinds_of("and Merkel met Obama " * 400), load_models().encoder.pieces)
    assert max(len(window.pieces) for window in found) <= LONGEST


def test_mentions_of_one_actor_have_one_number(kinds_of):
    kinds = kinds_of("Angela Merkel met Barack Obama. She thanked Obama.")
    found, where = windows(kinds, load_models().encoder.pieces)
    people = [who for window in found for who in window.people]
    words = words_of(kinds)
    who = [people[row] for row in where.tolist()]
    merkel, obama, she, again = (
        who[words.index(word)] for word in ("Angela Merkel", "Barack Obama", "She", "Obama")
    )
    assert 0 < merkel == she <= PEOPLE
    assert 0 < obama == again <= PEOPLE
    assert merkel != obama
    assert who[words.index("met")] == 0


def test_neighbours_do_not_change_what_is_seen(kinds_of):
    encoder = load_models().encoder
    found, _ = windows(kinds_of("He met her again in Rome. " * 90), encoder.pieces)
    alone = encoder.read(found[-1:])
    together = encoder.read(found)
    np.testing.assert_array_equal(alone.vectors, together.vectors[-len(alone.vectors) :])


def test_a_document_without_words_has_no_vectors(kinds_of):
    context = Context(kinds_of("\n \n"), load_models().encoder)
    assert context.acts.shape[1] == len(CLASSES) + 1


def test_who_acts_is_not_whom_it_is_directed_at(kinds_of):
    kinds = kinds_of("Germany rebuffed France, and Germany meant it.")
    words = words_of(kinds)
    first, act, target = (words.index(word) for word in ("Germany", "rebuffed", "France"))
    again = len(words) - 1 - words[::-1].index("Germany")
    context = Context(kinds, load_models().encoder)
    scene = context.scene(act, "reject", [first, target, again])
    chances = np.exp(context.recipients(scene, first))
    assert chances.sum() == pytest.approx(1, rel=1e-4)
    assert chances.argmax() == 1
    assert chances[0] == chances[2] == pytest.approx(0, abs=1e-6)
    assert np.exp(context.actors(scene)).argmax() == 0
    assert np.exp(context.acts[act]).argmax() == OUTCOME["reject"]


@given(st.integers(-3000, 3000), st.integers(-50, 50))
def test_distances_have_a_number_each(words, sentences):
    sentence = {0: 0, words: sentences if words else 0}
    assert 0 <= distances(sentence, 0, [words])[0] < FARTHEST


def test_far_and_near_before_and_after_differ():
    same = [0] * 60
    found = distances(same, 30, [29, 31, 1, 59])
    assert len(set(found)) == 4
    assert distances([0, 0, 1], 2, [0]) != distances([0, 0, 1], 0, [2])


def test_a_packed_table_is_nearly_the_same():
    table = np.random.default_rng(1).normal(size=(20, 8)).astype(np.float32)
    codes, scales = packed(table)
    assert codes.shape == (20, 4)
    unpacked = np.empty_like(table)
    unpacked[:, ::2], unpacked[:, 1::2] = codes & 15, codes >> 4
    unpacked = (unpacked - 8) * scales[:, None]
    assert np.abs(unpacked - table).max() <= np.abs(table).max() / 7


@pytest.mark.parametrize("missing", ["layers.onnx", "tables.npz", "vocabulary.txt"])
def test_a_broken_encoder_is_named(tmp_path, missing):
    for name in {"layers.onnx", "tables.npz", "vocabulary.txt"} - {missing}:
        tmp_path.joinpath(name).write_text("[CLS]\n[SEP]\n[UNK]")
    with pytest.raises(ModelError, match=str(tmp_path)):
        Encoder(tmp_path).read([])
