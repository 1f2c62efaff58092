import numpy as np
import pytest

from jalon.nlu.languages_of_text import GROUPS, tables
from jalon.nlu.ngrams import FLOOR, NgramTable, as_bytes, code_points, keys_of


def table_of(probabilities):
    """A table of one language from n-grams and the log probabilities of their last letters."""
    keys = [keys_of(code_points(ngram)[:, None])[-1, 0] for ngram in probabilities]
    order = np.argsort(keys)
    values = as_bytes(np.array(list(probabilities.values())))
    return NgramTable(np.array(keys)[order], values[order][:, None])


def test_the_likelihood_is_the_sum_over_the_ngrams():
    table = table_of({"a": -1.0, "b": -2.0, "ab": -0.5})
    assert table.scores("ab")[0] == pytest.approx(-1.0 - 2.0 - 0.5, abs=0.1)


def test_an_ngram_never_seen_counts_as_its_longest_seen_beginning():
    table = table_of({"a": -1.0, "b": -2.0})
    assert table.scores("ab")[0] == pytest.approx(-1.0 - 2.0 - 1.0, abs=0.1)


def test_a_letter_never_seen_is_as_unlikely_as_can_be():
    assert table_of({"a": -1.0}).scores("z")[0] == pytest.approx(FLOOR)


def test_no_ngram_reaches_over_the_end_of_a_word():
    table = table_of({"a": -1.0, "b": -2.0, "ab": -0.5})
    assert table.scores("a b")[0] == table.scores("a-2b")[0] == pytest.approx(-3.0, abs=0.1)


@pytest.mark.parametrize("text", ["", "12 !"])
def test_a_text_without_letters_says_nothing(text):
    assert table_of({"a": -1.0}).scores(text).tolist() == [0.0]


@pytest.mark.usefixtures("model")
def test_every_language_has_ngrams_of_its_own(project):
    built = tables(project.language_table)
    for group, languages in GROUPS.items():
        scores = built.ngrams[group].scores("a" if group == "latin" else "а" if group == "cyrillic" else "ا")
        assert scores.shape == (len(languages),)
        assert (scores > FLOOR).all()
