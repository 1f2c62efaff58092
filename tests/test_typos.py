import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.typos import EVERY, mistype

WORDS = ["ou", "trouver", "une", "adresse", "pour", "apprendre", "vite", "le", "francais", "ici"]


def changed(text, seed):
    """The places of the words that differ."""
    words, found = text.split(), mistype(text, random.Random(seed)).split()
    assert len(found) == len(words)
    return [at for at, (before, after) in enumerate(zip(words, found, strict=True)) if before != after]


@pytest.mark.parametrize("seed", range(20))
def test_every_fifth_word_is_misspelt_and_no_other(seed):
    first, second = changed(" ".join(WORDS), seed)
    assert (first < EVERY, second - first) == (True, EVERY)


@pytest.mark.parametrize("word", ["logement", "où", "мова", "لجوء"])
def test_the_edits_are_a_letter_wrong_missing_doubled_or_two_swapped(word):
    found = {mistype(word, random.Random(seed)) for seed in range(200)} - {word}
    lengths = {len(misspelt) - len(word) for misspelt in found}
    assert lengths == {-1, 0, 1}
    assert any(sorted(misspelt) == sorted(word) for misspelt in found)
    assert any(len(misspelt) == len(word) and sorted(misspelt) != sorted(word) for misspelt in found)
    # A wrong letter stays in the script.
    assert {letter for misspelt in found for letter in misspelt} == set(word)


def test_the_same_seed_misspells_in_the_same_way():
    text = " ".join(WORDS)
    assert mistype(text, random.Random(7)) == mistype(text, random.Random(7))


@given(st.text(string.digits + string.punctuation + " "), st.integers(0, 4))
def test_figures_and_signs_stay(text, seed):
    assert mistype(text, random.Random(seed)) == " ".join(text.split())


@given(st.text(), st.integers(0, 4))
def test_any_text_keeps_its_number_of_words(text, seed):
    assert len(mistype(text, random.Random(seed)).split()) == len(text.split())
