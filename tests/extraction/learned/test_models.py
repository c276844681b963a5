"""Weights: what is stored is what is read, and a broken file is named."""

import numpy as np
import pytest

from kg.errors import ModelError
from kg.extraction.learned.models import CLASSES, OUTCOME, Linear, load_models
from kg.reference.schemes import event_types


def test_classes_are_the_top_event_types():
    assert sorted(CLASSES) == sorted(x for x, t in event_types().items() if t.is_top)


def test_what_is_saved_is_what_is_read(tmp_path):
    weights = np.array([[1.5, 0.0], [0.001, 0.0], [0.0, -2.0], [0.25, 0.5]], np.float32)
    given = Linear({"l=défend": 0, "weak": 1, "P=^obj|x": 2}, weights)
    given.save(tmp_path / "table.npz", least=0.01)
    read = Linear.load(tmp_path / "table.npz")
    assert sorted(read.index) == ["P=^obj|x", "l=défend"]
    rows = [["l=défend", "never seen"], ["P=^obj|x", "l=défend"], []]
    np.testing.assert_allclose(read.scores(rows), [[1.75, 0.5], [1.75, -1.5], [0.25, 0.5]])


@pytest.mark.parametrize("content", [None, b"", b"no archive"])
def test_a_broken_file_is_named(tmp_path, content):
    path = tmp_path / "act.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"act\.npz"):
        Linear.load(path)


def test_chances_sum_to_one():
    models = load_models()
    even = np.zeros((2, len(CLASSES) + 1), np.float32)
    acts = models.acts([["l=accuse", "f==accuse"], ["l=table"]], even)
    np.testing.assert_allclose(acts.sum(1), 1, rtol=1e-5)
    accuse = OUTCOME["accuse"]
    assert acts[0, accuse] > acts[1, accuse]
    sides = models.actors([["K=person"], ["NULL"]], even[0, :2])
    assert sum(sides) == pytest.approx(1)


def test_context_has_a_say():
    models = load_models()
    seen = np.full((1, len(CLASSES) + 1), -9, np.float32)
    seen[0, 1 + CLASSES.index("sanction")] = 0
    unknown = models.acts([["never seen"]], seen)
    assert unknown[0].argmax() == 1 + CLASSES.index("sanction")
