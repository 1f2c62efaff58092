import numpy as np
import pytest

from jalon.evaluation.curves import Bin, confusion_matrix, coverage_curve, reliability


def test_guesses_are_put_together_by_confidence():
    found = reliability([0.95, 0.99, 0.12, 1.0], [True, False, False, True])
    assert found == [Bin(0.12, 0.0, 1), Bin(pytest.approx(0.98), pytest.approx(2 / 3), 3)]


def test_no_guesses_have_no_bins():
    assert reliability([], []) == []


def test_answering_more_covers_more_and_the_surest_are_answered_first():
    found = coverage_curve([0.2, 0.9, 0.5], [False, True, True], total=6)
    assert found == [(1 / 6, 1.0), (2 / 6, 1.0), (3 / 6, pytest.approx(2 / 3))]


def test_questions_of_one_confidence_are_answered_together():
    assert coverage_curve([0.5, 0.5], [True, False], total=2) == [(1.0, 0.5)]


def test_a_cell_counts_how_often_the_row_was_taken_for_the_column():
    rows, columns, matrix = confusion_matrix([("a", "b"), ("a", "b"), ("c", "a")])
    assert (rows, columns) == (["a", "c"], ["a", "b"])
    assert np.array_equal(matrix, [[0, 2], [1, 0]])


def test_only_the_labels_confused_most_are_shown():
    pairs = [("a", "b")] * 3 + [("c", "d")] * 2 + [("e", "f")]
    rows, columns, matrix = confusion_matrix(pairs, most=4)
    assert (rows, columns, matrix.sum()) == (["a", "c"], ["b", "d"], 5)


def test_a_label_that_does_not_fit_does_not_stop_a_pair_that_does():
    pairs = [("a", "b")] * 3 + [("c", "d")] * 2 + [("b", "a")]
    assert confusion_matrix(pairs, most=3)[0] == ["a", "b"]
