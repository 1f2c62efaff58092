import numpy as np
import pytest

from jalon.nlu.certainty import SIGNS, Certainty, signs_of
from jalon.nlu.features import PARTS

KNOWN = np.ones((40, len(PARTS)))


def learned(outside):
    """What is learned from forty texts of which the later ones have lower margins; and their signs."""
    margins = np.column_stack([np.linspace(1, -1, 40), np.full(40, -1.0)])
    signs = signs_of(margins, None, KNOWN, np.full(40, 5))
    accepted = np.column_stack([~outside & (np.arange(40) % 4 > 0), np.zeros(40, dtype=bool)])
    return Certainty.learn(margins, signs, accepted, outside), signs


def test_the_margin_of_out_of_scope_is_no_best_margin():
    signs = signs_of(np.array([[0.2, 0.9, -0.1]]), 1, KNOWN[:1], np.array([3]))
    assert signs.shape == (1, SIGNS)
    assert signs[0, :3] == pytest.approx([0.2, 0.3, 0.9])


def test_texts_outside_teach_where_the_inside_ends():
    outside = np.arange(40) >= 20
    certainty, signs = learned(outside)
    _, inside = certainty.of(signs)
    assert inside[~outside].min() > inside[outside].max()
    assert inside[0] > 0.5 > inside[-1]


def test_without_texts_outside_the_best_margin_decides():
    certainty, signs = learned(np.zeros(40, dtype=bool))
    _, inside = certainty.of(signs)
    assert (np.diff(inside) < 0).all()


def test_a_text_outside_says_nothing_of_which_label_is_right():
    some, signs = learned(np.arange(40) >= 20)
    right, _ = some.of(signs)
    assert right[:20].mean() == pytest.approx(0.75, abs=0.05)
