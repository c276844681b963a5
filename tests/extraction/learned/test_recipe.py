"""The passages the models learn from, and how weights are fitted."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "training" / "acts"
TEXT = """## wire | 2025-03-12 | Duties
{1:The European Union} [a:hit back at] {2:Donald Trump}. {1+3:Both} had
[b:met] in May.
> a REJECT 1 > 2
> b CONSULT 1,3 = bg
"""


@pytest.fixture(scope="module")
def recipe(scripts):
    return scripts(FOLDER, "passages", "fitting")


@pytest.fixture(scope="module")
def passages(recipe):
    return recipe["passages"]


@pytest.fixture(scope="module")
def fitting(recipe):
    return recipe["fitting"]


def written(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_text(text, "utf-8")
    return path


def test_marks_are_taken_out_and_kept_as_spans(passages, tmp_path):
    (found,), wrong = passages.read(written(tmp_path, TEXT))
    assert wrong == []
    assert (found.genre, found.date, found.title) == ("wire", "2025-03-12", "Duties")
    assert found.text == "The European Union hit back at Donald Trump. Both had\nmet in May."
    assert [(sorted(n), found.text[i:j]) for n, i, j in found.mentions] == [
        ([1], "The European Union"),
        ([2], "Donald Trump"),
        ([1, 3], "Both"),
    ]
    reject, consult = found.acts
    assert found.text[slice(*reject.trigger)] == "hit back at"
    assert (reject.top, set(reject.sources), set(reject.targets)) == ("reject", {1}, {2})
    assert (consult.modality, set(consult.sources), set(consult.targets)) == ("bg", {1, 3}, set())


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (TEXT.replace("> a REJECT", "> a REFUSE"), "not understood"),
        (TEXT.replace("1 > 2", "1 > 9"), "an actor is not marked"),
        (TEXT.replace("> a REJECT 1 > 2\n", ""), "trigger a has no act"),
        (TEXT.replace("[b:met]", "[a:met]"), "marked twice"),
        (TEXT.replace("in May", "in [May"), "bracket"),
    ],
)
def test_what_is_wrong_is_told(passages, tmp_path, bad, said):
    _, wrong = passages.read(written(tmp_path, bad))
    assert any(said in line for line in wrong), wrong


def test_the_passages_are_sound(passages):
    files = sorted((FOLDER / "passages").glob("*.txt"))
    wrong = [line for path in files for line in passages.read(path)[1]]
    assert files
    assert wrong == []


def test_fitted_acts_tell_what_they_were_shown(fitting):
    rows = [(["l=accuse"], 1), (["l=praise"], 2), (["l=walk"], 0)] * 20
    model = fitting.fit_acts(rows, 3, variance=1.0)
    scores = model.scores([["l=accuse"], ["l=praise"], ["l=walk"]])
    assert scores.argmax(1).tolist() == [1, 2, 0]


def test_fitted_sides_choose_within_each_act(fitting):
    good, bad, nobody = ["D=nsubj", "O=<"], ["D=obj", "O=>"], ["NULL"]
    sets = [
        [(good, True), (bad, False), (nobody, False)],
        [(bad, False), (nobody, True)],
    ] * 10
    model = fitting.fit_sides(sets, variance=1.0)
    first, second, third = model.scores([good, bad, nobody])[:, 0]
    assert first > third > second
